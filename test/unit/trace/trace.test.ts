// A record keeps its order, and gives the same frame by whatever way a cursor is reached.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changesBetween } from '../../../src/trace/changes.ts';
import type { TraceEvent } from '../../../src/trace/event.ts';
import { FIRST_FRAME, reduce } from '../../../src/trace/frame.ts';
import type { Frame } from '../../../src/trace/frame.ts';
import { frameAt, Trace, TraceOrderError } from '../../../src/trace/trace.ts';
import { chance, HEADER, longTrace } from '../../fixtures/long-trace.ts';
import { events, traceOf } from '../../fixtures/random-trace.ts';

/** All frames, folded one after the other. */
function fold(list: readonly TraceEvent[]): readonly Frame[] {
  const frames = [FIRST_FRAME];
  let frame = FIRST_FRAME;
  for (const event of list) frames.push((frame = reduce(frame, event)));
  return frames;
}

describe('frameAt', () => {
  test('is the straight fold, by any sequence of seeks, while the record grows', () => {
    fc.assert(
      fc.property(events(), fc.array(fc.nat({ max: 220 }), { maxLength: 40 }), (list, cursors) => {
        const frames = fold(list);
        const trace = new Trace(HEADER);
        for (const [k, event] of list.entries()) {
          trace.append(event);
          const cursor = Math.min(cursors[k % cursors.length] ?? 0, trace.length);
          expect(frameAt(trace, cursor)).toEqual(frames[cursor]);
        }
        for (const cursor of cursors) {
          expect(frameAt(trace, cursor)).toEqual(frames[Math.min(cursor, list.length)]);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('brings any cursor inside', () => {
    const trace = longTrace(1, 200);
    const { length } = trace;
    expect(frameAt(trace, length).cursor).toBe(length);
    for (const [cursor, inside] of [
      [-1, 0],
      [-Infinity, 0],
      [Number.NaN, 0],
      [1.9, 1],
      [length + 1, length],
      [Infinity, length],
    ] as const) {
      expect(frameAt(trace, cursor).cursor).toBe(inside);
    }
    expect(frameAt(new Trace(HEADER), 5)).toBe(FIRST_FRAME);
  });

  test('gives the same object again, and shares what is the same between cursors', () => {
    const trace = longTrace(2, 1000);
    const { length } = trace;
    for (let cursor = 0; cursor < length; cursor += 1) {
      const [here, next] = [frameAt(trace, cursor), frameAt(trace, cursor + 1)];
      expect(frameAt(trace, cursor)).toBe(here);
      const { side, kind } = trace.events[cursor] ?? {};
      if (side !== 'caller') expect(next.caller).toBe(here.caller);
      if (side !== 'callee') expect(next.callee).toBe(here.callee);
      if (kind !== 'message') expect(next.messages).toBe(here.messages);
    }
  });

  test('is right where frames were forgotten and folded again, and shares with what lies near', () => {
    const trace = longTrace(3, 8000);
    const frames = fold(trace.events);
    const random = chance(4);
    for (let k = 0; k < 800; k += 1) {
      const cursor = Math.floor(random() * (trace.length - 1));
      const frame = frameAt(trace, cursor);
      expect(frame.last).toBe(trace.events[cursor - 1] ?? null);
      expect(frame.caller.data.at(-1)).toEqual(frames[cursor]?.caller.data.at(-1));
      expect(frame.callee.data.length).toBe(frames[cursor]?.callee.data.length);
      expect(frameAt(trace, cursor)).toBe(frame);
      const event = trace.events[cursor];
      const isCheckpoint = (cursor + 1) % 32 === 0;
      if (!isCheckpoint && event?.side === 'caller') {
        expect(frameAt(trace, cursor + 1).callee).toBe(frame.callee);
      }
    }
  });
});

describe('order', () => {
  const event = (n: number, change: Partial<TraceEvent> = {}): TraceEvent =>
    ({
      kind: 'hang-up',
      side: null,
      n,
      t: n,
      step: 2,
      cause: null,
      ...change,
    }) as TraceEvent;

  test.each([
    ['n', event(2)],
    ['n', event(4)],
    ['t', event(3, { t: 1.9 })],
    ['t', event(3, { t: Number.NaN })],
    ['step', event(3, { step: 1 })],
    ['step', event(3, { step: 0 })],
    ['cause', event(3, { cause: 3 })],
    ['cause', event(3, { cause: 0 })],
  ] as const)('%s out of order is refused and changes nothing', (field, wrong) => {
    const trace = traceOf(HEADER, [event(1), event(2)]);
    const before = frameAt(trace, 2);
    let thrown: unknown;
    try {
      trace.append(wrong);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(TraceOrderError);
    expect(thrown).toBeInstanceOf(RangeError);
    expect(thrown).toMatchObject({ name: 'TraceOrderError', field });
    expect([trace.length, frameAt(trace, 9)]).toEqual([2, before]);
    trace.append(event(3, { t: 2, cause: 2 }));
    expect(trace.length).toBe(3);
  });

  test('steps end where the next begin', () => {
    const steps = [0, 1, 1, 3];
    const trace = new Trace(HEADER);
    expect([trace.ends, trace.stepEnd(0), trace.stepEnd(14)]).toEqual([[0], 0, 0]);
    steps.forEach((step, k) => trace.append(event(k + 1, { step })));
    // Step 2 was left out: it ends where step 1 does.
    expect(trace.ends).toEqual([1, 3, 3, 4]);
    expect([0, 1, 2, 3, 4, 14].map((step) => trace.stepEnd(step))).toEqual([1, 3, 3, 4, 4, 4]);
  });

  test('ends count the events of each step and of those before, in any record', () => {
    fc.assert(
      fc.property(events(80), (list) => {
        const { ends, length } = traceOf(HEADER, list);
        expect(ends.at(-1)).toBe(length);
        ends.forEach((end, step) => {
          expect(end).toBe(list.filter((each) => each.step <= step).length);
        });
      }),
    );
  });
});

describe('changesBetween', () => {
  const NOTHING = {
    ...{ states: {}, slots: [], created: false, tracks: [], transceivers: false, local: [] },
    ...{ remote: [], channel: false, data: [], pair: false, pairs: [], transport: false },
  };

  test('a frame has nothing new against itself', () => {
    const frame = frameAt(longTrace(5, 300), 150);
    expect(changesBetween(frame, frame)).toEqual({
      ...{
        caller: NOTHING,
        callee: NOTHING,
        messages: [],
        troubles: [],
        network: null,
        ended: false,
      },
    });
  });

  test('it does not matter whether parts are the same objects or were folded again', () => {
    fc.assert(
      fc.property(events(), fc.nat(), fc.nat(), (list, a, b) => {
        const trace = traceOf(HEADER, list);
        const [from, to] = [a % (list.length + 1), b % (list.length + 1)];
        const [again] = [fold(list.slice(0, from)).at(-1) ?? FIRST_FRAME];
        expect(changesBetween(again, frameAt(trace, to))).toEqual(
          changesBetween(frameAt(trace, from), frameAt(trace, to)),
        );
      }),
    );
  });

  test('each kind of change is told of, on its own side', () => {
    const trace = new Trace(HEADER);
    const add = (body: object) => {
      const n = trace.length + 1;
      trace.append({ n, t: n, step: 0, cause: null, side: 'callee', ...body } as TraceEvent);
      return changesBetween(frameAt(trace, n - 1), frameAt(trace, n));
    };
    const candidate = { candidate: 'c', sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'u' };
    const state = { kind: 'state', machine: 'signalingState', from: null, to: 'stable' };
    expect(add(state).callee).toEqual({
      ...NOTHING,
      states: { signalingState: { from: null, to: 'stable' } },
    });
    const slot = { kind: 'description', slot: 'pendingRemote' };
    const description = { type: 'offer', sdp: 'v=0' };
    expect(add({ ...slot, description }).callee).toEqual({ ...NOTHING, slots: ['pendingRemote'] });
    // The same text once more is no other content.
    expect(add({ ...slot, description }).callee).toEqual(NOTHING);
    expect(add({ ...slot, description: null }).callee.slots).toEqual(['pendingRemote']);
    const found = add({ kind: 'candidate', at: 'found', candidate });
    expect(found.callee).toEqual({
      ...NOTHING,
      local: [{ n: 5, candidate, step: 0, at: 'found' }],
    });
    expect(found.caller).toEqual(NOTHING);
    add({ kind: 'candidate', at: 'queued', candidate });
    expect(add({ kind: 'candidate', at: 'added', candidate }).callee.remote).toEqual([
      { n: 6, candidate, step: 0, at: 'added' },
    ]);
    const track = { kind: 'track', origin: 'remote', id: 't', media: 'audio', streams: [] };
    expect(add({ ...track, at: 'added' }).callee.tracks).toHaveLength(1);
    const data = { kind: 'data', at: 'sent', id: 'd', what: 'text', label: 'a', size: 1, done: 1 };
    expect(add(data).callee.data).toHaveLength(1);
    expect(add({ kind: 'transceivers', transceivers: [] }).callee.transceivers).toBe(true);
    const channel = { kind: 'channel', label: 'c', id: 1, origin: 'local', state: 'open' };
    expect(add(channel).callee.channel).toBe(true);
    const result = { type: 'answer', sdp: 'v=0' };
    expect(add({ kind: 'return', call: 1, method: 'createAnswer', result }).callee.created).toBe(
      true,
    );
    const end = { type: 'host', protocol: 'udp', address: '', port: 9, priority: 1 };
    const pair = {
      ...{ id: 'a', local: end, remote: end, state: 'waiting', nominated: false },
      ...{ selected: false, priority: null, requestsSent: 0, responsesReceived: 0 },
      ...{ rtt: null, bytesSent: 0, bytesReceived: 0 },
    };
    const other = { ...pair, id: 'b' };
    expect(add({ kind: 'pairs', pairs: [pair] }).callee).toEqual({ ...NOTHING, pairs: [pair] });
    expect(add({ kind: 'pairs', pairs: [other, pair] }).callee.pairs).toEqual([other]);
    const failed = { ...pair, state: 'failed' };
    expect(add({ kind: 'pairs', pairs: [other, failed] }).callee.pairs).toEqual([failed]);
    expect(add({ kind: 'pairs', pairs: [failed] }).callee.pairs).toEqual([]);
    const message = { kind: 'message', id: 'm', type: 'answer', from: 'callee', to: 'caller' };
    expect(add({ ...message, at: 'posted' }).messages).toMatchObject([{ id: 'm', at: 'posted' }]);
    expect(add({ ...message, at: 'delivered' }).messages).toMatchObject([{ at: 'delivered' }]);
    expect(add({ ...message, at: 'in-flight' }).messages).toEqual([]);
    const problem = { code: 'unexpected', error: null };
    expect(add({ kind: 'problem', problem }).troubles).toHaveLength(1);
    expect(add({ kind: 'hang-up' }).ended).toBe(true);
  });
});
