// What each act makes two connections of Firefox agree on is what the same calls give when they are made bare.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';
import { describe, expect, test } from 'vitest';
import { rootPath } from '../../scripts/run.js';
import type { Compared } from '../support/negotiating-acts.ts';
import { launchFirefox, path } from './firefox.ts';
import type { ActsPage } from './page/main.ts';

/** Builds the page, and has Firefox perform everything in it. */
async function compared(): Promise<Compared> {
  const outDir = await mkdtemp(join(tmpdir(), 'peerglass-acts-'));
  const config = {
    configFile: false as const,
    root: join(rootPath, 'test/firefox/page'),
    logLevel: 'warn' as const,
    build: { outDir, emptyOutDir: true, target: 'es2023' },
  };
  await build(config);
  const server = await preview({ ...config, preview: { host: 'localhost', port: 0 } });
  const browser = await launchFirefox();
  try {
    const page = await browser.newPage();
    await page.goto(server.resolvedUrls?.local[0] ?? '');
    await page.waitForFunction(() => 'acts' in globalThis);
    return await page.evaluate(() =>
      (globalThis as unknown as { acts: ActsPage }).acts.compareDescriptions(),
    );
  } finally {
    await browser.close();
    await server.close();
    await rm(outDir, { recursive: true, force: true });
  }
}

describe.skipIf(path === undefined)('in Firefox', () => {
  test('each act gives what the same calls give bare', async () => {
    const all = Object.entries(await compared());
    expect(all.length).toBeGreaterThan(15);
    for (const [name, { act, bare }] of all) {
      expect(act, name).not.toEqual([]);
      expect(act, name).toEqual(bare);
    }
  });
});
