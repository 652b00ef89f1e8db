// Files: what is written is read again, and nothing that is not a record gets past the door.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TRACE_VERSION } from '../../../src/trace/event.ts';
import { decode, encode, MAX_TEXT, TraceFileError } from '../../../src/trace/file.ts';
import type { TraceFileErrorCode } from '../../../src/trace/file.ts';
import { migrate, MIGRATIONS } from '../../../src/trace/migrate.ts';
import type { Migration, RawRecord } from '../../../src/trace/migrate.ts';
import { frameAt } from '../../../src/trace/trace.ts';
import { longTrace } from '../../fixtures/long-trace.ts';
import { randomTrace } from '../../fixtures/random-trace.ts';

const GOOD = encode(longTrace(1, 250));

/** What decode throws; fails when it throws nothing. */
function errorOf(text: string, ...rest: readonly Parameters<typeof decode>[1][]): TraceFileError {
  try {
    decode(text, ...rest);
  } catch (error) {
    if (error instanceof TraceFileError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** The good file with something else in it. */
function changed(
  change: (file: Record<string, unknown> & { events: Record<string, unknown>[] }) => void,
) {
  const file = JSON.parse(GOOD) as Record<string, unknown> & { events: Record<string, unknown>[] };
  change(file);
  return JSON.stringify(file);
}

const set = (n: number, fields: object) =>
  changed(({ events }) => void Object.assign(events[n - 1] ?? {}, fields));

/** Replaces event n by another of some kind. */
const put = (n: number, fields: object) =>
  changed(({ events }) => {
    const { t, step, cause, side } = events[n - 1] ?? {};
    events[n - 1] = { n, t, step, cause, side, ...fields };
  });

describe('writing and reading', () => {
  test('what is written is read again', () => {
    fc.assert(
      fc.property(randomTrace(60), (trace) => {
        const text = encode(trace);
        const read = decode(text);
        expect(read.header).toEqual(trace.header);
        expect(read.events).toEqual(trace.events);
        expect(read.ends).toEqual(trace.ends);
        expect(encode(trace)).toBe(text);
        expect(frameAt(read, read.length)).toEqual(frameAt(trace, trace.length));
      }),
    );
  });

  test('each event is one line, its number first', () => {
    const trace = longTrace(1, 250);
    const lines = GOOD.split('\n').filter((line) => line.startsWith('{"n":'));
    expect(lines).toHaveLength(trace.length);
    expect(lines[6]).toMatch(/^\{"n":7,"t":[\d.]+,"step":"/);
    expect(GOOD.startsWith('{\n"peerglass": "trace",\n"version": 3,\n')).toBe(true);
    expect(GOOD.endsWith('\n]\n}\n')).toBe(true);
  });

  test('layout does not matter, nor a byte order mark', () => {
    const events = decode(GOOD).events;
    expect(decode(`\uFEFF${GOOD}`).events).toEqual(events);
    expect(decode(JSON.stringify(JSON.parse(GOOD), null, 2)).events).toEqual(events);
  });

  test('fields that are not known are left out', () => {
    const [first] = decode(set(1, { extra: 1 })).events;
    expect(first).not.toHaveProperty('extra');
    const polluted = GOOD.replace('"events"', '"__proto__": {"polluted": true},\n"events"');
    expect(decode(polluted).header).not.toHaveProperty('polluted');
    expect({}).not.toHaveProperty('polluted');
  });

  test('a name such as __proto__ in what a call was given is text like any other', () => {
    const args = JSON.parse('[{"__proto__":{"a":1},"constructor":2}]') as unknown;
    const call = { kind: 'call', on: 'Peerglass', method: 'm', args };
    const trace = decode(put(9, call));
    expect(JSON.stringify(trace.events[8])).toContain('[{"__proto__":{"a":1},"constructor":2}]');
    expect(decode(encode(trace)).events).toEqual(trace.events);
  });
});

describe('errors', () => {
  test.each<[TraceFileErrorCode, string, string]>([
    ['empty', '', ''],
    ['empty', ' \n\t', ''],
    ['truncated', GOOD.trimEnd().slice(0, -1), ''],
    ['truncated', GOOD.slice(0, GOOD.length / 2), ''],
    ['truncated', GOOD.slice(0, 30), ''],
    ['truncated', '{"peer', ''],
    ['truncated', JSON.stringify(JSON.parse(GOOD)).slice(0, -9), ''],
    ['foreign', '{}', ''],
    ['foreign', '[]', ''],
    ['foreign', 'null', ''],
    ['foreign', '"trace"', ''],
    ['foreign', '{"peerglass":"signal","version":1}', ''],
    ['newer-version', changed((file) => (file['version'] = 4)), '4'],
    ['newer-version', '{"peerglass":"trace","version":99,"shape":"unknown"}', '99'],
    ['invalid', '{"peerglass":"trace"}', 'version'],
    ['invalid', changed((file) => (file['version'] = '1')), 'version'],
    ['invalid', changed((file) => (file['version'] = 0.5)), 'version'],
    ['invalid', changed((file) => (file['version'] = 0)), 'version'],
    ['invalid', changed((file) => (file['startedAt'] = 'yesterday')), 'startedAt'],
    ['invalid', changed((file) => delete file['options']), 'options'],
    ['invalid', changed((file) => (file['options'] = { media: 'x' })), 'options.peers'],
    ['invalid', changed((file) => Object.assign(file, { events: {} })), 'events'],
    ['invalid', changed(({ events }) => Object.assign(events, [7])), 'events[0]'],
    ['invalid', set(13, { kind: 'nonsense' }), 'events[12].kind'],
    ['invalid', set(13, { kind: 'toString' }), 'events[12].kind'],
    ['invalid', set(13, { side: 'somebody' }), 'events[12].side'],
    ['invalid', set(13, { n: 14 }), 'events[12].n'],
    ['invalid', set(13, { t: -1 }), 'events[12].t'],
    ['invalid', set(13, { t: 0 }), 'events[12].t'],
    ['invalid', set(13, { step: null }), 'events[12].step'],
    ['invalid', set(200, { step: 'add-tracks' }), 'events[199].step'],
    ['invalid', set(13, { cause: 13 }), 'events[12].cause'],
    ['invalid', changed(({ events }) => delete events[12]?.['cause']), 'events[12].cause'],
    ['invalid', put(9, { kind: 'call', on: 'Peerglass', method: 'm' }), 'events[8].args'],
    ['invalid', put(9, { kind: 'return', call: 1, method: 'm' }), 'events[8].result'],
    [
      'invalid',
      put(9, { kind: 'transceivers', transceivers: [{ mid: '0', media: 'smell' }] }),
      'events[8].transceivers[0].media',
    ],
    ['invalid', put(9, { kind: 'pairs', pairs: {} }), 'events[8].pairs'],
    ['invalid', put(9, { kind: 'pairs', pairs: [{ id: 'a' }] }), 'events[8].pairs[0].local'],
    [
      'invalid',
      put(9, { kind: 'problem', problem: { code: 'odd', error: null } }),
      'events[8].problem.code',
    ],
  ])('%s: %#', (code, text, detail) => {
    expect(errorOf(text)).toMatchObject({ name: 'TraceFileError', code, detail });
  });

  test.each([
    'hello',
    '{"peerglass": "trace", nonsense}',
    `${GOOD}}`,
    // A quote is lost in the middle: the end is there.
    GOOD.replace('"kind":"call"', '"kind":"call'),
    // Cut, but not ours.
    '{"name": "package", "version": ',
  ])('not-json: %#', (text) => {
    const { code, detail, cause } = errorOf(text);
    expect(code).toBe('not-json');
    expect(detail).toBe(cause instanceof SyntaxError ? cause.message : null);
  });

  test('a text above the limit is not even looked at', () => {
    expect(errorOf(' '.repeat(MAX_TEXT)).code).toBe('empty');
    const error = errorOf(' '.repeat(MAX_TEXT + 1));
    expect(error).toMatchObject({ code: 'too-large', detail: String(2 ** 26 + 1) });
  });

  test('nesting has a limit, and no stack runs over', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const n = decode(GOOD).events.findIndex(({ kind }) => kind === 'return');
    const text = GOOD.replace(/"result":null/, `"result":${deep}`);
    expect(errorOf(text)).toMatchObject({ code: 'invalid', detail: `events[${n}].result` });
    expect(errorOf(deep).code).toBe('foreign');
  });

  /** Is content with a text that is read and with one that is refused as it should be. */
  const survives = (text: string) => {
    try {
      encode(decode(text));
    } catch (error) {
      expect(error).toBeInstanceOf(TraceFileError);
    }
  };

  test('anything at all is a record or a TraceFileError', () => {
    const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => new TextDecoder().decode(array));
    const any = fc.oneof(bytes, fc.json(), fc.string({ unit: 'binary' }));
    fc.assert(fc.property(any, survives));
  });

  test('a file that is cut anywhere is truncated', () => {
    const whole = GOOD.trimEnd().length;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: whole - 1 }), (length) => {
        expect(errorOf(GOOD.slice(0, length)).code).toBe('truncated');
      }),
      { numRuns: 300 },
    );
  });

  test('a file with other characters, or another value anywhere, is a record or a TraceFileError', () => {
    const short = encode(longTrace(2, 200));
    const edit = fc.record({
      at: fc.nat(),
      drop: fc.nat({ max: 5 }),
      insert: fc.string({ maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        let text = short;
        for (const { at, drop, insert } of edits) {
          const from = at % text.length;
          text = text.slice(0, from) + insert + text.slice(from + drop);
        }
        survives(text);
      }),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(randomTrace(20), fc.nat(), fc.jsonValue(), (trace, which, value) => {
        const file = JSON.parse(encode(trace)) as object;
        const places = placesIn(file);
        const [holder, key] = places[which % places.length] ?? [file, 'version'];
        Object.assign(holder, { [key]: value });
        survives(JSON.stringify(file));
      }),
      { numRuns: 500 },
    );
  });
});

/** Every field of every object and every element in a JSON value. */
function placesIn(holder: object): [object, string][] {
  return Object.entries(holder).flatMap(([key, value]: [string, unknown]) => [
    [holder, key] as [object, string],
    ...(typeof value === 'object' && value !== null ? placesIn(value) : []),
  ]);
}

describe('versions', () => {
  const old = changed((file) => {
    file['version'] = -1;
    file['browser'] = file['agent'];
    delete file['agent'];
  });
  const migrations = new Map<number, Migration>([
    [-1, ({ browser, ...rest }) => ({ ...rest, name: browser })],
    [0, ({ name, ...rest }) => ({ ...rest, agent: name })],
    ...MIGRATIONS,
  ]);

  test('an old file goes through each version in turn', () => {
    expect(decode(old, migrations).events).toEqual(decode(GOOD).events);
    expect(decode(old, migrations).header).toEqual(decode(GOOD).header);
  });

  test('without a way from its version it is refused', () => {
    expect(errorOf(old)).toMatchObject({ code: 'invalid', detail: 'version' });
    migrations.delete(0);
    expect(errorOf(old, migrations)).toMatchObject({ code: 'invalid', detail: 'version' });
  });

  test('what a migration throws, or leaves wrong, is a bad file', () => {
    const failing = new Map<number, Migration>([[-1, () => JSON.parse('{') as RawRecord]]);
    expect(errorOf(old, failing)).toMatchObject({ code: 'invalid', detail: '' });
    const idle = new Map<number, Migration>([
      [-1, (record) => record],
      [0, (record) => record],
      ...MIGRATIONS,
    ]);
    expect(errorOf(old, idle)).toMatchObject({ code: 'invalid', detail: 'agent' });
  });

  test('a record of version 1 opens, and has no pairs to tell of', () => {
    const first = decode(changed((file) => (file['version'] = 1)));
    expect(first.header.version).toBe(TRACE_VERSION);
    expect(first.events).toEqual(decode(GOOD).events);
    expect(frameAt(first, first.length).caller.pairs).toBeNull();
  });

  test('there is a way from each version that was, and none is run on this one', () => {
    expect([...MIGRATIONS.keys()]).toEqual(
      Array.from({ length: TRACE_VERSION - 1 }, (_, k) => k + 1),
    );
    expect(migrate({ a: 1 }, TRACE_VERSION)).toEqual({ a: 1, version: TRACE_VERSION });
  });
});
