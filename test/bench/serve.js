// Serves a folder as a host of static files does: compressed, and nothing else.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

/** @type {Readonly<Record<string, string>>} */
const TYPES = {
  ...{ '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' },
  ...{ '.woff2': 'font/woff2', '.svg': 'image/svg+xml', '.txt': 'text/plain' },
};

/**
 * What a file is sent as: a font is compressed already.
 * @param {string} path
 */
function packed(path) {
  const body = readFileSync(path);
  const type = TYPES[extname(path)] ?? 'application/octet-stream';
  if (extname(path) === '.woff2') return { body, head: { 'content-type': type } };
  const head = { 'content-type': type, 'content-encoding': 'gzip' };
  return { body: gzipSync(body, { level: 9 }), head };
}

/**
 * Lends the address of a folder that is served.
 * @template T
 * @param {string} folder
 * @param {(url: string) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withFiles(folder, use) {
  /** @type {Map<string, ReturnType<typeof packed>>} */
  const kept = new Map();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://localhost');
    const name = pathname === '/' ? 'index.html' : normalize(pathname.slice(1));
    try {
      if (name.startsWith('..')) throw new Error('No file of the folder.');
      const file = kept.get(name) ?? packed(join(folder, name));
      kept.set(name, file);
      response.writeHead(200, file.head).end(file.body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, 'localhost', () => resolve(null)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  try {
    return await use(`http://localhost:${address.port}/`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
