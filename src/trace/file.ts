// A record as a file: JSON, an event a line; and back, with a clear error for what is none.
import * as v from 'valibot';
import { TRACE_VERSION } from './event.ts';
import type { TraceEvent } from './event.ts';
import { MIGRATIONS, migrate } from './migrate.ts';
import type { Migration, RawRecord } from './migrate.ts';
import { eventSchemas, headerSchema } from './schema.ts';
import { Trace, TraceOrderError } from './trace.ts';

/** The longest text that is read, in characters: 64 Mi, some 300,000 events. */
export const MAX_TEXT = 64 * 2 ** 20;

/** What can be wrong with a file, from the outside in. */
export type TraceFileErrorCode =
  'empty' | 'too-large' | 'truncated' | 'not-json' | 'foreign' | 'newer-version' | 'invalid';

/** A text that is no record that this program can read. */
export class TraceFileError extends Error {
  override readonly name = 'TraceFileError';
  readonly code: TraceFileErrorCode;
  /**
   * For `invalid` the first field that is wrong, such as `events[12].side`; for `newer-version` the
   * version; for `not-json` what the JSON parser says; for `too-large` the length; '' for the others.
   */
  readonly detail: string;

  constructor(code: TraceFileErrorCode, detail = '', options?: ErrorOptions) {
    super(detail === '' ? code : `${code}: ${detail}`, options);
    this.code = code;
    this.detail = detail;
  }
}

/** Writes a record. The same record gives the same text; each event is one line of it. */
export function encode(trace: Trace): string {
  const { version, id, startedAt, agent, options, origin } = trace.header;
  const from = origin === undefined ? {} : { origin };
  const header = { peerglass: 'trace', version, id, startedAt, agent, options, ...from };
  const fields = Object.entries(header).map(
    ([name, value]) => `"${name}": ${JSON.stringify(value)},\n`,
  );
  const lines = trace.events.map(line).join(',\n');
  return `{\n${fields.join('')}"events": [\n${lines}\n]\n}\n`;
}

/** What all events have comes first, so that the lines can be read down. */
function line({ n, t, step, side, cause, kind, ...rest }: TraceEvent): string {
  return JSON.stringify({ n, t, step, side, cause, kind, ...rest });
}

/**
 * Reads a record. Fields that it does not know are left out.
 * @param text a file's text; anything is safe
 * @param migrations those there are, by the version they take
 * @throws {TraceFileError} for every text that is not a record of this or an older version, and nothing else
 */
export function decode(
  text: string,
  migrations: ReadonlyMap<number, Migration> = MIGRATIONS,
): Trace {
  if (text.length > MAX_TEXT) throw new TraceFileError('too-large', String(text.length));
  const trimmed = text.trim();
  if (trimmed === '') throw new TraceFileError('empty');
  const file = parse(trimmed);
  if (!isRecord(file) || file['peerglass'] !== 'trace') throw new TraceFileError('foreign');
  const record = atThisVersion(file, migrations);
  const trace = new Trace(check(headerSchema, record, ''));
  const { events } = record;
  if (!Array.isArray(events)) throw new TraceFileError('invalid', 'events');
  for (const [index, event] of events.entries()) append(trace, event, `events[${index}]`);
  return trace;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (beginsLikeOurs(text) && endsEarly(text))
      throw new TraceFileError('truncated', '', { cause });
    throw new TraceFileError('not-json', cause instanceof Error ? cause.message : '', { cause });
  }
}

/** The magic field comes first in what `encode` writes; a text may be cut even before its end. */
function beginsLikeOurs(text: string): boolean {
  const [begin, magic] = ['{"peerglass":"trace"', text.slice(0, 100).replace(/\s/g, '')];
  return magic.startsWith(begin) || begin.startsWith(magic);
}

/** True when brackets or a string are still open at the end, and none before it was closed wrongly. */
function endsEarly(text: string): boolean {
  const open: string[] = [];
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (inString) {
      if (char === '\\') at += 1;
      else if (char === '"') inString = false;
      // A string has no line break: what is broken here is not the end.
      else if (char === '\n') return false;
    } else if (char === '"') inString = true;
    else if (char === '{') open.push('}');
    else if (char === '[') open.push(']');
    else if ((char === '}' || char === ']') && open.pop() !== char) return false;
  }
  return open.length > 0;
}

function atThisVersion(file: RawRecord, migrations: ReadonlyMap<number, Migration>): RawRecord {
  const { version } = file;
  if (typeof version !== 'number' || !Number.isSafeInteger(version)) {
    throw new TraceFileError('invalid', 'version');
  }
  if (version > TRACE_VERSION) throw new TraceFileError('newer-version', String(version));
  let record: RawRecord | null;
  try {
    record = migrate(file, version, migrations);
  } catch (cause) {
    // An old file that is not as its version had it. Which field that is, its migration does not say.
    throw new TraceFileError('invalid', '', { cause });
  }
  if (record === null) throw new TraceFileError('invalid', 'version');
  return record;
}

function append(trace: Trace, raw: unknown, path: string): void {
  if (!isRecord(raw)) throw new TraceFileError('invalid', path);
  const { kind } = raw;
  if (!isKind(kind)) throw new TraceFileError('invalid', `${path}.kind`);
  const event = check<TraceEvent>(eventSchemas[kind], raw, path);
  try {
    trace.append(event);
  } catch (error) {
    if (!(error instanceof TraceOrderError)) throw error;
    throw new TraceFileError('invalid', `${path}.${error.field}`, { cause: error });
  }
}

function isKind(kind: unknown): kind is TraceEvent['kind'] {
  return typeof kind === 'string' && Object.hasOwn(eventSchemas, kind);
}

function check<T>(schema: v.GenericSchema<unknown, T>, value: unknown, path: string): T {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const keys = result.issues[0].path?.map(({ key }) => key) ?? [];
  const at = keys.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  throw new TraceFileError('invalid', `${path}${at}`.replace(/^\./, ''));
}

function isRecord(value: unknown): value is RawRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
