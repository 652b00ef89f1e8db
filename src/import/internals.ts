// Dumps of chrome://webrtc-internals: one object, most of whose values are JSON in strings. Any version of it.
import type { Json } from '../trace/event.ts';
import { Columns } from './columns.ts';
import type { Dump, DumpConnection, DumpEntry, MediaRequest, Progress } from './dump.ts';
import { field, fieldsOf, isFields, textField, tryJson, wordOf, type Fields } from './json.ts';
import type { Notes } from './notes.ts';

/** Whether an object is such a dump. */
export function isInternals(root: Json): root is Fields {
  return isFields(root) && ('PeerConnections' in root || 'getUserMedia' in root);
}

/** Reads such a dump. Total: what is not as expected is kept as it stands, or left out where it is no entry at all. */
export function readInternals(root: Fields, notes: Notes, progress?: Progress): Dump {
  const found = Object.entries(fieldsOf(field(root, 'PeerConnections')));
  const connections = found.map(([id, value], index) => {
    progress?.(index / found.length);
    return readConnection(id, value, notes);
  });
  const requests = readRequests(field(root, 'getUserMedia'), notes);
  const times = [
    ...connections.flatMap(({ entries }) => entries[0]?.time ?? []),
    ...requests.map(({ time }) => time),
  ].filter((time) => time > 0);
  return {
    format: 'webrtc-internals',
    agent: textField(root, 'UserAgent'),
    startedAt: times.length === 0 ? 0 : times.reduce((a, b) => Math.min(a, b)),
    connections,
    requests,
    others: Object.entries(root)
      .filter(([name]) => !KNOWN.has(name))
      .map(([method, value]) => ({ time: 0, method, value })),
    notes: notes.list,
  };
}

const KNOWN: ReadonlySet<string> = new Set(['PeerConnections', 'getUserMedia', 'UserAgent']);

function readConnection(id: string, value: Json, notes: Notes): DumpConnection {
  const log = field(value, 'updateLog');
  const entries: DumpEntry[] = [];
  for (const raw of Array.isArray(log) ? (log as readonly Json[]) : []) {
    const method = textField(raw, 'type');
    if (method === '') {
      notes.add('line-skipped');
      continue;
    }
    const time = timeOf(raw, notes) ?? entries.at(-1)?.time ?? 0;
    const named = NAMES.get(method) ?? method;
    entries.push({ time, method: named, value: valueOf(field(raw, 'value') ?? null) });
  }
  // Sorting is stable: what happened in the same moment stays in the order of the log.
  entries.sort((a, b) => a.time - b.time);
  return {
    id,
    url: textField(value, 'url'),
    configuration: valueOf(field(value, 'rtcConfiguration') ?? null),
    entries,
    stats: readStats(fieldsOf(field(value, 'stats')), notes),
  };
}

/** Older versions leave out the `on` of an event's name. */
const NAMES = new Map([
  ...[
    'icecandidate',
    'icecandidateerror',
    'signalingstatechange',
    'iceconnectionstatechange',
    'connectionstatechange',
    'icegatheringstatechange',
    'negotiationneeded',
    'datachannel',
    'track',
  ].map((name) => [name, `on${name}`] as const),
  ['negotiationNeeded', 'onnegotiationneeded'],
  ['stop', 'close'],
]);

function timeOf(raw: Json, notes: Notes): number | null {
  const stamp = Number(field(raw, 'timestamp') ?? NaN);
  if (Number.isFinite(stamp)) return stamp;
  const local = textField(raw, 'time');
  if (local === '') return null;
  notes.add('local-times');
  const time = Date.parse(local);
  return Number.isFinite(time) ? time : null;
}

/** A value as JSON, whether the dump has it so, as JSON in a string, or in the words of older versions. */
function valueOf(value: Json): Json {
  if (typeof value !== 'string') return value;
  if (/^\s*[[{"]/.test(value)) return tryJson(value) ?? value;
  const description = /^type: (offer|answer|pranswer|rollback), sdp: ([^]*)$/.exec(value);
  if (description !== null) return { type: description[1] ?? '', sdp: description[2] ?? '' };
  const candidate = /\bcandidate: ((?:candidate:)?[^,]*)/.exec(value);
  if (candidate === null || !/\bsdpM(?:id|LineIndex): /.test(value)) return value;
  const index = /\bsdpMLineIndex: (\d+)/.exec(value)?.[1];
  return {
    candidate: (candidate[1] ?? '').trim(),
    sdpMid: /\bsdpMid: ([^,]*)/.exec(value)?.[1]?.trim() ?? null,
    sdpMLineIndex: index === undefined ? null : Number(index),
  };
}

function readStats(stats: Fields, notes: Notes): DumpConnection['stats'] {
  const columns = new Columns();
  const clocks = new Map<string, number[]>();
  for (const [name, raw] of Object.entries(stats)) {
    if (!name.endsWith('-timestamp')) continue;
    clocks.set(name.slice(0, -'-timestamp'.length), valuesOf(raw).map(Number));
  }
  for (const [name, raw] of Object.entries(stats)) {
    // A computed value has a name in brackets, in which there may be hyphens.
    const cut = name.includes('-[') ? name.indexOf('-[') : name.lastIndexOf('-');
    const [id, property] = [name.slice(0, cut), name.slice(cut + 1)];
    if (cut < 0 || property === 'timestamp') continue;
    const values = valuesOf(raw);
    const clock = clocks.get(id);
    if (clock === undefined) notes.add('no-stats-times');
    const isSame = clock?.length === values.length;
    if (clock !== undefined && !isSame) notes.add('times-aligned');
    const times = clock === undefined ? spread(raw, values.length) : aligned(clock, values.length);
    columns.type(id, textField(raw, 'statsType'));
    columns.set(id, property, times, values.slice(values.length - times.length), isSame);
  }
  return columns.objects;
}

function valuesOf(raw: Json): Json[] {
  const values = field(raw, 'values');
  const list = typeof values === 'string' ? tryJson(values) : values;
  return Array.isArray(list) ? [...(list as readonly Json[])] : [];
}

/** Series of different length end together. */
function aligned(clock: number[], length: number): number[] {
  return clock.length === length ? clock : clock.slice(Math.max(0, clock.length - length));
}

/** Versions before 117 have no times: the values are spread evenly between the first and the last. */
function spread(raw: Json, length: number): number[] {
  const [from, to] = [
    Date.parse(textField(raw, 'startTime')),
    Date.parse(textField(raw, 'endTime')),
  ];
  if (!Number.isFinite(from) || !Number.isFinite(to)) return [];
  return Array.from({ length }, (_, at) => from + ((to - from) * at) / Math.max(1, length - 1));
}

function readRequests(list: Json | undefined, notes: Notes): readonly MediaRequest[] {
  const requests = new Map<string, MediaRequest>();
  for (const raw of Array.isArray(list) ? (list as readonly Json[]) : []) {
    const time = timeOf(raw, notes) ?? 0;
    const key = ['rid', 'pid', 'request_id'].map((name) => wordOf(field(raw, name))).join(' ');
    const known = requests.get(key);
    const error = field(raw, 'error');
    const tracks = (['audio', 'video'] as const).flatMap((media) => {
      const info = field(raw, `${media}_track_info`);
      const track = typeof info === 'string' ? tryJson(info) : info;
      const [id, label] = [textField(track, 'id'), textField(track, 'label')];
      return id === '' ? [] : [{ media, id, label }];
    });
    const isAnswer = error !== undefined || field(raw, 'stream_id') !== undefined;
    if (!isAnswer || known === undefined) {
      const wish = (name: string) => {
        const wished = field(raw, name);
        return wished === undefined ? false : wished === '' ? true : valueOf(wished);
      };
      const method = textField(raw, 'request_type') || 'getUserMedia';
      requests.set(key, { time, method, audio: wish('audio'), video: wish('video'), answer: null });
    }
    const request = requests.get(key);
    if (!isAnswer || request === undefined) continue;
    const why =
      typeof error === 'string' ? error : error === undefined ? null : JSON.stringify(error);
    requests.set(key, { ...request, answer: { time, error: why, tracks } });
  }
  return [...requests.values()];
}
