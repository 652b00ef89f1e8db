// Dumps of rtcstats, an event a line, and Jitsi's older form of them, which has no header.
import type { Json } from '../trace/event.ts';
import { Descriptions, Reports } from './deltas.ts';
import type { Dump, DumpEntry, MediaRequest, Progress } from './dump.ts';
import { field, textField, tryJson, wordOf } from './json.ts';
import type { Notes } from './notes.ts';
import { methodOf } from './rtcstats-names.ts';

/** The first line of such a dump. */
export const RTCSTATS_MAGIC = 'RTCStatsDump';

/** Whether a line is an event: a method, a connection or none, and more. */
export function isEventLine(line: string): boolean {
  if (!line.startsWith('[')) return false;
  const value = tryJson(line);
  return Array.isArray(value) && value.length >= 3 && isMethod(value[0]) && isId(value[1]);
}

const isMethod = (value: unknown) => typeof value === 'string' || typeof value === 'number';
const isId = (value: unknown) => value === null || typeof value === 'string';

/** A time this large is one since the epoch; a smaller is the difference to the line before. */
const EPOCH = 1e11;

interface Reading {
  readonly entries: DumpEntry[];
  readonly reports: Reports;
  readonly descriptions: Descriptions;
  configuration: Json;
}

/** Reads such a dump. A line that is none is counted and passed over. */
export function readRtcstats(text: string, notes: Notes, progress?: Progress): Dump {
  const format = text.startsWith(RTCSTATS_MAGIC) ? 'rtcstats' : 'jitsi';
  const connections = new Map<string, Reading>();
  const page: DumpEntry[] = [];
  let [agent, last, first, lines] = ['', 0, 0, 0];
  for (const [line, end] of linesOf(text)) {
    lines += 1;
    if (lines % 1000 === 0) progress?.(end / text.length);
    if (line === '' || (format === 'rtcstats' && lines === 1)) continue;
    const value = tryJson(line);
    if (format === 'rtcstats' && lines === 2) {
      agent = textField(value, 'userAgent');
      page.push({ time: 0, method: 'header', value: value ?? line });
      continue;
    }
    if (!Array.isArray(value)) {
      notes.add('line-skipped');
      continue;
    }
    const [raw, id, payload = null, ...extra] = value as readonly Json[];
    const stamp = extra.at(-1);
    if (typeof stamp === 'number' && Number.isFinite(stamp)) {
      last = Math.abs(stamp) > EPOCH ? stamp : last + stamp;
    }
    if (first === 0) first = last;
    const method = spelled(methodOf(wordOf(raw)));
    if (method === 'connectionInfo' && agent === '') agent = textField(payload, 'userAgent');
    if (typeof id !== 'string') {
      page.push({ time: last, method, value: payload });
      continue;
    }
    const reading = connections.get(id) ?? begin();
    connections.set(id, reading);
    if (method === 'getStats') reading.reports.add(payload, last);
    else {
      if (method === 'create') reading.configuration = payload;
      const whole = reading.descriptions.whole(method, bare(payload), notes);
      reading.entries.push({ time: last, method, value: whole });
    }
  }
  const { requests, others } = requestsOf(page);
  return {
    format,
    agent,
    startedAt: first,
    connections: [...connections].map(([id, { entries, reports, configuration }]) => ({
      id,
      url: '',
      configuration,
      entries: entries.sort((a, b) => a.time - b.time),
      stats: reports.columns.objects,
    })),
    requests,
    others,
    notes: notes.list,
  };
}

function begin(): Reading {
  return {
    entries: [],
    reports: new Reports(),
    descriptions: new Descriptions(),
    configuration: null,
  };
}

/** Without cutting all of a long text at once. */
function* linesOf(text: string): Generator<readonly [line: string, end: number]> {
  for (let from = 0; from < text.length;) {
    const found = text.indexOf('\n', from);
    const end = found < 0 ? text.length : found;
    yield [text.slice(from, end).trim(), end];
    from = end + 1;
  }
}

/** Jitsi's older form writes it in lower case. */
function spelled(method: string): string {
  return method === 'getstats' ? 'getStats' : method;
}

/** Chromium writes a state as JSON in a string. */
function bare(value: Json): Json {
  if (typeof value !== 'string' || !/^["{[]/.test(value)) return value;
  return tryJson(value) ?? value;
}

const MEDIA = /^navigator\.mediaDevices\.(getUserMedia|getDisplayMedia)(OnSuccess|OnFailure)?$/;

/** Puts requests for media and their answers together; the answer to a request is the next of its kind. */
function requestsOf(page: readonly DumpEntry[]): {
  readonly requests: readonly MediaRequest[];
  readonly others: readonly DumpEntry[];
} {
  const requests: MediaRequest[] = [];
  const others: DumpEntry[] = [];
  // By method: where the first request without an answer is, at the earliest.
  const waiting = new Map<string, number>();
  for (const entry of page) {
    const { time, value } = entry;
    const [, method, end] = MEDIA.exec(entry.method) ?? [];
    if (method === undefined) {
      others.push(entry);
    } else if (end === undefined) {
      const [audio, video] = [field(value, 'audio') ?? false, field(value, 'video') ?? false];
      requests.push({ time, method, audio, video, answer: null });
    } else {
      let at = waiting.get(method) ?? 0;
      while (at < requests.length && requests[at]?.method !== method) at += 1;
      waiting.set(method, at + 1);
      const asked = requests[at];
      if (asked === undefined) {
        others.push(entry);
        continue;
      }
      const why = typeof value === 'string' ? value : JSON.stringify(value);
      const error = end === 'OnFailure' ? why : null;
      const tracks = error === null ? tracksOf(value) : [];
      requests[at] = { ...asked, answer: { time, error, tracks } };
    }
  }
  return { requests, others };
}

/** Newer versions list `[kind, id, label]`; older have a stream with tracks. */
function tracksOf(
  value: Json,
): { readonly media: string; readonly id: string; readonly label: string }[] {
  const list = Array.isArray(value) ? (value as readonly Json[]) : field(value, 'tracks');
  if (!Array.isArray(list)) return [];
  return (list as readonly Json[]).map((track) => {
    if (!Array.isArray(track))
      return {
        media: textField(track, 'kind'),
        id: textField(track, 'id'),
        label: textField(track, 'label'),
      };
    const [media = '', id = '', label = ''] = (track as readonly Json[]).map(String);
    return { media, id, label };
  });
}
