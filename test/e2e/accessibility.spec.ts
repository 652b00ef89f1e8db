// Accessibility by axe: at the steps that differ most, in every tab and dialog, light and English, dark and Korean.
import { expectAccessible } from './support/axe.ts';
import { faultySignaling } from './support/faults.ts';
import { openSetup } from './support/setup.ts';
import { expect, test } from './support/test.ts';
import { LAST, Walk } from './support/walk.ts';

const SIZES = [
  [1440, 900],
  [1024, 768],
  [390, 844],
] as const;

const LOOKS = [
  {
    look: 'light',
    scheme: 'light',
    locale: 'en',
    dialogs: ['Help', 'Share'],
    lessons: 'Lessons',
    made: 'What this call is made of',
    present: 'Present',
    reader: 'reader',
  },
  {
    look: 'Korean, dark',
    scheme: 'dark',
    locale: 'ko',
    dialogs: ['도움말', '공유'],
    lessons: '레슨',
    made: '이 통화의 구성',
    present: '발표',
    reader: '설명',
  },
] as const;

// Half-faded colours are none that anybody reads.
test.use({ contextOptions: { reducedMotion: 'reduce' } });

for (const { look, scheme, locale, ...names } of LOOKS) {
  test(`no violation at the steps (${look})`, async ({ page, watch: _watch }) => {
    test.slow();
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const walk = new Walk(page, locale);
    await walk.open(`#/call?lang=${locale}`);
    await expect(page.locator('html')).toHaveAttribute('data-theme', scheme);
    // Pictures are coded and decoded as long as axe looks, which is long: once is enough.
    await openSetup(page);
    if (look !== 'light') await page.getByRole('checkbox').nth(1).uncheck();
    for (const step of [0, 4, 7, LAST]) {
      await walk.nextTo(step);
      for (const [width, height] of SIZES) {
        await page.setViewportSize({ width, height });
        await expectAccessible(page, `step ${String(step)} at ${String(width)}`);
      }
    }
  });

  test(`no violation in tabs, dialogs and troubles (${look})`, async ({ page, watch: _watch }) => {
    test.slow();
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await faultySignaling(page, { kind: 'lose', type: 'offer', times: 1 });
    const walk = new Walk(page, locale);
    await walk.open(`#/call?lang=${locale}`);
    await walk.nextTo(5);
    for (const tab of ['ICE', 'States', 'Code', 'Log'] as const) {
      await walk.tab(tab);
      await expectAccessible(page, tab);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    for (const view of await page.locator('.views').getByRole('button').all()) {
      await view.click();
      await expect(view).toHaveAttribute('aria-pressed', 'true');
      await expectAccessible(page, `${await view.innerText()} on a phone`);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    const dialog = page.getByRole('dialog');
    const closes = async (where: string) => {
      await expectAccessible(page, where);
      await page.keyboard.press('Escape');
      await expect(dialog.or(page.getByRole('menu'))).toHaveCount(0);
    };
    for (const name of [...names.dialogs, names.lessons]) {
      await walk.button(name).click();
      await expect(dialog).toBeVisible();
      await closes(name);
    }
    await walk.openTools(names.made);
    await closes('the menu of the walk');
    await walk.tool(names.made);
    await expect(dialog).toBeVisible();
    await closes(names.made);
    await walk.button(names.present).click();
    await expect(walk.button(names.reader)).toBeVisible();
    for (const key of ['', '1', '2', '3']) {
      if (key !== '') await page.keyboard.press(key);
      await expectAccessible(page, `present mode ${key}`);
    }
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect(walk.button(names.present)).toBeVisible();
    await walk.button(walk.words.next).click();
    await expect(walk.trouble).toBeVisible();
    await expectAccessible(page, 'trouble');
  });
}
