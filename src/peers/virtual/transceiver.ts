// RTCRtpTransceiver of a virtual peer: a sender and a receiver that share an m= section (WebRTC 1.0 §5.4).
import { sends, type Direction } from '../../rtc/direction.ts';
import type { Random } from '../../net/random.ts';
import type { RtpTransceiver } from '../rtp-port.ts';
import { preferredCodecs } from './capabilities.ts';
import type { CodecEntry, MediaKind } from './codecs.ts';
import type { AnsweredRtp } from './describe.ts';
import type { TransceiverDirection } from './direction.ts';
import { refusal } from './errors.ts';
import { uuid } from './media.ts';
import type { VirtualStream } from './media.ts';
import { VirtualReceiver } from './receiver.ts';
import type { RtpHost, TransportKind } from './rtp-host.ts';
import { VirtualSender } from './sender.ts';

/** What of a transceiver a rollback puts back. */
export interface TransceiverState {
  readonly mid: string | null;
  readonly currentDirection: Direction | null;
  readonly firedDirection: Direction | null;
  readonly remoteStreams: readonly VirtualStream[];
  readonly negotiated: AnsweredRtp | null;
  readonly transportKind: TransportKind;
}

/** How a transceiver is made. */
export interface TransceiverInit {
  readonly kind: MediaKind;
  readonly direction: Direction;
  readonly encodings?: readonly RTCRtpEncodingParameters[];
  /** A remote offer makes it, and may name its track. */
  readonly remote?: { readonly trackId: string | null };
}

/** RTCRtpTransceiver. */
export class VirtualTransceiver implements RtpTransceiver {
  readonly kind: MediaKind;
  readonly sender: VirtualSender;
  readonly receiver: VirtualReceiver;
  mid: string | null = null;
  /** What the last `track` events were about ([[FiredDirection]]). */
  firedDirection: Direction | null = null;
  /** The streams that its track belongs to. */
  remoteStreams: readonly VirtualStream[] = [];
  /** What the newest answer takes; null before one. */
  negotiated: AnsweredRtp | null = null;
  transportKind: TransportKind = null;
  /** The remote offer made it, and `addTrack` has not taken it since: it goes when that offer is taken back. */
  isRemoteMade: boolean;
  /** Made or taken by `addTrack`: a remote offer's section may have it (RFC 9429 §5.10). */
  isFromAddTrack = false;
  /** It was agreed once that it sends; `addTrack` takes no such sender again (WebRTC 1.0 §5.1). */
  hasSent = false;
  /** [[Stopping]], then [[Stopped]]. */
  isStopping = false;
  isStopped = false;
  readonly #host: RtpHost;
  #direction: Direction;
  #currentDirection: Direction | null = null;
  /** Null where the app has no preference. */
  #preferences: readonly CodecEntry[] | null = null;

  /** @throws TypeError, RangeError for encodings that can't be */
  constructor(init: TransceiverInit, random: Random, host: RtpHost) {
    const { kind, direction, encodings = [], remote = null } = init;
    this.kind = kind;
    this.#direction = direction;
    this.#host = host;
    this.isRemoteMade = init.remote !== undefined;
    this.sender = new VirtualSender(this, host, random, encodings);
    this.receiver = new VirtualReceiver(this, host, remote?.trackId ?? uuid(random));
  }

  get direction(): TransceiverDirection {
    return this.isStopping ? 'stopped' : this.#direction;
  }

  /** Takes effect with the next offer and answer (WebRTC 1.0 §5.4). */
  set direction(direction: TransceiverDirection) {
    if (this.isStopping) {
      throw new DOMException('The transceiver is stopped.', 'InvalidStateError');
    }
    if (direction === 'stopped') throw new TypeError('A transceiver is stopped by stop().');
    this.turn(direction);
  }

  get currentDirection(): TransceiverDirection | null {
    return this.isStopped ? 'stopped' : this.#currentDirection;
  }

  /** What an offer and its answer have come to. */
  settle(direction: Direction): void {
    this.hasSent ||= sends(direction);
    this.#currentDirection = direction;
  }

  /** The attribute of older browsers that tells of [[Stopped]]. */
  get stopped(): boolean {
    return this.isStopped;
  }

  /** The codecs that the app prefers, or null. */
  get preferences(): readonly CodecEntry[] | null {
    return this.#preferences;
  }

  /** Changes the direction, and asks for negotiation where it is another. */
  turn(direction: Direction): void {
    if (this.#direction === direction) return;
    this.#direction = direction;
    this.#host.changed();
  }

  /** @throws InvalidModificationError for a codec that this side does not have */
  setCodecPreferences(codecs: RTCRtpCodec[]): void {
    if (this.isStopping) throw refusal('InvalidStateError', ...SET_PREFERENCES, 'It is stopped.');
    this.#preferences = preferredCodecs(this.kind, codecs);
  }

  /** Its section is rejected in the next description; then it is stopped for good (WebRTC 1.0 §5.4). */
  stop(): void {
    if (this.#host.isClosed()) {
      throw refusal('InvalidStateError', 'stop', 'RTCRtpTransceiver', 'The connection is closed.');
    }
    if (this.isStopping) return;
    this.#beginStop(false);
    this.#host.changed();
  }

  /** Stops it for good. @param silent the track's end fires no event */
  halt(silent: boolean): void {
    this.#beginStop(silent);
    this.isStopped = true;
    this.#currentDirection = null;
  }

  #beginStop(silent: boolean): void {
    if (this.isStopping) return;
    this.isStopping = true;
    this.#direction = 'inactive';
    this.receiver.track.end(silent);
    this.#host.resend();
  }

  save(): TransceiverState {
    const { mid, firedDirection, remoteStreams, negotiated, transportKind } = this;
    return {
      ...{ mid, firedDirection, remoteStreams, negotiated, transportKind },
      currentDirection: this.#currentDirection,
    };
  }

  /** Puts back what was, but for what its remote track is told of. */
  restore(state: TransceiverState): void {
    this.mid = state.mid;
    this.#currentDirection = state.currentDirection;
    this.negotiated = state.negotiated;
    this.transportKind = state.transportKind;
  }
}

const SET_PREFERENCES = ['setCodecPreferences', 'RTCRtpTransceiver'] as const;
