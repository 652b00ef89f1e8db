// What the parts of m= lines mean, and of the lines that describe codecs, sources and simulcast.
import { DIRECTIONS } from '../rtc/direction.ts';
import { carriesRtp } from './codecs.ts';
import { extensionOf } from './extensions.ts';
import { payloadMeaning } from './meaning-codec.ts';
import { among, mean } from './meaning.ts';
import type { Mean, Place } from './meaning.ts';
import { attribute } from './parse.ts';
import { sourceUse } from './sources.ts';
import type { MediaPart } from './split.ts';

const KINDS = ['audio', 'video', 'application', 'text', 'image', 'message'] as const;
const WORDS = [
  ...(['UDP', 'TCP', 'TLS', 'DTLS', 'RTP', 'SCTP'] as const),
  ...(['AVP', 'AVPF', 'SAVP', 'SAVPF'] as const),
] as const;
const SOURCE = ['cname', 'msid', 'label', 'mslabel'] as const;
const RESTRICTIONS = [
  ...(['pt', 'max-width', 'max-height', 'max-fps', 'max-fs'] as const),
  ...(['max-br', 'max-pps', 'max-bpp', 'depend'] as const),
] as const;

/** What each of these parts means. */
export const MEDIA_PARTS: Readonly<Record<MediaPart, Mean>> = {
  media: (text) => mean('media', { kind: among(text, KINDS) }),
  port: (text, place) => mean('port', { kind: portKind(text, place), value: text }),
  'port-count': (text) => mean('port-count', { value: text }),
  protocol: (text) => mean('protocol', { word: among(text.toUpperCase(), WORDS) }),
  format: (text, place) => {
    if (carriesRtp(place.section)) return payloadMeaning(text, place.section);
    return mean('format', { kind: text === 'webrtc-datachannel' ? 'data-channel' : 'other' });
  },
  ssrc: (text, { section }) => mean('ssrc', { use: sourceUse(section, text) }),
  'source-attribute': (text) => mean('source-attribute', { name: among(text, SOURCE) }),
  'source-value': (_text, { parts, index }) =>
    mean('source-value', { name: among(parts[index - 1]?.text ?? '', SOURCE) }),
  'source-grouping': (text) =>
    mean('source-grouping', { semantics: among(text, ['FID', 'FEC-FR', 'FEC', 'SIM', 'DUP']) }),
  'stream-id': (text) =>
    mean('stream-id', { kind: text === '-' ? 'none' : text === '*' ? 'all' : 'one' }),
  'track-id': () => mean('track-id', {}),
  'stream-semantics': () => mean('stream-semantics', {}),
  'extension-attributes': () => mean('extension-attributes', {}),
  rid: () => mean('rid', {}),
  'extension-id': (text) => mean('extension-id', { value: text }),
  'extension-uri': (text) => mean('extension', { name: extensionOf(text) }),
  direction: (text) => {
    const way = among(text, DIRECTIONS);
    return way === 'other' ? mean('malformed', {}) : mean('direction', { way });
  },
  'rid-direction': (text) => mean('rid-direction', { way: text === 'send' ? 'send' : 'recv' }),
  'simulcast-direction': (text) =>
    mean('simulcast-direction', { way: text === 'send' ? 'send' : 'recv' }),
  restriction: (text) => {
    const [name = '', value = ''] = text.split('=');
    return mean('restriction', { name: among(name, RESTRICTIONS), value });
  },
  'simulcast-streams': (text) => mean('simulcast-streams', { count: text.split(';').length }),
  'rtcp-port': (text) => mean('rtcp-port', { kind: text === '9' ? 'discard' : 'other' }),
  report: (text) => {
    const kind = among(text.split('=')[0] ?? '', ['rcvr-rtt', 'stat-summary', 'voip-metrics']);
    return mean('report', { kind });
  },
};

/** RFC 3264 §6: 0 rejects; RFC 9143 §6: with bundle-only it does not. RFC 9429 §5.2.1: 9 is a dummy. */
function portKind(port: string, { section }: Place) {
  const number = Number(port);
  if (number === 0) return attribute(section, 'bundle-only') === null ? 'rejected' : 'bundle-only';
  return number === 9 ? 'discard' : 'other';
}
