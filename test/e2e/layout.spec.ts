// Nothing scrolls sideways, and the ladder stands where it should, on a phone, a tablet, a projector and a laptop.
import { ladderFaults } from '../support/ladder-faults.ts';
import { expect, test } from './support/test.ts';
import { LAST, Walk } from './support/walk.ts';
import type { Locale } from './support/words.ts';

const WIDTHS = [
  [390, 844],
  [768, 1024],
  [1024, 768],
  [1366, 768],
  [1440, 900],
] as const;

for (const locale of ['en', 'ko'] as const satisfies readonly Locale[]) {
  test(`no sideways scroll (${locale})`, async ({ page, watch: _watch }) => {
    const walk = new Walk(page, locale);
    await walk.open(`#/call?lang=${locale}`);
    for (const step of [0, 7, LAST]) {
      await walk.nextTo(step);
      for (const [width, height] of WIDTHS) {
        await page.setViewportSize({ width, height });
        const wide = await page.evaluate(() => {
          const { scrollWidth } = document.scrollingElement ?? document.documentElement;
          return { scrollWidth, main: document.querySelector('main')?.scrollWidth ?? 0 };
        });
        const where = `step ${String(step)} at ${String(width)}`;
        expect(wide.scrollWidth, where).toBeLessThanOrEqual(width);
        expect(wide.main, where).toBeLessThanOrEqual(width);
        expect(await page.evaluate(ladderFaults), where).toEqual([]);
        const { previous, play, next, whatNext } = walk.words;
        for (const name of [previous, play, step === LAST ? whatNext : next]) {
          await expect(walk.button(name), where).toBeInViewport({ ratio: 1 });
        }
      }
      await page.setViewportSize({ width: 1440, height: 900 });
    }
  });
}

test('on a projector the row of the step stays in view', async ({ page, walk }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await walk.open();
  await walk.finish();
  const row = page.locator('.ladder [aria-current="step"]');
  await expect(row).toBeInViewport({ ratio: 1 });
  await walk.seek(3);
  await walk.seek(LAST);
  await expect(row).toBeInViewport({ ratio: 1 });
});
