// `npm start`: from a fresh clone to the app in a browser.
import { spawn } from 'node:child_process';
import { ensureBuilt } from './build.js';
import { ensureInstalled } from './install.js';
import { rootPath } from './run.js';

/** Opens the address where there is a desktop to open it on. */
function openBrowser(/** @type {string} */ url) {
  const { platform, env } = process;
  const desktop = env['DISPLAY'] || env['WAYLAND_DISPLAY'];
  /** @type {[string, string[]] | undefined} */
  const opener =
    platform === 'darwin'
      ? ['open', [url]]
      : platform === 'win32'
        ? ['cmd.exe', ['/d', '/c', 'start', '', url]]
        : desktop
          ? ['xdg-open', [url]]
          : undefined;
  if (opener === undefined) return;
  const child = spawn(...opener, { stdio: 'ignore', detached: true });
  // The address is on the screen; nothing is lost when no browser opens.
  child.on('error', () => {});
  child.unref();
}

await ensureInstalled();
await ensureBuilt();

const { preview } = await import('vite');
const server = await preview({
  configFile: `${rootPath}vite.config.ts`,
  logLevel: 'warn',
  preview: { port: 4173, host: 'localhost', strictPort: false },
});
const url = server.resolvedUrls?.local[0];
if (url === undefined) throw new Error('The server has no address.');
console.log(`\n  Peerglass is at ${url}\n  Stop it with Ctrl+C.\n`);
openBrowser(url);
