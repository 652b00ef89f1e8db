// What can go wrong in a call: each is explained where it happens, with the browser's own words and a way on.
import { readFile } from 'node:fs/promises';
import { faultySignaling, rolledBack, setVisible, withoutWebRtc } from './support/faults.ts';
import { openSetup } from './support/setup.ts';
import { expect, test } from './support/test.ts';
import { LAST } from './support/walk.ts';

for (const [type, step] of [
  ['offer', 6],
  ['answer', 12],
] as const) {
  test(`a lost ${type} is explained, and sent again`, async ({ walk, page }) => {
    await faultySignaling(page, { kind: 'lose', type, times: 1 });
    await walk.open();
    await walk.nextTo(step - 1);
    await walk.button('Next step').click();
    await expect(walk.trouble).toContainText('A message did not arrive');
    await walk.at(step);
    await walk.trouble.getByRole('button', { name: 'Try again' }).click();
    await expect(walk.trouble).toHaveCount(0);
    await walk.at(step);
    await walk.finish();
    const log = await walk.tab('Log');
    await expect(log.getByRole('button', { name: `${type}: delivered` })).toHaveCount(1);
    await expect(log.getByRole('button', { name: `${type}: lost` })).toHaveCount(1);
  });
}

test('a call in the wrong state gives the browser’s own InvalidStateError', async ({
  walk,
  page,
}) => {
  await rolledBack(page);
  await walk.open();
  await walk.nextTo(12);
  await walk.button('Next step').click();
  await expect(walk.trouble).toContainText('The connection is in the wrong state');
  await expect(walk.trouble.locator('code').last()).toContainText(/^InvalidStateError: Failed to/);
  await walk.at(13);
  await expect(walk.state('caller', 'signalingState')).toHaveText('stable');
  await expect(walk.button('Next step')).toHaveAttribute('aria-disabled', 'true');
});

test('without a common codec the answer is explained', async ({ walk, page }) => {
  await faultySignaling(page, { kind: 'rename-codecs' });
  await walk.open();
  await openSetup(page);
  await page.getByRole('checkbox', { name: 'Data channel' }).uncheck();
  await walk.nextTo(8);
  await walk.button('Next step').click();
  await expect(walk.trouble).toContainText('The two sides have no codec in common');
  await expect(walk.trouble).toContainText('Rejected: m=audio 0');
  await walk.at(9);
  await expect(walk.trouble.getByRole('button', { name: 'Try again' })).toHaveCount(0);
});

for (const url of ['stun:', 'http://x']) {
  test(`the ICE server ${url} is malformed, and can be mended`, async ({ walk, page }) => {
    await walk.open();
    await openSetup(page);
    await page.getByText('STUN and TURN servers: 0').click();
    await page.getByRole('button', { name: 'Add a server' }).click();
    await page.getByRole('textbox', { name: 'URL of server 1' }).fill(url);
    await walk.next();
    await walk.button('Next step').click();
    await expect(walk.trouble).toContainText('An ICE server’s address is malformed');
    await expect(walk.trouble.locator('code').last()).toContainText(/^SyntaxError: Failed to/);
    await walk.at(2);
    await walk.trouble.getByRole('button', { name: 'New call' }).click();
    await walk.at(0);
    await openSetup(page);
    const field = page.getByRole('textbox', { name: 'URL of server 1' });
    await expect(field).toHaveValue(url);
    await page.getByRole('button', { name: 'Remove server 1' }).click();
    await expect(field).toHaveCount(0);
    await walk.finish();
  });
}

test('a user name and a password in a server’s URL are seen only in its field', async ({
  walk,
  page,
}) => {
  const secrets = /sesame|mallory/i;
  for (const url of ['turn:mallory:sesame@turn.test', 'turn:turn.test?credential=sesame']) {
    await walk.open();
    const field = page.getByRole('textbox', { name: 'URL of server 1' });
    await openSetup(page);
    const servers = page.getByText(/^STUN and TURN servers: \d$/);
    await expect(servers).toBeVisible();
    if ((await servers.textContent())?.endsWith('0') === true) {
      await servers.click();
      await page.getByRole('button', { name: 'Add a server' }).click();
    }
    await field.fill('turn:turn.test?transport=tcp');
    await expect(field).toHaveAttribute('aria-invalid', 'false');
    await field.fill(url);
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toHaveAccessibleDescription(/user name and password into their own fields/);
    const name = page.getByRole('textbox', { name: 'Username for server 1' });
    await name.fill('mallory');
    await page.getByRole('textbox', { name: 'Credential for server 1' }).fill('sesame');
    await walk.next();
    await walk.button('Next step').click();
    await expect(walk.trouble).toContainText('An ICE server’s address is malformed');
    await expect(walk.trouble.locator('code').last()).toContainText(/^SyntaxError: Failed to/);
    for (const tab of ['Code', 'Log'] as const) {
      await expect(await walk.tab(tab)).toContainText('turn.test');
      await expect(page.locator('body')).not.toContainText(secrets);
    }
    expect(page.url()).not.toMatch(secrets);
    const download = page.waitForEvent('download');
    await walk.tool('Save recording');
    expect(await readFile(await (await download).path(), 'utf8')).not.toMatch(secrets);
  }
});

test('a STUN server that does not answer stops nothing', async ({ walk, page }) => {
  await walk.open();
  await openSetup(page);
  await page.getByText('STUN and TURN servers: 0').click();
  await page.getByRole('button', { name: 'Add a server' }).click();
  await page.getByRole('textbox', { name: 'URL of server 1' }).fill('stun:127.0.0.1:9');
  await walk.finish();
  await expect(walk.trouble).toHaveCount(0);
});

test('a call whose candidates lead nowhere fails, and says so', async ({ walk, page }) => {
  test.slow();
  await faultySignaling(page, { kind: 'dead-ports' });
  await walk.open();
  await walk.button('Last step').click();
  // Chromium gives up some 15 s after it began to check.
  await expect(walk.trouble).toContainText('ICE found no path', { timeout: 90_000 });
  await walk.at(LAST);
  await expect(walk.state('caller', 'connectionState')).toHaveText('failed');
  await expect(walk.heading).toHaveText('Step 14 of 14: The two ends did not connect');
  await expect(walk.trouble.getByRole('button', { name: 'Try again' })).toHaveCount(0);
  await walk.seek(4);
  await expect(walk.trouble).toHaveCount(0);
  await walk.tool('New call…');
  await walk.at(0);
});

test('playing stops while the page is hidden, and goes on', async ({ walk, page }) => {
  await walk.open();
  await walk.button('Play').click();
  await walk.at(1);
  await setVisible(page, false);
  await expect(walk.button('Play')).toBeVisible();
  await setVisible(page, true);
  await expect(walk.button('Pause')).toBeVisible();
  await expect(walk.notices).toContainText('Paused while this page was hidden');
  await walk.button('Pause').click();
  await expect(walk.button('Play')).toBeVisible();
});

test.describe('a browser without RTCPeerConnection', () => {
  test.beforeEach(async ({ page }) => {
    await withoutWebRtc(page);
  });

  for (const link of ['', '#/call/connect', '#/call/create-offer/log']) {
    test(`is led to the lessons, which need none: ${link}`, async ({ walk, page }) => {
      await walk.open(link);
      await walk.at(0);
      await expect(page.getByText('This browser has no WebRTC')).toBeVisible();
      await expect(page.getByRole('radio', { name: /^Test card/ })).toHaveCount(0);
      await page.getByRole('button', { name: /^Start with the lesson/ }).click();
      await expect(page.getByText('This browser has no WebRTC')).toHaveCount(0);
      await walk.finish();
      await expect(walk.trouble).toHaveCount(0);
    });
  }

  test('is led to a lesson by Next, too', async ({ walk }) => {
    await walk.open();
    await walk.button('Next step').click();
    await expect(walk.notices).toContainText('This is the first lesson instead');
    await walk.at(0);
    await walk.nextTo(3);
    await expect(walk.trouble).toHaveCount(0);
    await walk.tool('New call…');
    await walk.at(0);
    await walk.finish();
  });
});
