// The built app, served by this process on a port that is free.
import { join } from 'node:path';
import { preview } from 'vite';
import { rootPath } from '../../scripts/run.js';

/** Serves `dist`. Gives the address, and what stops the server. */
export async function serveApp(): Promise<{ address: string; stop: () => Promise<void> }> {
  const server = await preview({
    configFile: join(rootPath, 'vite.config.ts'),
    logLevel: 'warn',
    preview: { host: 'localhost', port: 0 },
  });
  const address = server.resolvedUrls?.local[0];
  if (address === undefined) throw new Error('The server has no address.');
  return { address, stop: () => server.close() };
}
