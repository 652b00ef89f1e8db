// How smoothly a lesson plays on a CPU that is four times slower: the pictures that took over 50 ms, and the frames a second.
/* global document, requestAnimationFrame -- run in the page */
import { notePictures, progress, quantile, withApp } from './tools.js';

const LESSONS = ['two-routers', 'symmetric-both'];
const CPU = 4;
/** Over this a frame came late: 60 a second are 16.7 ms apart. */
const LATE_MS = 25;

/** Notes in the page how far its frames are apart. */
function noteFrames() {
  /** @type {number[]} */
  const gaps = [];
  Object.assign(globalThis, { gaps });
  let last = 0;
  const drawn = (/** @type {number} */ now) => {
    if (last > 0) gaps.push(now - last);
    last = now;
    requestAnimationFrame(drawn);
  };
  requestAnimationFrame(drawn);
}

/** @returns {Promise<import('./run.js').Row[]>} */
export async function measure() {
  return withApp(async (browser, url) => {
    /** @type {number[]} */
    const long = [];
    /** @type {number[]} */
    const gaps = [];
    for (const [at, lesson] of LESSONS.entries()) {
      const context = await browser.newContext({ locale: 'en-US' });
      const page = await context.newPage();
      // Walked once to its end at full speed, so that what is measured is the play and not the call's computing.
      await page.goto(`${url}#/${lesson}/connect`);
      await page.getByRole('heading', { level: 1, name: /^Step 14 of 14/ }).waitFor();
      await page.locator('.where:not(.busy)').waitFor();
      await page.keyboard.press('Home');
      await page.waitForFunction(
        () => document.title === 'Peerglass' || !/^\d/.test(document.title),
      );
      await page.getByRole('combobox').last().selectOption('steps:4');
      const cdp = await context.newCDPSession(page);
      await cdp.send('Emulation.setCPUThrottlingRate', { rate: CPU });
      await page.evaluate(notePictures);
      await page.evaluate(noteFrames);
      await page.getByRole('button', { name: 'Play', exact: true }).click();
      await page.waitForFunction(() => document.title.startsWith('14 ·'), null, {
        timeout: 240_000,
      });
      await page.getByRole('button', { name: 'Play', exact: true }).waitFor({ timeout: 240_000 });
      const noted = await page.evaluate(() => {
        const { pictures, gaps: apart } = /** @type {any} */ (globalThis);
        return {
          pictures: /** @type {number[]} */ (pictures),
          apart: /** @type {number[]} */ (apart),
        };
      });
      long.push(...noted.pictures);
      gaps.push(...noted.apart);
      await context.close();
      progress('lessons', at + 1, LESSONS.length);
    }
    const late = gaps.filter((gap) => gap > LATE_MS).length;
    return [
      {
        measure: `a lesson's play at CPU ÷ ${CPU}: pictures over 50 ms`,
        value: long.length,
        unit: '',
        limit: 0,
      },
      {
        measure: `a lesson's play at CPU ÷ ${CPU}: the longest picture over 50 ms`,
        value: Math.max(0, ...long),
        unit: 'ms',
      },
      {
        measure: `a lesson's play at CPU ÷ ${CPU}: frames that came late`,
        value: (100 * late) / gaps.length,
        unit: '%',
      },
      {
        measure: `a lesson's play at CPU ÷ ${CPU}: frames apart, p95`,
        value: quantile(gaps, 0.95),
        unit: 'ms',
      },
    ];
  });
}
