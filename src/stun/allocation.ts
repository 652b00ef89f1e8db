// An allocation of a TURN server: its permissions and channels, and until when each lasts (RFC 8656 §6, §9, §12).
import type { Endpoint, Protocol } from '../net/packet.ts';
import { endpointKey } from '../net/packet.ts';
import { isSameEndpoint } from '../rtc/address.ts';
import type { IntegrityKey } from './integrity.ts';

/** RFC 8656 §9: how long a permission lasts, in ms. */
export const PERMISSION_LIFETIME = 300_000;
/** RFC 8656 §12: how long a channel lasts, in ms. */
export const CHANNEL_LIFETIME = 600_000;

/** RFC 8656 §6: the path between client and server. */
export interface FiveTuple {
  readonly protocol: Protocol;
  readonly client: Endpoint;
  readonly server: Endpoint;
}

/** A permission: packets from this address, of any port, are let through to the client. */
export interface PermissionView {
  readonly address: string;
  /** In ms. */
  readonly until: number;
}

/** A channel: a number that stands for a peer. */
export interface ChannelView {
  readonly number: number;
  readonly peer: Endpoint;
  /** In ms. */
  readonly until: number;
}

/** An allocation as it stands, for a view. */
export interface AllocationView extends FiveTuple {
  readonly username: string;
  readonly relayed: Endpoint;
  /** In ms. */
  readonly until: number;
  readonly permissions: readonly PermissionView[];
  readonly channels: readonly ChannelView[];
  /** Packets relayed to peers, and from them. */
  readonly sent: number;
  readonly received: number;
  /** Packets dropped for want of a permission, either way. */
  readonly denied: number;
}

interface Channel extends ChannelView {
  until: number;
}

/** One allocation. What has expired counts as gone, also before `expire` clears it away. */
export class Allocation {
  readonly tuple: FiveTuple;
  readonly relayed: Endpoint;
  readonly username: string;
  readonly key: IntegrityKey;
  /** The id of the Allocate request that made it, and its response: what a retransmission gets again. */
  readonly madeBy: string;
  response: Uint8Array | null = null;
  until: number;
  sent = 0;
  received = 0;
  denied = 0;
  readonly #permissions = new Map<string, number>();
  readonly #byNumber = new Map<number, Channel>();
  readonly #byPeer = new Map<string, Channel>();

  constructor(
    tuple: FiveTuple,
    relayed: Endpoint,
    owner: { readonly username: string; readonly key: IntegrityKey },
    madeBy: string,
    until: number,
  ) {
    this.tuple = tuple;
    this.relayed = relayed;
    this.username = owner.username;
    this.key = owner.key;
    this.madeBy = madeBy;
    this.until = until;
  }

  /** Installs or refreshes a permission (RFC 8656 §9). */
  permit(now: number, address: string): void {
    this.#permissions.set(address, now + PERMISSION_LIFETIME);
  }

  isPermitted(now: number, address: string): boolean {
    return (this.#permissions.get(address) ?? -Infinity) > now;
  }

  /**
   * Binds or refreshes a channel, and the permission with it (RFC 8656 §12.2).
   * Gives false where the number stands for another peer, or the peer has another number.
   */
  bind(now: number, number: number, peer: Endpoint): boolean {
    const numbered = this.#live(now, this.#byNumber.get(number));
    const peered = this.#live(now, this.#byPeer.get(endpointKey(peer)));
    if (numbered !== null && !isSameEndpoint(numbered.peer, peer)) return false;
    if (peered !== null && peered.number !== number) return false;
    const channel = { number, peer, until: now + CHANNEL_LIFETIME };
    this.#byNumber.set(number, channel);
    this.#byPeer.set(endpointKey(peer), channel);
    this.permit(now, peer.address);
    return true;
  }

  /** The peer that a channel's number stands for, or null. */
  peerOf(now: number, number: number): Endpoint | null {
    return this.#live(now, this.#byNumber.get(number))?.peer ?? null;
  }

  /** The number of the channel to a peer, or null. */
  channelTo(now: number, peer: Endpoint): number | null {
    if (this.#byPeer.size === 0) return null;
    return this.#live(now, this.#byPeer.get(endpointKey(peer)))?.number ?? null;
  }

  /** Clears away permissions and channels that are over; gives when the next thing ends, in ms. */
  expire(now: number): number {
    let next = this.until;
    for (const [address, until] of this.#permissions) {
      if (until <= now) this.#permissions.delete(address);
      else next = Math.min(next, until);
    }
    for (const [number, channel] of this.#byNumber) {
      if (channel.until > now) {
        next = Math.min(next, channel.until);
        continue;
      }
      this.#byNumber.delete(number);
      const key = endpointKey(channel.peer);
      if (this.#byPeer.get(key) === channel) this.#byPeer.delete(key);
    }
    return next;
  }

  /** As it stands, for a view. */
  view(): AllocationView {
    const { tuple, username, relayed, until, sent, received, denied } = this;
    return {
      ...tuple,
      username,
      relayed,
      until,
      permissions: [...this.#permissions].map(([address, end]) => ({ address, until: end })),
      channels: [...this.#byNumber.values()].map((channel) => ({ ...channel })),
      sent,
      received,
      denied,
    };
  }

  #live(now: number, channel: Channel | undefined): Channel | null {
    return channel !== undefined && channel.until > now ? channel : null;
  }
}
