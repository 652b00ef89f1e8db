// How long from a key press to the picture that follows it, in walks of the 14 steps.
/* global requestAnimationFrame, addEventListener, document -- run in the page */
import { progress, quantile, withApp } from './tools.js';

const WALKS = 6;
const LIMIT_MS = 50;

/**
 * Notes in the page, for each key press, how long after it the next frame was drawn, and the first one in which the tabs
 * have caught up.
 */
function notePaints() {
  /** @type {number[]} */
  const paints = [];
  /** @type {number[]} */
  const wholes = [];
  Object.assign(globalThis, { paints, wholes });
  const drawFrame = (/** @type {Event} */ event, isFirst = true) => {
    requestAnimationFrame(() => {
      const isWhole = document.querySelector('.behind[aria-busy="true"]') === null;
      // The frame is drawn after its callbacks; a message is the first thing after that.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        const took = performance.now() - event.timeStamp;
        if (isFirst) paints.push(took);
        if (isWhole) wholes.push(took);
        else drawFrame(event, false);
      };
      port2.postMessage(null);
    });
  };
  addEventListener('keydown', (event) => drawFrame(event), { capture: true });
}

/** @returns {Promise<import('./run.js').Row[]>} */
export async function measure() {
  return withApp(async (browser, url) => {
    /** @type {Record<'live' | 'forward' | 'back', number[]>} */
    const times = { live: [], forward: [], back: [] };
    /** @type {number[]} */
    const wholes = [];
    for (let walk = 1; walk <= WALKS; walk += 1) {
      const context = await browser.newContext({ locale: 'en-US' });
      const page = await context.newPage();
      await page.addInitScript(notePaints);
      await page.goto(url);
      await page.getByRole('heading', { level: 1 }).waitFor();
      /** Presses a key, and gives how long the next frame took. */
      const press = async (/** @type {string} */ key, /** @type {number} */ step) => {
        await page.evaluate(() => {
          /** @type {any} */ (globalThis).paints.length = 0;
        });
        await page.keyboard.press(key);
        const paint = await page.waitForFunction(() => /** @type {any} */ (globalThis).paints[0]);
        // The title names the step: the key did what it is measured for.
        await page.waitForFunction(
          (/** @type {number} */ wanted) =>
            wanted === 0
              ? document.title === 'Peerglass'
              : document.title.startsWith(`${wanted} · `),
          step,
        );
        await page.locator('.where:not(.busy)').waitFor();
        return /** @type {number} */ (await paint.jsonValue());
      };
      for (let step = 1; step <= 14; step += 1) times.live.push(await press('ArrowRight', step));
      // A live call goes on changing; on its record the tabs are done when they have caught up.
      await page.evaluate(() => {
        /** @type {any} */ (globalThis).wholes.length = 0;
      });
      for (let step = 13; step >= 0; step -= 1) times.back.push(await press('ArrowLeft', step));
      for (let step = 1; step <= 14; step += 1) times.forward.push(await press('ArrowRight', step));
      wholes.push(...(await page.evaluate(() => /** @type {any} */ (globalThis).wholes)));
      await context.close();
      progress('walks', walk, WALKS);
    }
    const row = (/** @type {string} */ name, /** @type {readonly number[]} */ values) => ({
      measure: `key press to next paint, p95: ${name}`,
      value: quantile(values, 0.95),
      unit: 'ms',
      limit: LIMIT_MS,
    });
    return [
      row('forward in a live call', times.live),
      row('forward on its record', times.forward),
      row('back on its record', times.back),
      {
        measure: 'key press to next paint, median of all',
        value: quantile(Object.values(times).flat(), 0.5),
        unit: 'ms',
      },
      {
        measure: 'key press to the picture with the tabs, p95, on its record',
        value: quantile(wholes, 0.95),
        unit: 'ms',
      },
    ];
  });
}
