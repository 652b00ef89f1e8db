// What the senders, receivers and transceivers of a peer ask of it.
import type { DtlsTransport, StatsReport } from '../rtp-port.ts';
import type { MediaKind } from './codecs.ts';
import type { AnsweredRtp } from './describe.ts';

/** A transceiver, as its sender and receiver see it. */
export interface Shared {
  readonly kind: MediaKind;
  readonly mid: string | null;
  /** What the newest answer takes; null before one. */
  readonly negotiated: AnsweredRtp | null;
  readonly hasTransport: boolean;
  readonly isStopping: boolean;
}

/** The peer, as its transceivers see it. */
export interface RtpHost {
  readonly isClosed: boolean;
  /** The name that its media goes by (RFC 3550 §6.5.1). */
  readonly cname: string;
  /** The one transport. */
  readonly transport: DtlsTransport;
  /** The app changed something that the other side may have to be told. */
  changed(): void;
  /** The app changed what is sent, which needs no negotiation. */
  resend(): void;
  /** Runs an operation after those that are under way (WebRTC 1.0 §4.4.1.2). */
  chain<T>(method: string, operation: () => T | Promise<T>): Promise<T>;
  /** The statistics of one direction of one transceiver, and of what it goes over. */
  statsOf(transceiver: Shared, type: 'outbound-rtp' | 'inbound-rtp'): StatsReport;
}
