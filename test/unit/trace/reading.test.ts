// The read model: what it answers at every cursor is what the events before that cursor say, however it was asked.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SIDES } from '../../../src/rtc/steps.ts';
import { messagesByStep } from '../../../src/trace/reading.ts';
import { frameAt, Trace } from '../../../src/trace/trace.ts';
import { HEADER, longTrace } from '../../fixtures/long-trace.ts';

const whole = longTrace(3, 1500);

test('every answer is what the events up to the cursor say, while the record grows', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(whole.length), { minLength: 1, maxLength: 8 }), (asked) => {
      const trace = new Trace(HEADER);
      for (const event of whole.events) {
        trace.append(event);
        if (asked.includes(event.n)) trace.reading.states(event.n);
      }
      for (const cursor of asked) {
        const events = whole.events.slice(0, cursor);
        const { reading } = trace;
        expect(reading.states(cursor)).toEqual(events.filter(({ kind }) => kind === 'state'));
        for (const side of SIDES) {
          const of = (kind: string) =>
            events.filter((event) => event.kind === kind && event.side === side);
          expect(reading.descriptions(side, cursor)).toEqual(of('description'));
          expect(reading.stats(side, cursor)).toEqual(of('stats'));
        }
        const done = events.findLast((event) => event.kind === 'step' && event.at === 'done');
        const kinds = trace.steps.map(({ kind }) => kind);
        expect(reading.done(kinds, cursor)).toBe(done ?? null);
        expect(reading.done([], cursor)).toBeNull();
        for (const { number } of trace.steps) {
          expect(reading.ofStep(number, cursor)).toEqual(
            events.filter(({ step }) => step === number),
          );
        }
      }
    }),
    { numRuns: 20 },
  );
});

test('a path is whole, from what the state was before the step', () => {
  const trace = new Trace(HEADER);
  const state = (from: string | null, to: string, step: number) => {
    const n = trace.length + 1;
    trace.append({
      ...{ kind: 'state', side: 'caller', machine: 'iceConnectionState', from, to },
      ...{ n, t: n, step, cause: null },
    });
  };
  state(null, 'new', 1);
  state('new', 'checking', 2);
  state('checking', 'connected', 2);
  const path = (step: number, cursor: number) =>
    trace.reading.paths(step, cursor).map((each) => each.path);
  expect(path(1, 3)).toEqual([]);
  expect(path(2, 2)).toEqual([['new', 'checking']]);
  expect(path(2, 3)).toEqual([['new', 'checking', 'connected']]);
  expect(trace.reading.paths(2, 3)[0]?.n).toBe(3);
});

test('the end of a call is known wherever the cursor stands', () => {
  const trace = new Trace(HEADER);
  expect(trace.reading.ended).toBeNull();
  trace.append({ kind: 'hang-up', side: 'caller', n: 1, t: 0, step: 1, cause: null });
  expect(trace.reading.ended).toBe(1);
});

test('messages are grouped by the step they were posted in, once for all frames that have the same', () => {
  const frame = frameAt(whole, whole.length);
  const groups = messagesByStep(frame);
  expect([...groups.values()].flat()).toHaveLength(frame.messages.length);
  for (const [step, messages] of groups) {
    expect(messages.every((message) => message.step === step)).toBe(true);
  }
  expect(messagesByStep({ messages: frame.messages })).toBe(groups);
});
