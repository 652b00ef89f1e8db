// How much longer an act takes than the same calls of the API made bare, in a call that stands, in the same page.
import { median, withBenchPage } from './tools.js';

const WARM_UPS = 3;
const ROUNDS = 30;
const RATIO_LIMIT = 1.3;

/** @returns {Promise<import('./run.js').Row[]>} */
export async function measure() {
  return withBenchPage(async (browser, url) => {
    const page = await browser.newPage();
    await page.goto(url);
    await page.waitForFunction(() => 'bench' in globalThis);
    /** @type {readonly import('./page/acts.ts').ActPair[]} */
    const pairs = await page.evaluate(
      ([rounds, warmUps]) => /** @type {any} */ (globalThis).bench.actPairs(rounds, warmUps),
      [ROUNDS, WARM_UPS],
    );
    const ratio = (/** @type {typeof pairs} */ some) =>
      median(some.map(({ act, bare }) => act / bare));
    const ids = [...new Set(pairs.map(({ id }) => id))];
    return [
      {
        measure: 'an act to the same calls bare, median of 150 pairs',
        value: ratio(pairs),
        unit: '×',
        limit: RATIO_LIMIT,
      },
      ...ids.flatMap((id) => {
        const some = pairs.filter((pair) => pair.id === id);
        return [
          { measure: `act ${id}: to the same calls bare`, value: ratio(some), unit: '×' },
          {
            measure: `act ${id}: the same calls bare, median`,
            value: median(some.map(({ bare }) => bare)),
            unit: 'ms',
          },
        ];
      }),
    ];
  });
}
