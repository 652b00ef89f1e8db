// Going back and forth: the screen is a function of the record and the cursor, however one came there.
import fc from 'fast-check';
import { expect, test } from './support/test.ts';
import { HANGING_UP, LAST, type Tab, type Walk } from './support/walk.ts';

/** Not the log: it lists what is still to come, and that grows while the call is made. */
const SHOWN: readonly Tab[] = ['SDP', 'ICE', 'States', 'Code'];

/** Walks on from step 1, and reads the screen of each step, every one in another tab than the last. */
async function read(walk: Walk): Promise<string[]> {
  const screens: string[] = [];
  for (let step = 1; step < LAST; step += 1) {
    if (step > 1) await walk.next();
    await walk.tab(SHOWN[step % SHOWN.length] ?? 'SDP');
    screens.push(await walk.steadyScreen());
  }
  return screens;
}

test('back and forward again shows what the straight walk showed', async ({ walk, page }) => {
  await walk.open();
  await walk.next();
  const straight = await read(walk);
  await walk.next();
  await walk.connected();
  await walk.unfocus();
  for (let step = LAST; step > 1; step -= 1) await page.keyboard.press('ArrowLeft');
  await walk.at(1);
  const again = await read(walk);
  for (const [at, screen] of straight.entries()) expect(again[at]).toBe(screen);
});

test('whichever way one comes to a step, it looks the same', async ({ walk, page }) => {
  test.slow();
  await walk.open();
  await walk.finish();
  const over = await walk.hangUp();
  await walk.seek(0);
  await walk.unfocus();
  const at = (step: number) => walk.at(step, HANGING_UP[step - over + 1]);

  const straight: string[] = [];
  for (let step = 0; step <= over; step += 1) {
    if (step > 0) await page.keyboard.press('ArrowRight');
    await at(step);
    straight.push(await walk.screen());
  }

  const rows = page.locator('.ladder .row > .number');
  const key = fc.constantFrom(
    ...['ArrowRight', 'ArrowLeft', 'PageDown', 'PageUp', 'Home', 'End', '[', ']', '{', '}'],
    ...['Shift+ArrowRight', 'Shift+ArrowLeft'],
  );
  const move = fc.oneof(
    { weight: 3, arbitrary: key.map((name) => ({ by: 'key', name }) as const) },
    { weight: 1, arbitrary: fc.nat(over).map((step) => ({ by: 'slider', step }) as const) },
    { weight: 1, arbitrary: fc.nat(over).map((row) => ({ by: 'ladder', row }) as const) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 1, maxLength: 8 }), async (moves) => {
      for (const each of moves) {
        if (each.by === 'key') {
          await page.keyboard.press(each.name);
          continue;
        }
        if (each.by === 'slider') await walk.slider.fill(String(each.step));
        // Without the mouse: hundreds of clicks that wait for a still picture take minutes.
        else {
          await rows.evaluateAll((all: HTMLElement[], row) => {
            all[row % all.length]?.click();
          }, each.row);
        }
        // Keys are for the page, not for the control that was used last.
        await walk.unfocus();
      }
      // Single events may have led inside a step: its end, and that of the one before, can be compared.
      const step = await walk.step();
      const before = Math.max(0, step - 1);
      await page.keyboard.press('ArrowLeft');
      await at(before);
      expect(await walk.screen()).toBe(straight[before]);
      if (step === 0) return;
      await page.keyboard.press('ArrowRight');
      await at(step);
      expect(await walk.screen()).toBe(straight[step]);
    }),
    // What fails is shown as it was found: making it smaller takes as long again.
    { numRuns: 25, endOnFailure: true },
  );
});
