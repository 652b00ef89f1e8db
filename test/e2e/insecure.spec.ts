// Over plain HTTP from another machine: no camera there, but a call all the same.
import { chromiumArgs } from '../../scripts/browser.js';
import { openSetup } from './support/setup.ts';
import { expect, test } from './support/test.ts';

// An address that is not this machine's, and so not trustworthy; the browser is led here all the same.
const STRANGER = '203.0.113.7';

test.use({
  launchOptions: async ({ launchOptions }, use) => {
    await use({
      ...launchOptions,
      args: [...chromiumArgs(), `--host-resolver-rules=MAP ${STRANGER} localhost`],
    });
  },
});

test('a page that is no secure context explains the camera, and can call', async ({
  walk,
  page,
  watch,
  baseURL,
}) => {
  const url = new URL(baseURL ?? '');
  url.hostname = STRANGER;
  watch.allow(url.origin);
  await page.goto(url.href);
  expect(await page.evaluate(() => isSecureContext)).toBe(false);
  await openSetup(page);
  await page.getByRole('radio', { name: /^Camera and microphone/ }).check();
  await walk.button('Next step').click();
  await expect(walk.trouble).toContainText('This page is not a secure context');
  await expect(walk.trouble).toContainText('NoMediaDevicesError: navigator.mediaDevices');
  await walk.trouble.getByRole('button', { name: 'New call' }).click();
  await openSetup(page);
  await page.getByRole('radio', { name: /^Test card/ }).check();
  await walk.finish();
});
