// What happened: the events a record is made of. Plain JSON, readonly, numbered; no code here but names.
import type { IceProfile } from '../ice/agent-port.ts';
import type { NetworkDescription } from '../net/description.ts';
import type { Binding, DropRule } from '../net/event.ts';
import type { Endpoint, Protocol, TcpFlag } from '../net/packet.ts';
import type { DtlsVersion } from '../rtc/dtls.ts';
import type { Act, Side } from '../rtc/steps.ts';

/** The version of the record that this program writes. See docs/trace-format.md. */
export const TRACE_VERSION = 6;

/** A value that survives JSON unchanged. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** An exception as the learner sees it: the real name and message, unedited. */
export interface ErrorInfo {
  /** `DOMException.name` or the class of the error, such as `InvalidStateError`. */
  readonly name: string;
  readonly message: string;
}

/** The four state machines of a connection (WebRTC 1.0 §4.3), by the names of their attributes. */
export const MACHINES = [
  'signalingState',
  'iceGatheringState',
  'iceConnectionState',
  'connectionState',
] as const;
export type MachineName = (typeof MACHINES)[number];

/** The four slots that hold descriptions (WebRTC 1.0 §4.4.1.5), in the order the cards show them. */
export const SLOTS = ['pendingLocal', 'pendingRemote', 'currentLocal', 'currentRemote'] as const;
export type SlotName = (typeof SLOTS)[number];

/** A session description: its type and its SDP text, byte for byte. */
export interface Description {
  readonly type: 'offer' | 'answer' | 'pranswer' | 'rollback';
  readonly sdp: string;
}

/** A candidate as it is signaled (RTCIceCandidateInit). `candidate: ''` is end-of-candidates. */
export interface Candidate {
  readonly candidate: string;
  readonly sdpMid: string | null;
  readonly sdpMLineIndex: number | null;
  readonly usernameFragment: string | null;
}

/** What signaling carries. */
export type MessageType =
  'call' | 'offer' | 'answer' | 'candidate' | 'end-of-candidates' | 'hang-up' | 'error';

/** What all events have. */
interface Base {
  /** Its place in the record, from 1. */
  readonly n: number;
  /** Milliseconds since the record began. */
  readonly t: number;
  /** The number in the recording of the step it belongs to; 0 before the first. */
  readonly step: number;
  /** On whose side; `null` for what belongs to neither. */
  readonly side: Side | null;
  /** The number of the event that set it off; `null` when none in the record did. */
  readonly cause: number | null;
}

/** A step begins, is done, or fails. A step that is tried again begins again. */
export interface StepEvent extends Base {
  readonly kind: 'step';
  /** Which kind of step it is an instance of, such as `create-offer`. */
  readonly of: string;
  readonly at: 'begin' | 'done' | 'failed';
  /** The act that begins with this step; only with the first `begin` of it. */
  readonly act?: Act;
  /** Why it failed; only with `failed`. `code` names the explanation. */
  readonly problem?: Problem;
}

/** A named thing that went wrong, with the exception behind it where there was one. */
export interface Problem {
  readonly code: ProblemCode;
  readonly error: ErrorInfo | null;
}

/** Every trouble that has an explanation of its own on the screen. */
export const PROBLEMS = [
  'camera-denied',
  'camera-missing',
  'camera-busy',
  'insecure-context',
  'no-webrtc',
  'media-file-unplayable',
  'media-file-gone',
  'video-lost',
  'audio-lost',
  'message-lost',
  'wrong-state',
  'no-common-codec',
  'ice-failed',
  'dtls-failed',
  'nothing-negotiated',
  'connect-timeout',
  'ice-server-malformed',
  'ice-server-silent',
  'candidate-rejected',
  'hung-up',
  'unexpected',
] as const;
export type ProblemCode = (typeof PROBLEMS)[number];

/** Trouble that stops no step, such as a STUN server that does not answer. */
export interface ProblemEvent extends Base {
  readonly kind: 'problem';
  readonly problem: Problem;
}

/** The interfaces whose calls are written; `Peerglass` stands for what this program does in place of an app. */
export const INTERFACES = [
  'RTCPeerConnection',
  'MediaDevices',
  'MediaStreamTrack',
  'RTCDataChannel',
  'RTCRtpSender',
  'RTCRtpTransceiver',
  'Peerglass',
] as const;
export type InterfaceName = (typeof INTERFACES)[number];

/** A call of an API begins. Setting an attribute is written as a call of its name. */
export interface CallEvent extends Base {
  readonly kind: 'call';
  /** The interface it is a method of. */
  readonly on: InterfaceName;
  /** The method's name; `constructor` for `new`. */
  readonly method: string;
  /** Its arguments, without credentials. */
  readonly args: readonly Json[];
  /** The m= section of the sender or transceiver that it is called on; `null` while that has none. */
  readonly mid?: string | null;
}

/** The call numbered `call` came back, a promise having been awaited. */
export interface ReturnEvent extends Base {
  readonly kind: 'return';
  readonly call: number;
  readonly method: string;
  readonly result: Json;
}

/** The call numbered `call` threw, or its promise was rejected. */
export interface ExceptionEvent extends Base {
  readonly kind: 'exception';
  readonly call: number;
  readonly method: string;
  readonly error: ErrorInfo;
}

/** One of the four states of a side changed. The first of each is `from: null`, when the connection is made. */
export interface StateEvent extends Base {
  readonly kind: 'state';
  readonly machine: MachineName;
  readonly from: string | null;
  readonly to: string;
}

/** `negotiationneeded` (WebRTC 1.0 §4.7): what is to be sent or received is no longer what was agreed on. */
export interface NegotiationNeededEvent extends Base {
  readonly kind: 'negotiation-needed';
}

/** A slot was filled, changed (candidates grow a description) or emptied. */
export interface DescriptionEvent extends Base {
  readonly kind: 'description';
  readonly slot: SlotName;
  readonly description: Description | null;
}

/**
 * A candidate's way: `found` by this side's ICE agent, or of the other side: `queued` because the description
 * it belongs to is not set yet, `added` by `addIceCandidate`, `rejected` by it. `candidate: null` is the
 * legacy `icecandidate` event that says gathering is complete.
 */
export interface CandidateEvent extends Base {
  readonly kind: 'candidate';
  readonly at: 'found' | 'queued' | 'added' | 'rejected';
  readonly candidate: Candidate | null;
}

/** `icecandidateerror` (WebRTC 1.0 §4.8.3). 701 means that the server could not be reached; it is not fatal. */
export interface CandidateErrorEvent extends Base {
  readonly kind: 'candidate-error';
  readonly url: string;
  readonly errorCode: number;
  readonly errorText: string;
  readonly address: string | null;
  readonly port: number | null;
}

/**
 * A signaling message's life. `side` is who it happened at: the sender for `posted` and `in-flight`, the
 * receiver for `delivered`, the sender for `lost`.
 */
export interface MessageEvent extends Base {
  readonly kind: 'message';
  readonly at: 'posted' | 'in-flight' | 'delivered' | 'lost';
  /** The same through the message's whole life. */
  readonly id: string;
  readonly type: MessageType;
  readonly from: Side;
  readonly to: Side;
  /** What it carries; only with `posted`. */
  readonly body?: Description | Candidate | ErrorInfo | null;
}

/** Something arrived on the channel that isn't a message of this call; it was counted and ignored. */
export interface IgnoredEvent extends Base {
  readonly kind: 'ignored';
  readonly reason: 'not-an-envelope' | 'newer-version' | 'other-session' | 'not-for-this-side';
  /** How many of them this event stands for; one where it isn't told. */
  readonly count?: number;
}

/**
 * A track was captured or came from the other side, began to carry media or stopped to, was switched off or on by its
 * app, or ended.
 */
export interface TrackEvent extends Base {
  readonly kind: 'track';
  readonly at: 'added' | 'unmuted' | 'muted' | 'disabled' | 'enabled' | 'ended';
  readonly origin: 'local' | 'remote';
  readonly id: string;
  readonly media: 'audio' | 'video';
  /** The ids of the streams it belongs to. */
  readonly streams: readonly string[];
  /** What a local track shows, where that is not what the call began with; only with `added`. */
  readonly shows?: Shown;
}

/** What a track may show that is captured later: a screen, or the same person through another camera. */
export const SHOWN = ['screen', 'other-camera'] as const;
export type Shown = (typeof SHOWN)[number];

/** A transceiver (WebRTC 1.0 §5.4) as it stands. */
export interface Transceiver {
  readonly mid: string | null;
  readonly media: 'audio' | 'video';
  readonly direction: string;
  readonly currentDirection: string | null;
  /** The id of its sender's track; `null` where that has none. */
  readonly sending?: string | null;
  /** The id of its receiver's track. */
  readonly receiving?: string;
}

/** The transceivers of a side, all of them, after they changed. */
export interface TransceiversEvent extends Base {
  readonly kind: 'transceivers';
  readonly transceivers: readonly Transceiver[];
}

/** A data channel was made here or announced by the other side, or its `readyState` changed. */
export interface ChannelEvent extends Base {
  readonly kind: 'channel';
  readonly label: string;
  /** The SCTP stream; `null` until it is known. */
  readonly id: number | null;
  readonly origin: 'local' | 'remote';
  readonly state: 'connecting' | 'open' | 'closing' | 'closed';
  /** Its place among the channels of its side, from 1. */
  readonly nth?: number;
  /** How it was asked for. */
  readonly options?: ChannelOptions;
}

/** What RTCDataChannel says of how it carries messages (WebRTC 1.0 §6.2). */
export interface ChannelOptions {
  readonly ordered: boolean;
  readonly maxRetransmits: number | null;
  readonly maxPacketLifeTime: number | null;
  /** Both apps made it with the same id; it was not announced in band. */
  readonly negotiated: boolean;
}

/** Text or a file over the data channel; a file has many, as its bytes go (`done` up to `size`). */
export interface DataEvent extends Base {
  readonly kind: 'data';
  readonly at: 'sent' | 'received';
  /** The same for all events of one text or file, and on both sides. */
  readonly id: string;
  readonly what: 'text' | 'file';
  /** The text itself, or the file's name. */
  readonly label: string;
  /** Bytes in all, and bytes so far. */
  readonly size: number;
  readonly done: number;
}

/** A candidate of a pair, as `getStats` gives it (webrtc-stats §8.18); the address is '' where the browser hides it. */
export interface PairEnd {
  readonly type: string;
  readonly protocol: string;
  readonly address: string;
  readonly port: number | null;
  readonly priority: number | null;
}

/** The selected pair, when it is first seen and when it changes. */
export interface PairEvent extends Base {
  readonly kind: 'pair';
  readonly local: PairEnd;
  readonly remote: PairEnd;
  readonly state: string;
  readonly nominated: boolean;
  /** Milliseconds; `null` until measured. */
  readonly rtt: number | null;
}

/**
 * A candidate pair, as `getStats` gives it (webrtc-stats §8.19). What a browser does not tell is `null`, or '' for
 * text.
 */
export interface Pair {
  /** The same for one pair of a side through the whole record. */
  readonly id: string;
  readonly local: PairEnd;
  readonly remote: PairEnd;
  /** As RTCStatsIceCandidatePairState writes it; a browser may have words of its own. */
  readonly state: string;
  readonly nominated: boolean;
  /** It carries the call, or its part of the call where the sections are not bundled. */
  readonly selected: boolean;
  /**
   * A decimal. Browsers give it beside the standard, and as a double: of its 64 bits the lower ones are rounded away.
   */
  readonly priority: string | null;
  /** Checks sent, and those that were answered. */
  readonly requestsSent: number | null;
  readonly responsesReceived: number | null;
  /** Milliseconds; `null` until measured. */
  readonly rtt: number | null;
  readonly bytesSent: number | null;
  readonly bytesReceived: number | null;
}

/**
 * All candidate pairs that a side has now, when one is new or gone, or when its state, its ends, its nomination or
 * its selection is another; also when its first check leaves or is answered. The counters are those of that moment.
 */
export interface PairsEvent extends Base {
  readonly kind: 'pairs';
  readonly pairs: readonly Pair[];
}

/** The transport: DTLS and what runs over it (webrtc-stats §8.17), when it changes. */
export interface TransportEvent extends Base {
  readonly kind: 'transport';
  readonly dtlsState: string;
  readonly dtlsRole: string | null;
  readonly iceRole: string | null;
  readonly tlsVersion: string | null;
  readonly dtlsCipher: string | null;
  readonly srtpCipher: string | null;
  /** Fingerprints of the two certificates, `algorithm value`. */
  readonly localFingerprint: string | null;
  readonly remoteFingerprint: string | null;
}

/** Counters at one moment, all since the call began. */
export interface StatsEvent extends Base {
  readonly kind: 'stats';
  readonly bytesSent: number;
  readonly bytesReceived: number;
  readonly packetsSent: number;
  readonly packetsReceived: number;
  readonly packetsLost: number;
  readonly framesDecoded: number;
  /** Milliseconds; `null` until measured. */
  readonly rtt: number | null;
}

/**
 * The media of one section in one direction, as `getStats` gives it (webrtc-stats §8.4, §8.6). What a browser does not
 * tell is `null`; the counters are since the call began.
 */
export interface RtpStream {
  readonly direction: 'sent' | 'received';
  readonly mid: string | null;
  readonly media: 'audio' | 'video';
  /** A media type, such as `video/VP8`. */
  readonly codec: string | null;
  readonly packets: number;
  readonly bytes: number;
  /** Pictures sent, or decoded. */
  readonly frames: number | null;
  readonly width: number | null;
  readonly height: number | null;
}

/** All that a side sends and receives over RTP, read where an act looks at it. */
export interface RtpEvent extends Base {
  readonly kind: 'rtp';
  readonly streams: readonly RtpStream[];
}

/** The call was ended, by whom; what follows is only the closing. */
export interface HangUpEvent extends Base {
  readonly kind: 'hang-up';
}

/** An entry of a dump that this program knows no more of: its name and its value, as they stand there. */
export interface NoteEvent extends Base {
  readonly kind: 'note';
  readonly name: string;
  readonly value: Json;
}

/** What a NAT did with a packet: the row it went by, whether it made that row, and which way it went. */
export interface Translation {
  readonly binding: Binding;
  readonly created: boolean;
  readonly direction: 'out' | 'in' | 'hairpin';
}

/**
 * A packet of the virtual network at one place on its way. `side` is the side whose host sent it; `null` for a
 * server's.
 */
export interface PacketEvent extends Base {
  readonly kind: 'packet';
  readonly at: 'sent' | 'forwarded' | 'delivered' | 'dropped';
  /** The same through its life; a retransmission is another packet. */
  readonly id: number;
  /** The id of the node it is at; where chance lost it, of the segment. */
  readonly where: string;
  readonly protocol: Protocol;
  /** As they stand in the packet here: a NAT rewrites them. */
  readonly source: Endpoint;
  readonly destination: Endpoint;
  /** `null` for UDP. */
  readonly flag: TcpFlag | null;
  /** Bytes of the payload. */
  readonly size: number;
  /** The payload in hexadecimal; only with `sent`. */
  readonly bytes?: string;
  /** Why it went no further; only with `dropped`. */
  readonly rule?: DropRule;
  /** Only with `forwarded`, and only by a NAT. */
  readonly translation?: Translation;
}

/** A row of a NAT's table ended. */
export interface BindingEvent extends Base {
  readonly kind: 'binding';
  readonly at: 'expired';
  /** The router's id. */
  readonly router: string;
  readonly binding: Binding;
}

/** The network is another from here on: what the lesson did to it. */
export interface NetworkEvent extends Base {
  readonly kind: 'network';
  readonly change: 'interface-down' | 'interface-up' | 'reboot' | 'router' | 'segment';
  /** The id of the host, router or segment. */
  readonly at: string;
  /** The whole network, as it is now. */
  readonly description: NetworkDescription;
}

/** Everything that a record can hold. */
export type TraceEvent =
  | StepEvent
  | ProblemEvent
  | CallEvent
  | ReturnEvent
  | ExceptionEvent
  | StateEvent
  | NegotiationNeededEvent
  | DescriptionEvent
  | CandidateEvent
  | CandidateErrorEvent
  | MessageEvent
  | IgnoredEvent
  | TrackEvent
  | TransceiversEvent
  | ChannelEvent
  | DataEvent
  | PairEvent
  | PairsEvent
  | TransportEvent
  | StatsEvent
  | RtpEvent
  | HangUpEvent
  | NoteEvent
  | PacketEvent
  | BindingEvent
  | NetworkEvent;

/** An event before the recorder has numbered, timed and placed it. Steps have calls of their own there. */
export type EventBody =
  Exclude<TraceEvent, StepEvent> extends infer E
    ? E extends TraceEvent
      ? Omit<E, 'n' | 't' | 'step' | 'cause'>
      : never
    : never;

/** The virtual network of a run, as it was at the start. */
export interface NetworkOptions {
  /** The id of the lesson that it comes from. */
  readonly lesson: string;
  /** What all chance in it comes from: the same seed gives the same run. */
  readonly seed: number;
  readonly profile: IceProfile;
  /** The newest version of DTLS that both speak; the profile's unless named. */
  readonly dtls?: DtlsVersion;
  /** False: the pages may not know their hosts' addresses. */
  readonly permission?: boolean;
  readonly description: NetworkDescription;
}

/** What the learner chose before step 1. Credentials of ICE servers never get here. */
export interface RunOptions {
  /** `virtual`: two peers of this program, in a network that it makes up. All times are those of its clock then. */
  readonly peers: 'browser' | 'virtual';
  /** `virtual`: tracks with nothing to see or hear. */
  readonly media: 'synthetic' | 'camera' | 'file' | 'virtual';
  readonly carry: { readonly audio: boolean; readonly video: boolean; readonly data: boolean };
  readonly trickle: boolean;
  /** URLs only. */
  readonly iceServers: readonly string[];
  /** `null` for a browser's call, and only for that. */
  readonly network: NetworkOptions | null;
}

/** The formats of other programs that a record may come from. */
export const ORIGIN_FORMATS = ['webrtc-internals', 'rtcstats', 'jitsi'] as const;

/** Where a record comes from that was not made by this program. */
export interface TraceOrigin {
  readonly format: (typeof ORIGIN_FORMATS)[number];
  /** The names of the two connections in it; `null` for a side that was not recorded. */
  readonly caller: string | null;
  readonly callee: string | null;
}

/** What is known of a run before its first event. */
export interface TraceHeader {
  readonly version: typeof TRACE_VERSION;
  /** The session's id, which is also in its channel's name. */
  readonly id: string;
  /** When the run began, ISO 8601 in UTC. */
  readonly startedAt: string;
  /** The browser, as it names itself. */
  readonly agent: string;
  readonly options: RunOptions;
  /** Only where it is not a run of this program. */
  readonly origin?: TraceOrigin;
}
