// RTCRtpSendParameters: what they are made of, and which changes are refused (WebRTC 1.0 §5.2).
import { codecOf } from './capabilities.ts';
import type { AnsweredRtp } from './describe.ts';
import type { MediaKind } from './codecs.ts';

/** RTCRtpCodecParameters of what was negotiated; empty before. */
export function codecParameters(kind: MediaKind, rtp: AnsweredRtp | null): RTCRtpCodecParameters[] {
  return (rtp?.codecs ?? []).map((entry) => ({
    payloadType: Number(entry.payloadType),
    ...codecOf(kind, entry),
    ...(entry.parameters === null ? {} : { sdpFmtpLine: entry.parameters }),
  }));
}

/** RTCRtpHeaderExtensionParameters of what was negotiated; empty before. */
export function extensionParameters(rtp: AnsweredRtp | null): RTCRtpHeaderExtensionParameters[] {
  return (rtp?.extensions ?? []).map(([id, uri]) => ({ id: Number(id), uri, encrypted: false }));
}

/**
 * The encodings that a sender begins with: those that are wanted, or one. Audio has no resolution to scale.
 * @throws TypeError, RangeError for encodings that WebRTC 1.0 §5.1 refuses
 */
export function firstEncodings(
  kind: MediaKind,
  wanted: readonly RTCRtpEncodingParameters[],
): readonly RTCRtpEncodingParameters[] {
  if (wanted.length === 0) return [{ active: true }];
  const rids = wanted.map(({ rid }) => rid);
  const named = rids.filter((rid) => rid !== undefined);
  if (named.length > 0 && named.length < wanted.length)
    throw new TypeError('Not every encoding has a rid.');
  if (wanted.length > 1 && named.length === 0) throw new TypeError('Several encodings need rids.');
  if (new Set(named).size < named.length) throw new TypeError('Two encodings have the same rid.');
  if (named.some((rid) => !RID.test(rid)))
    throw new TypeError('A rid has other characters than letters and digits.');
  checkEncodings(wanted);
  const kept = kind === 'audio' ? wanted.slice(0, 1) : wanted;
  return kept.map((each) => {
    const { rid, scaleResolutionDownBy: _, ...rest } = each;
    const encoding = kind === 'audio' ? rest : { ...rest, ...scaled(each) };
    // WebRTC 1.0 §5.1: one encoding needs no name.
    return { active: true, ...encoding, ...(kept.length > 1 && rid !== undefined ? { rid } : {}) };
  });
}

/** WebRTC 1.0 §5.1: less than RFC 8851 §10 allows. */
const RID = /^[A-Za-z\d]{1,16}$/;

function scaled({ scaleResolutionDownBy }: RTCRtpEncodingParameters): RTCRtpEncodingParameters {
  return scaleResolutionDownBy === undefined ? {} : { scaleResolutionDownBy };
}

/** @throws RangeError for a scale below 1 or a frame rate below 0 */
export function checkEncodings(encodings: readonly RTCRtpEncodingParameters[]): void {
  for (const { scaleResolutionDownBy, maxFramerate } of encodings) {
    if (scaleResolutionDownBy !== undefined && scaleResolutionDownBy < 1) {
      throw new RangeError('scaleResolutionDownBy must be at least 1.');
    }
    if (maxFramerate !== undefined && maxFramerate < 0)
      throw new RangeError('maxFramerate must not be negative.');
  }
}

/** True where only what may be changed was changed (WebRTC 1.0 §5.2, setParameters). */
export function isAllowedChange(
  before: RTCRtpSendParameters,
  after: RTCRtpSendParameters,
): boolean {
  const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  return (
    before.transactionId === after.transactionId &&
    before.encodings.length === after.encodings.length &&
    before.encodings.every(({ rid }, at) => after.encodings[at]?.rid === rid) &&
    same(before.codecs, after.codecs) &&
    same(before.headerExtensions, after.headerExtensions) &&
    same(before.rtcp, after.rtcp)
  );
}
