// A server that goes away, or gets other files: nothing is blank or silent, and what was loaded ahead still works.
import type { Page, Route } from '@playwright/test';
import { expect, test } from './support/test.ts';
import type { Watch } from './support/watch.ts';

/** What the browser itself says of files that do not come. */
function forgiveLosses(watch: Watch): void {
  watch.forgive(/net::ERR_FAILED|Failed to fetch dynamically imported module/);
  watch.forgive(/Unable to preload CSS|Failed to load resource/);
}

/** From now on no file comes, until the returned function is called. */
async function goAway(page: Page): Promise<() => Promise<void>> {
  const abort = (route: Route) => route.abort();
  await page.route('**/*', abort);
  return () => page.unroute('**/*', abort);
}

/** What a press brings: what it is for, or the words for what can't be loaded. */
async function brings(page: Page, wanted: ReturnType<Page['locator']>): Promise<void> {
  const lost = page.getByText(/could not be loaded|The call can’t begin/);
  await expect(wanted.or(lost).first()).toBeVisible();
}

for (const [name, first] of [
  ['early', 1],
  ['in the middle', 24],
  ['late', 48],
] as const) {
  test(`a server that goes away while the page loads, ${name}`, async ({ page, walk, watch }) => {
    test.slow();
    forgiveLosses(watch);
    for (let left = first; left < first + 24; left += left < 6 ? 1 : 4) {
      let count = 0;
      const few = (route: Route) => {
        count += 1;
        return count > left ? route.abort() : route.continue();
      };
      await page.route('**/*', few);
      await page.goto(`/?${String(left)}`, { waitUntil: 'domcontentloaded' });
      const next = walk.button('Next step');
      const lost = page.getByText('could not be loaded').first();
      // The words in index.html are seen only after some seconds.
      await expect(next.or(lost).first()).toBeVisible({ timeout: 30_000 });
      if (await next.isVisible()) {
        await walk.button('Help').click();
        await brings(page, page.getByRole('dialog'));
        await page.getByRole('button', { name: 'Close', exact: true }).last().click();
        await expect(page.getByRole('dialog')).toHaveCount(0);
        await next.click();
        await brings(page, page.getByRole('heading', { name: /^Step 1 of 14/ }));
      } else {
        await expect(page.getByText('Reload the page').first()).toBeVisible();
      }
      await page.unroute('**/*', few);
      await page.goto('about:blank');
    }
  });
}

test('a server that goes away after loading', async ({ page, walk, watch }) => {
  forgiveLosses(watch);
  const ahead = page.waitForResponse(/notes-.*\.js/);
  const format = page.waitForResponse(/record-file-.*\.js/);
  await walk.open();
  await Promise.all([ahead, format]);
  await page.waitForLoadState('networkidle');
  let comeBack = await goAway(page);

  await walk.finish();
  const download = page.waitForEvent('download');
  await walk.tool('Save recording');
  await download;
  for (const name of ['Share', 'Help']) {
    await walk.button(name).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  const text = { name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('no') };
  await walk.openRecording(text);
  await expect(walk.notices).toContainText('x.json is no Peerglass record');

  // The call that is left is kept.
  await walk.tool('New call…');
  await walk.at(0);
  const kept = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open('peerglass');
        opening.onsuccess = () => {
          const count = opening.result.transaction('records').objectStore('records').count();
          count.onsuccess = () => {
            resolve(count.result);
            opening.result.close();
          };
        };
      }),
  );
  expect(kept).toBe(1);

  // What a lesson takes place on was not loaded.
  await page
    .getByRole('link', { name: /router/ })
    .first()
    .click();
  await walk.button('Next step').click();
  await expect(walk.notices).toContainText('The call can’t begin');
  await expect(walk.notices.getByRole('button', { name: 'Reload the page' })).toBeVisible();

  for (const [place, title] of [
    ['sdp', 'SDP'],
    ['matrix', 'Who reaches whom'],
  ] as const) {
    await page.evaluate((hash) => (location.hash = hash), `#/${place}`);
    await expect(page.getByRole('alert').first()).toContainText('could not be loaded');
    await expect(page.getByRole('alert').first()).toContainText(
      // A chunk with styles of its own fails at these.
      /TypeError: Failed to fetch|Error: Unable to preload CSS/,
    );
    await expect(page.getByRole('button', { name: 'Reload the page' }).last()).toBeVisible();
    await comeBack();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    // With its styles, which did not come at first either.
    await expect(page.locator('div.page')).toHaveCSS('display', 'grid');
    comeBack = await goAway(page);
  }
});
