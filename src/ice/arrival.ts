// Checks that have arrived (RFC 8445 §7.3): what they tell of a path, and those that came too early to be used.
import { isSameEndpoint } from '../rtc/address.ts';
import type { Endpoint } from '../net/packet.ts';
import { familyOf } from '../net/address.ts';
import type { Base, Remote } from './base.ts';

/** Early checks that are kept at most. */
const MAX_EARLY = 32;

/** What a check that was answered tells. */
export interface Arrival {
  readonly base: Base;
  readonly source: Endpoint;
  /** The sender's user fragment. */
  readonly ufrag: string;
  readonly priority: number;
  readonly useCandidate: boolean;
}

/** Checks that came before the other side's credentials were known. */
export class EarlyArrivals {
  #kept: Arrival[] = [];

  /** Keeps one, once, as long as there is room. */
  keep(arrival: Arrival): void {
    if (this.#kept.length >= MAX_EARLY) return;
    if (!this.#kept.some((each) => isSame(each, arrival))) this.#kept.push(arrival);
  }

  /** Gives all of them, and keeps none. */
  takeAll(): readonly Arrival[] {
    const kept = this.#kept;
    this.#kept = [];
    return kept;
  }

  /** Whether one came this way. */
  knows(base: Base, source: Endpoint): boolean {
    return this.#kept.some((each) => each.base === base && isSameEndpoint(each.source, source));
  }
}

/** The peer-reflexive remote candidate that a check came from (RFC 8445 §7.3.1.3). */
export function peerReflexive(id: string, arrival: Arrival): Remote {
  const { base, source, ufrag, priority } = arrival;
  return {
    endpoint: source,
    family: familyOf(source.address),
    candidate: {
      id,
      type: 'prflx',
      protocol: base.protocol,
      address: source.address,
      port: source.port,
      priority,
      // §7.3.1.3: any value that differs from all others of the remote candidates.
      foundation: `prflx${id}`,
      related: null,
      tcpType: base.tcpType === 'passive' ? 'active' : base.tcpType === null ? null : 'passive',
      ufrag,
      url: null,
    },
  };
}

function isSame(one: Arrival, other: Arrival): boolean {
  return (
    one.base === other.base &&
    isSameEndpoint(one.source, other.source) &&
    one.useCandidate === other.useCandidate
  );
}
