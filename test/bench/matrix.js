// The longest picture of the page of the matrix, while it opens and while its 81 calls are computed anew.
import { longestPicture, median, notePictures, progress, withApp } from './tools.js';

const ROUNDS = 7;
const LIMIT_MS = 50;

/** @returns {Promise<import('./run.js').Row[]>} */
export async function measure() {
  return withApp(async (browser, url) => {
    /** @type {Record<'opened' | 'turn' | 'seed', number[]>} */
    const times = { opened: [], turn: [], seed: [] };
    for (let round = 1; round <= ROUNDS; round += 1) {
      const context = await browser.newContext({
        ...{ viewport: { width: 1440, height: 900 }, locale: 'en-US' },
      });
      const page = await context.newPage();
      const full = () => page.locator('table[aria-busy=false]').waitFor();
      await page.addInitScript(notePictures);
      await page.goto(`${url}#/matrix`);
      await full();
      times.opened.push(await longestPicture(page));
      await page.getByRole('switch', { name: 'TURN server' }).check();
      await full();
      times.turn.push(await longestPicture(page));
      await page.getByLabel('Seed of chance').fill(String(round + 1));
      await page.keyboard.press('Enter');
      await page.waitForURL(/seed=/);
      await full();
      times.seed.push(await longestPicture(page));
      await context.close();
      progress('rounds', round, ROUNDS);
    }
    const row = (/** @type {string} */ when, /** @type {number[]} */ values) => ({
      measure: `matrix, ${when}: longest picture over 50 ms`,
      ...{ value: median(values), unit: 'ms' },
    });
    return [
      row('opened', times.opened),
      { ...row('with TURN', times.turn), limit: LIMIT_MS },
      { ...row('computed anew', times.seed), limit: LIMIT_MS },
    ];
  });
}
