// What a virtual peer says that it can do, and what an app prefers of it (WebRTC 1.0 §5.2, §5.4).
import { EXTENSIONS, OFFERED } from './codecs.ts';
import type { CodecEntry, MediaKind } from './codecs.ts';
import { refusal } from './errors.ts';

/** RTCRtpSender.getCapabilities and RTCRtpReceiver.getCapabilities; null for what is no kind of media. */
export function capabilitiesOf(kind: string): RTCRtpCapabilities | null {
  if (kind !== 'audio' && kind !== 'video') return null;
  const codecs: RTCRtpCodec[] = [];
  for (const each of OFFERED[kind]) {
    const codec = codecOf(kind, each);
    // Retransmission is one capability for all codecs.
    if (!codecs.some((other) => isSameCodec(other, codec))) codecs.push(codec);
  }
  return { codecs, headerExtensions: EXTENSIONS[kind].map(([, uri]) => ({ uri })) };
}

/** A codec as RTCRtpCodec. */
export function codecOf(kind: MediaKind, entry: CodecEntry): RTCRtpCodec {
  const [name = '', rate = '', channels = '1'] = entry.encoding.split('/');
  return {
    mimeType: `${kind}/${name}`,
    clockRate: Number(rate),
    ...(kind === 'audio' ? { channels: Number(channels) } : {}),
    ...(entry.parameters === null || entry.isRepair ? {} : { sdpFmtpLine: entry.parameters }),
  };
}

/**
 * The codecs in the order that an app prefers; null where it prefers none. Retransmission goes with its codec.
 * @throws InvalidModificationError for a codec that is none of the capabilities, or where none but repair is left
 */
export function preferredCodecs(
  kind: MediaKind,
  wanted: readonly RTCRtpCodec[],
): readonly CodecEntry[] | null {
  if (wanted.length === 0) return null;
  const refuse = (message: string) =>
    refusal('InvalidModificationError', 'setCodecPreferences', 'RTCRtpTransceiver', message);
  const found: CodecEntry[] = [];
  const hasRepair = wanted.some(({ mimeType }) => /\/rtx$/i.test(mimeType));
  for (const codec of wanted) {
    const entry = OFFERED[kind].find((each) => isSameCodec(codecOf(kind, each), codec));
    if (entry === undefined) throw refuse('Invalid codec preferences: Missing codec.');
    if (entry.isRepair || found.includes(entry)) continue;
    found.push(entry);
    const repair = OFFERED[kind].find(
      ({ parameters }) => parameters === `apt=${entry.payloadType}`,
    );
    if (hasRepair && repair !== undefined) found.push(repair);
  }
  if (found.length > 0) return found;
  throw refuse('Invalid codec preferences: codec list must have a non RTX, RED or FEC entry.');
}

/** Of the codecs that both sides have, those that the app prefers, in its order (RFC 9429 §5.3.1). */
export function preferredOf(
  preferences: readonly CodecEntry[] | null,
  common: readonly CodecEntry[],
): readonly CodecEntry[] {
  if (preferences === null) return common;
  const repaired = new Set(
    preferences.flatMap(({ isRepair, parameters }) => (isRepair ? [parameters] : [])),
  );
  return preferences.flatMap((wanted) => {
    if (wanted.isRepair) return [];
    const isWanted = ({ encoding, parameters }: CodecEntry) =>
      encoding === wanted.encoding && parameters === wanted.parameters;
    return common.filter(isWanted).flatMap((codec) => {
      const hasRepair = repaired.has(`apt=${wanted.payloadType}`);
      const repair = common.filter(({ parameters }) => parameters === `apt=${codec.payloadType}`);
      return hasRepair ? [codec, ...repair] : [codec];
    });
  });
}

function isSameCodec(one: RTCRtpCodec, other: RTCRtpCodec): boolean {
  return (
    one.mimeType.toLowerCase() === other.mimeType.toLowerCase() &&
    one.clockRate === other.clockRate &&
    one.channels === other.channels &&
    one.sdpFmtpLine === other.sdpFmtpLine
  );
}
