// The port's part for media: senders, receivers and transceivers under W3C's names (WebRTC 1.0 §5).
import type { Json } from '../trace/event.ts';

/** RTCStatsReport: a map from ids to plain dictionaries. */
export interface StatsReport {
  forEach(visit: (stats: Readonly<Record<string, Json | undefined>>, id: string) => void): void;
}

/** RTCIceTransport, as far as it is used. */
export interface IceTransport {
  readonly state: string;
  readonly gatheringState: string;
}

/** RTCDtlsTransport, as far as it is used. */
export interface DtlsTransport {
  readonly state: string;
  readonly iceTransport: IceTransport;
}

/** RTCSctpTransport, as far as it is used. */
export interface SctpTransport {
  readonly state: string;
  readonly transport: DtlsTransport;
  readonly maxMessageSize: number;
  readonly maxChannels: number | null;
}

/** RTCRtpSender, as far as it is used. */
export interface RtpSender {
  readonly track: MediaStreamTrack | null;
  readonly transport: DtlsTransport | null;
  getParameters(): RTCRtpSendParameters;
  setParameters(parameters: RTCRtpSendParameters): Promise<void>;
  replaceTrack(track: MediaStreamTrack | null): Promise<void>;
  setStreams(...streams: MediaStream[]): void;
  getStats(): Promise<StatsReport>;
}

/** RTCRtpReceiver, as far as it is used. */
export interface RtpReceiver {
  readonly track: MediaStreamTrack;
  readonly transport: DtlsTransport | null;
  getParameters(): RTCRtpReceiveParameters;
  getStats(): Promise<StatsReport>;
}

/** RTCRtpTransceiver. */
export interface RtpTransceiver {
  readonly mid: string | null;
  readonly sender: RtpSender;
  readonly receiver: RtpReceiver;
  direction: RTCRtpTransceiverDirection;
  readonly currentDirection: RTCRtpTransceiverDirection | null;
  stop(): void;
  setCodecPreferences(codecs: RTCRtpCodec[]): void;
}
