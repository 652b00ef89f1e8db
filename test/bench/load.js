// What is fetched until the first step can be pressed, and how long that takes on a slow phone and a slow line.
/* global requestAnimationFrame, document -- run in the page */
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
const LINE = {
  offline: false,
  latency: 150,
  downloadThroughput: 200_000,
  uploadThroughput: 93_750,
};
const CPU_SLOWER = 4;

/**
 * Notes in the page when Next can be pressed, and when step 1 is seen.
 * @param {boolean} presses whether Next is pressed as soon as it can be
 */
function noteNext(presses) {
  const page = /** @type {any} */ (globalThis);
  const look = () => {
    const next = document.querySelector(
      'footer button[aria-label="Next step"]:not([aria-disabled="true"], [inert] *)',
    );
    if (page.pressable === undefined && next !== null) {
      page.pressable = performance.now();
      if (presses) /** @type {any} */ (next).click();
    }
    if (document.title.startsWith('1 · ')) page.answered = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/**
 * What is fetched until Next can be pressed.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 */
async function weigh(browser, url) {
  const page = await browser.newPage({ locale: 'en-US' });
  await page.addInitScript(noteNext, false);
  /** @type {import('@playwright/test').Request[]} */
  const requests = [];
  page.on('request', (request) => requests.push(request));
  await page.goto(url);
  await page.waitForFunction(() => 'pressable' in globalThis);
  await page.waitForLoadState('networkidle');
  const pressable = await page.evaluate(
    () => performance.timeOrigin + /** @type {any} */ (globalThis).pressable,
  );
  // What is loaded ahead from then on does not count.
  const first = requests.filter((request) => request.timing().startTime < pressable);
  const fetched = await Promise.all(
    first.map(async (request) => {
      const name = new URL(request.url()).pathname.split('/').pop() ?? '';
      const body = await (await request.response())?.body();
      const size = gzipSync(body ?? '', { level: 9 }).length / 1000;
      return { type: request.resourceType(), name: name === '' ? 'index.html' : name, size };
    }),
  );
  await page.close();
  return fetched.sort((a, b) => b.size - a.size);
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
  await page.addInitScript(noteNext, true);
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
      const fetched = await weigh(browser, url);
      const code = fetched.filter(({ type }) => ['script', 'stylesheet'].includes(type));
      /** @type {Awaited<ReturnType<typeof slowly>>[]} */
      const rounds = [];
      for (let round = 1; round <= ROUNDS; round += 1) {
        rounds.push(await slowly(browser, url));
        progress('slow loads', round, ROUNDS);
      }
      return [
        {
          measure: 'first load: scripts and styles, gzip -9',
          value: code.reduce((sum, { size }) => sum + size, 0),
          unit: 'kB',
          limit: LIMIT_KB,
        },
        { measure: 'first load: requests', value: fetched.length, unit: '', limit: LIMIT_REQUESTS },
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
