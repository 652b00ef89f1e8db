// What each payload type of a section stands for: its rtpmap, its fmtp, and what it repairs (RFC 8866 §6.6, §6.15).
import { attributes } from './parse.ts';
import type { SdpLine, SdpSection } from './parse.ts';

/** One parameter of an fmtp line. */
export interface FormatParameter {
  /** As written; empty where the text has no `=`, as in telephone-event's `0-15` and red's `111/111`. */
  readonly name: string;
  readonly value: string;
  /** Where it stands in the text that was taken apart, in characters: up to and without `to`. */
  readonly from: number;
  readonly to: number;
}

/** What a payload type is for: a codec of its own, or something that goes with one. */
export type CodecRole = 'media' | 'rtx' | 'red' | 'fec' | 'noise' | 'tones';

/** One payload type of a section. */
export interface Codec {
  readonly payloadType: string;
  /** As written, such as `opus`; `null` where neither an rtpmap line nor RFC 3551 names it. */
  readonly name: string | null;
  /** The RTP clock in Hz; `null` where it is not known or no number. */
  readonly rate: number | null;
  /** How many channels; `null` for video, and where the line does not say. */
  readonly channels: number | null;
  readonly role: CodecRole;
  /** Known by its number alone (RFC 3551 §6): there is no rtpmap line. */
  readonly isStatic: boolean;
  /** It stands in the m= line. */
  readonly isListed: boolean;
  readonly rtpmap: SdpLine | null;
  readonly fmtp: readonly SdpLine[];
  readonly feedback: readonly SdpLine[];
  readonly parameters: readonly FormatParameter[];
  /** The payload type it goes with: rtx's `apt` (RFC 4588 §8.6), or the first of red's list (RFC 2198 §4). */
  readonly goesWith: string | null;
}

/** The static payload types of RFC 3551 §6 that have not been withdrawn: name, clock in Hz, channels. */
const STATIC: Readonly<Record<string, readonly [name: string, rate: number, channels?: number]>> = {
  ...{ 0: ['PCMU', 8000, 1], 3: ['GSM', 8000, 1], 4: ['G723', 8000, 1], 5: ['DVI4', 8000, 1] },
  ...{ 6: ['DVI4', 16000, 1], 7: ['LPC', 8000, 1], 8: ['PCMA', 8000, 1], 9: ['G722', 8000, 1] },
  ...{ 10: ['L16', 44100, 2], 11: ['L16', 44100, 1], 12: ['QCELP', 8000, 1], 13: ['CN', 8000, 1] },
  ...{ 14: ['MPA', 90000], 15: ['G728', 8000, 1], 16: ['DVI4', 11025, 1], 17: ['DVI4', 22050, 1] },
  ...{ 18: ['G729', 8000, 1], 25: ['CelB', 90000], 26: ['JPEG', 90000], 28: ['nv', 90000] },
  ...{ 31: ['H261', 90000], 32: ['MPV', 90000], 33: ['MP2T', 90000], 34: ['H263', 90000] },
};

/**
 * Takes an fmtp line's parameters apart: `name=value` pieces between semicolons. Total; empty pieces are left out,
 * spaces around a piece are not part of it.
 */
export function formatParameters(text: string): readonly FormatParameter[] {
  const found: FormatParameter[] = [];
  let start = 0;
  while (start <= text.length) {
    const semicolon = text.indexOf(';', start);
    const end = semicolon === -1 ? text.length : semicolon;
    const piece = text.slice(start, end);
    const trimmed = piece.trim();
    if (trimmed !== '') {
      const from = start + piece.indexOf(trimmed);
      const equals = trimmed.indexOf('=');
      found.push({
        name: equals === -1 ? '' : trimmed.slice(0, equals).trim(),
        value: trimmed.slice(equals + 1).trim(),
        from,
        to: from + trimmed.length,
      });
    }
    start = end + 1;
  }
  return found;
}

/** What a codec's name says it is for; names are compared without regard to case. */
export function codecRole(name: string): CodecRole {
  const lower = name.toLowerCase();
  switch (lower) {
    case 'rtx':
    case 'red':
      return lower;
    case 'ulpfec':
    case 'parityfec':
    case 'flexfec':
    case 'flexfec-03':
      return 'fec';
    case 'cn':
      return 'noise';
    case 'telephone-event':
      return 'tones';
    default:
      return 'media';
  }
}

const tables = new WeakMap<SdpSection, ReadonlyMap<string, Codec>>();

/**
 * The payload types of a section: those of its m= line in their order, which is the order of preference
 * (RFC 8866 §5.14), then those that only an rtpmap, fmtp or rtcp-fb line speaks of. Computed once a section.
 */
export function codecsOf(section: SdpSection): ReadonlyMap<string, Codec> {
  const known = tables.get(section);
  if (known !== undefined) return known;
  const rtpmaps = byPayload(attributes(section, 'rtpmap'));
  const fmtps = byPayload(attributes(section, 'fmtp'));
  const feedback = byPayload(attributes(section, 'rtcp-fb'));
  const listed = new Set(carriesRtp(section) ? (section.media?.formats ?? []) : []);
  const codecs = new Map<string, Codec>();
  for (const payloadType of [...listed, ...rtpmaps.keys(), ...fmtps.keys(), ...feedback.keys()]) {
    if (codecs.has(payloadType) || payloadType === '*') continue;
    const rtpmap = rtpmaps.get(payloadType)?.[0] ?? null;
    const fmtp = fmtps.get(payloadType) ?? [];
    const parameters = fmtp.flatMap((line) => formatParameters(afterPayload(line)));
    const named = encodingOf(payloadType, rtpmap);
    const role = codecRole(named.name ?? '');
    codecs.set(payloadType, {
      ...named,
      ...{ payloadType, role, rtpmap, fmtp, parameters },
      isStatic: rtpmap === null && named.name !== null,
      isListed: listed.has(payloadType),
      feedback: feedback.get(payloadType) ?? [],
      goesWith: goesWith(role, parameters),
    });
  }
  tables.set(section, codecs);
  return codecs;
}

const partners = new WeakMap<SdpSection, ReadonlyMap<string, readonly Codec[]>>();

/** A payload type, those that go with it (its rtx, its red), and the one that it goes with itself. */
export function partnersOf(section: SdpSection, payloadType: string): readonly Codec[] {
  const codecs = codecsOf(section);
  let index = partners.get(section);
  if (index === undefined) {
    const groups = new Map<string, Codec[]>();
    for (const codec of codecs.values()) {
      if (codec.goesWith === null) continue;
      const group = groups.get(codec.goesWith);
      if (group === undefined) groups.set(codec.goesWith, [codec]);
      else group.push(codec);
    }
    index = groups;
    partners.set(section, index);
  }
  const own = codecs.get(payloadType);
  const main = codecs.get(own?.goesWith ?? '');
  return [...(own === undefined ? [] : [own]), ...(main === undefined ? [] : [main])].concat(
    index.get(payloadType) ?? [],
  );
}

/** True where the section's formats are RTP payload types. */
export function carriesRtp({ media }: SdpSection): boolean {
  return media !== null && media.proto.toUpperCase().split('/').includes('RTP');
}

/** The first value of a parameter, or `null`; names are compared without regard to case. */
export function parameterOf(codec: Codec, name: string): string | null {
  return codec.parameters.find((each) => each.name.toLowerCase() === name)?.value ?? null;
}

/** The payload type that an rtpmap, fmtp or rtcp-fb line speaks of. */
export function payloadTypeOf(line: SdpLine): string {
  return (line.argument ?? '').trimStart().split(' ', 1)[0] ?? '';
}

function byPayload(lines: readonly SdpLine[]): ReadonlyMap<string, readonly SdpLine[]> {
  const groups = new Map<string, SdpLine[]>();
  for (const line of lines) {
    const payloadType = payloadTypeOf(line);
    const group = groups.get(payloadType);
    if (group === undefined) groups.set(payloadType, [line]);
    else group.push(line);
  }
  return groups;
}

function afterPayload(line: SdpLine): string {
  const text = (line.argument ?? '').trimStart();
  const space = text.indexOf(' ');
  return space === -1 ? '' : text.slice(space + 1);
}

function encodingOf(payloadType: string, rtpmap: SdpLine | null) {
  if (rtpmap === null) {
    const [name = null, rate = null, channels = null] = Object.hasOwn(STATIC, payloadType)
      ? (STATIC[payloadType] ?? [])
      : [];
    return { name, rate, channels };
  }
  const [name = '', rate = '', channels = ''] = afterPayload(rtpmap).trim().split('/');
  return {
    name: name === '' ? null : name,
    rate: /^\d+$/.test(rate) ? Number(rate) : null,
    channels: /^\d+$/.test(channels) ? Number(channels) : null,
  };
}

function goesWith(role: CodecRole, parameters: readonly FormatParameter[]): string | null {
  if (role === 'rtx') {
    return parameters.find(({ name }) => name.toLowerCase() === 'apt')?.value ?? null;
  }
  if (role !== 'red') return null;
  const list = parameters.find(({ name }) => name === '')?.value ?? '';
  return /^\d+/.exec(list)?.[0] ?? null;
}
