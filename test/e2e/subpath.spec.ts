// The built app from a folder of a plain static server: every address in it is relative.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { rootPath } from '../../scripts/run.js';
import { expect, test as base } from '@playwright/test';

const FOLDER = '/some/folder/';
const TYPES: Readonly<Record<string, string>> = {
  ...{ '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' },
  ...{ '.woff2': 'font/woff2', '.svg': 'image/svg+xml' },
};

const test = base.extend<{ address: string; missing: string[] }>({
  missing: [],
  address: async ({ missing }, use) => {
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '', 'http://localhost');
      const file = pathname === FOLDER ? 'index.html' : normalize(pathname.slice(FOLDER.length));
      const answer = (status: number, body: string | Buffer) =>
        response
          .writeHead(status, { 'content-type': TYPES[extname(file)] ?? 'text/plain' })
          .end(body);
      const gone = () => {
        missing.push(pathname);
        answer(404, '');
      };
      if (!pathname.startsWith(FOLDER) || file.startsWith('..')) gone();
      else readFile(join(rootPath, 'dist', file)).then((body) => answer(200, body), gone);
    });
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    await use(`http://localhost:${String((server.address() as AddressInfo).port)}${FOLDER}`);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  },
});

test('the call, foreign SDP and the matrix with its worker', async ({ page, address, missing }) => {
  await page.goto(address);
  await page.getByRole('button', { name: 'Last step' }).click();
  await expect(page).toHaveTitle(/^14 · /);
  await page.goto(`${address}#/sdp`);
  await page.getByRole('button', { name: 'Try an example' }).click();
  await expect(page.locator('[data-line="1"]').first()).toBeVisible();
  await page.goto(`${address}#/matrix`);
  await expect(page.locator('.bar li b')).toHaveText(['42', '0', '39']);
  await page.getByRole('link', { name: 'Walk this call' }).click();
  await page.getByRole('button', { name: 'Last step' }).click();
  await expect(page).toHaveTitle(/^14 · /);
  expect(missing.filter((path) => path !== '/favicon.ico')).toEqual([]);
});
