// What the Changes view compares a description with, unless the learner chooses: the version of its session before.
import { expect, test } from 'vitest';
import type { SlotName } from '../../../src/trace/event.ts';
import type { Side } from '../../../src/rtc/steps.ts';
import { FIRST_FRAME, type Frame } from '../../../src/trace/frame.ts';
import { comparedTo } from '../../../src/views/tabs/compared-sdp.ts';
import { sourceKey, sourceOf } from '../../../src/views/tabs/shown-sdp.ts';

/** What a place holds: whose session, which version of it, as what, and since which event. */
type Held = readonly [
  place: `${Side}.${SlotName | 'created'}`,
  session: string,
  version: number,
  type: 'offer' | 'answer',
  n: number,
];

function frameWith(held: readonly Held[]): Frame {
  let frame: Frame = FIRST_FRAME;
  for (const [place, session, version, type, n] of held) {
    const source = sourceOf(place);
    if (source === null) throw new Error(`${place} is no place for SDP`);
    const { side, slot } = source;
    const sdp = `v=0\r\no=- ${session} ${String(version)} IN IP4 127.0.0.1\r\n`;
    const description = { type, sdp, n };
    const peer = frame[side];
    frame = {
      ...frame,
      [side]:
        slot === 'created'
          ? { ...peer, created: description }
          : { ...peer, slots: { ...peer.slots, [slot]: description } },
    };
  }
  return frame;
}

function compared(held: readonly Held[], key: string, chosen: string | null = null): string | null {
  const source = sourceOf(key);
  if (source === null) throw new Error(`${key} is no place for SDP`);
  const other = comparedTo(frameWith(held), source, chosen);
  return other === null ? null : sourceKey(other);
}

/** A call that is up: A is the caller's session, B the callee's. */
const UP: readonly Held[] = [
  ['caller.created', 'A', 2, 'offer', 10],
  ['caller.currentLocal', 'A', 2, 'offer', 60],
  ['caller.currentRemote', 'B', 2, 'answer', 61],
  ['callee.created', 'B', 2, 'answer', 40],
  ['callee.currentLocal', 'B', 2, 'answer', 50],
  ['callee.currentRemote', 'A', 2, 'offer', 51],
];

test('in the first exchange there is no version before: what was created is compared with', () => {
  expect(compared(UP, 'caller.currentLocal')).toBe('caller.created');
  expect(compared(UP, 'callee.currentLocal')).toBe('callee.created');
});

test('a new offer is compared with what its author last described, also where that was an answer', () => {
  const caller: readonly Held[] = [...UP, ['caller.created', 'A', 3, 'offer', 70]];
  expect(compared(caller, 'caller.created')).toBe('caller.currentLocal');
  const pending: readonly Held[] = [...caller, ['caller.pendingLocal', 'A', 3, 'offer', 71]];
  expect(compared(pending, 'caller.pendingLocal')).toBe('caller.currentLocal');
  const heard: readonly Held[] = [...pending, ['callee.pendingRemote', 'A', 3, 'offer', 75]];
  expect(compared(heard, 'callee.pendingRemote')).toBe('callee.currentRemote');
  const callee: readonly Held[] = [...UP, ['callee.created', 'B', 3, 'offer', 70]];
  expect(compared(callee, 'callee.created')).toBe('callee.currentLocal');
});

test('a new answer is compared with the one before', () => {
  const answered: readonly Held[] = [
    ...UP,
    ['caller.created', 'A', 3, 'offer', 70],
    ['callee.pendingRemote', 'A', 3, 'offer', 75],
    ['callee.created', 'B', 3, 'answer', 80],
  ];
  expect(compared(answered, 'callee.created')).toBe('callee.currentLocal');
});

test('what the learner chose counts more, where it holds something', () => {
  const held: readonly Held[] = [...UP, ['caller.created', 'A', 3, 'offer', 70]];
  expect(compared(held, 'caller.created', 'callee.currentLocal')).toBe('callee.currentLocal');
  expect(compared(held, 'caller.created', 'caller.pendingLocal')).toBe('caller.currentLocal');
});
