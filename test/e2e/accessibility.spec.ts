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
  { look: 'light', scheme: 'light', locale: 'en', help: 'Help', share: 'Share' },
  { look: 'Korean, dark', scheme: 'dark', locale: 'ko', help: '도움말', share: '공유' },
] as const;

// Half-faded colours are none that anybody reads.
test.use({ contextOptions: { reducedMotion: 'reduce' } });

for (const { look, scheme, locale, help, share } of LOOKS) {
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
    for (const name of ['SDP', 'ICE']) {
      await page.locator('.views').getByRole('button', { name, exact: true }).click();
      await expectAccessible(page, `${name} on a phone`);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    for (const name of [help, share]) {
      await walk.button(name).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectAccessible(page, name);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
    await walk.button(walk.words.next).click();
    await expect(walk.trouble).toBeVisible();
    await expectAccessible(page, 'trouble');
  });
}
