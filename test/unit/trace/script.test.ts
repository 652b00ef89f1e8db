// Acts and the instances of steps: what has begun, what is planned, and what a new act does to both.
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { CALL_ACT, CALL_STEPS } from '../../../src/rtc/steps.ts';
import type { Act } from '../../../src/rtc/steps.ts';
import type { StepEvent, TraceEvent } from '../../../src/trace/event.ts';
import { decode, encode } from '../../../src/trace/file.ts';
import { stepNumber } from '../../../src/trace/frame.ts';
import { Recorder } from '../../../src/trace/recorder.ts';
import { FIRST_ACT } from '../../../src/trace/script.ts';
import { frameAt, Trace, TraceOrderError } from '../../../src/trace/trace.ts';
import { HEADER } from '../../fixtures/long-trace.ts';
import { events, traceOf } from '../../fixtures/random-trace.ts';

const SHARE: Act = {
  id: 'share-screen',
  by: 'callee',
  steps: [
    { kind: 'capture-screen', side: 'callee', phase: 'fetching' },
    { kind: 'create-offer', side: 'callee', phase: 'signaling' },
    { kind: 'gather-candidates', side: 'callee', phase: 'signaling' },
    { kind: 'create-offer', side: 'caller', phase: 'signaling' },
  ],
};

let trace: Trace;
let recorder: Recorder;

beforeEach(() => {
  trace = new Trace(HEADER);
  recorder = new Recorder(trace, () => 0);
});

/** Runs the call up to a step and its end. */
function call(last = 14) {
  for (const { kind } of CALL_STEPS.slice(0, last)) {
    recorder.begin(kind);
    recorder.done(kind);
  }
}

const kinds = () => trace.steps.map(({ kind }) => kind);
const planned = CALL_STEPS.map(({ kind }) => kind);

describe('the script', () => {
  test('begins with the call, all of it planned', () => {
    expect(trace.acts).toEqual([FIRST_ACT]);
    expect(kinds()).toEqual(planned);
    expect(trace.steps.map(({ number, ordinal }) => [number, ordinal])).toEqual(
      planned.map((_, k) => [k + 1, k + 1]),
    );
    expect([trace.step(0), trace.step(15)]).toEqual([null, null]);
    expect(trace.step(4)).toMatchObject({ kind: 'set-local-offer', number: 4, side: 'caller' });
  });

  test('goes on with an act after the call', () => {
    call();
    const n = recorder.beginAct(SHARE, 3);
    expect(trace.events[n - 1]).toEqual({
      ...{ kind: 'step', n, t: 0, step: 15, of: 'capture-screen', side: 'callee', cause: 3 },
      ...{ at: 'begin', act: SHARE },
    });
    expect(trace.acts.map(({ id, number, first }) => [id, number, first])).toEqual([
      ['call', 1, 1],
      ['share-screen', 2, 15],
    ]);
    expect(kinds()).toEqual([...planned, ...SHARE.steps.map(({ kind }) => kind)]);
    expect(trace.step(16)).toMatchObject({ kind: 'create-offer', ordinal: 2, act: { number: 2 } });
    expect(frameAt(trace, n - 1)).toMatchObject({ act: { number: 1 }, step: { number: 14 } });
    expect(frameAt(trace, n)).toMatchObject({
      ...{ act: { number: 2, id: 'share-screen' }, progress: 'running' },
      step: { number: 15, ordinal: 1, kind: 'capture-screen' },
    });
  });

  test('an act in the middle of the call takes the place of what was still planned', () => {
    call(3);
    recorder.beginAct(SHARE);
    expect(kinds()).toEqual([...planned.slice(0, 3), ...SHARE.steps.map(({ kind }) => kind)]);
    expect(() => recorder.begin('set-local-offer')).toThrow(TraceOrderError);
    expect(trace.acts.map(({ first }) => first)).toEqual([1, 4]);
  });

  test('a recording may begin with another act', () => {
    recorder.beginAct(SHARE);
    expect(trace.acts).toEqual([{ ...SHARE, number: 1, first: 1 }]);
    expect(kinds()).toEqual(SHARE.steps.map(({ kind }) => kind));
    expect(frameAt(trace, 1).act).toEqual(trace.acts[0]);
  });

  test('one kind occurs many times, each an instance with its own events', () => {
    call();
    recorder.beginAct(SHARE);
    recorder.done('capture-screen');
    recorder.begin('create-offer');
    recorder.done('create-offer');
    // The next of that kind: the one before it is passed over.
    recorder.begin('create-offer');
    const offers = trace.events.filter(
      (event): event is StepEvent => event.kind === 'step' && event.of === 'create-offer',
    );
    expect(offers.map(({ step, at }) => `${at} ${String(step)}`)).toEqual([
      ...['begin 3', 'done 3', 'begin 16', 'done 16', 'begin 18'],
    ]);
    expect(trace.stepBegin(18)).toBe(trace.stepEnd(17));
    expect(trace.stepEnd(17)).toBe(trace.stepEnd(16));
  });

  test('the same act may be performed again', () => {
    call(1);
    recorder.beginAct(SHARE);
    recorder.beginAct(SHARE);
    expect(trace.acts.map(({ number, first }) => [number, first])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect(trace.step(2)?.act.number).toBe(2);
    expect(trace.step(3)).toMatchObject({ kind: 'capture-screen', ordinal: 1, act: { number: 3 } });
  });

  test('gathering opens early on the side that the act plans it for', () => {
    recorder.beginAct(SHARE);
    recorder.done('capture-screen');
    recorder.begin('create-offer');
    recorder.done('create-offer');
    const found = { kind: 'candidate', at: 'found', candidate: null } as const;
    recorder.write({ ...found, side: 'caller' });
    expect(trace.events.at(-1)?.step).toBe(2);
    recorder.write({ ...found, side: 'callee' });
    expect(trace.events.at(-2)).toMatchObject({ of: 'gather-candidates', step: 3, side: 'callee' });
    expect(trace.events.at(-1)?.step).toBe(3);
  });
});

describe('what cannot be', () => {
  const step = (fields: object): TraceEvent =>
    ({
      ...{ kind: 'step', n: trace.length + 1, t: 0, side: null, cause: null, at: 'begin' },
      ...fields,
    }) as TraceEvent;

  test.each([
    ['a step that no act plans', { step: 15, of: 'connect' }],
    ['another kind than is planned', { step: 3, of: 'add-tracks' }],
    ['another kind for the step at hand', { step: 2, of: 'connect', at: 'done' }],
    ['an act inside a step', { step: 2, of: 'capture-screen', act: SHARE }],
    ['an act that passes over a step', { step: 4, of: 'capture-screen', act: SHARE }],
    ['an act that begins with another step than its first', { step: 3, of: 'connect', act: SHARE }],
    ['an act without steps', { step: 3, of: 'x', act: { ...SHARE, steps: [] } }],
    ['a step before the first', { step: 0, of: 'connect' }],
  ])('%s is refused, and changes nothing', (_, fields) => {
    call(2);
    const { length, steps, acts } = trace;
    expect(() => {
      trace.append(step(fields));
    }).toThrow(expect.objectContaining({ name: 'TraceOrderError', field: 'step' }));
    expect(trace.length).toBe(length);
    expect([trace.steps, trace.acts]).toEqual([steps, acts]);
  });

  test('the recorder begins no act without steps', () => {
    expect(() => recorder.beginAct({ ...SHARE, steps: [] })).toThrow(TraceOrderError);
    expect(trace.length).toBe(0);
  });
});

test('acts are written and read again', () => {
  call(5);
  recorder.beginAct(SHARE);
  recorder.done('capture-screen');
  recorder.beginAct(CALL_ACT);
  const read = decode(encode(trace));
  expect([read.events, read.acts, read.steps]).toEqual([trace.events, trace.acts, trace.steps]);
});

test('in any record, steps, acts and frames agree', () => {
  fc.assert(
    fc.property(events(120), (list) => {
      const whole = traceOf(HEADER, list);
      expect(whole.steps.map(({ number }) => number)).toEqual(whole.steps.map((_, k) => k + 1));
      expect(whole.acts.map(({ number }) => number)).toEqual(whole.acts.map((_, k) => k + 1));
      for (const { act, ordinal, kind, number } of whole.steps) {
        expect(whole.acts[act.number - 1]).toEqual(act);
        expect(act.steps[ordinal - 1]?.kind).toBe(kind);
        expect(act.first + ordinal - 1).toBe(number);
      }
      for (const event of list) {
        const frame = frameAt(whole, event.n);
        expect(stepNumber(frame)).toBe(event.step);
        expect(frame.step).toEqual(whole.step(event.step));
        if (frame.step !== null) expect(frame.act).toEqual(frame.step.act);
        if (event.kind === 'step') expect(frame.step?.kind).toBe(event.of);
      }
    }),
    { numRuns: 60 },
  );
});
