// The ladder as data: acts as they stand at a moment, steps that were given up, and whose titles and names stand there.
import { beforeEach, describe, expect, test } from 'vitest';
import { hangUp as hangUpAct } from '../../../src/call/acts/hang-up.ts';
import { teachAct } from '../../../src/lessons/acts.ts';
import { hangUpLesson } from '../../../src/lessons/hang-up/lesson.ts';
import { shareScreenLesson } from '../../../src/lessons/share-screen/lesson.ts';
import { CALL_STEPS, SIDES } from '../../../src/rtc/steps.ts';
import type { Act } from '../../../src/rtc/steps.ts';
import { Recorder } from '../../../src/trace/recorder.ts';
import { frameAt, Trace } from '../../../src/trace/trace.ts';
import { ladderMermaid } from '../../../src/views/export/mermaid.ts';
import { ladderWords } from '../../../src/views/export/say.ts';
import { ladderActs, ladderRows, ladderSteps } from '../../../src/views/ladder/rows.ts';
import { HEADER } from '../../fixtures/long-trace.ts';

const SHARE: Act = {
  id: 'share-screen',
  by: 'callee',
  steps: [
    { kind: 'capture-screen', side: 'callee', phase: 'fetching' },
    { kind: 'add-track', side: 'callee', phase: 'signaling' },
    { kind: 'create-offer', side: 'callee', phase: 'signaling' },
  ],
};
const HANG_UP = hangUpAct.plan('caller');

teachAct(shareScreenLesson);
teachAct(hangUpLesson);

let trace: Trace;
let recorder: Recorder;

beforeEach(() => {
  trace = new Trace(HEADER);
  recorder = new Recorder(trace, () => 0);
});

const perform = (kinds: readonly string[]) => {
  for (const kind of kinds) {
    recorder.begin(kind);
    recorder.done(kind);
  }
};

/** The call up to a step, both sides connected in it. */
function call(last: number = CALL_STEPS.length) {
  perform(CALL_STEPS.slice(0, last).map(({ kind }) => kind));
  for (const side of SIDES) move(side, 'new', 'connected');
}

function move(side: 'caller' | 'callee', from: string, to: string) {
  recorder.write({ kind: 'state', side, machine: 'connectionState', from, to });
}

function hangUp() {
  recorder.beginAct(HANG_UP);
  recorder.write({ kind: 'hang-up', side: 'caller' });
  recorder.done('say-hang-up');
}

function close() {
  recorder.begin('close');
  for (const side of SIDES) move(side, 'connected', 'closed');
  recorder.done('close');
}

const now = () => frameAt(trace, trace.length);
const states = (frame = now()) => ladderActs(trace, frame).map(({ state }) => state);

describe('acts', () => {
  test('one that is past says how it ended, one that the cursor has not come to that it comes later', () => {
    call();
    expect(states()).toEqual([{ is: 'now' }]);
    recorder.beginAct(SHARE);
    recorder.done('capture-screen');
    perform(['add-track', 'create-offer']);
    expect(states()).toEqual([{ is: 'connected' }, { is: 'now' }]);
    hangUp();
    close();
    expect(states()).toEqual([{ is: 'connected' }, { is: 'done' }, { is: 'now' }]);
    const inCall = frameAt(trace, trace.stepEnd(3));
    expect(states(inCall)).toEqual([{ is: 'now' }, { is: 'future' }, { is: 'future' }]);
    recorder.beginAct(SHARE);
    expect(states().at(2)).toEqual({ is: 'closed' });
  });

  test('one that was left in the middle says where', () => {
    call();
    recorder.beginAct(SHARE);
    recorder.done('capture-screen');
    recorder.begin('add-track');
    hangUp();
    expect(states()[1]).toMatchObject({ is: 'given-up', at: { kind: 'add-track', ordinal: 2 } });
  });

  test('one that failed says where, and its step stays failed', () => {
    perform(CALL_STEPS.slice(0, -1).map(({ kind }) => kind));
    recorder.begin('connect');
    recorder.fail('connect', { code: 'ice-failed', error: null });
    hangUp();
    expect(states()[0]).toMatchObject({ is: 'failed', at: { kind: 'connect' } });
    const rows = ladderRows(trace, now());
    expect(rows.filter(({ failed }) => failed).map(({ step }) => step.kind)).toEqual(['connect']);
    expect(rows.find(({ failed }) => failed)?.when).toBe('past');
  });
});

describe('steps', () => {
  test('what was given up is not there, wherever the cursor stands', () => {
    call(6);
    hangUp();
    const kinds = () => ladderSteps(trace).map(({ kind }) => kind);
    const begun = CALL_STEPS.slice(0, 6).map(({ kind }) => kind);
    expect(kinds()).toEqual([...begun, 'say-hang-up', 'close']);
    const rows = ladderRows(trace, frameAt(trace, trace.stepEnd(2)));
    expect(rows.map(({ step }) => step.kind)).toEqual(kinds());
    close();
    expect(kinds()).toEqual([...begun, 'say-hang-up', 'close']);
  });

  test('a call that was ended without an act for it has no steps to come', () => {
    call(6);
    recorder.write({ kind: 'hang-up', side: 'caller' });
    expect(ladderSteps(trace)).toHaveLength(6);
  });

  test('rows can be had of some acts alone', () => {
    call();
    recorder.beginAct(SHARE);
    expect(ladderRows(trace, now(), new Set([2])).map(({ step }) => step.ordinal)).toEqual([
      1, 2, 3,
    ]);
  });
});

describe('what is taken out', () => {
  const text = (frame = now()) => ladderMermaid(ladderRows(trace, frame), ladderWords());

  test('has all acts that have happened, with their names', () => {
    call();
    expect(text()).not.toContain('The call, in 14 steps');
    recorder.beginAct(SHARE);
    expect(text()).toContain('The call, in 14 steps');
    expect(text()).toContain('Share a screen, in 3 steps');
    hangUp();
    expect(text()).toContain('Hang up, in 2 steps');
    // What comes after the moment that is looked at has not happened.
    const before = text(frameAt(trace, trace.stepEnd(15)));
    expect(before).toContain('Share a screen, in 3 steps');
    expect(before).not.toContain('Hang up, in 2 steps');
  });
});
