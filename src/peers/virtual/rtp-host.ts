// What the senders, receivers and transceivers of a peer ask of it.
import type { DtlsTransport, StatsReport } from '../rtp-port.ts';
import type { MediaKind } from './codecs.ts';
import type { AnsweredRtp } from './describe.ts';

/**
 * Whose transport a section has: that of all, or, offered for the first time without `max-bundle`, one of its own,
 * which is given up once the answer bundles it. There is nothing behind one of its own.
 */
export type TransportKind = 'shared' | 'own' | null;

/** A transceiver, as its sender and receiver see it. */
export interface Shared {
  readonly kind: MediaKind;
  readonly mid: string | null;
  /** What the newest answer takes; null before one. */
  readonly negotiated: AnsweredRtp | null;
  /** Null before its section was described (WebRTC 1.0 §5.5). */
  readonly transportKind: TransportKind;
  readonly isStopping: boolean;
}

/** The peer, as its transceivers see it. Without accessors: an object of them keeps all it sees alive for long. */
export interface RtpHost {
  isClosed(): boolean;
  /** The name that its media goes by (RFC 3550 §6.5.1). */
  cname(): string;
  /** All sections are offered on one transport (RTCBundlePolicy `max-bundle`). */
  readonly isBundled: boolean;
  transportOf(section: Pick<Shared, 'transportKind'>): DtlsTransport | null;
  /** The app changed something that the other side may have to be told. */
  changed(): void;
  /** The app changed what is sent, which needs no negotiation. */
  resend(): void;
  /** Runs an operation after those that are under way (WebRTC 1.0 §4.4.1.2). */
  chain<T>(method: string, operation: () => T | Promise<T>): Promise<T>;
  /** The statistics of one direction of one transceiver, and of what it goes over. */
  statsOf(transceiver: Shared, type: 'outbound-rtp' | 'inbound-rtp'): StatsReport;
}
