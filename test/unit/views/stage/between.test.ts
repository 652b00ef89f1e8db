// What is known of a path: a screen that an act shares has a line of its own, which says how far it has come.
import { expect, it } from 'vitest';
import { pathRows } from '../../../../src/views/stage/between.ts';
import {
  FIRST_FRAME,
  type Frame,
  type SlotFrame,
  type TrackFrame,
} from '../../../../src/trace/frame.ts';
import { List } from '../../../../src/trace/list.ts';

const SINCE = 50;
const track = (n: number, origin: TrackFrame['origin'], at: TrackFrame['at']): TrackFrame => ({
  ...{ n, id: String(n), media: 'video', origin, at, enabled: true, shows: null },
});
const offer = (n: number): SlotFrame => ({ n, type: 'offer', sdp: '' });

function sharing(own: TrackFrame, there: TrackFrame | null, agreed: boolean): Frame {
  const { caller, callee, act } = FIRST_FRAME;
  const slots = { ...caller.slots, currentLocal: offer(agreed ? 60 : 9) };
  return {
    ...FIRST_FRAME,
    act: { ...act, number: 2, by: 'caller' },
    caller: { ...caller, slots, tracks: List.of(own) },
    callee: there === null ? callee : { ...callee, tracks: List.of(there) },
  };
}

const said = (frame: Frame) => pathRows(frame, [], SINCE).map(({ text }) => text);

it('tells how far a shared screen has come', () => {
  const own = track(52, 'local', 'added');
  expect(said(sharing(own, null, false))).toEqual(['captured; not agreed on yet']);
  expect(said(sharing(own, track(58, 'remote', 'added'), true))).toEqual([
    'agreed on; no picture yet',
  ]);
  expect(said(sharing(own, track(58, 'remote', 'unmuted'), true))).toEqual(['its picture arrives']);
});

it('says nothing of a camera that was there before the act', () => {
  expect(said(sharing(track(12, 'local', 'added'), null, false))).toEqual([]);
});

it('takes what another camera sees for no screen', () => {
  const other = { ...track(52, 'local', 'added'), shows: 'other-camera' } as const;
  expect(said(sharing(other, null, false))).toEqual([]);
});
