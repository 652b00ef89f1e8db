// Files: what is written is read again, and nothing that is not a record gets past the door.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TRACE_VERSION } from '../../../src/trace/event.ts';
import { decode, encode, MAX_TEXT, TraceFileError } from '../../../src/trace/file.ts';
import type { TraceFileErrorCode } from '../../../src/trace/file.ts';
import { migrate, MIGRATIONS } from '../../../src/trace/migrate.ts';
import type { Migration, RawRecord } from '../../../src/trace/migrate.ts';
import { frameAt } from '../../../src/trace/trace.ts';
import { longTrace, VIRTUAL } from '../../fixtures/long-trace.ts';
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
    expect(lines[6]).toMatch(/^\{"n":7,"t":[\d.]+,"step":\d+,/);
    expect(
      GOOD.startsWith(`{\n"peerglass": "trace",\n"version": ${String(TRACE_VERSION)},\n`),
    ).toBe(true);
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
    [
      'newer-version',
      changed((file) => (file['version'] = TRACE_VERSION + 1)),
      String(TRACE_VERSION + 1),
    ],
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
    ['invalid', set(200, { step: 2 }), 'events[199].step'],
    ['invalid', set(13, { step: 'add-tracks' }), 'events[12].step'],
    ['invalid', set(13, { step: 0.5 }), 'events[12].step'],
    ['invalid', set(13, { step: 15 }), 'events[12].step'],
    ['invalid', set(1, { of: 'add-tracks' }), 'events[0].step'],
    ['invalid', set(1, { of: 'A b' }), 'events[0].of'],
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

describe('virtual networks', () => {
  const VIRTUAL_FILE = encode(longTrace(1, 250, VIRTUAL));
  interface RawFile {
    readonly options: Record<string, unknown> & { readonly network: Record<string, unknown> };
    readonly events: Record<string, unknown>[];
  }

  /** Where it first has an event of that kind, and, of a packet, at that place. */
  const indexOf = (kind: string, at: string) =>
    decode(VIRTUAL_FILE).events.findIndex(
      (event) => event.kind === kind && 'at' in event && event.at === at,
    );
  const SENT = indexOf('packet', 'sent');
  const FORWARDED = indexOf('packet', 'forwarded');
  const DROPPED = indexOf('packet', 'dropped');

  const edited = (edit: (file: RawFile) => unknown) => {
    const file = JSON.parse(VIRTUAL_FILE) as RawFile;
    edit(file);
    return JSON.stringify(file);
  };
  const at = (index: number, fields: object) =>
    edited(({ events }) => Object.assign(events[index] ?? {}, fields));
  const end = { address: '10.0.1.5', port: 9 };
  const binding = {
    ...{ id: 1, protocol: 'udp', inside: end, outside: end, mappedFor: null, sentTo: [] },
    ...{ since: 0, until: 1 },
  };
  const through = (change: object) => ({
    translation: { binding: { ...binding, ...change }, created: true, direction: 'out' },
  });

  test('the record is as it was', () => {
    const trace = longTrace(1, 250, VIRTUAL);
    expect([SENT, FORWARDED, DROPPED].every((index) => index > 0)).toBe(true);
    expect(decode(VIRTUAL_FILE).events).toEqual(trace.events);
    expect(decode(VIRTUAL_FILE).header).toEqual(VIRTUAL);
    expect(decode(at(SENT, { size: 65_535, bytes: 'ab'.repeat(65_535) })).length).toBe(
      trace.length,
    );
    expect(decode(at(FORWARDED, through({}))).length).toBe(trace.length);
  });

  test.each<[string, string]>([
    [`events[${SENT}].bytes`, at(SENT, { bytes: 'abc' })],
    [`events[${SENT}].bytes`, at(SENT, { size: 1, bytes: 'AB' })],
    [`events[${SENT}].bytes`, at(SENT, { size: 1, bytes: 'abcd' })],
    [`events[${SENT}].bytes`, at(SENT, { bytes: '0'.repeat(131_072) })],
    [`events[${SENT}].size`, at(SENT, { size: 65_536 })],
    [`events[${SENT}].id`, at(SENT, { id: 0 })],
    [`events[${SENT}].where`, at(SENT, { where: '' })],
    [`events[${SENT}].where`, at(SENT, { where: 'x'.repeat(65) })],
    [`events[${SENT}].protocol`, at(SENT, { protocol: 'sctp' })],
    [`events[${SENT}].flag`, at(SENT, { flag: 'toString' })],
    [`events[${SENT}].source.port`, at(SENT, { source: { ...end, port: 0 } })],
    [`events[${SENT}].source.port`, at(SENT, { source: { ...end, port: 65_536 } })],
    [`events[${SENT}].source.address`, at(SENT, { source: { ...end, address: '' } })],
    [`events[${SENT}].destination`, at(SENT, { destination: null })],
    [`events[${SENT}].at`, at(SENT, { at: 'eaten' })],
    [`events[${DROPPED}].rule`, at(DROPPED, { rule: 'tired' })],
    [`events[${FORWARDED}].translation.binding.id`, at(FORWARDED, through({ id: 0.5 }))],
    [`events[${FORWARDED}].translation.binding.until`, at(FORWARDED, through({ until: null }))],
    [
      `events[${FORWARDED}].translation.binding.sentTo`,
      at(FORWARDED, through({ sentTo: Array.from({ length: 4097 }, () => end) })),
    ],
    [`events[${SENT}].router`, at(SENT, { kind: 'binding', at: 'expired', binding })],
    [`events[${SENT}].description`, at(SENT, { kind: 'network', change: 'reboot', at: 'nat-a' })],
    [`events[${SENT}].change`, at(SENT, { kind: 'network', change: 'flood', at: 'nat-a' })],
    ['options.network', edited(({ options }) => Object.assign(options, { network: null }))],
    ['options.network', edited(({ options }) => Object.assign(options, { peers: 'browser' }))],
    ['options.network', edited(({ options }) => delete (options as { network?: unknown }).network)],
    ['options.network.seed', edited(({ options }) => (options.network['seed'] = 0.5))],
    ['options.network.profile', edited(({ options }) => (options.network['profile'] = 'x'))],
    [
      'options.network.description.segments[0].loss',
      edited(({ options }) => {
        const { segments } = options.network['description'] as { segments: { loss: number }[] };
        segments.forEach((each) => (each.loss = 1.5));
      }),
    ],
    ...(['segments', 'hosts', 'routers'] as const).flatMap((kind) =>
      (['segments', 'hosts', 'routers'] as const).flatMap((other): [string, string][] => {
        // The one that comes later in the file's order has an id that is taken.
        const order = ['segments', 'hosts', 'routers'];
        if (order.indexOf(other) < order.indexOf(kind)) return [];
        const text = edited(({ options }) => {
          const description = options.network['description'] as Record<string, { id: string }[]>;
          const first = description[kind]?.[0];
          if (first !== undefined)
            description[other]?.push({ ...description[other][0], ...{ id: first.id } });
        });
        const count = (VIRTUAL.options.network?.description[other] ?? []).length;
        return [[`options.network.description.${other}[${String(count)}].id`, text]];
      }),
    ),
    [
      'options.network.description.hosts',
      edited(({ options }) => {
        const { hosts } = options.network['description'] as { hosts: unknown[] };
        while (hosts.length <= 256)
          hosts.push({ ...Object(hosts[0]), id: `h${String(hosts.length)}` });
      }),
    ],
  ])('%s: %#', (detail, text) => {
    expect(errorOf(text)).toMatchObject({ code: 'invalid', detail });
  });
});

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

  /** The good file as a program of version 1 or 2 wrote it. */
  const older = (version: number) =>
    changed((file) => {
      file['version'] = version;
      delete (file['options'] as { network?: unknown }).network;
    });

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
    const first = decode(older(1));
    expect(first.header.version).toBe(TRACE_VERSION);
    expect(first.events).toEqual(decode(GOOD).events);
    expect(frameAt(first, first.length).caller.pairs).toBeNull();
  });

  test('a record of version 2 opens as a browser’s call', () => {
    const second = decode(older(2));
    expect(second.header).toEqual(decode(GOOD).header);
    expect(second.header.options).toMatchObject({ peers: 'browser', network: null });
    expect(second.events).toEqual(decode(GOOD).events);
    expect(frameAt(second, second.length).network).toBeNull();
  });

  test.each([null, 7, 'x', [], undefined])(
    'options of version 2 that are %j are named',
    (options) => {
      const text = changed((file) => Object.assign(file, { version: 2, options }));
      expect(errorOf(text).detail).toMatch(/^options/);
    },
  );

  test('there is a way from each version that was, and none is run on this one', () => {
    expect([...MIGRATIONS.keys()]).toEqual(
      Array.from({ length: TRACE_VERSION - 1 }, (_, k) => k + 1),
    );
    expect(migrate({ a: 1 }, TRACE_VERSION)).toEqual({ a: 1, version: TRACE_VERSION });
  });
});
