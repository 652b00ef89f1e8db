// Reading a remote description: what of it counts for this peer, and what makes it one that can't be set.
import { bundleGroups, isRejected, transportOwner } from '../../sdp/bundle.ts';
import { directionOf } from '../../sdp/direction.ts';
import type { Direction } from '../../rtc/direction.ts';
import { extensionsOf } from '../../sdp/negotiation-media.ts';
import { attribute, attributes, inherited, parseSdp } from '../../sdp/parse.ts';
import type { SdpDocument, SdpSection } from '../../sdp/parse.ts';
import { commonCodecs } from './codecs.ts';
import type { CodecEntry, MediaKind } from './codecs.ts';
import { DATA_FORMAT } from './describe.ts';
import { failure } from './errors.ts';

/** One m= section of a remote description. */
export interface RemoteSection {
  /** Its place, from 0. */
  readonly index: number;
  readonly kind: string;
  readonly proto: string;
  readonly formats: readonly string[];
  /** Its rtpmap lines, whole: a rejected section says again what its formats were. */
  readonly rtpmaps: readonly string[];
  readonly mid: string;
  /** Port 0 without bundle-only: rejected, or over (RFC 3264 §6, §8.2). */
  readonly isRejected: boolean;
  /** As the remote side sees it. */
  readonly direction: Direction;
  /** What kind of RTP media it is; null for data, and for what this peer does not know. */
  readonly media: MediaKind | null;
  /** Data channels over SCTP. */
  readonly isData: boolean;
  /** What this peer can speak of its codecs; empty for none. */
  readonly codecs: readonly CodecEntry[];
  readonly extensions: readonly (readonly [id: string, uri: string])[];
  readonly reducedSize: boolean;
  /** From its msid lines (RFC 8830); `-` is no stream. */
  readonly streams: readonly string[];
  readonly trackId: string | null;
  readonly ssrcs: readonly number[];
  /** The encodings it asks to be sent at once, by name (RFC 8853); empty without simulcast. */
  readonly asks: readonly string[];
  readonly sctpPort: number;
  /** RFC 8841 §6.1: 65536 where it is not said; 0 is no limit. */
  readonly maxMessageSize: number;
}

/** What of a remote description this peer needs. */
export interface Remote {
  readonly sections: readonly RemoteSection[];
  /** The mids of the first BUNDLE group; empty without one. */
  readonly bundle: readonly string[];
  readonly document: SdpDocument;
}

/** The remote side of the one transport. */
export interface RemoteTransport {
  /** The place of the section it stands in, from 0. */
  readonly index: number;
  readonly ufrag: string;
  readonly pwd: string;
  readonly fingerprints: readonly { readonly algorithm: string; readonly value: string }[];
  readonly setup: string;
  /** `candidate:…` texts. */
  readonly candidates: readonly string[];
  readonly ended: boolean;
}

const METHOD = 'setRemoteDescription';

/**
 * Reads a remote description. Lines that it does not know are passed over.
 * @param type for the sentence of an exception
 * @throws OperationError for what is no description, InvalidAccessError for one that can't be used
 */
export function readRemote(type: 'offer' | 'answer' | 'pranswer', sdp: string): Remote {
  const document = parseSdp(sdp);
  checkLines(document);
  const invalid = (message: string) =>
    failure('InvalidAccessError', METHOD, `Failed to set remote ${type} sdp: ${message}`);
  const sections = document.sections.slice(1).map((section) => sectionOf(document, section));
  const mids = new Set<string>();
  for (const { mid } of sections) {
    if (mids.has(mid)) throw invalid(`Duplicate a=mid value '${mid}'.`);
    mids.add(mid);
  }
  const bundle = bundleGroups(document)[0]?.mids ?? [];
  const stranger = bundle.find((mid) => !mids.has(mid));
  if (stranger !== undefined) {
    throw invalid(`A BUNDLE group contains a MID='${stranger}' matching no m= section.`);
  }
  const remote: Remote = { sections, bundle, document };
  for (const each of sections) {
    const section = document.sections[each.index + 1];
    if (each.isRejected || section === undefined) continue;
    if (each.media !== null && attribute(section, 'rtcp-mux') === null) {
      throw invalid(
        `The m= section with mid='${each.mid}' is invalid. RTCP-MUX is not enabled when it is required.`,
      );
    }
    if (each.media !== null) checkNumbers(each, invalid);
    if (each.media !== null || each.isData)
      checkTransport(remoteTransport(remote, each.index), type, invalid);
  }
  return remote;
}

/** RFC 5761 §4: with RTCP on the same port, these payload types would be taken for RTCP's packets. */
function checkNumbers(
  { rtpmaps }: RemoteSection,
  invalid: (message: string) => DOMException,
): void {
  for (const line of rtpmaps) {
    const number = Number(/^a=rtpmap:(\d+)/.exec(line)?.[1]);
    if (number >= 64 && number <= 95) {
      throw invalid(`Payload type ${String(number)} is taken by RTCP on the same port.`);
    }
  }
}

/** RFC 8839 §5.4. */
const UFRAG = /^[A-Za-z\d+/]{4,256}$/;
const PWD = /^[A-Za-z\d+/]{22,256}$/;

function checkTransport(
  { ufrag, pwd, fingerprints, setup }: RemoteTransport,
  type: 'offer' | 'answer' | 'pranswer',
  invalid: (message: string) => DOMException,
): void {
  if (ufrag === '' || pwd === '') throw invalid('Called with SDP without ice-ufrag and ice-pwd.');
  if (!UFRAG.test(ufrag) || !PWD.test(pwd)) {
    throw invalid('The ice-ufrag or ice-pwd is too short, too long, or has other characters.');
  }
  if (fingerprints.length === 0) throw invalid('Called with SDP without DTLS fingerprint.');
  if (type !== 'offer' && setup !== 'active' && setup !== 'passive') {
    throw invalid('Answerer must use either active or passive value for setup attribute.');
  }
}

/** True where the other side says that it takes candidates one by one (RFC 8840 §4.1.3), in the session or a section. */
export function trickles({ document }: Remote): boolean {
  return document.sections.some((section) =>
    attributes(section, 'ice-options').some((line) =>
      (line.argument ?? '').split(' ').includes('trickle'),
    ),
  );
}

/** The transport of the section at this place: its own lines, or those of the section that carries its bundle. */
export function remoteTransport({ document }: Remote, index: number): RemoteTransport {
  const section = document.sections[index + 1];
  if (section === undefined) throw new RangeError(`There is no section ${index}.`);
  const own =
    attribute(section, 'ice-ufrag') !== null ? section : transportOwner(document, section);
  return transportOf(document, own, own.index - 1);
}

/** RFC 8866 §5: these four begin a description. Browsers read no further without them. */
function checkLines(document: SdpDocument): void {
  const broken = (line: string, message: string) =>
    failure('OperationError', METHOD, `Failed to parse SessionDescription. ${line} ${message}`);
  const [session] = document.sections;
  const lines = session?.lines ?? [];
  let at = 0;
  for (const wanted of ['v', 'o', 's', 't'] as const) {
    // Between s= and t= there may be others (RFC 8866 §5).
    while (wanted === 't' && at < lines.length && 'iuepcb'.includes(lines[at]?.type ?? '-'))
      at += 1;
    const line = lines[at];
    if (line?.type !== wanted) throw broken(line?.text ?? '', `Expect line: ${wanted}=`);
    at += 1;
  }
  for (const line of document.lines) {
    if (line.type === null && line.text !== '') throw broken(line.text, 'Invalid SDP line.');
  }
  for (const section of document.sections.slice(1)) {
    const { media, lines: own } = section;
    if (media === null || media.port === null || media.proto === '' || media.formats.length === 0) {
      throw broken(own[0]?.text ?? '', 'Expects at least 4 fields.');
    }
  }
}

function sectionOf(document: SdpDocument, section: SdpSection): RemoteSection {
  const { kind = '', proto = '', formats = [] } = section.media ?? {};
  const index = section.index - 1;
  const isRtp = proto.toUpperCase().includes('RTP/SAVP');
  const media = isRtp && (kind === 'audio' || kind === 'video') ? kind : null;
  const isData = kind === 'application' && formats.includes(DATA_FORMAT);
  const over = isRejected(section);
  const msids = attributes(section, 'msid').map((line) => (line.argument ?? '').split(' '));
  return {
    ...{ index, kind, proto, formats, media, isData },
    isRejected: over,
    rtpmaps: attributes(section, 'rtpmap').map((line) => line.text),
    // RFC 9429 §5.10: a section without a mid is given one.
    mid: section.mid ?? String(index),
    direction: directionOf(document, section),
    codecs: media === null || over ? [] : commonCodecs(section, media),
    extensions: extensionsOf(document, section).map(({ id, uri }) => [id, uri] as const),
    reducedSize: attribute(section, 'rtcp-rsize') !== null,
    streams: streamsOf((msids.length > 0 ? msids : ofSources(section)).map(([id = '-']) => id)),
    trackId: (msids[0] ?? ofSources(section)[0])?.[1] ?? null,
    ssrcs: attributes(section, 'ssrc').map((line) => Number.parseInt(line.argument ?? '', 10)),
    asks: media === 'video' ? asked(section) : [],
    sctpPort: numberOf(section, 'sctp-port') ?? 5000,
    maxMessageSize: numberOf(section, 'max-message-size') ?? 65_536,
  };
}

/** RFC 9429 §5.10: media without any a=msid belongs to one stream that has no name of its own. */
const DEFAULT_STREAM = 'default';

/** Older peers write msid for each source: `a=ssrc:1 msid:stream track`. */
function ofSources(section: SdpSection): readonly (readonly string[])[] {
  return attributes(section, 'ssrc').flatMap((line) => {
    const [, ids] = / msid:(.+)$/.exec(line.text) ?? [];
    return ids === undefined ? [] : [ids.trim().split(' ')];
  });
}

function streamsOf(ids: readonly string[]): readonly string[] {
  if (ids.length === 0) return [DEFAULT_STREAM];
  return [...new Set(ids)].filter((id) => id !== '-');
}

/** `a=simulcast:recv a;b,c;~d`: of alternatives the first; a tilde says that it is paused (RFC 8853 §5.1). */
function asked(section: SdpSection): readonly string[] {
  const list = /(?:^| )recv (\S+)/.exec(attribute(section, 'simulcast')?.argument ?? '')?.[1] ?? '';
  return list.split(';').flatMap((each) => {
    const rid = each.split(',')[0]?.replace(/^~/, '') ?? '';
    return /^[A-Za-z\d]{1,16}$/.test(rid) ? [rid] : [];
  });
}

function numberOf(section: SdpSection, name: string): number | null {
  const text = attribute(section, name)?.argument?.trim() ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function transportOf(document: SdpDocument, section: SdpSection, index: number): RemoteTransport {
  const value = (name: string) => inherited(document, section, name)?.argument?.trim() ?? '';
  const own = attributes(section, 'fingerprint');
  const [session] = document.sections;
  const lines = own.length > 0 || session === undefined ? own : attributes(session, 'fingerprint');
  return {
    index,
    ufrag: value('ice-ufrag'),
    pwd: value('ice-pwd'),
    fingerprints: lines.map((line) => {
      const [algorithm = '', digest = ''] = (line.argument ?? '').trim().split(/ +/);
      return { algorithm: algorithm.toLowerCase(), value: digest.toUpperCase() };
    }),
    setup: value('setup').toLowerCase() || 'actpass',
    candidates: attributes(section, 'candidate').map((line) => line.text.slice(2)),
    ended: attribute(section, 'end-of-candidates') !== null,
  };
}
