// The walk of 14: what each step shows, on every view, with real peers.
import { expect, test } from './support/test.ts';
import { LAST, MACHINES, SIDES, STEP_IDS, type Side } from './support/walk.ts';

/** Values of signalingState, iceGatheringState, iceConnectionState and connectionState; `|` where ICE races. */
type States = readonly [string, string, string, string];
const NONE: States = ['—', '—', '—', '—'];
const FRESH: States = ['stable', 'new', 'new', 'new'];
const OFFERING: States = ['have-local-offer', 'gathering|complete', 'new', 'new'];
const OFFERED: States = ['have-remote-offer', 'new', 'new', 'new'];
// From the answer on ICE runs beside the steps; only what signaling does is sure.
const ICE = 'new|checking|connected|completed';
const UP = 'new|connecting|connected';
const ANSWERED: States = ['stable', 'new|gathering|complete', ICE, UP];
const WAITING: States = [
  'have-local-offer',
  'gathering|complete',
  'new|checking',
  'new|connecting',
];
const CONNECTED: States = ['stable', 'gathering|complete', 'connected|completed', 'connected'];

const EXPECTED: readonly Readonly<Record<Side, States>>[] = [
  { caller: NONE, callee: NONE },
  { caller: NONE, callee: NONE },
  { caller: FRESH, callee: NONE },
  { caller: FRESH, callee: NONE },
  { caller: ['have-local-offer', 'new|gathering', 'new', 'new'], callee: NONE },
  { caller: OFFERING, callee: NONE },
  { caller: OFFERING, callee: NONE },
  { caller: OFFERING, callee: OFFERED },
  { caller: OFFERING, callee: OFFERED },
  { caller: OFFERING, callee: OFFERED },
  { caller: WAITING, callee: ANSWERED },
  { caller: WAITING, callee: ANSWERED },
  { caller: WAITING, callee: ANSWERED },
  { caller: ['stable', 'gathering|complete', ICE, UP], callee: ANSWERED },
  { caller: CONNECTED, callee: CONNECTED },
];

/** How long the English of a caption may be. */
const MOST_WORDS = 60;

test('each step has its heading, its states, its row, its link and a short caption', async ({
  walk,
  page,
}) => {
  await walk.open();
  await expect(walk.heading).toHaveText('Two people who cannot see each other yet');
  for (const [step, states] of EXPECTED.entries()) {
    if (step > 0) await walk.next();
    for (const side of SIDES) {
      await expect(walk.region(side).getByRole('term')).toHaveText([...MACHINES]);
      for (const [at, machine] of MACHINES.entries()) {
        await expect(walk.state(side, machine), `step ${String(step)}, ${side}`).toHaveText(
          new RegExp(`^(${states[side][at] ?? ''})$`),
        );
      }
    }
    const row = page.locator('[aria-current="step"]');
    if (step === 0) await expect(row).toHaveCount(0);
    else
      await expect(row.getByRole('button').first()).toHaveAccessibleName(
        new RegExp(`^Step ${String(step)}: .*you are here`),
      );
    await expect(page).toHaveURL(
      step === 0 ? /\/$/ : new RegExp(`#/call/${STEP_IDS[step] ?? ''}$`),
    );
    const words = (await page.locator('.caption .text').innerText()).split(/\s+/).length;
    expect(words, `words of step ${String(step)}`).toBeLessThanOrEqual(MOST_WORDS);
  }
  for (const side of SIDES) {
    const videos = walk.region(side).locator('video');
    await expect(videos).toHaveCount(2);
    for (const video of await videos.all()) await expect(video).toHaveJSProperty('paused', false);
    await expect
      .poll(() => videos.last().evaluate((video: HTMLVideoElement) => video.videoWidth))
      .toBeGreaterThan(0);
  }
});

test('the SDP tab follows the step and lights what is new', async ({ walk }) => {
  await walk.open();
  await walk.next();
  const panel = await walk.tab('SDP');
  await expect(panel).toContainText('createOffer() writes the first in step 3');
  await walk.nextTo(3);
  await expect(panel.getByRole('status')).toHaveText(/^\d+ lines.*new$/);
  const lines = panel.locator('.sdp li > .line code');
  await expect(lines.first()).toHaveText('v=0');
  // The sections are folded to a line each, until they are opened.
  await expect(panel.getByRole('button', { name: /^video .* both ways/ })).toBeVisible();
  expect((await lines.allTextContents()).filter((line) => line.startsWith('m='))).toEqual([]);
  await panel.getByRole('button', { name: 'Open all' }).click();
  expect((await lines.allTextContents()).filter((line) => line.startsWith('m='))).toHaveLength(3);
  await expect(panel.locator('.sdp')).toHaveAccessibleName('Caller · as created · offer');
  await walk.next();
  await expect(panel.locator('.sdp')).toHaveAccessibleName('Caller · pending local · offer');
  await walk.next();
  await expect(walk.state('caller', 'iceGatheringState')).toHaveText('complete');
  const fresh = panel.locator('li.fresh > .line code');
  await expect(fresh.filter({ hasText: /^a=candidate:/ })).not.toHaveCount(0);
  // Gathering fills in where each section is reached, and nothing else.
  for (const line of await fresh.allTextContents()) {
    expect(line).toMatch(/^(a=candidate:|a=end-of-candidates|a=rtcp:|c=IN |m=)/);
  }
  await walk.nextTo(7);
  await expect(panel.locator('.sdp')).toHaveAccessibleName('Callee · pending remote · offer');
  await walk.nextTo(LAST);
  await expect(panel.locator('.sdp')).toHaveAccessibleName('Caller · current remote · answer');
  // Another description is chosen by its slot, and a line is picked.
  await walk
    .region('caller')
    .getByRole('button', { name: /^current local offer/ })
    .click();
  await expect(panel.locator('.sdp')).toHaveAccessibleName('Caller · current local · offer');
  await panel.getByRole('button', { name: 'Line 2', exact: true }).click();
  await expect(walk.page).toHaveURL(/sdp=caller\.currentLocal&line=offer\.2$/);
});

test('the ICE tab lists candidates, and what became of them', async ({ walk }) => {
  await walk.open();
  await walk.next();
  const panel = await walk.tab('ICE');
  const caller = panel.getByRole('region', { name: 'Candidates, Caller' });
  const callee = panel.getByRole('region', { name: 'Candidates, Callee' });
  await expect(panel.getByText('No candidates yet.')).toHaveCount(2);
  await walk.nextTo(5);
  await expect(walk.state('caller', 'iceGatheringState')).toHaveText('complete');
  const found = caller.getByRole('row', { name: /^found host \S+:\d+ (udp|tcp) / });
  await expect(found).not.toHaveCount(0);
  const count = await found.count();
  await walk.next();
  await expect(callee.getByRole('row', { name: /^queued host / })).toHaveCount(count);
  await walk.next();
  await expect(callee.getByRole('row', { name: /^added host / })).toHaveCount(count);
  await walk.nextTo(LAST);
  await expect(
    panel.getByRole('region', { name: 'The pair in use' }).getByRole('rowheader'),
  ).toHaveCount(2);
  await expect(caller.getByRole('row', { name: /^added / })).not.toHaveCount(0);
});

test('the States tab keeps the whole history with its steps', async ({ walk }) => {
  await walk.open();
  await walk.next();
  const panel = await walk.tab('States');
  await expect(panel.getByText('no RTCPeerConnection yet')).toHaveCount(8);
  await walk.nextTo(LAST);
  const history = (side: string) =>
    panel
      .getByRole('region', { name: `States, ${side}` })
      .getByRole('definition')
      .first();
  await expect(history('Caller').locator('code')).toHaveText([
    'stable',
    'have-local-offer',
    'stable',
  ]);
  await expect(history('Caller').locator('small')).toHaveText(['step 2', 'step 4', 'step 13']);
  await expect(history('Callee').locator('code')).toHaveText([
    'stable',
    'have-remote-offer',
    'stable',
  ]);
  await expect(history('Callee').locator('small')).toHaveText(['step 7', 'step 7', 'step 10']);
  // Picking one goes there.
  await history('Caller')
    .getByRole('button', { name: /^have-local-offer/ })
    .click();
  await walk.at(4);
  await expect(walk.state('caller', 'signalingState')).toHaveText('have-local-offer');
});

test('the Code tab lights the lines of the step', async ({ walk }) => {
  await walk.open();
  await walk.next();
  const panel = await walk.tab('Code');
  const lit: Readonly<Record<number, readonly [Side, RegExp]>> = {
    1: ['caller', /captureStream\(\)/],
    2: ['caller', /addTrack\(/],
    3: ['caller', /createOffer\(\)/],
    4: ['caller', /setLocalDescription\(offer\)/],
    5: ['caller', /onicecandidate/],
    6: ['caller', /postMessage\(\{ offer/],
    7: ['callee', /setRemoteDescription\(data\.offer\)/],
    8: ['callee', /addTrack\(/],
    9: ['callee', /createAnswer\(\)/],
    10: ['callee', /setLocalDescription\(answer\)/],
    11: ['callee', /postMessage\(\{ answer/],
    12: ['caller', /onmessage/],
    13: ['caller', /setRemoteDescription\(data\.answer\)/],
    14: ['caller', /ontrack/],
  };
  for (let step = 1; step <= LAST; step += 1) {
    if (step > 1) await walk.next();
    const [side, line] = lit[step] ?? ['caller', /^$/];
    const section = panel.getByRole('region', {
      name: side === 'caller' ? 'Code, Caller' : 'Code, Callee',
    });
    await expect(section.locator('.lit').filter({ hasText: line })).not.toHaveCount(0);
  }
});

test('the Log tab has every event, and a pick moves the cursor', async ({ walk, page }) => {
  await walk.open();
  await walk.finish();
  await walk.seek(4);
  const panel = await walk.tab('Log');
  const row = (name: RegExp) => panel.getByRole('button', { name });
  for (const name of [
    /Caller testCard\(/,
    /Caller new RTCPeerConnection\(/,
    /Caller createOffer\(/,
    /Caller signalingState: stable → have-local-offer/,
    /Caller offer: posted/,
    /Callee offer: delivered/,
    /Callee setRemoteDescription\(offer\)/,
  ]) {
    await expect(row(name).first()).toBeVisible();
  }
  await row(/Callee signalingState: stable → have-remote-offer/).click();
  await walk.at(7);
  await expect(panel.locator('[aria-current="true"]')).toContainText('have-remote-offer');
  await expect(page).toHaveURL(/#\/call\/set-remote-offer\?event=\d+&tab=log&pick=state.*$/);
  await page.keyboard.press('Escape');
  await expect(panel.getByText(/ignored/)).toHaveCount(0);
});
