// The recorder's rules: numbers, time, steps, what opens a step early, and who is told.
import { beforeEach, describe, expect, test } from 'vitest';
import type { EventBody, TraceEvent } from '../../../src/trace/event.ts';
import { Recorder } from '../../../src/trace/recorder.ts';
import { frameAt, Trace, TraceOrderError } from '../../../src/trace/trace.ts';
import { HEADER } from '../../fixtures/long-trace.ts';

let trace: Trace;
let recorder: Recorder;
let clock: number;

beforeEach(() => {
  clock = 1000;
  trace = new Trace(HEADER);
  recorder = new Recorder(trace, () => clock);
});

const hangUp: EventBody = { kind: 'hang-up', side: 'caller' };
const gathering = (side: 'caller' | 'callee'): EventBody => ({
  ...{ kind: 'state', side, machine: 'iceGatheringState', from: 'new', to: 'gathering' },
});
const found: EventBody = { kind: 'candidate', side: 'caller', at: 'found', candidate: null };
const candidateError: EventBody = {
  ...{ kind: 'candidate-error', side: 'caller', url: 'stun:a', errorCode: 701, errorText: '' },
  ...{ address: null, port: null },
};

/** What kind of step a number stands for; 'none' before the first. */
const stepAt = (number: number) => trace.step(number)?.kind ?? 'none';

/** The record in short. */
const log = () =>
  trace.events.map((event) =>
    event.kind === 'step' ? `${event.at} ${event.of}` : `${event.kind} in ${stepAt(event.step)}`,
  );

describe('numbers, times and places', () => {
  test('an event has the next number, the time since the start, the step at hand and its cause', () => {
    expect(recorder.write(hangUp)).toBe(1);
    clock = 1002.50004;
    expect(recorder.begin('capture-caller')).toBe(2);
    expect(recorder.write(hangUp, 1)).toBe(3);
    expect(trace.events.map(({ n, t, step, cause }) => [n, t, step, cause])).toEqual([
      [1, 0, 0, null],
      [2, 2.5, 1, null],
      [3, 2.5, 1, 1],
    ]);
  });

  test('time never goes back, though the clock may', () => {
    for (const now of [1005, 1003, 990, 1006]) {
      clock = now;
      recorder.write(hangUp);
    }
    expect(trace.events.map(({ t }) => t)).toEqual([5, 5, 5, 6]);
  });

  test('a record goes on where it ended', () => {
    clock = 1100;
    recorder.write(hangUp);
    clock = 5;
    recorder = new Recorder(trace, () => clock);
    clock = 7;
    recorder.write(hangUp);
    expect(trace.events.map(({ t }) => t)).toEqual([100, 102]);
  });

  test('a cause that is not there yet is refused', () => {
    expect(() => recorder.write(hangUp, 1)).toThrow(TraceOrderError);
    expect(trace.length).toBe(0);
  });
});

describe('steps', () => {
  test('a step is on the side that acts; the last is on both', () => {
    recorder.begin('capture-callee');
    recorder.done('capture-callee');
    recorder.begin('connect');
    expect(trace.events.map(({ side }) => side)).toEqual(['callee', 'callee', null]);
  });

  test('one that failed begins again', () => {
    const problem = { code: 'camera-denied', error: null } as const;
    recorder.begin('capture-caller');
    recorder.fail('capture-caller', problem);
    expect(frameAt(trace, 2)).toMatchObject({ progress: 'failed', problem });
    recorder.begin('capture-caller');
    recorder.done('capture-caller');
    expect(log()).toEqual(['begin', 'failed', 'begin', 'done'].map((at) => `${at} capture-caller`));
  });

  test('what cannot be is refused, and nothing is written', () => {
    const refused = (call: () => void) => {
      const { length } = trace;
      expect(call).toThrow(TraceOrderError);
      expect(trace.length).toBe(length);
    };
    refused(() => recorder.done('add-tracks'));
    recorder.begin('add-tracks');
    refused(() => recorder.begin('add-tracks'));
    refused(() => recorder.begin('capture-caller'));
    refused(() => recorder.done('create-offer'));
    recorder.done('add-tracks');
    refused(() => recorder.begin('add-tracks'));
    refused(() => recorder.fail('add-tracks', { code: 'unexpected', error: null }));
  });
});

describe('ICE does not wait', () => {
  const upToStep4 = () => {
    recorder.begin('set-local-offer');
    recorder.done('set-local-offer');
  };

  test.each([found, candidateError, gathering('caller')])(
    '$kind of the caller opens step 5',
    (body) => {
      upToStep4();
      expect(recorder.write(body)).toBe(4);
      expect(log().slice(2)).toEqual([
        'begin gather-candidates',
        `${body.kind} in gather-candidates`,
      ]);
      expect(trace.events[2]).toMatchObject({ side: 'caller', cause: null });
    },
  );

  test('it begins once: being asked for later writes nothing', () => {
    upToStep4();
    recorder.write(gathering('caller'));
    recorder.write(found);
    expect(recorder.begin('gather-candidates')).toBe(3);
    recorder.write(found);
    recorder.done('gather-candidates');
    recorder.write(found);
    expect(log().slice(2)).toEqual([
      'begin gather-candidates',
      'state in gather-candidates',
      'candidate in gather-candidates',
      'candidate in gather-candidates',
      'done gather-candidates',
      'candidate in gather-candidates',
    ]);
    expect(() => recorder.begin('gather-candidates')).toThrow(TraceOrderError);
  });

  test('nothing else opens it, nor anything before step 4 is done', () => {
    recorder.begin('set-local-offer');
    recorder.write(found);
    recorder.done('set-local-offer');
    recorder.write(gathering('callee'));
    recorder.write(hangUp);
    const state = { kind: 'state', side: 'caller', from: null, to: 'new' } as const;
    recorder.write({ ...state, machine: 'iceConnectionState' });
    expect(trace.events.map(({ step }) => stepAt(step))).toEqual(Array(6).fill('set-local-offer'));
    recorder.begin('gather-candidates');
    expect(log().at(-1)).toBe('begin gather-candidates');
  });

  test('one that opened early and failed begins anew', () => {
    upToStep4();
    recorder.write(found);
    recorder.fail('gather-candidates', { code: 'ice-failed', error: null });
    expect(recorder.begin('gather-candidates')).toBe(6);
  });
});

describe('listeners', () => {
  test('are told of each event, in order, until they stop', () => {
    const heard: number[] = [];
    const stop = recorder.subscribe(({ n }) => heard.push(n));
    recorder.write(hangUp);
    recorder.begin('capture-caller');
    stop();
    recorder.write(hangUp);
    expect(heard).toEqual([1, 2]);
  });

  test('hear of both when an event opens a step', () => {
    const heard: TraceEvent['kind'][] = [];
    recorder.begin('set-local-offer');
    recorder.done('set-local-offer');
    recorder.subscribe(({ kind }) => {
      heard.push(kind);
      if (kind === 'step') recorder.write(hangUp);
    });
    recorder.write(found);
    // What a listener writes comes after the event, not between it and the step that it opens.
    expect(heard).toEqual(['step', 'candidate', 'hang-up']);
  });

  test('hear in order even when one of them writes', () => {
    const [first, second]: [number[], number[]] = [[], []];
    recorder.subscribe(({ n }) => {
      first.push(n);
      if (n < 3) recorder.write(hangUp, n);
    });
    recorder.subscribe(({ n }) => second.push(n));
    recorder.write(hangUp);
    expect([first, second]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });
});

test('a record that was closed is complete: whatever still happens is not written, and told to nobody', () => {
  recorder.write(hangUp);
  const heard: TraceEvent[] = [];
  recorder.subscribe((event) => heard.push(event));
  recorder.close();
  expect(recorder.write(hangUp, 1)).toBe(1);
  expect(log()).toEqual(['hang-up in none']);
  expect(heard).toEqual([]);
});
