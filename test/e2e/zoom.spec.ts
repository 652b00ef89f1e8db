// Zoomed in to 200 % and 400 % (WCAG 1.4.10): one column, nothing sideways, and nothing lies over what can be pressed.
import { expect, test } from './support/test.ts';
import { LAST, Walk } from './support/walk.ts';

/** A laptop of 1440 × 900 at 200 %, and one of 1280 × 1024 at 400 %. */
const ZOOMS = [
  [200, 720, 450],
  [400, 320, 256],
] as const;

/** Runs in the page: what is too wide, and what can be pressed and is covered where it comes into view. */
function zoomFaults(): string[] {
  const faults: string[] = [];
  const { scrollWidth } = document.scrollingElement ?? document.documentElement;
  if (scrollWidth > innerWidth) faults.push(`${String(scrollWidth)} wide`);
  for (const each of document.querySelectorAll('button, a[href], select, input, h1')) {
    if (!(each instanceof HTMLElement) || !each.checkVisibility({ visibilityProperty: true }))
      continue;
    if (each.closest('.sr') !== null || each.matches('.sr, [type="range"], [tabindex="-1"]'))
      continue;
    // In the middle of what scrolls: at its edge is what sticks there, and a key scrolls the other free of it.
    each.scrollIntoView({ behavior: 'instant', block: 'center', inline: 'nearest' });
    const { left, top, width, height } = each.getBoundingClientRect();
    if (width <= 1 || height <= 1) continue;
    // A row of the ladder is a button as a whole, and has others on it: it is free at its number at least.
    const over = [width / 2, Math.min(16, width / 2)].map((x) =>
      document.elementFromPoint(left + x, top + height / 2),
    );
    // What is out of the picture is covered by nothing.
    if (over.every((one) => one === null)) continue;
    if (!over.some((one) => one !== null && (each.contains(one) || one.contains(each)))) {
      const names = over.map((one) => one?.className ?? 'nothing').join(', ');
      faults.push(`${each.textContent.trim().slice(0, 40)}: under ${names}`);
    }
  }
  scrollTo(0, 0);
  return faults;
}

for (const [percent, width, height] of ZOOMS) {
  for (const locale of ['en', 'ko'] as const) {
    test(`at ${String(percent)} % all can be reached (${locale})`, async ({
      page,
      watch: _watch,
    }) => {
      await page.setViewportSize({ width, height });
      const walk = new Walk(page, locale);
      await walk.open(`#/call?lang=${locale}`);
      for (const step of [0, 5, LAST]) {
        await walk.nextTo(step);
        for (const view of await page.locator('.views button').all()) {
          await view.click();
          const where = `step ${String(step)}, ${(await view.textContent()) ?? ''}`;
          expect(await page.evaluate(zoomFaults), where).toEqual([]);
        }
      }
    });
  }
}
