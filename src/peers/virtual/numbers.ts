// Payload types and extension ids that an offer may use once some are agreed on: in a bundle each means one thing (RFC 9143 §9.1, §9.4).
import type { Remote } from './apply.ts';
import { EXTENSIONS, OFFERED } from './codecs.ts';
import type { CodecEntry, MediaKind } from './codecs.ts';
import type { AnsweredRtp } from './describe.ts';
import type { VirtualTransceiver } from './transceiver.ts';

/** RFC 3551 §3: dynamic payload types; 64 to 95 would be taken for RTCP (RFC 5761 §4). */
const FIRST_DYNAMIC = 96;
const LAST_DYNAMIC = 127;
/** RFC 8285 §4.2: ids of the one-byte header. */
const LAST_ID = 14;

/**
 * The codecs and extensions of an offered section: with the numbers that are agreed on where there are some, else with
 * numbers that are free. What was agreed on comes first, unless the app prefers another order (RFC 9429 §5.2.2).
 * @param remote what is current of the other side; null before an answer
 */
export function offeredRtp(
  { kind, mid, preferences }: Pick<VirtualTransceiver, 'kind' | 'mid' | 'preferences'>,
  remote: Pick<Remote, 'sections'>,
): AnsweredRtp {
  const own = remote.sections.find((each) => each.mid === mid && each.media === kind);
  const codecs = numbered(preferences ?? OFFERED[kind], remote);
  if (preferences === null && own !== undefined) {
    const places = new Map(own.codecs.map(({ payloadType }, at) => [payloadType, at]));
    const placeOf = ({ payloadType }: CodecEntry) => places.get(payloadType) ?? places.size;
    codecs.sort((one, other) => placeOf(one) - placeOf(other));
  }
  return { codecs, extensions: freeIds(kind, remote), reducedSize: own?.reducedSize ?? true };
}

function freeIds(kind: MediaKind, remote: Pick<Remote, 'sections'>): AnsweredRtp['extensions'] {
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

function numbered(wanted: readonly CodecEntry[], remote: Pick<Remote, 'sections'>): CodecEntry[] {
  const codecs = remote.sections.flatMap((section) => section.codecs);
  const taken = new Set(remote.sections.flatMap(({ formats }) => formats));
  const numbers = new Map<string, string>();
  const made: CodecEntry[] = [];
  for (const codec of wanted) {
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

/** Numbers that an offer of this side has for its own codecs. */
const OWN = new Set([...OFFERED.audio, ...OFFERED.video].map(({ payloadType }) => payloadType));

/** The number that is wanted, or the first that nobody has; takes it. */
function firstFree(wanted: string, taken: Set<string>, from: number, to: number): string | null {
  let found = taken.has(wanted) ? null : wanted;
  for (let next = from; found === null && next <= to; next += 1) {
    if (!taken.has(String(next)) && !OWN.has(String(next))) found = String(next);
  }
  if (found !== null) taken.add(found);
  return found;
}
