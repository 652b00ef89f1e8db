// Sharing a screen in a call that stands: each step of it, in every view, by either side, kept, linked and refused.
import { readFile } from 'node:fs/promises';
import { TRACE_VERSION } from '../../src/trace/event.ts';
import { ActWalk } from './support/act.ts';
import { expectAccessible } from './support/axe.ts';
import { faultyScreen, repairCapture, withoutWebRtc } from './support/faults.ts';
import { expect, test } from './support/test.ts';
import { HANGING_UP, LAST, SIDES, Walk, type Side } from './support/walk.ts';

const NAME = 'Share a screen';

/** The titles in order when the caller shares; where the callee does, the two change places. */
const TITLES: Readonly<Record<Side, readonly string[]>> = {
  caller: [
    'The caller captures its screen',
    'The caller adds the screen to its connection',
    'The caller creates another offer',
    'The caller sets the offer as its local description',
    'The new offer goes out through signaling',
    'The callee sets the offer as its remote description',
    'The callee creates an answer',
    'The callee sets the answer as its local description',
    'The answer goes back through signaling',
    'The caller sets the answer as its remote description',
    'The callee sees the caller’s screen',
  ],
  callee: [
    'The callee captures its screen',
    'The callee adds the screen to its connection',
    'The callee creates an offer',
    'The callee sets the offer as its local description',
    'The new offer goes out through signaling',
    'The caller sets the offer as its remote description',
    'The caller creates an answer',
    'The caller sets the answer as its local description',
    'The answer goes back through signaling',
    'The callee sets the answer as its remote description',
    'The caller sees the callee’s screen',
  ],
};

/** What the ladder's row of each step names: a call, an arrow, or what passes. */
const ROWS = [
  'captureStream()',
  'addTrack()',
  'createOffer()',
  'setLocalDescription(offer)',
  'offer',
  'setRemoteDescription(offer)',
  'createAnswer()',
  'setLocalDescription(answer)',
  'answer',
  'setRemoteDescription(answer)',
  'the screen flows too',
];

const OFFERED = 'have-local-offer';
const HEARD = 'have-remote-offer';

/** signalingState at the end of each step: of the side that shares, and of the other. */
const SIGNALING = [
  ['stable', 'stable'],
  ['stable', 'stable'],
  ['stable', 'stable'],
  [OFFERED, 'stable'],
  [OFFERED, 'stable'],
  [OFFERED, HEARD],
  [OFFERED, HEARD],
  [OFFERED, 'stable'],
  [OFFERED, 'stable'],
  ['stable', 'stable'],
  ['stable', 'stable'],
] as const;

const MOST_WORDS = 60;

/** Sees everything that stands at a step whichever way it was reached. */
async function shows(walk: Walk, act: ActWalk, step: number): Promise<void> {
  const { page } = walk;
  const title = TITLES[act.by][step - 1] ?? '';
  const where = `step ${String(step)} by the ${act.by}`;
  await expect(walk.heading, where).toHaveText(`Step ${String(step)} of 11: ${title}`);
  await expect(page, where).toHaveTitle(`${String(LAST + step)} · ${title} · Peerglass`);
  const [own, others] = SIGNALING[step - 1] ?? ['', ''];
  await expect(walk.state(act.by, 'signalingState'), where).toHaveText(own);
  await expect(walk.state(act.other, 'signalingState'), where).toHaveText(others);
  await walk.connected();
  const row = page.locator('[aria-current="step"]');
  await expect(row, where).toHaveCount(1);
  await expect(row, where).toContainText(ROWS[step - 1] ?? '');
  await expect(row.getByRole('button').first(), where).toHaveAccessibleName(
    new RegExp(`^Step ${String(step)}: .*you are here`),
  );
}

/** Waits until a video on a side's card plays. */
async function plays(walk: Walk, side: Side, label: string): Promise<void> {
  const video = walk.region(side).getByLabel(label, { exact: true });
  await expect
    .poll(() =>
      video.evaluate((element: HTMLVideoElement) => element.videoWidth > 0 && !element.paused),
    )
    .toBe(true);
}

for (const by of SIDES) {
  test(`the ${by} shares a screen: each step in every view, forth and back`, async ({
    walk,
    page,
    context,
  }) => {
    test.slow();
    const act = new ActWalk(walk, by);
    await walk.open();
    await walk.finish();
    // Next leads to what can come next.
    await walk.button('What next?').click();
    await expect(page.getByRole('heading', { name: 'What next?' })).toBeFocused();
    await expectAccessible(page, 'what next');
    await act.begin(NAME);
    const panel = page.getByRole('tabpanel', { name: 'SDP', exact: true });
    const added = panel.locator('li.added');
    for (let step = 1; step <= act.last; step += 1) {
      if (step > 1) await act.next();
      await shows(walk, act, step);
      await act.linked(step);
      const words = (await page.locator('.caption .text').first().innerText()).split(/\s+/).length;
      expect(words, `words of step ${String(step)}`).toBeLessThanOrEqual(MOST_WORDS);
      if (step === 3 || step === 4) {
        // Against the description before: one more section, and a newer version of the same session.
        await expect(added.filter({ hasText: /m=video/ })).toHaveCount(1);
        const origin = { hasText: /o=- / };
        await expect(added.filter(origin)).toHaveCount(1);
        await expect(panel.locator('li.removed').filter(origin)).toHaveCount(1);
        await expect(panel.locator('li.removed').filter({ hasText: /m=/ })).toHaveCount(0);
      }
    }
    await walk.connected();
    // The screen is seen on the other side, and the camera still is.
    await plays(walk, act.other, `The screen of the ${by === 'caller' ? 'Caller' : 'Callee'}`);
    await plays(walk, act.other, `Picture from: ${by === 'caller' ? 'Caller' : 'Callee'}`);
    await expect(page.locator('.caption')).toContainText('controlling');

    await act.back();
    await shows(walk, act, 10);
    await act.seek(4);
    await shows(walk, act, 4);
    await walk.seek(5);
    await act.seek(6);
    await shows(walk, act, 6);

    // The speaker sees the act's notes.
    const opened = context.waitForEvent('page');
    await walk.unfocus();
    await page.keyboard.press('s');
    const speaker = await opened;
    await expect(speaker.getByText('Step 6 of 11')).toBeVisible();
    await expect(speaker.getByText(/^Ask: why is there a track before the answer\?/)).toBeVisible();
    await expect(speaker.getByText(TITLES[by][6] ?? '')).toBeVisible();
    await speaker.close();
    await page.bringToFront();

    // Into the step, event by event: the offer is applied before the track is told of.
    await act.seek(5);
    await walk.unfocus();
    await page.keyboard.press('Shift+ArrowRight');
    await expect(walk.heading).toContainText(TITLES[by][5] ?? '');
    await expect(walk.state(act.other, 'signalingState')).toHaveText('stable');
    await expect(async () => {
      await page.keyboard.press('Shift+ArrowRight');
      await expect(walk.state(act.other, 'signalingState')).toHaveText(HEARD, { timeout: 100 });
    }).toPass();
    await page.keyboard.press('ArrowRight');
    await shows(walk, act, 6);

    // By acts, and by phases, which end where their act ends.
    await page.keyboard.press('{');
    await act.at(1);
    await page.keyboard.press('{');
    await walk.at(1);
    await page.keyboard.press('}');
    await act.at(1);
    await page.keyboard.press(']');
    await act.at(3);
    await page.keyboard.press('[');
    await act.at(1);
    await page.keyboard.press('[');
    await walk.at(LAST);
    await page.keyboard.press(']');
    await act.at(1);

    // It plays to the end by itself.
    await act.seek(9);
    await page.getByRole('combobox', { name: 'Speed' }).selectOption('steps:4');
    await walk.button('Play').click();
    await act.at(11);
    await expect(walk.button('Play')).toBeVisible();
    await shows(walk, act, 11);
  });
}

test('a link into an act walks there: to a step by the callee, in a call that begins with it', async ({
  walk,
  page,
}) => {
  const act = new ActWalk(walk, 'callee');
  await walk.open('#/call/share-screen/set-local-offer?by=callee&tab=states');
  await act.at(4);
  // There was no other before it.
  await expect(walk.notices).toBeEmpty();
  await expect(page.getByRole('tab', { name: 'States', exact: true })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await expect(walk.state('callee', 'signalingState')).toHaveText(OFFERED);
  await expect(walk.state('caller', 'signalingState')).toHaveText('stable');
});

test('a reload in an act comes back to its step', async ({ walk, page }) => {
  test.slow();
  const act = new ActWalk(walk, 'callee');
  await walk.open();
  await walk.finish();
  await act.begin(NAME);
  for (let step = 1; step <= act.last; step += 1) {
    if (step > 1) await act.next();
    await act.linked(step);
    // The first, those in which each side's state changes, and the last.
    if (![1, 4, 6, 8, act.last].includes(step)) continue;
    const title = await page.title();
    await page.reload();
    await act.at(step);
    await expect(page).toHaveTitle(title);
    // A recording has no next step to make: where this one ends, the call is made anew.
    if (step < act.last && !(await walk.canHangUp())) {
      await expect(page.getByText(/^Recording of /)).toBeVisible();
    }
  }
});

test('a recording with an act is saved, and walked where there is no WebRTC, in Korean too', async ({
  walk,
  page,
  context,
}) => {
  test.slow();
  const act = new ActWalk(walk, 'caller');
  await walk.open();
  await walk.finish();
  await act.begin(NAME);
  await act.finish();
  const download = page.waitForEvent('download');
  await walk.tool('Save recording');
  const text = await readFile(await (await download).path(), 'utf8');
  expect(JSON.parse(text)).toMatchObject({ peerglass: 'trace', version: TRACE_VERSION });

  const bare = await context.newPage();
  await withoutWebRtc(bare);
  const recorded = new Walk(bare);
  const file = { name: 'act.json', mimeType: 'application/json', buffer: Buffer.from(text) };
  await recorded.open();
  await recorded.openRecording(file);
  await expect(recorded.notices).toContainText('act.json is a record');
  const again = new ActWalk(recorded, 'caller');
  await recorded.seek(LAST);
  for (let step = 1; step <= again.last; step += 1) {
    await again.next();
    await shows(recorded, again, step);
  }
  await expect(recorded.region('callee')).toContainText('no picture in a record');
  await recorded.button('What next?').click();
  await expect(bare.getByRole('region', { name: 'What next?' })).toContainText(
    'This is a recording',
  );
  // The same place in Korean.
  await again.seek(4);
  await bare.evaluate(() => {
    location.hash = '#/call/share-screen/set-local-offer?lang=ko';
  });
  const korean = new Walk(bare, 'ko');
  const koreanAct = new ActWalk(korean, 'caller');
  await koreanAct.at(4);
  await expect(korean.heading).toContainText('발신자가 오퍼를 로컬 디스크립션으로 설정합니다');
  await koreanAct.next();
  await expect(korean.heading).toContainText('새 오퍼가 시그널링 채널로 나갑니다');
  expect(await bare.locator('.caption .text').first().innerText()).not.toMatch(/[a-z]{4,} [a-z]+/);
});

test('a screen that may not be captured is explained, and can be asked for again', async ({
  walk,
  page,
}) => {
  await faultyScreen(page, 'NotAllowedError', 'Permission denied');
  const act = new ActWalk(walk, 'caller');
  await walk.open();
  await walk.finish();
  await walk.openAct(NAME);
  await page.getByLabel('Screen:').selectOption('own');
  await walk.startAct(NAME, 'caller');
  await act.at(1);
  await expect(walk.trouble).toContainText('NotAllowedError: Permission denied');
  await expectAccessible(page, 'the screen was denied');
  // The call is none the worse.
  await walk.connected();
  await repairCapture(page);
  await walk.trouble.getByRole('button', { name: 'Try again' }).click();
  await expect(walk.trouble).toHaveCount(0);
  await act.at(1);
  await expect(page.locator('[aria-current="step"]')).toContainText('getDisplayMedia()');
  await act.finish();
  await plays(walk, 'callee', 'The screen of the Caller');
});

test('who hangs up in the middle of an act keeps both, and what happened after', async ({
  walk,
  page,
}) => {
  const act = new ActWalk(walk, 'caller');
  await walk.open();
  await walk.finish();
  await act.begin(NAME);
  await act.nextTo(5);
  const over = await walk.hangUp();
  expect(over).toBe(LAST + 5 + 2);
  // What had happened is as it was.
  await act.seek(5);
  await expect(walk.state('caller', 'signalingState')).toHaveText(OFFERED);
  await walk.connected();
  await walk.seek(LAST);
  await walk.connected();
  // And so it is in the recording that a reload finds.
  await act.seek(5);
  await page.waitForFunction(() => sessionStorage.getItem('peerglass:walk') !== null);
  await page.reload();
  await act.at(5);
  await expect(page.getByText(/^Recording of /)).toBeVisible();
  await walk.slider.fill(String(over));
  await walk.at(over, HANGING_UP[1]);
});

for (const lesson of ['two-routers', 'symmetric-both']) {
  test(`in the lesson ${lesson} a screen is shared to its end`, async ({ walk }) => {
    const act = new ActWalk(walk, 'callee');
    await walk.open(`#/${lesson}`);
    await walk.finish();
    await act.begin(NAME);
    for (let step = 1; step <= act.last; step += 1) {
      if (step > 1) await act.next();
      const [own, others] = SIGNALING[step - 1] ?? ['', ''];
      await expect(walk.state('callee', 'signalingState')).toHaveText(own);
      await expect(walk.state('caller', 'signalingState')).toHaveText(others);
      await act.linked(step, { lesson });
    }
    await walk.connected();
    await expect(walk.trouble).toHaveCount(0);
    await expect(await walk.tab('Network')).toContainText('Simulated');
  });
}

test('several acts are lined up, walked one after the other, and named by the link', async ({
  walk,
  page,
  context,
}) => {
  await walk.open();
  await walk.finish();
  await walk.button('Line up several').click();
  await walk.openAct('Mute');
  await walk.button('Line up Mute, by the callee').click();
  await walk.openAct('Hang up');
  await walk.button('Line up Hang up, by the caller').click();
  await expect(page.getByRole('list', { name: 'In line' }).getByRole('listitem')).toHaveText([
    'Mute Callee',
    'Hang up Caller',
  ]);
  await walk.button('Play them in this order').click();
  const [muting, hangingUp] = [2, HANGING_UP.length];
  await walk.at(LAST + 1, walk.words.heading(1, muting));
  for (let step = LAST + 2; step <= LAST + muting + hangingUp; step += 1) {
    await walk.button(walk.words.next).click();
    await expect(walk.slider).toHaveValue(String(step));
  }
  await walk.at(LAST + muting + hangingUp, HANGING_UP[1]);
  await expect(page).toHaveURL(/hang-up\/close\?.*acts=mute\.callee/);

  const other = new Walk(await context.newPage());
  await other.open(new URL(page.url()).hash);
  await other.at(LAST + muting + hangingUp, HANGING_UP[1], 40_000);
});
