// The page for SDP from elsewhere: pasted, dropped, explained, judged and compared.
import { readFileSync } from 'node:fs';
import { expectAccessible } from './support/axe.ts';
import { expect, test } from './support/test.ts';

const fixture = (name: string) =>
  readFileSync(new URL(`../fixtures/sdp/${name}.sdp`, import.meta.url), 'utf8');
const OFFER = fixture('chromium-both-and-data-offer');
const ANSWER = fixture('chromium-both-and-data-answer');

test.beforeEach(async ({ page }) => {
  await page.goto('/#/sdp');
  await expect(page.getByRole('heading', { level: 1, name: 'Read an SDP' })).toBeVisible();
});

test('an SDP is explained line by line, and picks are in the link', async ({ page }) => {
  await page.getByLabel('SDP, JSON or a log').fill(OFFER);
  await page.getByRole('button', { name: 'Open all' }).click();
  const lines = page.locator('.sdp li > .line code');
  expect(`${(await lines.allTextContents()).join('\n')}\n`).toBe(OFFER.replaceAll('\r\n', '\n'));
  await page.getByRole('button', { name: 'Line 2', exact: true }).click();
  await expect(page.locator('.meaning')).toContainText('RFC 8866');
  await expect(page).toHaveURL(/#\/sdp\?line=first\.2$/);
  // A reload of the tab brings text and place back.
  await page.reload();
  await expect(page.locator('.meaning')).toContainText('RFC 8866');
  await expectAccessible(page, 'a pasted SDP');
});

test('what is wrong is named with its line and its reason', async ({ page }) => {
  const broken = OFFER.replaceAll(/a=fingerprint:.*\r\n/g, '').replace(
    'a=group:BUNDLE 0',
    'a=group:BUNDLE nobody 0',
  );
  await page.getByLabel('SDP, JSON or a log').fill(broken);
  await expect(page.getByText(/^[1-9]\d* wrong/)).toBeVisible();
  const problem = page.getByRole('listitem').filter({ hasText: 'names a section that is missing' });
  await problem.getByRole('button', { name: /^line \d+$/ }).click();
  await expect(page.locator('li.open')).toContainText('a=group:BUNDLE nobody');
});

test('JSON and logs are searched for SDP', async ({ page }) => {
  const json = JSON.stringify({ at: 1, description: { type: 'offer', sdp: OFFER } });
  await page.getByLabel('SDP, JSON or a log').fill(json);
  await expect(page.getByText('offer, in JSON at line 1')).toBeVisible();
  await page.getByLabel('SDP, JSON or a log').fill(`${json}\n12:00 remote: ${json}`);
  await expect(page.getByText('2 descriptions were found')).toBeVisible();
  await page.getByLabel('SDP, JSON or a log').fill('nothing of the kind');
  await expect(page.getByText('There is no SDP in this text')).toBeVisible();
});

test('two are compared, and what they agreed on is said', async ({ page }) => {
  await page.getByRole('button', { name: 'Compare with another' }).click();
  await page.getByLabel('First').fill(OFFER);
  await page.getByLabel('Second').fill(ANSWER);
  await page.getByRole('button', { name: 'Changes', exact: true }).click();
  await expect(page.getByText(/\d+ added, \d+ removed, \d+ changed/)).toBeVisible();
  await page.getByRole('button', { name: 'Agreed' }).click();
  await expect(page.getByRole('row', { name: /^opus\/48000 111 111/ })).toBeVisible();
  await expectAccessible(page, 'two texts');
});

test('a file is dropped, and the call goes on behind the page', async ({ page }) => {
  await page.getByRole('link', { name: 'Call', exact: true }).click();
  await page.getByRole('button', { name: 'Next step' }).click();
  await expect(page).toHaveTitle(/^1 · /);
  await page.getByRole('link', { name: 'Inspect' }).click();
  await expect(page).toHaveTitle(/^Read an SDP/);
  // Keys belong to this page now.
  await page.keyboard.press('ArrowRight');
  await page.evaluate((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'offer.txt', { type: 'text/plain' }));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true }));
  }, OFFER);
  await expect(page.getByRole('button', { name: /^video / })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveTitle(/^1 · /);
});

test('ten thousand lines open and scroll', async ({ page }) => {
  const candidates = Array.from(
    { length: 10_000 },
    (_, n) => `a=candidate:${String(n)} 1 udp 2113937151 192.0.2.1 ${String(n + 1)} typ host`,
  );
  await page.locator('input[type=file]').setInputFiles({
    name: 'long.sdp',
    mimeType: 'text/plain',
    buffer: Buffer.from(`${OFFER}${candidates.join('\r\n')}\r\n`),
  });
  await expect(page.getByText(/^A long text of 10,\d+ lines/)).toBeVisible();
  await page.getByRole('button', { name: 'Open all' }).click();
  const number = OFFER.split('\r\n').length - 1 + 10_000;
  // Only what is near is drawn.
  expect(await page.locator('.sdp li[data-line]').count()).toBeLessThan(2000);
  await page.locator('.result').evaluate((element) => {
    element.scrollTop = element.scrollHeight;
  });
  await expect(page.getByRole('button', { name: `Line ${String(number)}` })).toBeVisible();
});

for (const scheme of ['light', 'dark'] as const) {
  test(`no violation on an empty page (${scheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await expectAccessible(page, 'empty');
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page, 'empty, on a phone');
  });
}

test('an offer and its answer in one log are judged together, and the lines of each are led to', async ({
  page,
}) => {
  const answer = ANSWER.replaceAll('a=setup:active', 'a=setup:actpass');
  const log = [
    `12:00 sent ${JSON.stringify({ type: 'offer', sdp: OFFER })}`,
    `12:01 got ${JSON.stringify({ type: 'answer', sdp: answer })}`,
  ].join('\n');
  await page.getByLabel('SDP, JSON or a log').fill(log);
  await expect(page.getByText(/^[1-9]\d* wrong/)).toBeVisible();
  await page
    .getByRole('listitem')
    .filter({ hasText: 'actpass' })
    .getByRole('button', { name: /^answer, line \d+$/ })
    .first()
    .click();
  await expect(page.locator('li.open')).toContainText('a=setup:actpass');
  await expectAccessible(page, 'a verdict');
});
