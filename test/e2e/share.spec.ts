// Share: what is switched changes the link and its QR code at once, and the link leads where it says.
import type { Page } from '@playwright/test';
import { readQr } from '../support/qr.ts';
import { expect, test } from './support/test.ts';

/** What the QR code on the screen says. */
async function scanned(page: Page): Promise<string | undefined> {
  const code = page.getByRole('img', { name: 'QR code of the link' }).first();
  const [, , size] = (await code.getAttribute('viewBox'))?.split(' ') ?? [];
  return readQr((await code.locator('path').getAttribute('d')) ?? '', Number(size));
}

test('switches change the link and its code, and the link leads there', async ({ walk, page }) => {
  await walk.open();
  await walk.nextTo(4);
  await walk.tab('States');
  await walk.button('Share').click();
  const dialog = page.getByRole('dialog', { name: 'Share this step' });
  const link = dialog.getByRole('textbox', { name: 'Link to this place' });
  const base = new URL('/', page.url()).href;
  const expectLink = async (hash: string) => {
    await expect(link).toHaveValue(base + hash);
    await expect.poll(() => scanned(page)).toBe(base + hash);
  };
  await expectLink('#/call/set-local-offer?tab=states&lang=en');
  await dialog.getByRole('checkbox', { name: 'With the same tab open States' }).uncheck();
  await expectLink('#/call/set-local-offer?lang=en');
  await dialog.getByRole('button', { name: '한국어' }).click();
  await expectLink('#/call/set-local-offer?lang=ko');
  await dialog.getByRole('button', { name: 'Reader’s own' }).click();
  await expectLink('#/call/set-local-offer');
  await dialog.getByRole('checkbox', { name: /^Start at this step Step 4: / }).uncheck();
  await expectLink('#/call');
  await dialog.getByRole('checkbox', { name: /^Start at this step/ }).check();

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await dialog.getByRole('button', { name: 'Copy link' }).click();
  await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    `${base}#/call/set-local-offer`,
  );

  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'save the recording' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.json$/);
});

test('the code fills the screen for a class, and Escape closes that alone', async ({
  walk,
  page,
}) => {
  await walk.open();
  await walk.nextTo(1);
  await walk.button('Share').click();
  await page.getByRole('button', { name: 'Show the QR code large' }).click();
  const large = page.getByRole('dialog', { name: 'QR code of the link' });
  await expect(large).toBeVisible();
  const box = await large.getByRole('img').boundingBox();
  const { height } = page.viewportSize() ?? { height: 0 };
  expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThan(height * 0.8);
  await page.keyboard.press('Escape');
  await expect(large).toBeHidden();
  await expect(page.getByRole('dialog', { name: 'Share this step' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await walk.at(1);
});
