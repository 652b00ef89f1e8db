// From everywhere to everywhere by the bar: with the mouse, by keyboard, and back; and each place as it was left.
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import { expect, test } from './support/test.ts';
import { LAST, Walk } from './support/walk.ts';
import type { Locale } from './support/words.ts';

const NAMES = {
  en: { call: 'Call', lessons: 'Lessons', matrix: 'NAT matrix', sdp: 'Inspect', menu: 'Menu' },
  ko: { call: '통화', lessons: '레슨', matrix: 'NAT 매트릭스', sdp: '분석', menu: '메뉴' },
} as const satisfies Readonly<Record<Locale, unknown>>;

const TITLES = { matrix: /^(Who reaches whom|누가)/, sdp: /SDP/ } as const;

/** The item of the bar of the page that is looked at. */
function current(page: Page) {
  return page.getByRole('banner').locator('nav [aria-current="page"]');
}

for (const locale of ['en', 'ko'] as const satisfies readonly Locale[]) {
  const names = NAMES[locale];

  test(`by the bar from a call to each page and back to where it was left (${locale})`, async ({
    page,
    watch: _watch,
  }) => {
    test.slow();
    const walk = new Walk(page, locale);
    await walk.open(`#/call?lang=${locale}`);
    await walk.nextTo(3);
    const item = (name: string) => page.getByRole('link', { name, exact: true });
    for (const which of ['matrix', 'sdp'] as const) {
      await item(names[which]).click();
      await expect(page).toHaveTitle(TITLES[which]);
      await expect(current(page)).toHaveText(names[which]);
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
      await item(names.call).click();
      await expect(current(page)).toHaveText(names.call);
      await walk.at(3);
    }
    // From one to the other, and all the way back.
    await item(names.matrix).click();
    await item(names.sdp).click();
    await expect(page).toHaveTitle(TITLES.sdp);
    await page.goBack();
    await expect(page).toHaveTitle(TITLES.matrix);
    await page.goBack();
    await walk.at(3);
    await page.goForward();
    await expect(page).toHaveTitle(TITLES.matrix);
    // The logo leads home.
    await page.getByRole('link', { name: /^Peerglass/ }).click();
    await walk.at(3);
    await walk.next();
    await walk.hasTool(locale === 'en' ? 'Hang up' : '통화 끊기', true);
  });

  test(`the lessons are chosen from their menu by keyboard (${locale})`, async ({
    page,
    watch: _watch,
  }) => {
    const walk = new Walk(page, locale);
    await walk.open(`#/call?lang=${locale}`);
    const lessons = walk.button(names.lessons);
    await lessons.focus();
    await page.keyboard.press('Enter');
    const menu = page.getByRole('dialog', { name: names.lessons });
    await expect(menu).toBeVisible();
    await expectAccessible(page, 'the lessons');
    await page.keyboard.press('Escape');
    await expect(menu).toHaveCount(0);
    await expect(lessons).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(menu.locator('a').first()).toBeFocused();
    // To the column beside it, one down: the second of the networks.
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/#\/two-routers/);
    await expect(menu).toHaveCount(0);
    await expect(current(page)).toHaveText(names.lessons);
    await walk.nextTo(2);
  });

  test(`a phone has it all in one menu (${locale})`, async ({ page, watch: _watch }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    const walk = new Walk(page, locale);
    await walk.open(`#/call?lang=${locale}`);
    await walk.nextTo(2);
    await walk.button(names.menu).click();
    const menu = page.getByRole('menu', { name: names.menu });
    await expect(menu).toBeVisible();
    await expectAccessible(page, 'the menu');
    await menu.getByRole('menuitem', { name: names.matrix }).click();
    await expect(page).toHaveTitle(TITLES.matrix);
    await walk.button(names.menu).click();
    await menu.getByRole('menuitem', { name: names.call, exact: true }).click();
    await walk.at(2);
  });

  test(`nothing of the bar is cut (${locale})`, async ({ page, watch: _watch }) => {
    const walk = new Walk(page, locale);
    for (const width of [1440, 1024, 768, 720]) {
      await page.setViewportSize({ width, height: 768 });
      for (const hash of [`#/call?lang=${locale}`, `#/matrix?lang=${locale}`]) {
        await page.goto(`/${hash}`);
        await expect(walk.button(names.lessons)).toBeVisible();
        const wide = await page.getByRole('banner').evaluate((bar) => ({
          spare: bar.clientWidth - bar.scrollWidth,
          cut: [...bar.querySelectorAll('nav > *, .tools > *')]
            .filter((each) => each.scrollWidth > each.clientWidth + 1)
            .map((each) => each.textContent),
        }));
        expect(wide, `${hash} at ${String(width)}`).toEqual({ spare: 0, cut: [] });
      }
    }
  });
}

test('Next is reached within five stops of the keyboard', async ({ walk, page }) => {
  await walk.open();
  const next = walk.button('Next step');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the explanation' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to Next' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(next).toBeFocused();
  await page.keyboard.press('Enter');
  await walk.at(1);
  await expect(page).toHaveURL(/#\/call\/capture-caller$/);
});

test('each lesson is found where it was left, and a call as its recording', async ({
  walk,
  page,
}) => {
  test.slow();
  const lesson = async (name: RegExp) => {
    await walk.button('Lessons').click();
    await page.getByRole('dialog', { name: 'Lessons' }).getByRole('link', { name }).click();
  };
  await walk.open();
  await walk.finish();
  await lesson(/Two routers/);
  await expect(page).toHaveURL(/#\/two-routers/);
  await walk.at(0);
  await walk.nextTo(4);
  await lesson(/Both behind one router/);
  await expect(page).toHaveURL(/#\/same-router/);
  await walk.at(0);
  await walk.nextTo(2);
  await lesson(/Two routers/);
  await walk.at(4);
  await expect(page).toHaveURL(/#\/two-routers\/set-local-offer/);
  // It goes on.
  await walk.next();
  await page.getByRole('link', { name: 'Call', exact: true }).click();
  await walk.at(LAST);
  await expect(walk.notices).toContainText('This is the recording of the call you left');
  await walk.connected();
  await lesson(/Both behind one router/);
  await walk.at(2);
  await expect(walk.notices).toBeEmpty();
});

test('a call that was left on its way is made anew, as far as it had come', async ({
  walk,
  page,
}) => {
  await walk.open();
  await walk.nextTo(6);
  await walk.button('Lessons').click();
  await page
    .getByRole('dialog')
    .getByRole('link', { name: /Two routers/ })
    .click();
  await expect(page).toHaveURL(/#\/two-routers/);
  await walk.at(0);
  await page.getByRole('link', { name: 'Call', exact: true }).click();
  await walk.at(6);
  await expect(walk.notices).toContainText('This is a new call, walked to step 6 for you');
  await walk.next();
  await expect(walk.notices).toBeEmpty();
  // The one that was left is kept as well.
  await expect(async () => {
    if (!page.url().includes('#/two-routers')) await page.goBack();
    expect(page.url()).toContain('#/two-routers');
  }).toPass();
  await page.goBack();
  await expect(page).toHaveURL(/#\/call\/send-offer/);
  await expect(walk.notices).toContainText('This is the recording of the call you left');
});

test('from a cell of the matrix to its walk, and back to the same cell', async ({ walk, page }) => {
  await page.goto('/#/matrix?caller=apd-apd&callee=adm-adf');
  const walkLink = page.getByRole('link', { name: 'Walk this call' });
  const here = await page.evaluate(() => location.hash);
  await walkLink.click();
  await walk.at(0);
  await walk.nextTo(2);
  await page.getByRole('link', { name: 'Back to the matrix' }).click();
  await expect(walkLink).toBeVisible();
  const chosen = page.locator('td button[aria-current], td button[aria-pressed="true"]');
  await expect(chosen).toBeFocused();
  expect(
    new URLSearchParams((await page.evaluate(() => location.hash)).split('?')[1]).get('caller'),
  ).toBe(new URLSearchParams(here.split('?')[1]).get('caller'));
  // And on with the walk where it was left.
  await walkLink.click();
  await walk.at(2);
});
