// The start page that index.html shows before the program comes.
import type { Page } from '@playwright/test';
import { expect, test } from './support/test.ts';

/** The picture of the start page that is seen. */
const picture = (page: Page) => page.locator('.start-picture:visible');

/** The call's code does not come until the returned function is called. */
async function hold(page: Page): Promise<() => void> {
  let go: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  await page.route(/\/call-[^/]*\.js$/, async (route) => {
    await gate;
    await route.continue();
  });
  return go;
}

/**
 * Where everything that is seen stands. Not what covers a row that the window's edge would cut, nor the word for what is
 * still to come below.
 */
function places(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    await document.fonts.ready;
    return [
      ...document.querySelectorAll('.app:not([hidden] *) *:not(option, optgroup, .veil, .loading)'),
    ]
      .filter((each) => each.checkVisibility({ visibilityProperty: true }))
      .map((each) => [each.tagName, each.getBoundingClientRect()] as const)
      .filter(([, { width, height }]) => width + height > 0)
      .map(([name, { x, y, width, height }]) =>
        [name, ...[x, y, width, height].map(Math.round)].join(' '),
      );
  });
}

for (const [locale, title] of [
  ['en-US', 'Two people'],
  ['ko-KR', '두 사람'],
] as const) {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    test.describe(`${locale}, ${String(viewport.width)} px`, () => {
      test.use({ locale, viewport });

      test('is read at once, and nothing moves when the program comes', async ({ page }) => {
        const go = await hold(page);
        await page.goto('/');
        await expect(picture(page)).toHaveCount(1);
        await expect(picture(page).locator('h1')).toContainText(title);
        // It can't be used yet: no button of it is to be found.
        await expect(page.getByRole('button')).toHaveCount(0);
        // Where the size of the stage can't be known, it comes with the program.
        const isWhole = viewport.width === 1440;
        await expect(picture(page).locator('.scene')).toBeVisible({ visible: isWhole });
        const before = await places(page);
        go();
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        const after = await places(page);
        expect(before.filter((each) => !after.includes(each))).toEqual([]);
        if (isWhole) expect(after).toEqual(before);
      });
    });
  }
}

for (const address of ['/#/sdp', '/#/call/create-offer', '/#/two-routers']) {
  test(`is not shown at ${address}`, async ({ page }) => {
    const shown: string[] = [];
    await page.exposeFunction('tellShown', (lang: string) => shown.push(lang));
    await page.addInitScript(() => {
      new MutationObserver((changes) => {
        for (const { target } of changes) {
          if (target instanceof HTMLElement && target.matches('.start-picture:not([hidden])')) {
            (globalThis as unknown as { tellShown: (lang: string) => void }).tellShown(target.lang);
          }
        }
      }).observe(document, { subtree: true, attributeFilter: ['hidden'] });
    });
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(shown).toEqual([]);
  });
}
