// What payload types, codecs, their parameters and their feedback mean in the section they stand in.
import { codecsOf, formatParameters, parameterOf } from './codecs.ts';
import type { Codec, FormatParameter } from './codecs.ts';
import { av1Level, h264Profile, h265Level, parameterId } from './format.ts';
import { among, mean } from './meaning.ts';
import type { CodecTitle, Mean, Meaning, Place } from './meaning.ts';
import type { SdpSection } from './parse.ts';
import type { CodecPart } from './split.ts';

const TITLES: ReadonlyMap<string, CodecTitle> = new Map<string, CodecTitle>([
  ...(
    [
      ...(['opus', 'multiopus', 'red', 'G722', 'PCMU', 'PCMA', 'G729', 'L16', 'CN'] as const),
      ...(['telephone-event', 'VP8', 'VP9', 'H264', 'H265', 'AV1', 'rtx', 'ulpfec'] as const),
      'flexfec',
    ] as const
  ).map((title) => [title.toLowerCase(), title] as const),
  ['flexfec-03', 'flexfec'],
  ['av1x', 'AV1'],
]);

/** How a codec's name is usually written, such as `Opus` or `H.264`; as it stands where that is not known. */
export function codecTitle(name: string): string {
  switch (name.toLowerCase()) {
    case 'opus':
      return 'Opus';
    case 'h264':
      return 'H.264';
    case 'h265':
      return 'H.265';
    case 'g722':
      return 'G.722';
    case 'red':
      return 'RED';
    default:
      return name;
  }
}

/** What each of these parts means. */
export const CODEC_PARTS: Readonly<Record<CodecPart, Mean>> = {
  'payload-type': (text, place) => payloadMeaning(text, place.section),
  encoding: (text) =>
    mean('encoding', { codec: TITLES.get(text.toLowerCase()) ?? 'other', name: text }),
  'clock-rate': (text, place) => mean('clock-rate', { value: text, kind: clockKind(place) }),
  channels: (text, place) => {
    const isOpus = codecOf(place)?.name?.toLowerCase() === 'opus';
    return mean('channels', {
      value: text,
      kind: isOpus ? 'opus' : text === '1' ? 'one' : 'more',
    });
  },
  parameter: (text, place) => {
    const [parameter] = formatParameters(text);
    return parameter === undefined
      ? mean('parameter-unknown', {})
      : ofParameter(parameter, codecOf(place), place);
  },
  feedback: (text, place) =>
    mean('feedback', {
      kind: text === 'goog-remb' ? 'remb' : among(text, FEEDBACK),
      detail: place.parts.some((each) => each.part === 'feedback-detail') ? 'yes' : 'no',
    }),
  'feedback-detail': (text) =>
    mean('feedback-detail', { kind: among(text.split(' ')[0] ?? '', DETAILS) }),
  milliseconds: (text) => mean('milliseconds', { value: text }),
  'frame-rate': (text) => mean('frame-rate', { value: text }),
};

const FEEDBACK = ['nack', 'ccm', 'transport-cc', 'rrtr', 'trr-int', 'ack'] as const;
const DETAILS = ['pli', 'sli', 'rpsi', 'fir', 'tmmbr', 'tstr', 'vbcm', 'app'] as const;

/** The payload type that the line of a part speaks of. */
function codecOf({ section, parts }: Place): Codec | undefined {
  return codecsOf(section).get(parts[0]?.text ?? '');
}

/** What a payload type stands for in a section. */
export function payloadMeaning(pt: string, section: SdpSection): Meaning {
  if (pt === '*') return mean('payload-all', {});
  const codecs = codecsOf(section);
  const codec = codecs.get(pt);
  if (codec?.name == null) return mean('payload-unknown', { pt });
  if (codec.role === 'media') {
    return mean('payload-media', {
      ...{ pt, codec: codecTitle(codec.name) },
      rate: codec.rate === null ? '?' : String(codec.rate),
    });
  }
  if (codec.role !== 'rtx') return mean('payload-helper', { pt, role: codec.role });
  return mean('payload-rtx', { pt, ...repaired(codec.goesWith ?? '', codecs) });
}

function repaired(apt: string, codecs: ReadonlyMap<string, Codec>) {
  const name = codecs.get(apt)?.name ?? null;
  const known = name === null ? ('no' as const) : ('yes' as const);
  return { apt: apt === '' ? '?' : apt, codec: codecTitle(name ?? '?'), known };
}

/** RTP's clock is not always the sampling rate: RFC 3551 §4.5.2 for G.722, RFC 7587 §4.1 for Opus. */
function clockKind({ section, parts }: Place) {
  const encoding = parts.find(({ part }) => part === 'encoding')?.text.toLowerCase();
  if (encoding === 'g722' || encoding === 'opus') return encoding;
  return section.media?.kind === 'video' ? 'video' : 'audio';
}

function ofParameter(parameter: FormatParameter, codec: Codec | undefined, place: Place): Meaning {
  const { value } = parameter;
  const name = parameter.name.toLowerCase();
  const encoding = codec?.name?.toLowerCase() ?? '';
  if (name === 'apt') return mean('parameter-apt', repaired(value, codecsOf(place.section)));
  if (name === '') return nameless(value, codec, place);
  const leveled = levelOf(name, value, encoding, codec);
  if (leveled !== null) return leveled;
  const id = parameterId(parameter);
  return id === null ? mean('parameter-unknown', {}) : mean('parameter', { name: id, value });
}

/** Parameters that say a profile and a level, or a level alone. */
function levelOf(name: string, value: string, encoding: string, codec: Codec | undefined) {
  if (name === 'profile-level-id' && encoding === 'h264') {
    const found = h264Profile(value);
    if (found === null) return mean('malformed', {});
    return mean('parameter-level', {
      ...{ codec: 'H264' as const, profile: found.profile ?? '?', level: found.level },
    });
  }
  const level =
    name === 'level-idx' ? av1Level(value) : name === 'level-id' ? h265Level(value) : null;
  if (level === null) return null;
  const isAv1 = name === 'level-idx';
  const profile = codec === undefined ? null : parameterOf(codec, isAv1 ? 'profile' : 'profile-id');
  return mean('parameter-level', { codec: isAv1 ? 'AV1' : 'H265', profile: profile ?? '?', level });
}

/** Parameters that are a value alone: red's list (RFC 2198 §4) and telephone-event's events (RFC 4733 §2.4.1). */
function nameless(value: string, codec: Codec | undefined, { section }: Place): Meaning {
  if (codec?.role === 'red') {
    const pt = value.split('/')[0] ?? '';
    const name = codecsOf(section).get(pt)?.name ?? '?';
    return mean('parameter-redundancy', { pt, codec: codecTitle(name) });
  }
  if (codec?.role === 'tones') return mean('parameter-events', { value });
  return mean('parameter-unknown', {});
}
