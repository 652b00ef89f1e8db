// Keys pressed faster than a call can be made: nothing breaks, and the walk can still be finished.
import { expect, test } from './support/test.ts';
import { LAST, STEP_IDS, type Walk } from './support/walk.ts';

/** Heading, slider and link name one place. */
async function isConsistent(walk: Walk): Promise<void> {
  await expect
    .poll(async () => {
      const step = await walk.step();
      const heading = Number(/Step (\d+) of 14/.exec(await walk.heading.innerText())?.[1] ?? 0);
      const id = /#\/call\/?([a-z-]*)/.exec(walk.page.url())?.[1] ?? '';
      return [heading, STEP_IDS.findIndex((each) => each === id)].map((each) => each - step);
    })
    .toEqual([0, 0]);
}

const times = (count: number, ...keys: readonly string[]) =>
  Array.from({ length: count }, () => keys).flat();

const BURSTS: Readonly<Record<string, readonly string[]>> = {
  'Next, over and over': times(20, 'ArrowRight'),
  'back and forth': times(12, 'ArrowRight', 'ArrowRight', 'ArrowLeft'),
  'from end to end': times(6, 'End', 'Home'),
  'play and pause': times(8, ' ', 'ArrowRight', ' '),
  'by events': times(15, 'Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowLeft'),
  'by phases': times(6, ']', ']', '['),
  'everything at once': times(
    4,
    ...['ArrowRight', 'End', 'ArrowLeft', ' ', 'Shift+ArrowLeft', 'PageDown', 'Home', ']'],
    ...['Shift+ArrowRight', 'PageUp', ' ', '[', 'ArrowRight'],
  ),
};

for (const [name, keys] of Object.entries(BURSTS)) {
  test(`${name}, from the very start`, async ({ walk, page }) => {
    await walk.open();
    await Promise.all(keys.map((key) => page.keyboard.press(key)));
    const pause = walk.button('Pause');
    if (await pause.isVisible()) await page.keyboard.press(' ');
    await isConsistent(walk);
    await page.keyboard.press('End');
    await walk.at(LAST);
    await walk.connected();
    await isConsistent(walk);
    // And once more over the finished call.
    await Promise.all(keys.map((key) => page.keyboard.press(key)));
    await isConsistent(walk);
    await page.keyboard.press('End');
    await walk.at(LAST);
    await walk.connected();
  });
}
