// The RTP header extensions that browsers write, by their URIs (RFC 8285; libwebrtc's and the IETF's own).

/** An extension that there is an explanation for. */
export type ExtensionId =
  | 'ssrc-audio-level'
  | 'csrc-audio-level'
  | 'toffset'
  | 'abs-send-time'
  | 'abs-capture-time'
  | 'video-orientation'
  | 'transport-cc'
  | 'transport-cc-02'
  | 'playout-delay'
  | 'video-content-type'
  | 'video-timing'
  | 'color-space'
  | 'inband-cn'
  | 'mid'
  | 'rid'
  | 'repaired-rid'
  | 'generic-frame-descriptor'
  | 'dependency-descriptor'
  | 'video-layers-allocation'
  | 'frame-marking'
  | 'encrypt'
  | 'video-frame-tracking-id'
  | 'corruption-detection'
  | 'other';

const IETF = 'urn:ietf:params:rtp-hdrext:';
const GOOGLE = 'http://www.webrtc.org/experiments/rtp-hdrext/';

const BY_URI: ReadonlyMap<string, ExtensionId> = new Map<string, ExtensionId>([
  [`${IETF}ssrc-audio-level`, 'ssrc-audio-level'],
  [`${IETF}csrc-audio-level`, 'csrc-audio-level'],
  [`${IETF}toffset`, 'toffset'],
  [`${IETF}sdes:mid`, 'mid'],
  [`${IETF}sdes:rtp-stream-id`, 'rid'],
  [`${IETF}sdes:repaired-rtp-stream-id`, 'repaired-rid'],
  [`${IETF}framemarking`, 'frame-marking'],
  [`${IETF}encrypt`, 'encrypt'],
  ['urn:3gpp:video-orientation', 'video-orientation'],
  ['http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01', 'transport-cc'],
  ['http://tools.ietf.org/html/draft-ietf-avtext-framemarking-07', 'frame-marking'],
  [
    'https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension',
    'dependency-descriptor',
  ],
  [`${GOOGLE}abs-send-time`, 'abs-send-time'],
  [`${GOOGLE}abs-capture-time`, 'abs-capture-time'],
  [`${GOOGLE}transport-wide-cc-02`, 'transport-cc-02'],
  [`${GOOGLE}playout-delay`, 'playout-delay'],
  [`${GOOGLE}video-content-type`, 'video-content-type'],
  [`${GOOGLE}video-timing`, 'video-timing'],
  [`${GOOGLE}color-space`, 'color-space'],
  [`${GOOGLE}inband-cn`, 'inband-cn'],
  [`${GOOGLE}generic-frame-descriptor-00`, 'generic-frame-descriptor'],
  [`${GOOGLE}video-layers-allocation00`, 'video-layers-allocation'],
  [`${GOOGLE}video-frame-tracking-id`, 'video-frame-tracking-id'],
  [`${GOOGLE}corruption-detection`, 'corruption-detection'],
]);

/** The extension that a URI names; `other` for one that is not known here. */
export function extensionOf(uri: string): ExtensionId {
  return BY_URI.get(uri) ?? 'other';
}

/** All URIs that are known. */
export const EXTENSION_URIS: readonly string[] = [...BY_URI.keys()];
