// What happens in a network, as it is told: where each packet is, what a NAT did with it, and which rule dropped it.
import type { Packet, Protocol, Endpoint } from './packet.ts';

/** A row of a NAT's table. */
export interface Binding {
  /** The same through the row's life. */
  readonly id: number;
  readonly protocol: Protocol;
  readonly inside: Endpoint;
  readonly outside: Endpoint;
  /** The remote that the mapping is for, as far as the rule looks; null for endpoint-independent mapping. */
  readonly mappedFor: { readonly address: string; readonly port: number | null } | null;
  /** Remotes that packets have gone out to: who may answer, as far as the filter looks. */
  readonly sentTo: readonly Endpoint[];
  /** When it was made, and when it ends unless it is used again, in ms. */
  readonly since: number;
  readonly until: number;
}

/** Why a packet went no further. Each names one rule. */
export type DropRule =
  /** Chance: the segment's loss. */
  | 'lost'
  /** The NAT has no row for the port that it came to. */
  | 'no-mapping'
  /** There is a row, and nothing had gone out to where this came from. */
  | 'filtered'
  /** It came from inside for the NAT's own outside, which does not hairpin. */
  | 'no-hairpinning'
  | 'firewall-udp'
  | 'firewall-tcp'
  | 'firewall-inbound'
  /** No host or router has the address, or a private address was sent out into the internet. */
  | 'no-route'
  /** The host is there and has no socket at the port, or its interface is down. */
  | 'no-socket'
  /** It went through too many routers. */
  | 'hop-limit'
  /** The NAT has no free port. */
  | 'no-port';

/** One thing that happened to one packet at one place, or to a row of a table. `at` is the id of a node or segment. */
export type NetEvent =
  | { readonly type: 'sent'; readonly t: number; readonly at: string; readonly packet: Packet }
  | {
      readonly type: 'forwarded';
      readonly t: number;
      readonly at: string;
      /** As it leaves. */
      readonly packet: Packet;
      /** The NAT's work: the row, whether the packet made it, which way it went. Null for a plain router. */
      readonly translation: {
        readonly binding: Binding;
        readonly created: boolean;
        readonly direction: 'out' | 'in' | 'hairpin';
      } | null;
    }
  | { readonly type: 'delivered'; readonly t: number; readonly at: string; readonly packet: Packet }
  | {
      readonly type: 'dropped';
      readonly t: number;
      readonly at: string;
      readonly packet: Packet;
      readonly rule: DropRule;
    }
  | {
      readonly type: 'expired';
      readonly t: number;
      readonly at: string;
      readonly binding: Binding;
    };
