// What a call can carry, and how its candidates can travel.
import { openSetup } from './support/setup.ts';
import { expect, test } from './support/test.ts';
import { LAST, SIDES, type Walk } from './support/walk.ts';

async function carry(walk: Walk, ...kinds: readonly string[]): Promise<void> {
  await openSetup(walk.page);
  for (const kind of ['Audio', 'Video', 'Data channel']) {
    await walk.page.getByRole('checkbox', { name: kind }).setChecked(kinds.includes(kind));
  }
}

async function sections(walk: Walk): Promise<string[]> {
  const panel = await walk.tab('SDP');
  const all = panel.getByRole('button', { name: 'Open all' });
  if (await all.isVisible()) await all.click();
  const lines = await panel.locator('.sdp code').allTextContents();
  return lines.flatMap((line) => /^m=(\w+)/.exec(line)?.[1] ?? []);
}

test('a call that carries nothing never connects, and says why', async ({ walk, page }) => {
  await walk.open();
  await carry(walk);
  await expect(page.getByText('such a call never connects. Try it.')).toBeVisible();
  await walk.nextTo(13);
  expect(await sections(walk)).toEqual([]);
  await expect(walk.state('caller', 'signalingState')).toHaveText('stable');
  await expect(walk.state('caller', 'iceConnectionState')).toHaveText('new');
  await walk.button('Next step').click();
  await expect(walk.trouble).toContainText('There is nothing to connect');
  await walk.at(LAST);
  await walk.trouble.getByRole('button', { name: 'New call' }).click();
  await walk.at(0);
  await carry(walk, 'Data channel');
  await walk.finish();
});

test('audio only', async ({ walk }) => {
  await walk.open();
  await carry(walk, 'Audio');
  await walk.finish();
  expect(await sections(walk)).toEqual(['audio']);
  for (const side of SIDES) {
    await expect(walk.region(side)).toContainText('sound only');
    await expect(walk.button('say something')).toHaveCount(0);
  }
});

test('data only', async ({ walk, page }) => {
  await walk.open();
  await carry(walk, 'Data channel');
  await walk.finish();
  expect(await sections(walk)).toEqual(['application']);
  await walk.openTalk();
  await page.getByRole('textbox', { name: 'Text to send, Caller' }).fill('only data');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Sent and received, Callee' })).toContainText(
    'only data',
  );
  await expect(page.locator('video')).toHaveCount(0);
});

test('without trickling the candidates are inside the descriptions', async ({ walk, page }) => {
  await walk.open();
  await openSetup(page);
  await page.getByRole('switch', { name: /^Trickle candidates/ }).uncheck();
  await walk.nextTo(5);
  await expect(walk.state('caller', 'iceGatheringState')).toHaveText('complete');
  await walk.nextTo(7);
  const sdp = (await walk.tab('SDP')).locator('.sdp');
  await sdp.getByRole('button', { name: 'Open all' }).click();
  await expect(sdp).toHaveAccessibleName('Callee · pending remote · offer');
  await expect(sdp.locator('code').filter({ hasText: /^a=candidate:/ })).not.toHaveCount(0);
  await walk.finish();
  await expect(sdp).toHaveAccessibleName('Caller · current remote · answer');
  await expect(sdp.locator('code').filter({ hasText: /^a=candidate:/ })).not.toHaveCount(0);
  const log = await walk.tab('Log');
  await expect(log.getByRole('button', { name: /candidates?: posted/ })).toHaveCount(0);
  await expect(log.getByRole('button', { name: 'offer: posted' })).toHaveCount(1);
});
