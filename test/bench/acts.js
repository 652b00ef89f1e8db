// How long a key waits for its picture in recordings of one act and of five, also on a phone with a slow CPU.
/* global document -- run in the page */
import { median, performAct, progress, quantile, walkToEnd, withApp } from './tools.js';

const WALKS = 3;
const ACTS = 5;
/** No slower: what is above 1 is what two medians of one run differ by anyway. */
const RATIO_LIMIT = 1.1;
const CPU_SLOWER = 4;
const SLOW_LIMIT_MS = 120;
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const DESK = { viewport: { width: 1440, height: 900 } };

/** Notes how long each key press took to its next paint, by Event Timing. */
function noteKeys() {
  /** @type {number[]} */
  const keys = [];
  Object.assign(globalThis, { keys });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.name === 'keydown') keys.push(entry.duration);
  }).observe(/** @type {any} */ ({ type: 'event', durationThreshold: 16 }));
}

/**
 * Makes a call, and shares as many screens in it as there are acts more.
 * @param {import('@playwright/test').Page} page
 * @param {string} url
 * @param {number} acts
 */
async function makeCall(page, url, acts) {
  await page.goto(url);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await walkToEnd(page);
  for (let act = 2; act <= acts; act += 1) {
    await performAct(page, 'Share a screen', act % 2 === 0 ? 'caller' : 'callee');
  }
}

/**
 * Walks back over the newest steps of a recording and forward again, and gives how long each key took.
 * @param {import('@playwright/test').Page} page
 */
async function walk(page) {
  /** @type {number[]} */
  const times = [];
  for (const key of ['ArrowLeft', 'ArrowRight']) {
    for (let step = 1; step <= 11; step += 1) {
      const before = await page.title();
      await page.evaluate(() => {
        /** @type {any} */ (globalThis).keys.length = 0;
      });
      await page.keyboard.press(key);
      await page.waitForFunction((old) => document.title !== old, before);
      // What comes a picture later is drawn before the next key, as it is for a reader.
      await page.waitForFunction(
        () => document.querySelector('.behind[aria-busy="true"]') === null,
      );
      times.push(
        await page.evaluate(
          () =>
            new Promise((resolve) => {
              const { keys } = /** @type {any} */ (globalThis);
              const began = performance.now();
              const look = () => {
                // One that took less than the shortest that is told of took 16 ms at most.
                if (keys.length > 0) resolve(Math.max(...keys));
                else if (performance.now() - began > 400) resolve(16);
                else setTimeout(look, 20);
              };
              look();
            }),
        ),
      );
    }
  }
  return times;
}

/** @returns {Promise<import('./run.js').Row[]>} */
export async function measure() {
  return withApp(async (browser, url) => {
    /** Walks recordings of one act and of five in turns. */
    const compare = async (
      /** @type {typeof PHONE | typeof DESK} */ size,
      /** @type {number} */ slower,
    ) => {
      const pages = [];
      for (const acts of [1, ACTS]) {
        const context = await browser.newContext({ locale: 'en-US', ...size });
        const page = await context.newPage();
        await page.addInitScript(noteKeys);
        await makeCall(page, url, acts);
        /** @type {number[]} */
        const times = [];
        pages.push({ page, context, times });
      }
      for (let round = 1; round <= WALKS; round += 1) {
        for (const { page, times, context } of pages) {
          await page.bringToFront();
          const devTools = await context.newCDPSession(page);
          await devTools.send('Emulation.setCPUThrottlingRate', { rate: slower });
          times.push(...(await walk(page)));
          await devTools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
          await devTools.detach();
        }
        progress(`walks, CPU ÷ ${slower}`, round, WALKS);
      }
      for (const { context } of pages) await context.close();
      const [one, five] = pages.map(({ times }) => times);
      if (one === undefined || five === undefined) throw new Error('Two recordings are walked.');
      return { one, five };
    };
    const desk = await compare(DESK, 1);
    const phone = await compare(PHONE, CPU_SLOWER);
    return [
      {
        measure: 'key to paint in five acts to that in one, median',
        value: median(desk.five) / median(desk.one),
        unit: '×',
        limit: RATIO_LIMIT,
      },
      {
        measure: 'the same on a phone, CPU four times slower',
        value: median(phone.five) / median(phone.one),
        unit: '×',
        limit: RATIO_LIMIT,
      },
      { measure: 'key to paint in five acts, p95', value: quantile(desk.five, 0.95), unit: 'ms' },
      {
        measure: 'phone, CPU four times slower: key to paint in one act, p95',
        value: quantile(phone.one, 0.95),
        unit: 'ms',
        limit: SLOW_LIMIT_MS,
      },
      {
        measure: 'phone, CPU four times slower: key to paint in five acts, p95',
        value: quantile(phone.five, 0.95),
        unit: 'ms',
        limit: SLOW_LIMIT_MS,
      },
    ];
  });
}
