// Two sides that agree: nothing is pending, and each has what the other has said.
import { expect } from 'vitest';
import { otherSide, SIDES } from '../../src/rtc/steps.ts';
import { midsOf, ufragsOf } from '../../src/sdp/ufrag.ts';
import { frameAt, type Trace } from '../../src/trace/trace.ts';

/** Expects it of the newest moment. */
export function expectAgreement(trace: Trace): void {
  const frame = frameAt(trace, trace.length);
  const { caller, callee } = frame;
  expect([caller, callee].map(({ states }) => states.signalingState)).toEqual(['stable', 'stable']);
  const [mine, theirs] = [caller, callee].map(({ slots }) => slots.currentLocal?.sdp ?? '');
  expect(midsOf(mine ?? '')).not.toEqual([]);
  expect(midsOf(mine ?? '')).toEqual(midsOf(theirs ?? ''));
  for (const side of SIDES) {
    const { currentLocal } = frame[side].slots;
    const { currentRemote } = frame[otherSide(side)].slots;
    expect(ufragsOf(currentLocal?.sdp ?? '')).toEqual(ufragsOf(currentRemote?.sdp ?? ''));
  }
}
