// What is found in a step: each moment as facts of the run, without words.
import type { DropRule } from '../../net/event.ts';
import type { NatRule } from '../../rtc/nat.ts';
import type { Side } from '../../rtc/steps.ts';
import type { MomentOutcome } from './moment.ts';
import type { Whose } from './whose.ts';

/** A state that a side has left for another. */
export interface Left {
  readonly by: Side;
  readonly from: string;
}

/** The facts of a moment, by what it tells. Endpoints are texts, as people write them. */
export type Fact =
  /** A request leaves for a STUN server. `outside`: what its NAT made of its source; null where that is told apart. */
  | {
      readonly kind: 'stun-request';
      readonly by: Side;
      readonly from: string;
      readonly to: string;
      readonly outside: string | null;
      /** The other side has asked before, and it is told in short. */
      readonly too: boolean;
    }
  /** A NAT makes a row. `place`: the first on the way, one behind another, or one more for another destination. */
  | {
      readonly kind: 'mapping';
      readonly by: Side;
      readonly nat: Whose;
      readonly inside: string;
      readonly outside: string;
      readonly place: 'first' | 'behind' | 'another';
      /** For `another`: what the same socket is outside already, and to whom it sends. */
      readonly known: string;
      readonly to: string;
      readonly symmetric: boolean;
    }
  | {
      readonly kind: 'stun-answer';
      readonly by: Side;
      readonly outside: string;
      readonly isSame: boolean;
    }
  /** A request to a server is dropped. */
  | {
      readonly kind: 'server-drop';
      readonly by: Side;
      readonly rule: DropRule;
      readonly nat: Whose | null;
      readonly to: string;
      readonly more: number;
    }
  | { readonly kind: 'turn-tcp'; readonly by: Side; readonly to: string }
  /** `known`: that it is a TURN server has been told. */
  | { readonly kind: 'challenge'; readonly by: Side; readonly to: string; readonly known: boolean }
  | {
      readonly kind: 'allocate';
      readonly by: Side;
      readonly relayed: string;
      readonly isTcp: boolean;
    }
  | {
      readonly kind: 'gathered';
      readonly by: Side;
      readonly complete: boolean;
      readonly host: string | null;
      readonly mapped: string | null;
      /** Another one, as the TURN server sees it. */
      readonly other: string | null;
      readonly relayed: string | null;
      readonly count: number;
    }
  /** A check to an address that nothing has where it goes. */
  | {
      readonly kind: 'no-route';
      readonly by: Side;
      readonly packet: number;
      readonly to: string;
      /** The other side has tried before. */
      readonly again: boolean;
    }
  | {
      readonly kind: 'new-candidate';
      readonly by: Side;
      readonly type: string;
      readonly endpoint: string;
    }
  | {
      readonly kind: 'drop';
      readonly by: Side;
      readonly packet: number;
      readonly rule: DropRule;
      readonly nat: Whose | null;
      /** What that NAT's filter looks at. */
      readonly filter: NatRule;
      readonly from: string;
      /** Where its sender means it to go, and whether that is what a STUN server saw. */
      readonly to: string;
      readonly mapped: boolean;
      /**
       * Why no packet from inside has made way for it: none went there; its sender's NAT took another port than is
       * known, for a new destination or because it forgot the old one; the port is another destination's.
       */
      readonly why: 'unsent' | 'new-port' | 'fresh-port' | 'other-port' | 'rule';
      /** The NAT that took the port, or keeps it for another, is a symmetric one. */
      readonly symmetric: boolean;
      /** It is to tell whether the other side still answers. */
      readonly consent: boolean;
      /** It has opened its sender's own NAT, and a later check comes in there. */
      readonly opens: boolean;
      readonly turned: Whose | null;
      readonly ordinal: number;
      /** One before it was dropped for the same reason. */
      readonly alike: boolean;
    }
  | {
      readonly kind: 'let-in';
      readonly by: Side;
      readonly packet: number;
      readonly nat: Whose | null;
      readonly from: string;
      readonly to: string;
      /** Why it is let in: the packet that went out before, a filter that lets anyone in, or nothing that filters. */
      readonly why: 'sent' | 'address' | 'anyone' | 'lan' | 'open';
      readonly opener: number | null;
      /** It comes from an address that nobody has signaled. */
      readonly unknown: boolean;
      readonly turned: Whose | null;
      readonly early: boolean;
      /** ICE was restarted: all this has been told once. */
      readonly again: boolean;
    }
  | { readonly kind: 'refused'; readonly by: Side; readonly packet: number; readonly relay: string }
  | {
      readonly kind: 'permission';
      readonly by: Side;
      readonly relay: string | null;
      readonly peer: string;
      /** The peer's own relay has it. */
      readonly isRelay: boolean;
    }
  | {
      readonly kind: 'relay';
      readonly by: Side;
      readonly packet: number;
      readonly relay: string;
      readonly of: Side | 'both';
      readonly from: string;
      readonly wrapped: boolean;
    }
  | {
      readonly kind: 'answered';
      readonly by: Side;
      readonly request: number;
      readonly answer: number;
      readonly nominated: boolean;
      readonly own: number | null;
      readonly early: boolean;
    }
  | {
      readonly kind: 'nominated';
      readonly by: Side;
      readonly local: string;
      readonly remote: string;
    }
  | {
      readonly kind: 'dtls';
      readonly client: Side;
      readonly count: number;
      /** Null where nobody has looked. */
      readonly version: string | null;
      /** Who was connected first, where both were not at once. */
      readonly first: Side | null;
    }
  | Outcome
  | {
      readonly kind: 'more-drops';
      readonly count: number;
      readonly seconds: number;
      readonly why: 'failing' | 'consent';
    }
  | {
      readonly kind: 'state';
      readonly by: Side;
      readonly state: 'disconnected' | 'failed';
      /** iceConnectionState is `disconnected` all the same, as Chromium has it. */
      readonly stays: boolean;
      readonly both: boolean;
      /** What its state was. */
      readonly from: string;
      /** How long it took. */
      readonly ms: number;
    }
  | Later;

/** What happens to a call that was up. */
export type Later =
  | {
      readonly kind: 'connected';
      readonly local: string;
      readonly remote: string;
      readonly ms: number;
    }
  | {
      readonly kind: 'path-gone';
      readonly by: Side;
      readonly name: string;
      readonly address: string;
    }
  | {
      readonly kind: 'new-network';
      readonly by: Side;
      readonly name: string;
      readonly address: string;
    }
  | {
      readonly kind: 'unanswered';
      readonly by: Side;
      readonly count: number;
      readonly to: string;
      readonly nat: Whose | null;
    }
  | { readonly kind: 'restart'; readonly by: Side }
  | { readonly kind: 'new-answer'; readonly by: Side }
  | {
      readonly kind: 'mapping-gone';
      readonly nat: Whose;
      readonly inside: string;
      readonly outside: string;
      readonly seconds: number;
    };

/** How a step ends: its last moment. */
export type Outcome =
  | {
      readonly kind: 'media';
      readonly what: 'both' | 'audio' | 'video' | 'data' | 'none';
      readonly local: string;
      readonly remote: string;
      readonly path: 'lan' | 'direct' | 'hairpin' | 'relay';
      readonly nat: Whose | null;
      readonly rtt: number | null;
      /** A check got through without a relay. */
      readonly direct: boolean;
    }
  | {
      readonly kind: 'no-path';
      readonly cause: 'blocked' | 'hairpin' | 'both' | 'dependent' | 'ports' | 'other';
      readonly checks: number;
      readonly seconds: number;
      readonly nat: Whose | null;
      /** The side that gave up last; null where only one has. */
      readonly last: Left | null;
    }
  | {
      readonly kind: 'lost';
      readonly consent: boolean;
      readonly mapping: boolean;
      readonly last: Left | null;
    }
  | {
      readonly kind: 'recovered';
      readonly local: string;
      readonly remote: string;
      readonly seconds: number;
    }
  | {
      readonly kind: 'received';
      readonly by: Side;
      readonly candidates: number;
      readonly up: boolean;
    }
  /** The step's own caption says it. */
  | { readonly kind: 'told' };

/** A moment without words. */
export interface Found {
  readonly fact: Fact;
  /** The event that it is about; what follows at the same time belongs to it. */
  readonly at: number;
  readonly side: Side | null;
  readonly packets: readonly number[];
  readonly outcome: MomentOutcome;
}

/** A found moment in its place. */
export interface PlacedMoment extends Found {
  readonly name: string;
  readonly ordinal: number;
  readonly total: number;
  readonly from: number;
  readonly cursor: number;
}

/** Whether an interface is one to a wireless LAN, as its name tells. */
export function isWifi(name: string): boolean {
  return name.startsWith('wl');
}
