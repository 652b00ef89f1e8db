// What a part of a line means, as data: an id and its parameters. The sentences are in lessons/sdp.
import type { Direction } from '../rtc/direction.ts';
import type { CodecRole } from './codecs.ts';
import type { ExtensionId } from './extensions.ts';
import type { ParameterId } from './format.ts';
import type { RuleId } from './grammar.ts';
import type { SdpDocument, SdpLine, SdpSection } from './parse.ts';
import type { Part } from './split.ts';

type YesNo = 'yes' | 'no';
/** A parameter that has nothing to say. */
type Nothing = Readonly<Record<string, never>>;

/** The meanings, each with its parameters. */
export interface Meanings {
  // The session
  readonly version: { readonly known: YesNo };
  readonly username: { readonly who: 'none' | 'firefox' | 'other' };
  readonly 'session-id': Nothing;
  readonly 'session-version': Nothing;
  readonly network: Nothing;
  readonly 'address-type': { readonly type: 'IP4' | 'IP6' | 'other' };
  readonly 'origin-address': { readonly kind: 'placeholder' | 'other' };
  readonly 'session-name': { readonly kind: 'none' | 'other' };
  readonly text: { readonly part: 'information' | 'uri' | 'contact' | 'repeat' | 'time-zone' };
  readonly time: { readonly which: 'start' | 'stop'; readonly bound: YesNo };
  readonly 'key-method': Nothing;
  readonly 'connection-address': { readonly kind: 'placeholder' | 'name' | 'address' };
  readonly ttl: Nothing;
  readonly 'bandwidth-type': { readonly type: 'AS' | 'TIAS' | 'CT' | 'RS' | 'RR' | 'other' };
  readonly bandwidth: { readonly value: string; readonly unit: 'kilobits' | 'bits' | 'other' };
  // The m= line
  readonly media: {
    readonly kind: 'audio' | 'video' | 'application' | 'text' | 'image' | 'message' | 'other';
  };
  readonly port: {
    readonly kind: 'discard' | 'rejected' | 'bundle-only' | 'other';
    readonly value: string;
  };
  readonly 'port-count': { readonly value: string };
  readonly protocol: { readonly word: ProtocolWord };
  readonly format: { readonly kind: 'data-channel' | 'other' };
  // Payload types
  readonly 'payload-media': {
    readonly pt: string;
    readonly codec: string;
    readonly rate: string;
  };
  readonly 'payload-rtx': {
    readonly pt: string;
    readonly apt: string;
    readonly codec: string;
    readonly known: YesNo;
  };
  readonly 'payload-helper': {
    readonly pt: string;
    readonly role: Exclude<CodecRole, 'media' | 'rtx'>;
  };
  readonly 'payload-unknown': { readonly pt: string };
  readonly 'payload-all': Nothing;
  readonly encoding: { readonly codec: CodecTitle; readonly name: string };
  readonly 'clock-rate': {
    readonly value: string;
    readonly kind: 'g722' | 'opus' | 'video' | 'audio';
  };
  readonly channels: { readonly value: string; readonly kind: 'opus' | 'one' | 'more' };
  readonly parameter: { readonly name: ParameterId; readonly value: string };
  readonly 'parameter-level': {
    readonly codec: 'H264' | 'H265' | 'AV1';
    readonly profile: string;
    readonly level: string;
  };
  readonly 'parameter-apt': { readonly apt: string; readonly codec: string; readonly known: YesNo };
  readonly 'parameter-redundancy': { readonly pt: string; readonly codec: string };
  readonly 'parameter-events': { readonly value: string };
  readonly 'parameter-unknown': Nothing;
  readonly feedback: {
    readonly kind: 'nack' | 'ccm' | 'remb' | 'transport-cc' | 'rrtr' | 'trr-int' | 'ack' | 'other';
    readonly detail: YesNo;
  };
  readonly 'feedback-detail': {
    readonly kind: 'pli' | 'sli' | 'rpsi' | 'fir' | 'tmmbr' | 'tstr' | 'vbcm' | 'app' | 'other';
  };
  readonly milliseconds: { readonly value: string };
  readonly 'frame-rate': { readonly value: string };
  // Sources
  readonly ssrc: { readonly use: 'repair' | 'media' | 'other' };
  readonly 'source-attribute': { readonly name: 'cname' | 'msid' | 'label' | 'mslabel' | 'other' };
  readonly 'source-value': { readonly name: 'cname' | 'msid' | 'label' | 'mslabel' | 'other' };
  readonly 'source-grouping': {
    readonly semantics: 'FID' | 'FEC-FR' | 'FEC' | 'SIM' | 'DUP' | 'other';
  };
  readonly 'stream-id': { readonly kind: 'none' | 'all' | 'one' };
  readonly 'track-id': Nothing;
  readonly 'stream-semantics': Nothing;
  // Header extensions and RTCP
  readonly 'extension-id': { readonly value: string };
  readonly direction: { readonly way: Direction };
  readonly extension: { readonly name: ExtensionId };
  readonly 'extension-attributes': Nothing;
  readonly 'rtcp-port': { readonly kind: 'discard' | 'other' };
  readonly 'rtcp-address': { readonly kind: 'placeholder' | 'name' | 'address' };
  readonly report: { readonly kind: 'rcvr-rtt' | 'stat-summary' | 'voip-metrics' | 'other' };
  // Groups and simulcast
  readonly grouping: { readonly semantics: 'BUNDLE' | 'LS' | 'FID' | 'DUP' | 'other' };
  readonly mid: {
    readonly use: 'own' | 'tagged' | 'member' | 'rejected' | 'missing';
    readonly mid: string;
    readonly kind: string;
  };
  readonly rid: Nothing;
  readonly 'rid-direction': { readonly way: 'send' | 'recv' };
  readonly restriction: {
    readonly name:
      | 'pt'
      | 'max-width'
      | 'max-height'
      | 'max-fps'
      | 'max-fs'
      | 'max-br'
      | 'max-pps'
      | 'max-bpp'
      | 'depend'
      | 'other';
    readonly value: string;
  };
  readonly 'simulcast-direction': { readonly way: 'send' | 'recv' };
  readonly 'simulcast-streams': { readonly count: number };
  // ICE
  readonly 'ice-option': {
    readonly option: 'trickle' | 'renomination' | 'ice2' | 'google-ice' | 'rtp-ecn' | 'other';
  };
  readonly ufrag: Nothing;
  readonly password: Nothing;
  readonly pacing: { readonly value: string };
  readonly foundation: Nothing;
  readonly component: { readonly kind: 'rtp' | 'rtcp' | 'other'; readonly muxed: YesNo };
  readonly transport: { readonly kind: 'udp' | 'tcp' | 'other' };
  readonly priority: {
    readonly type: string;
    readonly local: string;
    readonly component: string;
  };
  readonly address: { readonly kind: 'mdns' | 'name' | 'ip4' | 'ip6' };
  readonly 'candidate-port': { readonly kind: 'discard' | 'other'; readonly value: string };
  readonly typ: Nothing;
  readonly 'candidate-type': { readonly type: 'host' | 'srflx' | 'prflx' | 'relay' | 'other' };
  readonly 'candidate-extension': {
    readonly name:
      | 'raddr'
      | 'rport'
      | 'tcptype'
      | 'generation'
      | 'ufrag'
      | 'network-id'
      | 'network-cost'
      | 'other';
    readonly value: string;
  };
  readonly 'remote-candidate': Nothing;
  // Keys
  readonly hash: { readonly name: string; readonly strength: 'good' | 'weak' | 'unknown' };
  readonly digest: { readonly bytes: number };
  readonly role: { readonly role: 'actpass' | 'active' | 'passive' | 'holdconn' };
  readonly 'tls-id': Nothing;
  readonly 'crypto-tag': Nothing;
  readonly 'crypto-suite': Nothing;
  readonly key: Nothing;
  // Data
  readonly 'sctp-port': { readonly value: string };
  readonly 'sctp-protocol': Nothing;
  readonly 'sctp-streams': { readonly value: string };
  readonly 'message-size': { readonly value: string; readonly limit: YesNo };
  // Anything
  readonly value: Nothing;
  readonly malformed: Nothing;
  readonly unexpected: Nothing;
}

/** The words between an m= line's slashes (RFC 8866 §5.14, RFC 5764 §8, RFC 8841 §4). */
export type ProtocolWord =
  'UDP' | 'TCP' | 'TLS' | 'DTLS' | 'RTP' | 'SCTP' | 'AVP' | 'AVPF' | 'SAVP' | 'SAVPF' | 'other';

/** Codecs that there is a sentence for. */
export type CodecTitle =
  | 'opus'
  | 'multiopus'
  | 'red'
  | 'G722'
  | 'PCMU'
  | 'PCMA'
  | 'G729'
  | 'L16'
  | 'CN'
  | 'telephone-event'
  | 'VP8'
  | 'VP9'
  | 'H264'
  | 'H265'
  | 'AV1'
  | 'rtx'
  | 'ulpfec'
  | 'flexfec'
  | 'other';

/** The id of a meaning. */
export type MeaningId = keyof Meanings;

/** What a part means. */
export type Meaning<Id extends MeaningId = MeaningId> = {
  readonly [Each in Id]: { readonly id: Each; readonly params: Meanings[Each] };
}[Id];

/** Makes a meaning, of an id and the parameters that it asks for. */
export function mean<Id extends MeaningId>(
  id: Id,
  params: Meanings[Id],
): { readonly id: Id; readonly params: Meanings[Id] } {
  return { id, params };
}

/** The word if it is one of those known, else `other`. */
export function among<const Word extends string>(
  word: string,
  known: readonly Word[],
): Word | 'other' {
  return known.find((each) => each === word) ?? 'other';
}

/** Where a part stands: what its meaning may depend on. */
export interface Place {
  readonly document: SdpDocument;
  readonly section: SdpSection;
  readonly line: SdpLine;
  readonly rule: RuleId;
  /** All parts of the line, and which of them this is. */
  readonly parts: readonly Part[];
  readonly index: number;
}

/** Finds the meaning of a part: of its text, and of where it stands. */
export type Mean = (text: string, place: Place) => Meaning;
