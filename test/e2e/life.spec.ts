// Nothing that was captured or connected outlives its call: whatever ends it, at each step, and while a step runs.
import { readFile } from 'node:fs/promises';
import { ActWalk } from './support/act.ts';
import { AliveWatch, type Held } from './support/alive.ts';
import { recordVideo } from './support/video.ts';
import { openSetup } from './support/setup.ts';
import { expect, test } from './support/test.ts';
import { LAST, type Walk } from './support/walk.ts';

/** Everything that ends a call, or leaves it for something else. */
const ENDINGS = ['hang up', 'new call', 'open a recording', 'a link'] as const;
type Ending = (typeof ENDINGS)[number];

/** What each step that can be held back waits for: the nth call of it in a whole call. */
const HOLDS: readonly { step: number; what: Held; nth: number; fails: string | null }[] = [
  { step: 1, what: 'getUserMedia', nth: 1, fails: 'NotReadableError' },
  { step: 3, what: 'createOffer', nth: 1, fails: 'OperationError' },
  { step: 4, what: 'setLocalDescription', nth: 1, fails: 'OperationError' },
  { step: 6, what: 'offer', nth: 1, fails: null },
  { step: 7, what: 'setRemoteDescription', nth: 1, fails: 'OperationError' },
  { step: 8, what: 'getUserMedia', nth: 2, fails: 'NotReadableError' },
  { step: 9, what: 'createAnswer', nth: 1, fails: 'OperationError' },
  { step: 10, what: 'setLocalDescription', nth: 2, fails: 'OperationError' },
  { step: 12, what: 'answer', nth: 1, fails: null },
  { step: 13, what: 'setRemoteDescription', nth: 2, fails: 'OperationError' },
];

/**
 * Whether an ending takes its turn at a place: two do at each, and each of the four at every second one, so that all
 * have been tried with all kinds of steps in half the time.
 */
function hasTurn(ending: Ending, place: number): boolean {
  return (ENDINGS.indexOf(ending) + place + Number(place % 4 >= 2)) % 2 === 0;
}

/** A page whose calls take the camera, and a recording to open on it. */
async function begin(walk: Walk): Promise<{ alive: AliveWatch; recording: string }> {
  const { page } = walk;
  const alive = new AliveWatch(page);
  await alive.start();
  await walk.open();
  await walk.finish();
  const download = page.waitForEvent('download');
  await walk.tool('Save recording');
  const recording = await readFile(await (await download).path(), 'utf8');
  await newCall(walk);
  await walk.at(0);
  // A download keeps a timer, which ends with the page.
  await page.reload();
  await openSetup(page);
  await page.getByRole('radio', { name: /^Camera and microphone/ }).check();
  await alive.nothing('before the first call');
  return { alive, recording };
}

async function newCall(walk: Walk): Promise<void> {
  // A step that failed offers one too.
  await walk.tool('New call…');
}

/** Asks for a step, without waiting for it. */
async function ask(walk: Walk, step: number): Promise<void> {
  await walk.slider.fill(String(step));
}

async function end(walk: Walk, ending: Ending, recording: string): Promise<void> {
  const { page } = walk;
  switch (ending) {
    case 'hang up':
      await walk.tool('Hang up');
      await walk.hasTool('Hang up', false);
      break;
    case 'new call':
      await newCall(walk);
      await walk.at(0);
      break;
    case 'open a recording':
      await walk.drop({ name: 'opened.json', type: 'application/json', text: recording });
      await expect(page.getByText(/^Recording of /)).toBeVisible();
      break;
    case 'a link':
      await page.evaluate(() => {
        location.hash = '#/two-routers';
      });
      await expect(page).toHaveURL(/#\/two-routers$/);
      await walk.at(0);
  }
}

/** Stands before step 1 of a new call in this browser. */
async function startOver(walk: Walk, ending: Ending): Promise<void> {
  if (ending === 'a link') {
    await walk.page.evaluate(() => {
      location.hash = '#/call';
    });
    const call = walk.page.getByRole('link', { name: 'Call', exact: true });
    await expect(call).toHaveAttribute('aria-current', 'page');
    // Where the call was left: its recording, or its start when nothing had happened.
    if ((await walk.step()) > 0) await newCall(walk);
  } else if (ending !== 'new call') await newCall(walk);
  await walk.at(0);
}

for (const ending of ENDINGS) {
  test(`${ending}: nothing of the call is alive, at each step`, async ({ walk }) => {
    test.slow();
    const { alive, recording } = await begin(walk);
    for (let step = 1; step <= LAST; step += 1) {
      if (!hasTurn(ending, step)) continue;
      await ask(walk, step);
      await walk.at(step);
      await end(walk, ending, recording);
      await alive.nothing(`${ending} at step ${String(step)}`);
      await startOver(walk, ending);
    }
  });

  test(`${ending}: nothing of the call is alive, while a step runs and when it fails`, async ({
    walk,
  }) => {
    test.slow();
    const { alive, recording } = await begin(walk);
    for (const [place, { step, what, nth, fails }] of HOLDS.entries()) {
      if (!hasTurn(ending, place)) continue;
      const when = `${ending} while step ${String(step)} waits for ${what}`;
      await alive.hold(what, nth);
      await ask(walk, step);
      await alive.untilHeld();
      await walk.hasTool('Hang up', true);
      await end(walk, ending, recording);
      await alive.nothing(when);
      await alive.release();
      await alive.nothing(`${when}, which then comes`);
      await startOver(walk, ending);
      if (fails === null) continue;
      await alive.hold(what, nth);
      await ask(walk, step);
      await alive.untilHeld();
      await alive.release(fails);
      await expect(walk.trouble).toBeVisible();
      await end(walk, ending, recording);
      await alive.nothing(`${ending} after step ${String(step)} failed at ${what}`);
      await startOver(walk, ending);
    }
  });
}

for (const ending of ENDINGS) {
  test(`${ending}: nothing of a screen that is shared is alive, nor of one that is asked for`, async ({
    walk,
  }) => {
    test.slow();
    const { alive, recording } = await begin(walk);
    const act = new ActWalk(walk, 'callee');
    await walk.finish();
    await act.begin('Share a screen');
    await act.nextTo(5);
    await end(walk, ending, recording);
    await alive.nothing(`${ending} at step 5 of the act`);
    await startOver(walk, ending);
    await walk.finish();
    await alive.hold('getDisplayMedia');
    await walk.openAct('Share a screen');
    await walk.page.getByLabel('Screen:').selectOption('own');
    await walk.startAct('Share a screen', 'callee');
    await alive.untilHeld();
    await end(walk, ending, recording);
    await alive.nothing(`${ending} while the screen is asked for`);
    await alive.release();
    await alive.nothing(`${ending} while the screen is asked for, which then comes`);
  });
}

test('a reload while the camera is asked for: it stays off, and nothing is left over', async ({
  walk,
  page,
}) => {
  const { alive } = await begin(walk);
  await alive.hold('getUserMedia');
  await ask(walk, 1);
  await alive.untilHeld();
  // The address follows the picture of the step.
  await expect(page).toHaveURL(/#\/call\/capture-caller/);
  await page.reload();
  // The step is walked anew, and not by a press.
  await walk.at(1);
  await expect(page.locator('.caption')).toContainText('the test card made');
  await newCall(walk);
  await alive.nothing('after the reload');
});

test('a media file that is still loading is let go', async ({ walk, page, context }) => {
  const file = await recordVideo(context);
  const { alive, recording } = await begin(walk);
  await openSetup(page);
  await page.getByRole('radio', { name: /^A file of yours/ }).check();
  await walk.choose(page.getByText('Choose a media file', { exact: true }), {
    name: 'clip.webm',
    mimeType: 'video/webm',
    buffer: file,
  });
  for (const ending of ENDINGS) {
    await alive.hold('play');
    await ask(walk, 1);
    await alive.untilHeld();
    await walk.hasTool('Hang up', true);
    await end(walk, ending, recording);
    await alive.nothing(`${ending} while a file loads`);
    await alive.release();
    await alive.nothing(`${ending} while a file loads, which then plays`);
    await startOver(walk, ending);
  }
});
