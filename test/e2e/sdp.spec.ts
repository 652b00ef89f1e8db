// Reading the call's SDP: lines that open, what was agreed, what changed.
import { expectAccessible } from './support/axe.ts';
import { expect, test } from './support/test.ts';
import { LAST } from './support/walk.ts';

test('a line opens into what it means, and its parts light with their meanings', async ({
  walk,
  page,
}) => {
  await walk.open();
  await walk.nextTo(3);
  const panel = await walk.tab('SDP');
  await panel.getByRole('button', { name: /^audio Opus/ }).click();
  const line = panel.locator('li[data-line]').filter({ hasText: /a=rtpmap:111 opus/ });
  await line.locator('code').first().click();
  const note = line.locator('.meaning');
  await expect(note).toContainText('RFC 8866');
  await expect(note).toContainText('Who reads it');
  await expect(note).toContainText('Without it');
  await expect(page).toHaveURL(/line=offer\.\d+/);
  // A part's meaning is pointed at: the part lights in the line; and the other way round.
  await page.mouse.move(0, 0);
  const meaning = note
    .getByRole('button')
    .filter({ has: page.locator('code').filter({ hasText: /^opus$/ }) });
  await meaning.focus();
  await expect(line.locator('.part.lit')).toHaveText('opus');
  await line.locator('.part').first().hover();
  await expect(note.locator('li.lit')).toHaveCount(1);
  // What belongs with the line is marked.
  await expect(panel.locator('li.kin').filter({ hasText: /a=fmtp:111/ })).toHaveCount(1);
  await expect(panel.locator('li.kin').filter({ hasText: /a=rtpmap:0 / })).toHaveCount(0);
  await expectAccessible(page, 'an open line');
});

test('in a step that changes an offer, what is as it was folds away around what is new', async ({
  walk,
}) => {
  await walk.open();
  await walk.nextTo(5);
  await expect(walk.state('caller', 'iceGatheringState')).toHaveText('complete');
  const panel = await walk.tab('SDP');
  await expect(panel.locator('li.fresh')).not.toHaveCount(0);
  const lines = panel.locator('li[data-line]');
  // Every section says where it begins, and one line beside what is new stays.
  await expect(lines.filter({ hasText: /a=ice-ufrag/ })).toHaveCount(3);
  await expect(lines.filter({ hasText: /a=rtpmap:111 opus/ })).toHaveCount(0);
  const fold = panel.getByRole('button', { name: /^\d+ lines as they were$/ });
  const count = await fold.count();
  expect(count).toBeGreaterThanOrEqual(2);
  await fold.first().click();
  await expect(lines.filter({ hasText: /a=rtpmap:111 opus/ })).toHaveCount(1);
  await expect(fold).toHaveCount(count - 1);
});

test('lines are walked with the arrow keys, without moving the walk', async ({ walk, page }) => {
  await walk.open();
  await walk.nextTo(3);
  await walk.tab('SDP');
  await page.getByRole('button', { name: 'Line 1', exact: true }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('button', { name: 'Line 2', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('li.open .meaning')).toContainText('RFC 8866');
  await walk.at(3);
});

test('what offer and answer agreed on stands side by side', async ({ walk, page }) => {
  await walk.open();
  await walk.nextTo(4);
  const panel = await walk.tab('SDP');
  await panel.getByRole('button', { name: 'Agreed' }).click();
  await expect(panel).toContainText('There is no answer yet');
  await walk.finish();
  await expect(panel.getByRole('heading', { name: '1 transport remains' })).toBeVisible();
  await expect(panel.getByRole('row', { name: /^opus\/48000 111 111/ })).toBeVisible();
  await expect(panel).toContainText('actpass');
  await expect(page).toHaveURL(/view=agreed/);
  await expectAccessible(page, 'what was agreed');
});

test('the four slots stand over the steps; what one holds can be read', async ({ walk, page }) => {
  await walk.open();
  await walk.finish();
  const panel = await walk.tab('SDP');
  await panel.getByRole('button', { name: 'Slots' }).click();
  const caller = panel.getByRole('region', { name: 'Slots over the steps: Caller' });
  const pending = caller.getByRole('button', {
    name: /^pendingLocal: offer, from step 4 to step 13/,
  });
  await expect(pending).toBeVisible();
  await expect(page).toHaveURL(/view=slots/);
  await expectAccessible(page, 'the slots');
  await caller.getByRole('button', { name: /^currentRemote: answer, since step 13/ }).click();
  await expect(panel.getByRole('group', { name: /Caller.*answer/ })).toBeVisible();
  await expect(page).toHaveURL(/sdp=caller\.currentRemote/);
  // A stay that is over leads to where it began.
  await panel.getByRole('button', { name: 'Slots' }).click();
  await pending.click();
  await walk.at(4);
});

test('a message that is picked is lit in the slots, the log and the code', async ({
  walk,
  page,
}) => {
  await walk.open();
  await walk.finish();
  await page
    .getByRole('list', { name: 'The call, in 14 steps' })
    .getByRole('button', { name: 'offer', exact: true })
    .click();
  await expect(page).toHaveURL(/pick=message\+offer/);
  await expect(page.getByRole('region', { name: 'Caller' }).locator('.slot.also')).toHaveCount(1);
  await (await walk.tab('Log')).locator('li.tied').first().waitFor();
  await expect(page.getByRole('tabpanel').locator('li.tied').first()).toContainText('offer');
  await walk.tab('Code');
  await expect(page.getByRole('tabpanel').locator('.line.tied').first()).toContainText('offer');
});

test('changes show what gathering added to the offer that was created', async ({ walk, page }) => {
  await walk.open();
  await walk.finish();
  const panel = await walk.tab('SDP');
  await walk
    .region('caller')
    .getByRole('button', { name: /^current local offer/ })
    .click();
  await panel.getByRole('button', { name: 'Changes', exact: true }).click();
  await expect(panel.getByLabel('Compared with')).toHaveValue('caller.created');
  await expect(panel.locator('li.added').filter({ hasText: 'a=candidate:' })).not.toHaveCount(0);
  await expect(panel.locator('li.removed').filter({ hasText: 'a=candidate:' })).toHaveCount(0);
  await panel.getByRole('button', { name: 'Copy the changes' }).click();
  await expect(page).toHaveURL(/view=changes/);
  await walk.seek(LAST);
  await page.reload();
  await expect(panel.getByRole('button', { name: 'Changes', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});

test('a candidate that is picked is lit in every view, and the pick is in the link', async ({
  walk,
  page,
}) => {
  await walk.open();
  await walk.nextTo(5);
  await expect(walk.state('caller', 'iceGatheringState')).toHaveText('complete');
  await walk.finish();
  const ice = await walk.tab('ICE');
  const caller = ice.getByRole('region', { name: 'Candidates, Caller' });
  await caller.getByRole('button', { name: 'found' }).first().click();
  await expect(caller.locator('tr.row.tied')).not.toHaveCount(0);
  await expect(page).toHaveURL(/pick=candidate/);
  await expect(page.locator('.tied-arrow')).not.toHaveCount(0);
  const log = await walk.tab('Log');
  await expect(log.locator('li.tied')).not.toHaveCount(0);
  const sdp = await walk.tab('SDP');
  await walk
    .region('caller')
    .getByRole('button', { name: /^current local offer/ })
    .click();
  await sdp.getByRole('button', { name: 'Open all' }).click();
  await expect(sdp.locator('li.kin').filter({ hasText: 'a=candidate:' })).not.toHaveCount(0);
  // A fingerprint in the SDP and what DTLS saw.
  await sdp.locator('li[data-line] code').filter({ hasText: 'a=fingerprint:' }).first().click();
  const transport = await walk.tab('Transport');
  await expect(transport.locator('.tied')).not.toHaveCount(0);
});

test('a pair lights its candidates; a line of code leads to its step', async ({ walk, page }) => {
  await walk.open();
  await walk.finish();
  const ice = await walk.tab('ICE');
  const pairs = ice.getByRole('region', { name: /pairs.*Caller|Caller.*pairs/i });
  await pairs.getByRole('button', { name: 'succeeded' }).first().click();
  await expect(page).toHaveURL(/pick=pair/);
  await expect(page.locator('.tied-arrow')).not.toHaveCount(0);
  const code = await walk.tab('Code');
  await code.getByRole('button', { name: /createOffer/ }).click();
  await walk.at(3);
  await expect(code.locator('.line.tied').first()).toContainText('offer');
});

test('how many lines there are, and how they came, is told in words apart', async ({ walk }) => {
  await walk.open();
  await walk.nextTo(7);
  const panel = await walk.tab('SDP');
  const said = panel.getByRole('status');
  await expect(said).toHaveText(
    /^\d+ lines \(\d+ as created, \d+ added since with its candidates\)/,
  );
});
