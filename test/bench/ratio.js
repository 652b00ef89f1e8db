// How much longer a whole run takes than a bare call of the same make, in the same page.
// Both capture inside the timed part, with the same function, as step 1 and step 8 do.
import { median, progress, withBenchPage } from './tools.js';

const WARM_UPS = 3;
const PAIRS = 30;

/** @returns {Promise<import('./run.js').Row[]>} */
export async function measure() {
  return withBenchPage(async (browser, url) => {
    const page = await browser.newPage();
    await page.goto(url);
    await page.waitForFunction(() => 'bench' in globalThis);
    const whole = () => page.evaluate(() => /** @type {any} */ (globalThis).bench.wholeRun());
    const bare = () => page.evaluate(() => /** @type {any} */ (globalThis).bench.bareCall());
    /** @type {{ whole: number, bare: number }[]} */
    const pairs = [];
    for (let n = 1; n <= WARM_UPS + PAIRS; n += 1) {
      // Whoever is second finds the caches warm, so they take turns.
      /** @type {{ whole: number, bare: number }} */
      const pair =
        n % 2 === 0
          ? { whole: await whole(), bare: await bare() }
          : await bare().then(async (first) => ({ whole: await whole(), bare: first }));
      if (n > WARM_UPS) pairs.push(pair);
      progress('pairs', n, WARM_UPS + PAIRS);
    }
    return [
      {
        measure: 'whole run to bare call, median of 30 pairs',
        value: median(pairs.map((pair) => pair.whole / pair.bare)),
        unit: '×',
      },
      { measure: 'whole run, median', value: median(pairs.map((pair) => pair.whole)), unit: 'ms' },
      { measure: 'bare call, median', value: median(pairs.map((pair) => pair.bare)), unit: 'ms' },
    ];
  });
}
