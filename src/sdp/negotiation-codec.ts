// Which codecs of an offered section its answer keeps, under which numbers, and what decided (RFC 3264 §6.1).
import { codecsOf, parameterOf } from './codecs.ts';
import type { Codec } from './codecs.ts';
import type { SdpSection } from './parse.ts';

/** What a parameter that decides was in the offer, and what the answer has of this codec. */
export interface Decision {
  readonly parameter: string;
  readonly offered: string;
  /** All different values; as many as the answer has, none where it has no such codec. */
  readonly answered: readonly string[];
}

/** Why an offered codec is, or is not, among those agreed. */
export type CodecReason =
  /** In both, under the same payload type. */
  | 'kept'
  /** In both, under different payload types: each side sends with the number that the other one wrote. */
  | 'renumbered'
  | 'not-in-answer'
  /** The answer has this codec, but only with other values of a parameter that decides. */
  | 'other-parameters'
  /** It serves a payload type that was not kept. */
  | 'served-codec-dropped'
  /** The whole section is not in use. */
  | 'section-not-used';

/** What became of one codec that was offered. */
export interface CodecOutcome {
  readonly reason: CodecReason;
  readonly offered: Codec;
  /** Its counterpart; `null` unless kept or renumbered. */
  readonly answered: Codec | null;
  /** The parameters that tell apart variants of this codec; empty where it has none. */
  readonly decisions: readonly Decision[];
}

/** The codecs of a section. */
export interface CodecsAgreed {
  /** In the offer's order, which is the offerer's order of preference. */
  readonly outcomes: readonly CodecOutcome[];
  /** In the answer only, which is allowed: the answerer can receive them (RFC 3264 §6.1, RFC 9429 §5.3.1). */
  readonly added: readonly Codec[];
  /**
   * What each side is to send first: the offerer the answer's first (RFC 3264 §7), the answerer the offer's first that
   * the answer kept (§6.1). The payload type is the receiver's.
   */
  readonly offererSends: Codec | null;
  readonly answererSends: Codec | null;
}

// The parameters that make two entries of one codec different formats, and what they are when left out.
const DECIDING: Readonly<Record<string, readonly (readonly [name: string, absent: string])[]>> = {
  // RFC 6184 §8.2.2; of profile-level-id only the profile counts, since levels are declared for each way.
  h264: [
    ['packetization-mode', '0'],
    ['profile-level-id', '420010'],
  ],
  // RFC 7798 §7.2.2.
  h265: [
    ['profile-id', '1'],
    ['tier-flag', '0'],
    ['tx-mode', 'SRST'],
  ],
  // RFC 9628 §6.
  vp9: [['profile-id', '0']],
  // AV1 RTP payload format §7.2.
  av1: [['profile', '0']],
};

/** The payload types that the m= line lists, in its order, which is the order of preference. */
function listed(section: SdpSection): readonly Codec[] {
  return [...codecsOf(section).values()].filter((codec) => codec.isListed);
}

/** The values of the parameters that decide, as the reader sees them. */
function decidingOf(codec: Codec): readonly (readonly [parameter: string, value: string])[] {
  const name = codec.name?.toLowerCase() ?? '';
  const asked = Object.hasOwn(DECIDING, name) ? (DECIDING[name] ?? []) : [];
  return asked.map(([key, absent]) => [key, parameterOf(codec, key) ?? absent] as const);
}

/** Name, rate and channels: what must be the same before parameters are looked at. */
function family(codec: Codec): string {
  const { name, rate, channels, payloadType } = codec;
  if (name === null) return `payload type ${payloadType}`;
  return `${name.toLowerCase()}/${String(rate)}/${String(channels ?? 1)}`;
}

/** What must be the same for two entries to be one format, but for what they serve. */
function variant(codec: Codec): string {
  const values = decidingOf(codec).map(([parameter, value]) =>
    parameter === 'profile-level-id' ? h264Profile(value) : value.toLowerCase(),
  );
  return [family(codec), ...values].join(' ');
}

/** The same with the codec it repairs: retransmission of another codec is another format (RFC 4588 §8). */
function identities(codecs: readonly Codec[]): readonly string[] {
  const byPayload = new Map(codecs.map((codec) => [codec.payloadType, codec]));
  return codecs.map((codec) => {
    if (codec.role !== 'rtx') return variant(codec);
    const served = codec.goesWith === null ? undefined : byPayload.get(codec.goesWith);
    return `${variant(codec)} of ${served === undefined ? 'nothing' : variant(served)}`;
  });
}

// RFC 6184 §8.1, table 5: profile_idc, and which bits of profile-iop must be how; x is either.
const H264_PROFILES: readonly (readonly [profile: string, idc: string, iop: RegExp])[] = [
  ['constrained-baseline', '42', /^.1..0000$/],
  ['constrained-baseline', '4d', /^1...0000$/],
  ['constrained-baseline', '58', /^11..0000$/],
  ['baseline', '42', /^.0..0000$/],
  ['baseline', '58', /^10..0000$/],
  ['main', '4d', /^0.0.0000$/],
  ['extended', '58', /^00..0000$/],
  ['high', '64', /^00000000$/],
  // Of H.264 itself (2012, Annex A.2.4.2), later than that table.
  ['constrained-high', '64', /^00001100$/],
];

/** The profile in a profile-level-id, whichever way it is spelt; the text itself where it is none of the known ones. */
export function h264Profile(profileLevelId: string): string {
  const text = profileLevelId.toLowerCase();
  const [, idc = '', iop = ''] = /^([\da-f]{2})([\da-f]{2})[\da-f]{2}$/.exec(text) ?? [];
  if (idc === '') return text;
  const bits = parseInt(iop, 16).toString(2).padStart(8, '0');
  const known = H264_PROFILES.find(([, code, pattern]) => code === idc && pattern.test(bits));
  return known?.[0] ?? `${idc}${iop}`;
}

/** What became of each codec. Takes an m= section of the offer and its counterpart, and whether the section is in use. */
export function negotiateCodecs(
  offer: SdpSection,
  answer: SdpSection,
  inUse: boolean,
): CodecsAgreed {
  const offered = listed(offer);
  const answered = listed(answer);
  if (!inUse) {
    const outcomes = offered.map((codec) => outcome('section-not-used', codec));
    return { outcomes, added: [], offererSends: null, answererSends: null };
  }
  const counterparts = match(offered, answered);
  const variants = valuesByFamily(answered);
  const kept = new Set([...counterparts.keys()].map((at) => offered[at]?.payloadType));
  const outcomes = offered.map((codec, at) => {
    const other = counterparts.get(at);
    if (other !== undefined) {
      const reason = other.payloadType === codec.payloadType ? 'kept' : 'renumbered';
      const values = new Map(decidingOf(other).map(([key, value]) => [key, [value]] as const));
      return outcome(reason, codec, other, values);
    }
    if (codec.goesWith !== null && !kept.has(codec.goesWith)) {
      return outcome('served-codec-dropped', codec);
    }
    const values = variants.get(family(codec));
    const differs = values !== undefined && values.size > 0;
    return outcome(differs ? 'other-parameters' : 'not-in-answer', codec, null, values);
  });
  const matched = new Set(counterparts.values());
  const agreed = outcomes.filter((each) => each.answered !== null);
  return {
    outcomes,
    added: answered.filter((codec) => !matched.has(codec)),
    offererSends: answered.find((codec) => matched.has(codec) && codec.role === 'media') ?? null,
    answererSends: agreed.find((each) => each.offered.role === 'media')?.offered ?? null,
  };
}

/** The values of each parameter that decides. */
type Values = ReadonlyMap<string, readonly string[]>;

function outcome(
  reason: CodecReason,
  offered: Codec,
  answered: Codec | null = null,
  values: Values = new Map(),
): CodecOutcome {
  const decisions = decidingOf(offered).map(([parameter, value]) => ({
    ...{ parameter, offered: value, answered: values.get(parameter) ?? [] },
  }));
  return { reason, offered, answered, decisions };
}

/** What the answer has of each family, computed once for all of the offer that is not kept. */
function valuesByFamily(codecs: readonly Codec[]): ReadonlyMap<string, Values> {
  const families = new Map<string, Map<string, Set<string>>>();
  for (const codec of codecs) {
    const name = family(codec);
    const values = families.get(name) ?? new Map<string, Set<string>>();
    families.set(name, values);
    for (const [parameter, value] of decidingOf(codec)) {
      const known = values.get(parameter);
      if (known === undefined) values.set(parameter, new Set([value]));
      else known.add(value);
    }
  }
  return new Map(
    [...families].map(([name, values]) => [
      name,
      new Map([...values].map(([parameter, set]) => [parameter, [...set]])),
    ]),
  );
}

/** The counterpart of each offered codec by its place: the same number where it is the same format, else the next of its kind. */
function match(offered: readonly Codec[], answered: readonly Codec[]): ReadonlyMap<number, Codec> {
  const names = identities(answered);
  const free = new Map<string, Codec[]>();
  for (const [at, codec] of answered.entries()) {
    const name = names[at] ?? '';
    for (const key of [name, `${name} as ${codec.payloadType}`]) {
      const same = free.get(key);
      if (same === undefined) free.set(key, [codec]);
      else same.push(codec);
    }
  }
  const found = new Map<number, Codec>();
  const used = new Set<Codec>();
  const wanted = identities(offered);
  for (const group of free.values()) group.reverse();
  const take = (at: number, key: string) => {
    if (found.has(at)) return;
    const group = free.get(key) ?? [];
    let next = group.pop();
    // Each codec is in two groups, and may have gone by the other one.
    while (next !== undefined && used.has(next)) next = group.pop();
    if (next === undefined) return;
    used.add(next);
    found.set(at, next);
  };
  for (const [at, codec] of offered.entries()) {
    take(at, `${wanted[at] ?? ''} as ${codec.payloadType}`);
  }
  for (const at of offered.keys()) take(at, wanted[at] ?? '');
  return found;
}
