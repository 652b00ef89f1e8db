// What is fetched until the first step can be pressed, and how long that takes on a slow phone and a slow line.
/* global requestAnimationFrame, document, performance -- run in the page */
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { rootPath } from '../../scripts/run.js';
import { withFiles } from './serve.js';
import { median, progress, withApp } from './tools.js';

const LIMIT_KB = 110;
const LIMIT_REQUESTS = 15;
const ROUNDS = 5;
const PAINT_LIMIT_MS = 1500;
const PRESS_LIMIT_MS = 3000;
/** 1.6 Mbit/s, 150 ms, and a CPU four times slower. */
const LINE = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };
const CPU_SLOWER = 4;

/** Notes in the page when Next can be pressed, and presses it then; and when step 1 is seen. */
function notePress() {
  const page = /** @type {any} */ (globalThis);
  const look = () => {
    const next = [...document.querySelectorAll('footer button')].find(
      (button) =>
        button.textContent?.includes('Next') === true &&
        button.getAttribute('aria-disabled') !== 'true' &&
        button.closest('[inert]') === null,
    );
    if (page.pressable === undefined && next !== undefined) {
      page.pressable = performance.now();
      /** @type {any} */ (next).click();
    }
    if (document.title.startsWith('1 · ')) page.answered = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/**
 * The bytes of a first load.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 */
async function weigh(browser, url) {
  const page = await browser.newPage({ locale: 'en-US' });
  /** @type {Promise<{ name: string, size: number } | null>[]} */
  const files = [];
  let requests = 0;
  const measured = async (/** @type {import('@playwright/test').Request} */ request) => {
    const response = await request.response();
    if (response === null) return null;
    const name = new URL(request.url()).pathname.split('/').pop() ?? '';
    return { name, size: gzipSync(await response.body(), { level: 9 }).length / 1000 };
  };
  const count = () => {
    requests += 1;
  };
  const note = (/** @type {import('@playwright/test').Request} */ request) => {
    if (['script', 'stylesheet'].includes(request.resourceType())) files.push(measured(request));
  };
  page.on('request', count);
  page.on('requestfinished', note);
  await page.goto(url, { waitUntil: 'commit' });
  await page
    .locator('button:not([aria-disabled="true"]):not(:disabled)')
    .and(page.getByRole('button', { name: 'Next step', exact: true }))
    .waitFor();
  // What is loaded ahead from now on does not count.
  page.off('request', count);
  page.off('requestfinished', note);
  const fetched = (await Promise.all(files)).filter((file) => file !== null);
  fetched.sort((a, b) => b.size - a.size);
  await page.close();
  return { fetched, requests };
}

/**
 * How long a first load takes with a slow line and a slow CPU, in ms.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 */
async function slowly(browser, url) {
  const context = await browser.newContext({
    locale: 'en-US',
    ...{ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  });
  const page = await context.newPage();
  const devTools = await context.newCDPSession(page);
  await devTools.send('Network.enable');
  await devTools.send('Network.emulateNetworkConditions', LINE);
  await devTools.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWER });
  await page.addInitScript(notePress);
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForFunction(() => 'answered' in globalThis);
  const times = await page.evaluate(() => ({
    painted: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity,
    pressable: /** @type {number} */ (/** @type {any} */ (globalThis).pressable),
    answered: /** @type {number} */ (/** @type {any} */ (globalThis).answered),
  }));
  await context.close();
  return times;
}

/** @returns {Promise<import('./run.js').Row[]>} */
export async function measure() {
  return withApp((browser) =>
    withFiles(join(rootPath, 'dist'), async (url) => {
      const { fetched, requests } = await weigh(browser, url);
      /** @type {Awaited<ReturnType<typeof slowly>>[]} */
      const rounds = [];
      for (let round = 1; round <= ROUNDS; round += 1) {
        rounds.push(await slowly(browser, url));
        progress('slow loads', round, ROUNDS);
      }
      return [
        {
          measure: 'first load: scripts and styles, gzip -9',
          value: fetched.reduce((sum, { size }) => sum + size, 0),
          unit: 'kB',
          limit: LIMIT_KB,
        },
        { measure: 'first load: requests', value: requests, unit: '', limit: LIMIT_REQUESTS },
        {
          measure: 'slow line and CPU: text is painted',
          value: median(rounds.map(({ painted }) => painted)),
          unit: 'ms',
          limit: PAINT_LIMIT_MS,
        },
        {
          measure: 'slow line and CPU: Next can be pressed',
          value: median(rounds.map(({ pressable }) => pressable)),
          unit: 'ms',
          limit: PRESS_LIMIT_MS,
        },
        {
          measure: 'slow line and CPU: step 1 is seen, with Next pressed at once',
          value: median(rounds.map(({ answered }) => answered)),
          unit: 'ms',
        },
        ...fetched.map(({ name, size }) => ({ measure: `  ${name}`, value: size, unit: 'kB' })),
      ];
    }),
  );
}
