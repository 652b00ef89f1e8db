// Offers and answers as text (RFC 9429 §5.2, §5.3). Everything is bundled on one transport, as with `max-bundle`.
import { sends, type Direction } from '../../rtc/direction.ts';
import { codecLines, EXTENSIONS, OFFERED, SIMULCAST_EXTENSIONS } from './codecs.ts';
import type { CodecEntry, MediaKind } from './codecs.ts';

/** RFC 8842 §5: `actpass` in offers, the others in answers. */
export type Setup = 'actpass' | 'active' | 'passive';

/** What a description says of the transport. */
export interface TransportText {
  readonly ufrag: string;
  readonly pwd: string;
  /** As the a= line has it after `sha-256 `. */
  readonly fingerprint: string;
  readonly setup: Setup;
  /** Null where it is not named. */
  readonly tlsId: string | null;
}

/** What a description says of a sender. */
export interface DescribedSender {
  /** The ids of its streams. */
  readonly streams: readonly string[];
  readonly msidTrack: string;
  readonly ssrc: number;
  readonly repairSsrc: number | null;
  /** The encodings it offers to send at once, by name (RFC 8853); empty without simulcast. */
  readonly rids: readonly string[];
}

/** One m= section to be written. */
export type SectionText =
  | {
      readonly is: 'rtp';
      readonly kind: MediaKind;
      readonly mid: string;
      readonly direction: Direction;
      /** The sender's streams and sources are told where it sends. */
      readonly sender: DescribedSender;
      /** What of the offer is taken; null in an offer, where all of it is said. */
      readonly answer: AnsweredRtp | null;
    }
  | { readonly is: 'data'; readonly mid: string; readonly port: number }
  /** Of an answer; or of an offer, for a section that is over (RFC 3264 §6, §8.2). */
  | {
      readonly is: 'rejected';
      readonly kind: string;
      readonly mid: string;
      readonly proto: string;
      readonly formats: readonly string[];
      readonly rtpmaps: readonly string[];
    };

/** What an answer takes of an offered section. */
export interface AnsweredRtp {
  readonly codecs: readonly CodecEntry[];
  readonly extensions: readonly (readonly [id: string, uri: string])[];
  readonly reducedSize: boolean;
}

/** A whole description to be written. */
export interface DescriptionText {
  readonly sessionId: string;
  readonly version: number;
  readonly cname: string;
  /** What `a=msid-semantic:` says. */
  readonly semantic: string;
  readonly transport: TransportText;
  readonly sections: readonly SectionText[];
  /** The mids of the BUNDLE group; empty for no group. */
  readonly bundle: readonly string[];
}

/** RFC 8841 §6: the largest message that is taken, in bytes. */
export const MAX_MESSAGE_SIZE = 262_144;
/** RFC 8841 §5.2: there is one SCTP association, and browsers number its port so. */
export const SCTP_PORT = 5000;

export const DATA_PROTO = 'UDP/DTLS/SCTP';
export const RTP_PROTO = 'UDP/TLS/RTP/SAVPF';
export const DATA_FORMAT = 'webrtc-datachannel';

// An offer's codecs and extensions are always the same text.
const OFFERED_LINES: Readonly<Record<MediaKind, string>> = {
  audio: codecLines(OFFERED.audio),
  video: codecLines(OFFERED.video),
};

/** Writes a description. */
export function describe(text: DescriptionText): string {
  const { sessionId, version, sections, bundle } = text;
  let sdp = `v=0\r\no=- ${sessionId} ${version} IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n`;
  if (bundle.length > 0) sdp += `a=group:BUNDLE ${bundle.join(' ')}\r\n`;
  sdp += `a=extmap-allow-mixed\r\na=msid-semantic:${text.semantic}\r\n`;
  const transport = transportLines(text.transport);
  // RFC 9143 §7.1.3 wants them in the first section of a bundle only. Browsers write them in each, and Firefox takes
  // their absence from a later description for an ICE restart.
  for (const section of sections) sdp += sectionText(section, transport, text.cname);
  return sdp;
}

function transportLines({ ufrag, pwd, fingerprint, setup, tlsId }: TransportText): string {
  return (
    `a=ice-ufrag:${ufrag}\r\na=ice-pwd:${pwd}\r\na=ice-options:trickle\r\n` +
    `a=fingerprint:sha-256 ${fingerprint}\r\na=setup:${setup}\r\n` +
    (tlsId === null ? '' : `a=tls-id:${tlsId}\r\n`)
  );
}

function sectionText(section: SectionText, transport: string, cname: string): string {
  switch (section.is) {
    case 'rejected':
      return (
        `m=${section.kind} 0 ${section.proto} ${section.formats.join(' ')}\r\n` +
        `c=IN IP4 0.0.0.0\r\na=inactive\r\na=mid:${section.mid}\r\n` +
        section.rtpmaps.map((line) => `${line}\r\n`).join('')
      );
    case 'data':
      return (
        `m=application 9 ${DATA_PROTO} ${DATA_FORMAT}\r\nc=IN IP4 0.0.0.0\r\n${transport}` +
        `a=mid:${section.mid}\r\na=sctp-port:${section.port}\r\n` +
        `a=max-message-size:${MAX_MESSAGE_SIZE}\r\n`
      );
    case 'rtp':
      return rtpText(section, transport, cname);
  }
}

function rtpText(
  section: Extract<SectionText, { is: 'rtp' }>,
  transport: string,
  cname: string,
): string {
  const { kind, mid, direction, sender, answer } = section;
  const codecs = answer?.codecs ?? OFFERED[kind];
  const formats = codecs.map((codec) => codec.payloadType).join(' ');
  let text =
    `m=${kind} 9 ${RTP_PROTO} ${formats}\r\nc=IN IP4 0.0.0.0\r\n` +
    `a=rtcp:9 IN IP4 0.0.0.0\r\n${transport}a=mid:${mid}\r\n`;
  const { rids } = sender;
  const isSimulcast = sends(direction) && rids.length > 0;
  const own = isSimulcast ? [...EXTENSIONS[kind], ...SIMULCAST_EXTENSIONS] : EXTENSIONS[kind];
  for (const [id, uri] of answer?.extensions ?? own) text += `a=extmap:${id} ${uri}\r\n`;
  text += `a=${direction}\r\n`;
  if (sends(direction)) {
    const streams = sender.streams.length === 0 ? ['-'] : sender.streams;
    for (const stream of streams) text += `a=msid:${stream} ${sender.msidTrack}\r\n`;
  }
  text += 'a=rtcp-mux\r\n';
  if (answer?.reducedSize !== false) text += 'a=rtcp-rsize\r\n';
  text += answer === null ? OFFERED_LINES[kind] : codecLines(codecs);
  if (!sends(direction)) return text;
  if (isSimulcast) {
    for (const rid of rids) text += `a=rid:${rid} send\r\n`;
    text += `a=simulcast:send ${rids.join(';')}\r\n`;
  }
  const hasRepair = sender.repairSsrc !== null && codecs.some((codec) => codec.isRepair);
  if (hasRepair) text += `a=ssrc-group:FID ${sender.ssrc} ${String(sender.repairSsrc)}\r\n`;
  text += `a=ssrc:${sender.ssrc} cname:${cname}\r\n`;
  return hasRepair ? `${text}a=ssrc:${String(sender.repairSsrc)} cname:${cname}\r\n` : text;
}
