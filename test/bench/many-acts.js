// A call with 100 acts in it: keys, jumps and what each act keeps in memory, after 50 acts and after 100.
/* global document, requestAnimationFrame, addEventListener -- run in the page */
import { median, ownObjects, performAct, progress, walkToEnd, withApp } from './tools.js';

const HALF = 50;
const ACTS = 100;
const KEYS = 11;
/** Up to this, two medians of one run differ by anyway. */
const LEVEL = 1.25;

/** Notes in the page how long after each key press the next frame was drawn. */
function notePaints() {
  /** @type {number[]} */
  const paints = [];
  Object.assign(globalThis, { paints });
  addEventListener(
    'keydown',
    (event) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          port1.close();
          paints.push(performance.now() - event.timeStamp);
        };
        port2.postMessage(null);
      });
    },
    { capture: true },
  );
}

/** @returns {Promise<import('./run.js').Row[]>} */
export async function measure() {
  return withApp(async (browser, url) => {
    const context = await browser.newContext({ locale: 'en-US' });
    const page = await context.newPage();
    await page.addInitScript(notePaints);
    await page.goto(url);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const devTools = await context.newCDPSession(page);

    /** Presses a key that leads to another step, and gives how long its picture took. */
    const press = async (/** @type {string} */ key) => {
      const before = await page.title();
      await page.evaluate(() => {
        /** @type {any} */ (globalThis).paints.length = 0;
      });
      await page.keyboard.press(key);
      await page.waitForFunction((old) => document.title !== old, before);
      await page.waitForFunction(
        () => document.querySelector('.behind[aria-busy="true"]') === null,
      );
      const paint = await page.waitForFunction(() => /** @type {any} */ (globalThis).paints[0]);
      return Number(await paint.jsonValue());
    };
    /** Walks back over the newest steps and forward again, and jumps to both ends. */
    const look = async () => {
      /** @type {Record<'keys' | 'jumps', number[]>} */
      const times = { keys: [], jumps: [] };
      for (const key of ['ArrowLeft', 'ArrowRight']) {
        for (let step = 1; step <= KEYS; step += 1) times.keys.push(await press(key));
      }
      for (let turn = 1; turn <= 5; turn += 1) {
        for (const key of ['Home', 'End']) times.jumps.push(await press(key));
      }
      await walkToEnd(page);
      return { ...times, objects: await ownObjects(devTools) };
    };
    /** Performs acts until there are so many. */
    const perform = async (/** @type {number} */ from, /** @type {number} */ to) => {
      for (let act = from; act <= to; act += 1) {
        await performAct(page, 'The callee offers', 'callee');
        progress('acts', act, ACTS);
      }
    };

    await walkToEnd(page);
    await perform(2, 2);
    const few = await look();
    await perform(3, HALF);
    const half = await look();
    await perform(HALF + 1, ACTS);
    const all = await look();
    const perAct = {
      early: (half.objects - few.objects) / (HALF - 2),
      late: (all.objects - half.objects) / (ACTS - HALF),
    };
    return [
      {
        measure: 'key to paint in 100 acts to that in two, median',
        value: median(all.keys) / median(few.keys),
        unit: '×',
        limit: LEVEL,
      },
      {
        measure: 'jump to either end in 100 acts to that in 50, median',
        value: median(all.jumps) / median(half.jumps),
        unit: '×',
        limit: LEVEL,
      },
      { measure: 'key to paint in 100 acts, median', value: median(all.keys), unit: 'ms' },
      {
        measure: 'jump to either end in 100 acts, median',
        value: median(all.jumps),
        unit: 'ms',
      },
      {
        measure: 'memory of an act: of the last 50 to that of the first',
        value: perAct.late / perAct.early,
        unit: '×',
        limit: LEVEL,
      },
      { measure: 'memory of an act', value: perAct.late * 1000, unit: 'kB' },
    ];
  });
}
