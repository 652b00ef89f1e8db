// The peers of a TURN client: permissions and channels, asked for and had, and when each is to be refreshed.
import type { Endpoint } from '../net/packet.ts';
import { endpointKey } from '../net/packet.ts';
import { CHANNEL_LIFETIME, PERMISSION_LIFETIME } from './allocation.ts';
import { FIRST_CHANNEL, LAST_CHANNEL } from './channel-data.ts';
import type { Channel, Purpose } from './turn-purpose.ts';

/** RFC 8656 §8: an allocation is refreshed about a minute before it ends; permissions and channels too, in ms. */
export const AHEAD = 60_000;

/** What waits for a permission. */
export interface Waiting {
  readonly peer: Endpoint;
  readonly payload: Uint8Array;
}

/** A permission, asked for or had. */
export interface Permission {
  state: 'pending' | 'permitted';
  /** When it is to be asked for again; Infinity while a request is under way. */
  refreshAt: number;
  readonly waiting: Waiting[];
}

/** Permissions by address, channels by peer and by number. */
export class TurnPeers {
  readonly #permissions = new Map<string, Permission>();
  readonly #byPeer = new Map<string, Channel>();
  readonly #byNumber = new Map<number, Channel>();

  /** The addresses that have a permission, or want one. */
  get addresses(): readonly string[] {
    return [...this.#permissions.keys()];
  }

  permission(address: string): Permission | undefined {
    return this.#permissions.get(address);
  }

  /** Remembers that a permission is wanted. */
  want(address: string): void {
    this.#permissions.set(address, { state: 'pending', refreshAt: Infinity, waiting: [] });
  }

  /** Takes a permission that was given; gives what waited for it, or null where it was there before. */
  permitted(now: number, address: string): readonly Waiting[] | null {
    const refreshAt = now + PERMISSION_LIFETIME - AHEAD;
    const permission = this.#permissions.get(address);
    if (permission === undefined) {
      this.#permissions.set(address, { state: 'permitted', refreshAt, waiting: [] });
      return [];
    }
    permission.refreshAt = refreshAt;
    if (permission.state === 'permitted') return null;
    permission.state = 'permitted';
    return permission.waiting.splice(0);
  }

  /** A permission could not be had: it and what waited for it are gone. */
  refused(address: string): void {
    this.#permissions.delete(address);
  }

  channelTo(peer: Endpoint): Channel | undefined {
    return this.#byPeer.size > 0 ? this.#byPeer.get(endpointKey(peer)) : undefined;
  }

  channelOf(number: number): Channel | undefined {
    return this.#byNumber.get(number);
  }

  /** A new channel with the next number, not bound yet; null when no number is left. */
  open(peer: Endpoint): Channel | null {
    const number = FIRST_CHANNEL + this.#byNumber.size;
    if (number > LAST_CHANNEL) return null;
    const channel: Channel = { number, peer, bound: false, refreshAt: Infinity };
    this.#byPeer.set(endpointKey(peer), channel);
    this.#byNumber.set(number, channel);
    return channel;
  }

  /** Takes a channel that was bound; gives false where it was before. */
  bound(now: number, channel: Channel): boolean {
    channel.refreshAt = now + CHANNEL_LIFETIME - AHEAD;
    const isNew = !channel.bound;
    channel.bound = true;
    return isNew;
  }

  /** What is to be asked for again now. It counts as under way then. */
  due(now: number): readonly Purpose[] {
    const purposes: Purpose[] = [];
    for (const [address, permission] of this.#permissions) {
      if (permission.refreshAt > now) continue;
      permission.refreshAt = Infinity;
      purposes.push({ type: 'permit', address, tries: 1 });
    }
    for (const channel of this.#byNumber.values()) {
      if (channel.refreshAt > now) continue;
      channel.refreshAt = Infinity;
      purposes.push({ type: 'bind', channel, tries: 1 });
    }
    return purposes;
  }

  /** When `due` has something next, in ms; Infinity when it never has. */
  timeout(): number {
    let next = Infinity;
    for (const { refreshAt } of this.#permissions.values()) next = Math.min(next, refreshAt);
    for (const { refreshAt } of this.#byNumber.values()) next = Math.min(next, refreshAt);
    return next;
  }

  clear(): void {
    this.#permissions.clear();
    this.#byPeer.clear();
    this.#byNumber.clear();
  }
}
