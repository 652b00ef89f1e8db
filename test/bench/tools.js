// What the benchmarks share: a browser, a served build, a bundle for Node, and a little arithmetic.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import { build, preview } from 'vite';
import { chromiumArgs, ensureChromium } from '../../scripts/browser.js';
import { ensureBuilt } from '../../scripts/build.js';
import { rootPath } from '../../scripts/run.js';

/**
 * The value below which a part of the values lies.
 * @param {readonly number[]} values
 * @param {number} part 0 to 1
 */
export function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)];
  if (value === undefined) throw new Error('Nothing was measured.');
  return value;
}

/** The middle of the values, or the mean of the two in the middle. */
export function median(/** @type {readonly number[]} */ values) {
  return (
    (quantile(values, 0.5) +
      -quantile(
        values.map((value) => -value),
        0.5,
      )) /
    2
  );
}

/**
 * Shows on stderr how far something long has come.
 * @param {string} what
 * @param {number} done
 * @param {number} all
 */
export function progress(what, done, all) {
  const text = `  ${what} ${done}/${all}`;
  if (process.stderr.isTTY) process.stderr.write(`\r${text}${done === all ? '\n' : ''}`);
  else if (done === all || done % Math.ceil(all / 5) === 0) console.error(text);
}

/**
 * Makes a folder, lends it, and removes it.
 * @template T
 * @param {(folder: string) => Promise<T>} use
 * @returns {Promise<T>}
 */
async function withFolder(use) {
  const folder = await mkdtemp(join(tmpdir(), 'peerglass-bench-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Serves a folder's build and opens Chromium.
 * @template T
 * @param {import('vite').InlineConfig} config
 * @param {(browser: import('@playwright/test').Browser, url: string) => Promise<T>} use
 * @returns {Promise<T>}
 */
async function withServer(config, use) {
  const server = await preview({
    ...config,
    logLevel: 'warn',
    preview: { host: 'localhost', port: 0 },
  });
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: chromiumArgs(),
  });
  try {
    const url = server.resolvedUrls?.local[0];
    if (url === undefined) throw new Error('The preview server gave no address.');
    return await use(browser, url);
  } finally {
    await browser.close();
    await server.close();
  }
}

/**
 * Lends a browser and the address of the built app.
 * @template T
 * @param {(browser: import('@playwright/test').Browser, url: string) => Promise<T>} use
 */
export async function withApp(use) {
  await ensureBuilt();
  return withServer({ configFile: join(rootPath, 'vite.config.ts') }, use);
}

/**
 * Builds test/bench/page as the app is built, and lends a browser and its address.
 * @template T
 * @param {(browser: import('@playwright/test').Browser, url: string) => Promise<T>} use
 */
export async function withBenchPage(use) {
  return withFolder(async (folder) => {
    const config = {
      configFile: /** @type {const} */ (false),
      root: join(rootPath, 'test/bench/page'),
      build: { outDir: folder, target: 'es2023' },
    };
    await build({ ...config, mode: 'production', logLevel: 'warn' });
    return withServer(config, use);
  });
}

/**
 * Bundles a TypeScript file for this Node, which cannot read types, and imports it.
 * @param {string} file below the project's root
 */
export async function importBundled(file) {
  return withFolder(async (folder) => {
    await build({
      configFile: false,
      root: rootPath,
      mode: 'production',
      logLevel: 'warn',
      build: {
        ssr: join(rootPath, file),
        outDir: folder,
        target: 'node20',
        rolldownOptions: { output: { entryFileNames: 'bundle.mjs' } },
      },
      ssr: { noExternal: true },
    });
    return import(pathToFileURL(join(folder, 'bundle.mjs')).href);
  });
}

/** Notes in the page how long each picture took that took longer than 50 ms; a shorter one is not told of. */
export function notePictures() {
  /** @type {number[]} */
  const pictures = [];
  Object.assign(globalThis, { pictures });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) pictures.push(duration);
  }).observe({ type: 'long-animation-frame' });
}

/**
 * The longest of the noted pictures since it was asked for last, in ms; 0 where none was over 50.
 * @param {import('@playwright/test').Page} page
 */
export function longestPicture(page) {
  return page.evaluate(async () => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    return Math.max(0, .../** @type {any} */ (globalThis).pictures.splice(0));
  });
}

/**
 * How large the page's own objects are, in MB: a snapshot without what the engine compiled, which it does the more the
 * longer a page runs, and without what is not on its heap.
 * @param {string} text a heap snapshot
 */
function objectsIn(text) {
  const { snapshot, nodes } = JSON.parse(text);
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [type, size] = [fields.indexOf('type'), fields.indexOf('self_size')];
  let sum = 0;
  for (let at = 0; at < nodes.length; at += fields.length) {
    if (!['code', 'native', 'synthetic'].includes(types[0][nodes[at + type]])) {
      sum += nodes[at + size];
    }
  }
  return sum / 1e6;
}

/**
 * The size of the page's own objects, in MB.
 * @param {import('@playwright/test').CDPSession} devTools
 */
export async function ownObjects(devTools) {
  // What is no longer used and only waits to be finalized goes with the second.
  await devTools.send('HeapProfiler.collectGarbage');
  await devTools.send('HeapProfiler.collectGarbage');
  let text = '';
  const take = (/** @type {{ chunk: string }} */ { chunk }) => {
    text += chunk;
  };
  devTools.on('HeapProfiler.addHeapSnapshotChunk', take);
  await devTools.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  devTools.off('HeapProfiler.addHeapSnapshotChunk', take);
  return objectsIn(text);
}

/**
 * Chooses an act of a side in the list at the end of one, and walks to its end.
 * @param {import('@playwright/test').Page} page
 * @param {string} name
 * @param {'caller' | 'callee'} side
 */
export async function performAct(page, name, side) {
  await page.locator('#next button.card', { hasText: name }).click();
  await page.locator(`#next .how button.${side}`).click();
  const next = page.getByRole('heading', { name: 'What next?' });
  await next.waitFor({ state: 'detached' });
  await walkToEnd(page);
}

/**
 * Walks to the end of the act at hand.
 * @param {import('@playwright/test').Page} page
 */
export async function walkToEnd(page) {
  // A phone has no button for it.
  await page.keyboard.press('End');
  await page.getByRole('heading', { name: 'What next?' }).waitFor();
  await page.locator('.where:not(.busy)').waitFor({ state: 'attached' });
}
