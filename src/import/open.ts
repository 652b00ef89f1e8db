// Anything that is opened, as bytes: what it is, and what can be read of it. Runs in a worker, and in Node.
import type { Dump, Note, Progress } from './dump.ts';
import { isInternals, readInternals } from './internals.ts';
import { parseCut, tryJson } from './json.ts';
import { MaterialError } from './material-error.ts';
import { Notes } from './notes.ts';
import { isEventLine, readRtcstats, RTCSTATS_MAGIC } from './rtcstats.ts';

/** The most bytes that are read, also after they are unpacked. */
export const MAX_BYTES = 100 * 2 ** 20;

/** What was opened. A text is all that is no dump and no recording of this program. */
export type Material =
  | { readonly kind: 'dump'; readonly dump: Dump; readonly notes: readonly Note[] }
  | {
      readonly kind: 'recording' | 'text';
      readonly text: string;
      readonly notes: readonly Note[];
    };

/**
 * Finds out what bytes are, and reads them.
 * @throws {MaterialError} where nothing can be read of them, and nothing else
 */
export async function openMaterial(bytes: Uint8Array, progress?: Progress): Promise<Material> {
  const notes = new Notes();
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (bytes.length > MAX_BYTES) throw new MaterialError('too-large');
  const text = textOf(isPacked ? await unpack(bytes, notes) : bytes);
  return { ...read(text, notes, progress), notes: notes.list };
}

function read(text: string, notes: Notes, progress?: Progress): Material {
  const trimmed = text.trimStart();
  if (trimmed === '') throw new MaterialError('empty');
  const list = () => notes.list;
  const begin = trimmed.slice(0, 100).replace(/\s/g, '');
  if (begin.startsWith('{"peerglass"')) return { kind: 'recording', text, notes: list() };
  const firstEnd = trimmed.indexOf('\n');
  const first = trimmed.slice(0, firstEnd < 0 ? trimmed.length : firstEnd).trim();
  if (first === RTCSTATS_MAGIC || isEventLine(first)) {
    return { kind: 'dump', dump: readRtcstats(trimmed, notes, progress), notes: list() };
  }
  if (trimmed.startsWith('{') && /"(?:PeerConnections|getUserMedia)"/.test(trimmed)) {
    const whole = tryJson(trimmed);
    const root = whole ?? parseCut(trimmed);
    if (root !== undefined && isInternals(root)) {
      if (whole === undefined) notes.add('json-truncated');
      return { kind: 'dump', dump: readInternals(root, notes, progress), notes: list() };
    }
  }
  return { kind: 'text', text, notes: list() };
}

/** Unpacks gzip as far as it goes. */
async function unpack(bytes: Uint8Array, notes: Notes): Promise<Uint8Array> {
  const source = new Blob([new Uint8Array(bytes)]).stream();
  const reader = source.pipeThrough(new DecompressionStream('gzip')).getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      length += value.length;
      if (length > MAX_BYTES) throw new MaterialError('too-large');
    }
  } catch (cause) {
    await reader.cancel().catch(() => undefined);
    if (cause instanceof MaterialError) throw cause;
    if (length === 0) throw new MaterialError('bad-gzip', { cause });
    notes.add('gzip-truncated');
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** UTF-8, or UTF-16 where its mark says so. */
function textOf(bytes: Uint8Array): string {
  const [a, b] = bytes;
  const encoding =
    a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8';
  const text = new TextDecoder(encoding).decode(bytes);
  if (text.slice(0, 4096).includes('\0')) throw new MaterialError('not-text');
  return text;
}
