// Transceivers: a sender and a receiver that share an m= section (WebRTC 1.0 §5.4).
import type { Random } from '../../net/random.ts';
import type { Direction } from '../../sdp/direction.ts';
import type { RtpTransceiver } from '../connection.ts';
import type { MediaKind } from './codecs.ts';
import { uuid, VirtualTrack } from './media.ts';

/** RTCRtpTransceiverDirection. */
export type TransceiverDirection = Direction | 'stopped';

/** True where this side sends. */
export function sends(direction: string | null): boolean {
  return direction === 'sendrecv' || direction === 'sendonly';
}

/** True where this side receives. */
export function receives(direction: string | null): boolean {
  return direction === 'sendrecv' || direction === 'recvonly';
}

/** A direction of what this side does, from two answers. */
export function directionFrom(send: boolean, receive: boolean): Direction {
  if (send) return receive ? 'sendrecv' : 'sendonly';
  return receive ? 'recvonly' : 'inactive';
}

/** The same direction as the other side sees it. */
export function reversed(direction: Direction): Direction {
  return directionFrom(receives(direction), sends(direction));
}

/** What both directions allow. */
export function intersection(one: string, other: string): Direction {
  return directionFrom(sends(one) && sends(other), receives(one) && receives(other));
}

/** RTCRtpSender, as far as it is used. */
export interface VirtualSender {
  track: MediaStreamTrack | null;
  /** The ids of the streams it goes with. */
  streams: readonly string[];
  /** Synchronization sources of the media and of its retransmissions (RFC 3550 §8, RFC 4588 §4). */
  readonly ssrc: number;
  readonly repairSsrc: number | null;
  /** It has been asked to send once; `addTrack` takes no such sender again (WebRTC 1.0 §5.1). */
  hasBeenUsed: boolean;
}

/** What of a transceiver a rollback puts back. */
export interface TransceiverState {
  readonly mid: string | null;
  readonly currentDirection: TransceiverDirection | null;
  readonly firedDirection: Direction | null;
  readonly remoteStreams: readonly string[];
}

/** RTCRtpTransceiver. */
export class VirtualTransceiver implements RtpTransceiver {
  readonly kind: MediaKind;
  readonly sender: VirtualSender;
  readonly receiver: { readonly track: VirtualTrack };
  mid: string | null = null;
  currentDirection: TransceiverDirection | null = null;
  /** What the last `track` events were about (WebRTC 1.0 §5.4, [[FiredDirection]]). */
  firedDirection: Direction | null = null;
  remoteStreams: readonly string[] = [];
  /** The remote offer made it, and `addTrack` has not taken it since: it goes when that offer is taken back. */
  isRemoteMade: boolean;
  /** Made or taken by `addTrack`: a remote offer's section may have it (RFC 9429 §5.10). */
  isFromAddTrack = false;
  readonly #changed: () => void;
  #direction: TransceiverDirection;

  /**
   * @param trackId the id of the receiver's track; drawn unless given
   * @param changed told when the app changes its direction
   */
  constructor(
    kind: MediaKind,
    direction: Direction,
    random: Random,
    changed: () => void,
    remote: { readonly trackId: string | null } | null = null,
  ) {
    this.kind = kind;
    this.#direction = direction;
    this.#changed = changed;
    this.isRemoteMade = remote !== null;
    this.sender = {
      track: null,
      streams: [],
      // 0 is left out: some take it for "none".
      ssrc: 1 + random.below(0xfffffffe),
      repairSsrc: kind === 'video' ? 1 + random.below(0xfffffffe) : null,
      hasBeenUsed: false,
    };
    const id = remote?.trackId ?? uuid(random);
    this.receiver = { track: new VirtualTrack(kind, id, `remote ${kind}`, true) };
  }

  get direction(): TransceiverDirection {
    return this.#direction;
  }

  /** Takes effect with the next offer and answer (WebRTC 1.0 §5.4). */
  set direction(direction: TransceiverDirection) {
    if (this.stopped) {
      throw new DOMException('The transceiver is stopped.', 'InvalidStateError');
    }
    if (this.#direction === direction || direction === 'stopped') return;
    this.#direction = direction;
    this.#changed();
  }

  get stopped(): boolean {
    return this.#direction === 'stopped';
  }

  /** Ends it for good; its section is rejected in the next description (WebRTC 1.0 §5.4). */
  stop(): void {
    if (this.stopped) return;
    this.halt(false);
    this.#changed();
  }

  /** The same without asking for negotiation. @param silent the track's end fires no event */
  halt(silent: boolean): void {
    this.#direction = 'stopped';
    this.receiver.track.end(silent);
  }

  /** Once its section is rejected by an answer, it belongs to no section any more. */
  retire(): void {
    this.mid = null;
    this.currentDirection = 'stopped';
  }

  save(): TransceiverState {
    const { mid, currentDirection, firedDirection, remoteStreams } = this;
    return { mid, currentDirection, firedDirection, remoteStreams };
  }

  restore(state: TransceiverState): void {
    this.mid = state.mid;
    this.currentDirection = state.currentDirection;
    this.firedDirection = state.firedDirection;
    this.remoteStreams = state.remoteStreams;
  }
}
