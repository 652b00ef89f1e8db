// What was wished for last is what comes: links, New call, recordings and Back, however quickly they follow each other.
import { readFile } from 'node:fs/promises';
import { AliveWatch } from './support/alive.ts';
import { STORAGES, withStorage } from './support/storage.ts';
import { openSetup } from './support/setup.ts';
import { expect, test } from './support/test.ts';
import { LAST, type Walk } from './support/walk.ts';

/** Goes to several links, each as soon as the page has heard of the one before. */
async function links(walk: Walk, ...hashes: readonly string[]): Promise<void> {
  await walk.page.evaluate(async (all) => {
    for (const hash of all) {
      const heard = new Promise((resolve) => {
        addEventListener('hashchange', resolve, { once: true });
      });
      location.hash = hash;
      await heard;
    }
  }, hashes);
}

const RECORDING = /This is the recording of the call you left/;

test('of several links at once the last is walked', async ({ walk, page }) => {
  await walk.open();
  // The lessons' part of the page is still to be loaded.
  await links(walk, '#/two-routers/connect', '#/call/add-tracks');
  await walk.at(2);
  await expect(page).toHaveURL(/#\/call\/add-tracks$/);
  await walk.finish();
  // A live call has to be left.
  await links(walk, '#/same-router/add-tracks', '#/two-routers/create-offer');
  await expect(page).toHaveURL(/#\/two-routers\/create-offer$/);
  await walk.at(3);
  await walk.hasTool('Hang up', true);
  // Back to where one is counts as a wish too.
  await links(walk, '#/call/connect', '#/two-routers/set-local-offer');
  await walk.at(4);
  await expect(page).toHaveURL(/#\/two-routers\/set-local-offer$/);
});

test('New call right after a link, a link right after New call', async ({ walk, page }) => {
  const alive = new AliveWatch(page);
  await alive.start();
  await walk.open();
  await walk.next();
  await expect(await walk.openTools('New call…')).toBeVisible();
  // The lessons' part of the page is still to be loaded.
  await page.evaluate(() => {
    location.hash = '#/two-routers/connect';
    document.querySelector<HTMLElement>('[role=menuitem][aria-label="New call…"]')?.click();
  });
  await walk.at(0);
  await walk.next();
  await expect(page).toHaveURL(/#\/call\/capture-caller$/);
  await expect(await walk.openTools('New call…')).toBeVisible();
  await page.evaluate(() => {
    document.querySelector<HTMLElement>('[role=menuitem][aria-label="New call…"]')?.click();
    location.hash = '#/two-routers/add-tracks';
  });
  await walk.at(2);
  await expect(page).toHaveURL(/#\/two-routers\/add-tracks$/);
  await alive.nothing('of the call in this browser');
});

test('New call while a recording is being read: the call it is', async ({ walk, page }) => {
  await walk.open();
  await walk.next();
  const download = page.waitForEvent('download');
  await walk.tool('Save recording');
  const text = await readFile(await (await download).path(), 'utf8');
  await page.evaluate(() => {
    const { prototype } = Blob;
    const real = Object.getOwnPropertyDescriptor(prototype, 'text')?.value as Blob['text'];
    prototype.text = async function () {
      const read = await real.call(this);
      await new Promise<void>((resolve) => {
        addEventListener('let-it-be-read', () => {
          resolve();
        });
      });
      document.documentElement.setAttribute('data-read', '');
      return read;
    };
  });
  await walk.drop({ name: 'late.json', type: 'application/json', text });
  await walk.tool('New call…');
  await walk.at(0);
  await page.evaluate(() => dispatchEvent(new Event('let-it-be-read')));
  await expect(page.locator('html[data-read]')).toHaveCount(1);
  await walk.next();
  await walk.hasTool('Hang up', true);
  await expect(walk.notices).toBeEmpty();
});

for (const storage of STORAGES) {
  test(`storage that is ${storage}: calls are left and come back as recordings`, async ({
    walk,
    page,
  }) => {
    const alive = new AliveWatch(page);
    await alive.start();
    await withStorage(page, storage);
    await walk.open('#/call');
    await walk.finish();
    // Twice: the first must not hold up the second, nor forget what is live.
    await walk.tool('New call…');
    await walk.at(0);
    await walk.next();
    await walk.tool('New call…');
    await alive.nothing(`after New call, with storage that is ${storage}`);
    await walk.at(0);
    await page.goBack();
    await walk.at(1);
    await expect(walk.notices).toContainText(RECORDING);
    await walk.hasTool('Hang up', false);
    await page.goBack();
    await walk.at(LAST);
    await expect(page.getByText(/^Recording of /)).toBeVisible();
    await walk.connected();
    await alive.nothing(`beside recordings, with storage that is ${storage}`);
    await page.goForward();
    await walk.at(1);
    await page.goForward();
    await walk.at(0);
    await walk.nextTo(2);
    await walk.hasTool('Hang up', true);
    // What only the page had at hand is walked anew.
    await page.reload();
    await walk.at(2);
    await expect(walk.notices).toContainText(/This is a new call, walked to step 2 for you/);
    await walk.finish();
  });
}

test('Back after New call brings back the recording, also after a reload', async ({
  walk,
  page,
}) => {
  await walk.open('#/call');
  await walk.finish();
  await walk.seek(9);
  await page.waitForFunction(() => sessionStorage.getItem('peerglass:walk') !== null);
  const sdp = await (await walk.tab('SDP')).locator('.sdp').innerText();
  await walk.tool('New call…');
  await walk.at(0);
  await page.goBack();
  await walk.at(9);
  await expect(walk.notices).toContainText(RECORDING);
  expect(await (await walk.tab('SDP')).locator('.sdp').innerText()).toBe(sdp);
  await page.goForward();
  await walk.at(0);
  await expect(page.getByRole('button', { name: 'Change', exact: true })).toBeVisible();
  await page.reload();
  await walk.at(0);
  await page.goBack();
  await walk.at(9);
  await expect(walk.notices).toContainText(RECORDING);
  expect(await (await walk.tab('SDP')).locator('.sdp').innerText()).toBe(sdp);
  // A jump inside it stays in it.
  await page.goBack();
  await walk.at(LAST);
  await expect(page.getByText(/^Recording of /)).toBeVisible();
  // A live call is left by Back as by New call, and comes back as well.
  await walk.tool('New call…');
  await walk.nextTo(2);
  await page.goBack();
  await walk.at(LAST);
  await walk.hasTool('Hang up', false);
  await page.goForward();
  await walk.at(2);
  await expect(walk.notices.getByText(RECORDING)).not.toHaveCount(0);
});

test('a link never turns on the camera', async ({ walk, page }) => {
  const noCamera = /A link never turns on your camera/;
  await page.addInitScript(() => {
    const { prototype } = MediaDevices;
    const real = Object.getOwnPropertyDescriptor(prototype, 'getUserMedia')
      ?.value as MediaDevices['getUserMedia'];
    prototype.getUserMedia = function (constraints) {
      document.documentElement.setAttribute('data-camera', '');
      return real.call(this, constraints);
    };
  });
  const camera = page.locator('html[data-camera]');
  await walk.open();
  await openSetup(page);
  await page.getByRole('radio', { name: /^Camera and microphone/ }).check();
  // To a page that stands, and to one that is opened.
  await links(walk, '#/call/connect');
  await walk.at(LAST);
  await expect(walk.notices).toContainText(noCamera);
  await expect(camera).toHaveCount(0);
  await walk.open('#/call/set-remote-offer');
  await walk.at(7);
  await expect(walk.notices).toContainText(noCamera);
  await walk.nextTo(8);
  await expect(camera).toHaveCount(0);
  // What the notice says to do.
  await walk.tool('New call…');
  await openSetup(page);
  await expect(page.getByRole('radio', { name: /^Camera and microphone/ })).toBeChecked();
  await walk.next();
  await expect(camera).toHaveCount(1);
  await walk.finish();
});

test('a wish whose part of the page can’t be loaded is told of, and the walk stays', async ({
  walk,
  watch,
  page,
}) => {
  watch.forgive(/net::ERR_FAILED/);
  for (const part of ['lessons', 'record-file']) {
    await page.route(`**/assets/${part}-*.js`, (route) => route.abort());
  }
  const unloaded = walk.notices.getByText(/What this needs could not be loaded/);
  const told = async () => {
    await expect(unloaded).toHaveCount(1);
    await walk.notices.getByRole('button', { name: 'Close' }).last().click();
    await expect(unloaded).toHaveCount(0);
  };
  // Before a call, which can't begin without what keeps it: so Save always has that part.
  await walk.open();
  await walk.drop({ name: 'call.json', type: 'application/json', text: '{}' });
  await told();
  await walk.at(0);
  await page.unroute('**/assets/record-file-*.js');
  await links(walk, '#/call/add-tracks');
  await walk.at(2);
  await links(walk, '#/two-routers/create-offer');
  await told();
  await walk.at(2);
  await walk.hasTool('Hang up', true);
  // The address names what was wished for, so that a reload tries it again, until the walk goes on.
  await expect(page).toHaveURL(/#\/two-routers\/create-offer$/);
  await walk.back();
  await walk.next();
  await expect(page).toHaveURL(/#\/call\/add-tracks$/);
  // The call that is left is kept.
  await page.unroute('**/assets/lessons-*.js');
  await walk.tool('New call…');
  await walk.at(0);
  await page.goBack();
  await walk.at(2);
  await expect(walk.notices).toContainText(RECORDING);
});

test('a page that is opened at a lesson that can’t be loaded says so at its start', async ({
  walk,
  watch,
  page,
}) => {
  // The list of lessons needs the same part.
  watch.forgive(/net::ERR_FAILED|^uncaught $/);
  await page.route('**/assets/lessons-*.js', (route) => route.abort());
  await walk.open('#/two-routers/connect');
  await walk.at(0);
  await expect(walk.notices).toContainText('What this needs could not be loaded');
  await walk.nextTo(2);
  await expect(page).toHaveURL(/#\/call\/add-tracks$/);
});
