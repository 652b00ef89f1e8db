// Several acts on the screen: folded and opened in the ladder, named on the timeline, and what can be done after them.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { hangUp } from '../../../src/call/acts/hang-up.ts';
import { teachAct } from '../../../src/lessons/acts.ts';
import { hangUpLesson } from '../../../src/lessons/hang-up/lesson.ts';
import { shareScreenLesson } from '../../../src/lessons/share-screen/lesson.ts';
import type { Moment } from '../../../src/lessons/moments/moment.ts';
import { synthetic } from '../../../src/peers/media.ts';
import { CALL_STEPS, exchangeSteps, SIDES, type Act } from '../../../src/rtc/steps.ts';
import { Recorder } from '../../../src/trace/recorder.ts';
import { frameAt, Trace } from '../../../src/trace/trace.ts';
import WhatNext from '../../../src/views/next/WhatNext.svelte';
import { keepStill, stillOf } from '../../../src/views/peer/stills.svelte.ts';
import Video from '../../../src/views/peer/Video.svelte';
import Timeline from '../../../src/views/player/Timeline.svelte';
import { HEADER } from '../../fixtures/long-trace.ts';
import LadderOf from './LadderOf.svelte';
import StageOf from './StageOf.svelte';

teachAct(shareScreenLesson);
teachAct(hangUpLesson);

const SHARE: Act = { id: 'share-screen', by: 'callee', steps: exchangeSteps('callee') };
const HANG_UP = hangUp.plan('caller');
const nothing = () => undefined;

/** A call, a screen shared in it, and its end. */
function threeActs(): Trace {
  const trace = new Trace(HEADER);
  const recorder = new Recorder(trace, () => trace.length);
  const perform = (steps: Act['steps']) => {
    for (const { kind } of steps) {
      recorder.begin(kind);
      recorder.done(kind);
    }
  };
  perform(CALL_STEPS);
  for (const act of [SHARE, HANG_UP]) {
    recorder.beginAct(act);
    recorder.done(act.steps[0]?.kind ?? '');
    perform(act.steps.slice(1));
  }
  return trace;
}

const trace = threeActs();
const at = (step: number) => frameAt(trace, trace.stepEnd(step));
const [CALL, SHARED] = [CALL_STEPS.length, CALL_STEPS.length + SHARE.steps.length];

const list = (name: RegExp) => page.getByRole('list', { name });
const rowsOf = (name: RegExp) => list(name).getByRole('listitem').elements().length;

test('the act of the cursor is open, others fold to a line that opens by hand', async () => {
  const screen = await render(LadderOf, { trace, frame: at(CALL + 3) });
  expect(rowsOf(/^Share a screen/)).toBe(SHARE.steps.length);
  await expect.element(list(/^The call/)).not.toBeInTheDocument();
  await expect
    .element(page.getByRole('heading', { name: /^Share a screen, in 8 steps/ }))
    .toBeVisible();
  const show = page.getByRole('button', { name: /^Show.*The call/ });
  await expect.element(show).toHaveAttribute('aria-expanded', 'false');
  await show.click();
  expect(rowsOf(/^The call/)).toBe(CALL);
  const hide = page.getByRole('button', { name: /^Hide.*The call/ });
  await expect.element(hide).toHaveAttribute('aria-expanded', 'true');
  await hide.click();
  await expect.element(list(/^The call/)).not.toBeInTheDocument();
  // Going back into an act opens it, and the one that is left folds.
  await screen.rerender({ frame: at(4) });
  expect(rowsOf(/^The call/)).toBe(CALL);
  await expect.element(list(/^Share a screen/)).not.toBeInTheDocument();
  const row = screen.container.querySelector('[aria-current="step"]');
  expect(row?.textContent).toContain('Step 4');
});

test('a call that is one act has its name over its steps, and nothing to fold', async () => {
  const alone = new Trace(HEADER);
  await render(LadderOf, { trace: alone, frame: frameAt(alone, 0) });
  expect(rowsOf(/^The call/)).toBe(CALL);
  await expect.element(page.getByRole('heading', { name: 'The call, in 14 steps' })).toBeVisible();
  await expect.element(page.getByRole('button', { name: /^Show/ })).not.toBeInTheDocument();
});

test('the timeline names acts and parts whole or not at all, and says act and step', async () => {
  await page.viewport(1000, 600);
  const { steps } = trace;
  const props = { steps, head: steps.length, title: 'A title', inside: 1, onseek: nothing };
  const screen = await render(Timeline, { ...props, step: steps.length });
  const slider = page.getByRole('slider');
  for (const [width, step] of [900, 520, 300].flatMap((width) =>
    [3, SHARED - 1, steps.length].map((step) => [width, step] as const),
  )) {
    screen.container.style.width = `${String(width)}px`;
    await screen.rerender({ step });
    const acts = [...screen.container.querySelectorAll('.act')];
    expect(acts.map(({ textContent }) => textContent)).toHaveLength(2);
    const boxes = [...screen.container.querySelectorAll('.room')]
      .flatMap((room) =>
        [...room.children].map((name) => [name, name.getBoundingClientRect(), room] as const),
      )
      // What does not fit is in a second line, out of sight.
      .filter(([, box, room]) => box.top < room.getBoundingClientRect().bottom - 1)
      .map(([name, box, room]) => ({ name, box, room: room.getBoundingClientRect() }))
      .sort((a, b) => a.box.left - b.box.left);
    expect(boxes).not.toEqual([]);
    for (const [k, { box, room }] of boxes.entries()) {
      expect(box.right).toBeLessThanOrEqual(room.right + 1);
      expect(box.right).toBeLessThanOrEqual(boxes[k + 1]?.box.left ?? Infinity);
    }
  }
  await screen.rerender({ step: CALL + 2 });
  await expect
    .element(slider)
    .toHaveAttribute('aria-valuetext', 'Share a screen, step 2 of 8: A title');
});

test('a press on the timeline goes to the step or the moment that is nearest', async () => {
  const alone = new Trace(HEADER);
  const [onseek, onmoment] = [vi.fn(), vi.fn()];
  const screen = await render(Timeline, {
    ...{ steps: alone.steps, step: CALL, head: CALL, title: 'A title', inside: 0.5 },
    ...{ moment: momentAt(3, 7), onseek, onmoment },
  });
  const press = async (name: string, at: number) => {
    const mark = screen.container.querySelectorAll(name)[at];
    const box = mark?.getBoundingClientRect() ?? new DOMRect();
    const line = screen.container.querySelector('.timeline')?.getBoundingClientRect() ?? box;
    const position = { x: box.x + box.width / 2 - line.x, y: box.y + box.height / 2 - line.y };
    await page.elementLocator(screen.container).getByRole('presentation').click({ position });
  };
  expect(screen.container.querySelectorAll('.tick')).toHaveLength(6);
  await press('.dot', 4);
  expect(onseek).toHaveBeenCalledExactlyOnceWith(5);
  await press('.tick', 0);
  expect(onmoment).toHaveBeenLastCalledWith(2);
  // The step's dot is where its first moment is.
  await press('.dot', CALL - 1);
  expect(onmoment).toHaveBeenLastCalledWith(1);
  await expect
    .element(page.getByRole('slider'))
    .toHaveAttribute('aria-valuetext', 'Step 14: A title, moment 3 of 7');
});

function momentAt(ordinal: number, total: number): Moment {
  return {
    ...{ ordinal, total, name: `m${String(ordinal)}`, from: 0, cursor: 1, side: null },
    ...{ packets: [], outcome: 'plain', title: '', body: '', short: '' },
    ...{ row: 'text', line: null, stands: null },
  };
}

test('what can’t be done stands there with its reason, and an ended call offers a new one', async () => {
  const began = vi.fn();
  const renewed = vi.fn();
  const act = {
    ...{ about: 'What it does.', brief: 'Does it', steps: 3, settings: [] },
    group: 'agree' as const,
    sides: SIDES.map((side) => ({ side, why: null })),
  };
  const acts = [
    { ...act, id: 'can', name: 'One that can', why: null },
    { ...act, id: 'cannot', name: 'One that can’t', why: 'The call is over.' },
  ];
  const screen = await render(WhatNext, {
    ...{
      lesson: 'call',
      settings: '',
      acts,
      planned: 0,
      onact: began,
      onplay: vi.fn(),
      onnew: null,
    },
  });
  await expect.element(page.getByText('The call is over.')).toBeVisible();
  await expect
    .element(page.getByRole('button', { name: /One that can’t/ }))
    .not.toBeInTheDocument();
  // Its card opens in place, and asks who.
  await page.getByRole('button', { name: /One that can/, expanded: false }).click();
  await page.getByRole('button', { name: /One that can, by the callee/ }).click();
  expect(began).toHaveBeenCalledWith('can', 'callee', {});
  await expect.element(page.getByRole('button', { name: /new call/i })).not.toBeInTheDocument();
  await screen.rerender({ onnew: renewed });
  await page.getByRole('button', { name: /new call/i }).click();
  expect(renewed).toHaveBeenCalledOnce();
});

let card: ReturnType<typeof synthetic>;
beforeEach(() => {
  card = synthetic('caller', { audio: false, video: true, label: 'One' });
});
afterEach(() => {
  card.stop();
});

/** How many different colours a picture has, about; a black box has one. */
function coloursOf(canvas: HTMLCanvasElement): number {
  const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {};
  const colours = new Set<number>();
  for (let k = 0; data !== undefined && k < data.length; k += 4) {
    colours.add((data[k] ?? 0) * 65536 + (data[k + 1] ?? 0) * 256 + (data[k + 2] ?? 0));
  }
  return colours.size;
}

test('the last picture of a stream is kept when it is no longer played, and shown once it has ended', async () => {
  const { stream } = card;
  const playing = await render(Video, { stream, label: 'Picture', picture: true, muted: true });
  const video = playing.container.querySelector('video');
  if (video === null) throw new Error('There is no picture.');
  await expect.poll(() => video.videoWidth).toBe(640);
  await expect.poll(() => stillOf(stream) !== null).toBe(true);
  card.stop();
  await playing.unmount();
  const still = stillOf(stream);
  if (still === null) throw new Error('No picture was kept.');
  expect(coloursOf(still)).toBeGreaterThan(8);

  const [track] = stream.getVideoTracks();
  const recorded = new Trace(HEADER);
  recorded.append({
    ...{ kind: 'track', side: 'caller', at: 'added', origin: 'local', id: track?.id ?? '' },
    ...{ media: 'video', streams: [stream.id], n: 1, t: 0, step: 1, cause: null },
  });
  const frame = frameAt(recorded, 1);
  const shown = await render(StageOf, {
    ...{ trace: recorded, frame, live: true },
    streams: { local: stream, remote: null, screen: null, remoteScreen: null },
  });
  await expect
    .element(page.getByRole('img', { name: /last picture before the call was closed/ }))
    .toBeVisible();
  // What has ended is not played: it would be black.
  expect(shown.container.querySelector('.plays')).toBeNull();
  const canvas = shown.container.querySelector('canvas');
  expect(canvas === null ? 0 : coloursOf(canvas)).toBeGreaterThan(8);
});

test('nothing is kept of what shows nothing', () => {
  keepStill(card.stream, document.createElement('video'));
  expect(stillOf(card.stream)).toBeNull();
});
