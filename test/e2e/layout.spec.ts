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

/** Narrower than this it is a phone. */
const PHONE = 720;

/** Laptops, where an explanation and its code are never to be scrolled for. */
const LAPTOPS = [
  [1366, 768],
  [1440, 900],
] as const;
/** What the tab that follows has at least, in pixels. */
const LEAST_BODY = 100;

/** Runs in the page: what of the title, the text and the code is not wholly in view, or is covered; and the tab's height. */
function readerFaults(): { readonly faults: readonly string[]; readonly body: number } {
  const faults: string[] = [];
  for (const selector of ['h1', '.caption .text', '.excerpt']) {
    const found = [...document.querySelectorAll(selector)];
    if (found.length === 0) faults.push(`${selector}: not there`);
    for (const element of found) {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      if (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight) {
        faults.push(`${selector}: out of view, ${String(top)} to ${String(bottom)}`);
        continue;
      }
      for (const x of [left + 4, (left + right) / 2, right - 4]) {
        for (const y of [top + 2, (top + bottom) / 2, bottom - 2]) {
          const over = document.elementFromPoint(x, y);
          if (over === null || !element.contains(over)) {
            faults.push(`${selector}: covered by ${over?.className ?? 'nothing'}`);
          }
        }
      }
    }
  }
  const bottomOf = (selector: string) =>
    document.querySelector(selector)?.getBoundingClientRect().bottom ?? 0;
  return { faults, body: bottomOf('.reader') - bottomOf('[role="tablist"]') };
}

for (const locale of ['en', 'ko'] as const satisfies readonly Locale[]) {
  test(`no sideways scroll (${locale})`, async ({ page, watch: _watch }) => {
    const walk = new Walk(page, locale);
    await walk.open(`#/call?lang=${locale}`);
    for (const step of [0, 7, LAST]) {
      await walk.nextTo(step);
      for (const [width, height] of WIDTHS) {
        await page.setViewportSize({ width, height });
        // On a phone the ladder is one of four.
        if (width < PHONE) await page.locator('.views button').nth(1).click();
        const wide = await page.evaluate(() => {
          const { scrollWidth } = document.scrollingElement ?? document.documentElement;
          return { scrollWidth, main: document.querySelector('main')?.scrollWidth ?? 0 };
        });
        const where = `step ${String(step)} at ${String(width)}`;
        expect(wide.scrollWidth, where).toBeLessThanOrEqual(width);
        expect(wide.main, where).toBeLessThanOrEqual(width);
        // The ladder comes to rest anew once it has seen its new size.
        await expect.poll(() => page.evaluate(ladderFaults), where).toEqual([]);
        const { previous, play, next, whatNext } = walk.words;
        for (const name of [previous, play, step === LAST ? whatNext : next]) {
          await expect(walk.button(name), where).toBeInViewport({ ratio: 1 });
        }
      }
      await page.setViewportSize({ width: 1440, height: 900 });
    }
  });
}

for (const locale of ['en', 'ko'] as const satisfies readonly Locale[]) {
  test(`on a laptop all that is said is in view, and the code too (${locale})`, async ({
    page,
    watch: _watch,
  }) => {
    const walk = new Walk(page, locale);
    await walk.open(`#/call?lang=${locale}`);
    await walk.finish();
    for (const [width, height] of LAPTOPS) {
      await page.setViewportSize({ width, height });
      for (let step = 1; step <= LAST; step += 1) {
        await walk.seek(step);
        const where = `step ${String(step)} at ${String(width)}`;
        const tablist = page.getByRole('tablist');
        await expect(tablist, where).toBeAttached();
        const { scrollHeight } = await page.evaluate(() => ({
          scrollHeight: document.documentElement.scrollHeight,
        }));
        expect(scrollHeight, `${where}: the page itself scrolls`).toBeLessThanOrEqual(height);
        // What is there stays there when what is below it is scrolled.
        for (const scrolls of [false, true]) {
          if (scrolls) await page.mouse.move(width * 0.8, height * 0.8);
          if (scrolls) await page.mouse.wheel(0, 400);
          const { faults, body } = await page.evaluate(readerFaults);
          expect(faults, where).toEqual([]);
          if (step < LAST) expect(body, where).toBeGreaterThanOrEqual(LEAST_BODY);
        }
      }
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
