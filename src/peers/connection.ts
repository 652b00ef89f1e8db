// The port to a peer: the part of the W3C RTCPeerConnection that this program uses, under its own names.
import type { Candidate, Description } from '../trace/event.ts';
import type {
  RtpReceiver,
  RtpSender,
  RtpTransceiver,
  SctpTransport,
  StatsReport,
} from './rtp-port.ts';

export type * from './rtp-port.ts';

/** RTCSessionDescriptionInit, as calls take it. */
export interface DescriptionInit {
  type: Description['type'];
  sdp?: string;
}

/** RTCLocalSessionDescriptionInit: without a type, the one that fits the state. */
export type LocalDescriptionInit = Partial<DescriptionInit>;

/** RTCOfferOptions, as far as it is used. */
export interface OfferOptions {
  /** With new ICE credentials (RFC 9429 §5.2.3.1). */
  iceRestart?: boolean;
}

/** RTCSessionDescription, as calls and slots give it. */
export interface SessionDescription {
  readonly type: Description['type'];
  readonly sdp: string;
}

/** RTCIceCandidateInit, as calls take it. */
export interface CandidateInit {
  candidate?: string;
  sdpMid?: string | null;
  sdpMLineIndex?: number | null;
  usernameFragment?: string | null;
}

/** RTCDataChannel. */
export interface DataChannel {
  readonly label: string;
  readonly ordered: boolean;
  readonly maxPacketLifeTime: number | null;
  readonly maxRetransmits: number | null;
  readonly protocol: string;
  readonly negotiated: boolean;
  readonly id: number | null;
  readonly readyState: 'connecting' | 'open' | 'closing' | 'closed';
  readonly bufferedAmount: number;
  bufferedAmountLowThreshold: number;
  binaryType: 'arraybuffer' | 'blob';
  send(data: string): void;
  // eslint-disable-next-line @typescript-eslint/unified-signatures -- the DOM's overloads fit no union
  send(data: ArrayBuffer): void;
  close(): void;
  addEventListener(
    type: 'open' | 'close' | 'closing' | 'bufferedamountlow' | 'error',
    listener: (event: Event) => void,
  ): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  removeEventListener(
    type: 'open' | 'close' | 'closing' | 'bufferedamountlow' | 'error',
    listener: (event: Event) => void,
  ): void;
}

/** The events of a connection and what they carry. */
export interface PeerEvents {
  signalingstatechange: unknown;
  icegatheringstatechange: unknown;
  iceconnectionstatechange: unknown;
  connectionstatechange: unknown;
  negotiationneeded: unknown;
  icecandidate: {
    readonly candidate:
      (Omit<Candidate, 'usernameFragment'> & { readonly usernameFragment: string | null }) | null;
  };
  icecandidateerror: {
    readonly url: string;
    readonly errorCode: number;
    readonly errorText: string;
    readonly address: string | null;
    readonly port: number | null;
  };
  track: {
    readonly track: MediaStreamTrack;
    readonly receiver: RtpReceiver;
    readonly streams: readonly MediaStream[];
    readonly transceiver: RtpTransceiver;
  };
  datachannel: { readonly channel: DataChannel };
}

/**
 * A peer: a browser's RTCPeerConnection is assignable to it as it is, and a virtual one implements it.
 * Every member means what WebRTC 1.0 §4.4 says of the member of that name, exceptions included.
 */
export interface PeerConnection {
  readonly signalingState: string;
  readonly iceGatheringState: string;
  readonly iceConnectionState: string;
  readonly connectionState: string;
  readonly localDescription: SessionDescription | null;
  readonly remoteDescription: SessionDescription | null;
  readonly currentLocalDescription: SessionDescription | null;
  readonly currentRemoteDescription: SessionDescription | null;
  readonly pendingLocalDescription: SessionDescription | null;
  readonly pendingRemoteDescription: SessionDescription | null;
  readonly canTrickleIceCandidates: boolean | null;
  readonly sctp: SctpTransport | null;
  getConfiguration(): RTCConfiguration;
  setConfiguration(configuration?: RTCConfiguration): void;
  restartIce(): void;
  createOffer(options?: OfferOptions): Promise<DescriptionInit>;
  createAnswer(): Promise<DescriptionInit>;
  setLocalDescription(description?: LocalDescriptionInit): Promise<void>;
  setRemoteDescription(description: DescriptionInit): Promise<void>;
  addIceCandidate(candidate?: CandidateInit): Promise<void>;
  addTrack(track: MediaStreamTrack, ...streams: MediaStream[]): RtpSender;
  removeTrack(sender: RtpSender): void;
  addTransceiver(
    trackOrKind: MediaStreamTrack | 'audio' | 'video',
    init?: RTCRtpTransceiverInit,
  ): RtpTransceiver;
  createDataChannel(label: string, options?: RTCDataChannelInit): DataChannel;
  getSenders(): readonly RtpSender[];
  getReceivers(): readonly RtpReceiver[];
  getTransceivers(): readonly RtpTransceiver[];
  getStats(): Promise<StatsReport>;
  close(): void;
  addEventListener<K extends keyof PeerEvents>(
    type: K,
    listener: (event: PeerEvents[K]) => void,
  ): void;
  removeEventListener<K extends keyof PeerEvents>(
    type: K,
    listener: (event: PeerEvents[K]) => void,
  ): void;
}

/** What a connection is made with (RTCConfiguration). */
export interface IceServer {
  readonly urls: string | string[];
  readonly username?: string;
  readonly credential?: string;
}
