// The codecs that a virtual peer speaks of: what it offers, and what of another's offer it takes (RFC 3264 §6.1).
import { codecsOf, parameterOf } from '../../sdp/codecs.ts';
import type { Codec } from '../../sdp/codecs.ts';
import { h264Profile } from '../../sdp/negotiation-codec.ts';
import { attributes } from '../../sdp/parse.ts';
import type { SdpSection } from '../../sdp/parse.ts';

export type MediaKind = 'audio' | 'video';

/** A codec as one section has it. */
export interface CodecEntry {
  readonly payloadType: string;
  /** `opus/48000/2`. */
  readonly encoding: string;
  /** The fmtp line's text after the payload type; null where there is none. */
  readonly parameters: string | null;
  readonly feedback: readonly string[];
  /** It repairs another codec (RFC 4588), and is never sent first. */
  readonly isRepair: boolean;
}

const VIDEO_FEEDBACK = ['goog-remb', 'transport-cc', 'ccm fir', 'nack', 'nack pli'] as const;
const H264 = 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f';

/** In the order of preference. Opus and VP8 with Chromium's numbers; G.711 has its own (RFC 3551 §6). */
export const OFFERED: Readonly<Record<MediaKind, readonly CodecEntry[]>> = {
  audio: [
    entry('111', 'opus/48000/2', 'minptime=10;useinbandfec=1', ['transport-cc']),
    entry('0', 'PCMU/8000', null, []),
    entry('8', 'PCMA/8000', null, []),
  ],
  video: [
    entry('96', 'VP8/90000', null, VIDEO_FEEDBACK),
    entry('97', 'rtx/90000', 'apt=96', []),
    entry('102', 'H264/90000', H264, VIDEO_FEEDBACK),
    entry('103', 'rtx/90000', 'apt=102', []),
  ],
};

/** Header extensions by their ids; one id means the same in all bundled sections (RFC 9143 §9.4). */
export const EXTENSIONS: Readonly<Record<MediaKind, readonly (readonly [string, string])[]>> = {
  audio: [
    ['1', 'urn:ietf:params:rtp-hdrext:ssrc-audio-level'],
    ['3', 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01'],
    ['4', 'urn:ietf:params:rtp-hdrext:sdes:mid'],
  ],
  video: [
    ['3', 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01'],
    ['4', 'urn:ietf:params:rtp-hdrext:sdes:mid'],
  ],
};

/** What names an encoding in its packets (RFC 8852): told only where there is more than one. */
export const SIMULCAST_EXTENSIONS: readonly (readonly [string, string])[] = [
  ['10', 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id'],
  ['11', 'urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id'],
];

function entry(
  payloadType: string,
  encoding: string,
  parameters: string | null,
  feedback: readonly string[],
): CodecEntry {
  return { payloadType, encoding, parameters, feedback, isRepair: encoding.startsWith('rtx/') };
}

/** The rtpmap, rtcp-fb and fmtp lines of a list of codecs. */
export function codecLines(codecs: readonly CodecEntry[]): string {
  let text = '';
  for (const { payloadType, encoding, parameters, feedback } of codecs) {
    text += `a=rtpmap:${payloadType} ${encoding}\r\n`;
    for (const each of feedback) text += `a=rtcp-fb:${payloadType} ${each}\r\n`;
    if (parameters !== null) text += `a=fmtp:${payloadType} ${parameters}\r\n`;
  }
  return text;
}

/**
 * What of a remote section's codecs this peer speaks, in the order and with the numbers given there (RFC 9429 §5.3.1);
 * empty where nothing is common.
 */
export function commonCodecs(section: SdpSection, kind: MediaKind): readonly CodecEntry[] {
  const key = codecKey(section, kind);
  let found = known.get(key);
  if (found === undefined) {
    found = findCommon(section, kind);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, found);
  }
  return found;
}

/** What was found before, by all that it was found from: virtual peers offer the same codecs in every call. */
const known = new Map<string, readonly CodecEntry[]>();
const MOST_KNOWN = 64;

function codecKey(section: SdpSection, kind: MediaKind): string {
  let key = `${kind} ${section.media?.proto ?? ''} ${section.media?.formats.join(' ') ?? ''}`;
  for (const name of ['rtpmap', 'fmtp', 'rtcp-fb'] as const) {
    for (const { text } of attributes(section, name)) key += `\n${text}`;
  }
  return key;
}

function findCommon(section: SdpSection, kind: MediaKind): readonly CodecEntry[] {
  const remote = [...codecsOf(section).values()].filter((codec) => codec.isListed);
  const found: CodecEntry[] = [];
  const taken = new Set<string>();
  for (const codec of remote) {
    if (codec.role !== 'media') continue;
    const own = OFFERED[kind].find((each) => !each.isRepair && isSame(codec, each));
    if (own === undefined) continue;
    taken.add(codec.payloadType);
    found.push({ ...own, payloadType: codec.payloadType, feedback: sharedFeedback(codec, own) });
  }
  for (const codec of remote) {
    if (codec.role !== 'rtx' || codec.goesWith === null || !taken.has(codec.goesWith)) continue;
    found.push(entry(codec.payloadType, 'rtx/90000', `apt=${codec.goesWith}`, []));
  }
  const order = new Map(remote.map((codec, at) => [codec.payloadType, at]));
  return found.sort((a, b) => (order.get(a.payloadType) ?? 0) - (order.get(b.payloadType) ?? 0));
}

function isSame(codec: Codec, own: CodecEntry): boolean {
  const [name = '', rate = '', channels = '1'] = own.encoding.split('/');
  if (codec.name?.toLowerCase() !== name.toLowerCase()) return false;
  if (codec.rate !== Number(rate) || (codec.channels ?? 1) !== Number(channels)) return false;
  if (name !== 'H264') return true;
  // RFC 6184 §8.2.2: these two must be the same; levels may differ.
  return (
    parameterOf(codec, 'packetization-mode') === '1' &&
    h264Profile(parameterOf(codec, 'profile-level-id') ?? '420010') === h264Profile('42e01f')
  );
}

/** RFC 4585 §4.2: the answer keeps what it understands. */
function sharedFeedback(codec: Codec, own: CodecEntry): readonly string[] {
  const offered = codec.feedback.map((line) =>
    (line.argument ?? '').trim().split(/ +/).slice(1).join(' '),
  );
  return own.feedback.filter((each) => offered.includes(each));
}
