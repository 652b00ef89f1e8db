// The matrix of NATs: the table fills, what is chosen changes it, keys walk it, and the link keeps it.
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import { expect, test } from './support/test.ts';

const PORTS = 'address-and-port-dependent';

/** The counts of the legend: direct, relay, fails. */
async function counts(page: Page): Promise<number[]> {
  await expect(page.locator('table')).toHaveAttribute('aria-busy', 'false');
  return (await page.locator('.bar li b').allTextContents()).map(Number);
}

const cell = (page: Page, caller: string, callee: string) =>
  page.getByRole('button', { name: `Caller ${caller}, callee ${callee}:` });

async function open(page: Page, link = '/#/matrix') {
  await page.goto(link);
  await expect(page.getByRole('table')).toBeVisible();
}

test('the table fills, and TURN saves what failed', async ({ page }) => {
  await open(page);
  expect(await counts(page)).toEqual([42, 0, 39]);
  await expect(page.getByRole('heading', { name: 'Connected directly' })).toBeVisible();
  await cell(page, 'port-restricted', 'symmetric').click();
  await expect(page.getByRole('heading', { name: 'Not connected' })).toBeVisible();
  await expect(page.getByText('there is no TURN server')).toBeVisible();

  await page.getByRole('switch', { name: 'TURN server' }).check();
  expect(await counts(page)).toEqual([42, 39, 0]);
  await expect(page.getByText('39 changed')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Connected through a relay' })).toBeVisible();
  await expect(cell(page, 'port-restricted', 'symmetric')).toContainText('There was no way before');
  // Both tables were there before the switch was touched.
  await expect(page.locator('button.old')).toHaveCount(0);
});

test('the NATs are chosen by their rules, and the walk is linked', async ({ page }) => {
  await open(page);
  await page.getByLabel('The callee’s mapping').selectOption(PORTS);
  await expect(page.getByRole('heading', { name: 'Not connected' })).toBeVisible();
  await expect(cell(page, 'port-restricted', 'symmetric')).toHaveAttribute('aria-pressed', 'true');
  await page.getByLabel('The caller’s filtering').selectOption('address-dependent');
  await expect(page.getByRole('heading', { name: 'Connected directly' })).toBeVisible();
  await expect(page.getByText(/After \d+\sms and \d+ packets/)).toBeVisible();
  await expect(page.getByRole('link', { name: 'Walk this call' })).toHaveAttribute(
    'href',
    '#/lab?caller=ei-ad&callee=apd-apd',
  );
});

test('a property changes cells, those are marked, and defaults bring them back', async ({
  page,
}) => {
  await open(page);
  await counts(page);
  await page.getByLabel('A mapping lives').selectOption('100');
  await expect.poll(() => page.locator('button.changed').count()).toBeGreaterThan(0);
  const [direct = 0] = await counts(page);
  expect(direct).toBeLessThan(42);
  await page.getByRole('button', { name: 'Back to the defaults' }).click();
  await expect.poll(() => counts(page)).toEqual([42, 0, 39]);

  const loss = page.getByRole('slider', { name: 'Loss' });
  await loss.focus();
  for (let press = 0; press < 30; press += 1) await page.keyboard.press('ArrowRight');
  await expect(loss).toHaveAttribute('aria-valuetext', '30%');
  await expect(page).toHaveURL(/#\/matrix\?loss=30$/);
  await counts(page);
  await page.getByRole('radio', { name: /RFC 8445/ }).check();
  await expect(page).toHaveURL(/#\/matrix\?ice=rfc8445&loss=30$/);
  await counts(page);
});

test('keys walk the table', async ({ page }) => {
  await open(page);
  await counts(page);
  await cell(page, 'port-restricted', 'port-restricted').focus();
  await page.keyboard.press('ArrowUp');
  await expect(cell(page, 'restricted', 'port-restricted')).toBeFocused();
  await page.keyboard.press('End');
  await expect(cell(page, 'restricted', 'symmetric')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(cell(page, 'restricted', 'symmetric')).toBeFocused();
  // Only Enter opens one; the table has a single stop.
  await expect(page).toHaveURL(/#\/matrix$/);
  await expect(page.locator('table button[tabindex="0"]')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/matrix\?caller=ei-ad&callee=apd-apd$/);
  await expect(cell(page, 'restricted', 'symmetric')).toHaveAttribute('aria-pressed', 'true');
  await expect(cell(page, 'restricted', 'symmetric')).toBeFocused();
});

test('the link keeps what is chosen, and the call goes on behind the page', async ({ page }) => {
  await open(page, '/#/matrix?caller=apd-ei&callee=apd-ei&seed=7&jitter=20&ports=off&turn=on');
  await page.reload();
  await expect(page.getByLabel('The caller’s mapping')).toHaveValue(PORTS);
  await expect(page.getByLabel('Seed of chance')).toHaveValue('7');
  await expect(page.getByRole('slider', { name: 'Jitter' })).toHaveValue('20');
  await expect(page.getByRole('switch', { name: 'Keep the inside port' })).not.toBeChecked();
  await expect(page.getByRole('switch', { name: 'TURN server' })).toBeChecked();
  await counts(page);
  await page.getByRole('link', { name: 'Call', exact: true }).click();
  await page.getByRole('button', { name: 'Next step' }).click();
  await expect(page).toHaveTitle(/^1 · /);
  await page.goBack();
  await expect(page).toHaveTitle(/^Who reaches whom/);
  await expect(page.getByLabel('Seed of chance')).toHaveValue('7');
});

for (const { look, scheme, lang } of [
  { look: 'light', scheme: 'light', lang: 'en' },
  { look: 'Korean, dark', scheme: 'dark', lang: 'ko' },
] as const) {
  test(`no violation, and nothing scrolls sideways (${look})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await open(page, `/#/matrix?callee=apd-apd&lang=${lang}`);
    await counts(page);
    await page.getByRole('switch', { name: /TURN/ }).check();
    await expect(page.locator('button.changed')).toHaveCount(39);
    for (const [width, height] of [
      [1440, 900],
      [1024, 768],
      [390, 844],
    ] as const) {
      await page.setViewportSize({ width, height });
      await expectAccessible(page, `${look} at ${String(width)}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide).toBeLessThanOrEqual(width);
      for (const name of ['div.side', '.result']) {
        const spare = await page
          .locator(name)
          .evaluate((element) => element.scrollWidth - element.clientWidth);
        expect(spare, `${name} at ${String(width)}`).toBeLessThanOrEqual(0);
      }
    }
  });
}

test('on a phone the chosen cell is in the part of the table that is seen', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, '/#/matrix?callee=apd-apd');
  const chosen = page.locator('td button[aria-pressed=true]');
  await expect(async () => {
    const box = await page.locator('.box').boundingBox();
    const cell = await chosen.boundingBox();
    if (box === null || cell === null) throw new Error('not drawn');
    expect(cell.x + cell.width).toBeLessThanOrEqual(box.x + box.width);
  }).toPass();
});
