// Payload types and extension ids that an offer may use once some are agreed on: in a bundle each means one thing (RFC 9143 §9.1, §9.4).
import type { Remote } from './apply.ts';
import { EXTENSIONS, OFFERED } from './codecs.ts';
import type { CodecEntry, MediaKind } from './codecs.ts';
import type { AnsweredRtp } from './describe.ts';

/** RFC 3551 §3: dynamic payload types; 64 to 95 would be taken for RTCP (RFC 5761 §4). */
const FIRST_DYNAMIC = 96;
const LAST_DYNAMIC = 127;
/** RFC 8285 §4.2: ids of the one-byte header. */
const LAST_ID = 14;

/**
 * The codecs and extensions of a section that is offered again, as they were agreed on; of a new one, with numbers
 * that are free or mean the same already.
 */
export function keptNumbers(kind: MediaKind, mid: string, at: number, remote: Remote): AnsweredRtp {
  const own = remote.sections[at];
  const uris = new Set(EXTENSIONS[kind].map(([, uri]) => uri));
  if (own?.mid === mid && own.media === kind && own.codecs.length > 0) {
    const extensions = own.extensions.filter(([, uri]) => uris.has(uri));
    return { codecs: own.codecs, extensions, reducedSize: own.reducedSize };
  }
  return { codecs: freeCodecs(kind, remote), extensions: freeIds(kind, remote), reducedSize: true };
}

function freeIds(kind: MediaKind, remote: Remote): AnsweredRtp['extensions'] {
  const all = remote.sections.flatMap(({ extensions }) => extensions);
  const byUri = new Map(all.map(([id, uri]) => [uri, id]));
  const taken = new Set(all.map(([id]) => id));
  return EXTENSIONS[kind].flatMap(([id, uri]) => {
    const known = byUri.get(uri);
    if (known !== undefined) return [[known, uri] as const];
    const free = firstFree(id, taken, 1, LAST_ID);
    return free === null ? [] : [[free, uri] as const];
  });
}

function freeCodecs(kind: MediaKind, remote: Remote): readonly CodecEntry[] {
  const codecs = remote.sections.flatMap((section) => section.codecs);
  const taken = new Set(remote.sections.flatMap(({ formats }) => formats));
  const numbers = new Map<string, string>();
  const made: CodecEntry[] = [];
  for (const codec of OFFERED[kind]) {
    const served = /^apt=(.*)$/.exec(codec.parameters ?? '')?.[1];
    const partner = served === undefined ? undefined : numbers.get(served);
    const parameters = partner === undefined ? codec.parameters : `apt=${partner}`;
    const same = codecs.find(
      (each) => each.encoding === codec.encoding && each.parameters === parameters,
    );
    const isStatic = Number(codec.payloadType) < FIRST_DYNAMIC;
    const payloadType = isStatic
      ? codec.payloadType
      : (same?.payloadType ?? firstFree(codec.payloadType, taken, FIRST_DYNAMIC, LAST_DYNAMIC));
    if (payloadType === null) continue;
    numbers.set(codec.payloadType, payloadType);
    made.push({ ...codec, payloadType, parameters });
  }
  return made;
}

/** The number that is wanted, or the first that nobody has; takes it. */
function firstFree(wanted: string, taken: Set<string>, from: number, to: number): string | null {
  let found = taken.has(wanted) ? null : wanted;
  for (let next = from; found === null && next <= to; next += 1) {
    if (!taken.has(String(next))) found = String(next);
  }
  if (found !== null) taken.add(found);
  return found;
}
