// What a TURN client is made with, and what it tells.
import type { Endpoint, Protocol } from '../net/packet.ts';
import type { Random } from '../net/random.ts';

/** What a TURN client is made with. */
export interface TurnClientSetup {
  /** Its own endpoint: over UDP it may be shared with others, see `accepts`. */
  readonly local: Endpoint;
  readonly server: Endpoint;
  /** Between client and server; to the peers it is always UDP. */
  readonly transport: Protocol;
  readonly username: string;
  readonly credential: string;
  readonly random: Random;
  /** First retransmission timeout over UDP, in ms: 500 by default (RFC 8489 §6.2.1). */
  readonly rto?: number;
}

/** What a TURN client tells. */
export type TurnEvent =
  | {
      readonly type: 'allocated';
      readonly relayed: Endpoint;
      /** The client as the server sees it. */
      readonly mapped: Endpoint;
      /** In s. */
      readonly lifetime: number;
    }
  /** There is no allocation, or no longer: a STUN error code, or 701. Nothing follows. */
  | { readonly type: 'failed'; readonly code: number; readonly text: string }
  | { readonly type: 'permitted'; readonly address: string }
  /** A permission could not be had; what waited for it is gone. */
  | {
      readonly type: 'refused';
      readonly address: string;
      readonly code: number;
      readonly text: string;
    }
  | { readonly type: 'bound'; readonly peer: Endpoint; readonly channel: number }
  | { readonly type: 'received'; readonly peer: Endpoint; readonly payload: Uint8Array };

/** `closing`: the allocation is being given back, and nothing else is done. */
export type TurnClientState =
  'new' | 'connecting' | 'allocating' | 'allocated' | 'closing' | 'closed' | 'failed';
