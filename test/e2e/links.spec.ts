// Links name places, and the browser's Back returns from a jump.
import { expect, test } from './support/test.ts';
import { Walk } from './support/walk.ts';

test('a link lands at its step, its tab and its language', async ({ page, watch: _watch }) => {
  const walk = new Walk(page, 'ko');
  await walk.open('#/call/set-local-offer?tab=states&lang=ko');
  await walk.at(4);
  await expect(page.getByRole('tab', { name: '상태', exact: true })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await expect(walk.state('caller', 'signalingState')).toHaveText('have-local-offer');
});

test('a link to a line of the offer picks it', async ({ walk, page }) => {
  await walk.open('#/call/set-local-offer?line=offer.2');
  await walk.at(4);
  await expect(page.getByRole('button', { name: 'Line 2', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});

test('a link that names nothing opens the start', async ({ walk, page }) => {
  await walk.open('#/call/no-such-step?tab=none&line=offer.x&lang=xx');
  await walk.at(0);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('steps replace the place, jumps add one that Back and Forward find', async ({
  walk,
  page,
}) => {
  await walk.open('#/call');
  const before = await page.evaluate(() => history.length);
  await walk.nextTo(3);
  await expect(page).toHaveURL(/#\/call\/create-offer$/);
  expect(await page.evaluate(() => history.length)).toBe(before);
  await walk.seek(7);
  await expect(page).toHaveURL(/#\/call\/set-remote-offer$/);
  expect(await page.evaluate(() => history.length)).toBe(before + 1);
  await page.goBack();
  await walk.at(3);
  await page.goForward();
  await walk.at(7);
  await page.goBack();
  await walk.at(3);
  await expect(page).toHaveURL(/#\/call\/create-offer$/);
});

test('an address that is typed goes there', async ({ walk, page }) => {
  await walk.open();
  await walk.finish();
  await page.evaluate(() => {
    location.hash = '#/call/create-answer?tab=log';
  });
  await walk.at(9);
  await expect(page.getByRole('tabpanel', { name: 'Log' })).toBeVisible();
});

test('Back right after a step that is still growing goes back', async ({ walk, page }) => {
  await walk.open('#/call');
  await walk.nextTo(3);
  await walk.seek(7);
  await expect(page).toHaveURL(/#\/call\/set-remote-offer$/);
  // Something is about to be written, and then the learner goes back: the newer wish counts.
  await page.evaluate(() => {
    document.querySelector<HTMLElement>('.sdp .no')?.click();
    history.back();
  });
  await walk.at(3);
  await expect(page).toHaveURL(/#\/call\/create-offer/);
});
