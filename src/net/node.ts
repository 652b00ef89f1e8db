// What is attached to segments: hosts with their sockets, and routers with their NAT and firewall.
import type { HostDescription, RouterDescription } from './description.ts';
import { EndpointMap } from './endpoint-map.ts';
import { FirewallState } from './firewall.ts';
import { Nat } from './nat.ts';
import type { Packet } from './packet.ts';
import type { Random } from './random.ts';
import { TcpStack } from './tcp.ts';
import type { Segment as TcpSegment } from './tcp-connection.ts';
import type { Interface, Segment } from './topology.ts';

export type NetNode = Host | Router;
export type NodeInterface = Interface<NetNode>;
export type NetSegment = Segment<NetNode>;

/** A packet on its way. */
export interface Flight {
  readonly kind: 'flight';
  packet: Packet;
  /** How many more routers it may go through. */
  hops: number;
  /** Null for UDP. */
  readonly tcp: TcpSegment | null;
  /** Where it arrives next. */
  at: NodeInterface;
}

/** A host. */
export class Host {
  readonly kind = 'host';
  readonly id: string;
  description: HostDescription;
  /** By their addresses. */
  interfaces: ReadonlyMap<string, NodeInterface> = new Map();
  /** UDP sockets. */
  readonly sockets = new EndpointMap<true>();
  /** Every UDP port has a socket. */
  takesAll = false;
  readonly tcp = new TcpStack();
  /** When its TCP is called next. */
  wake = Infinity;

  constructor(description: HostDescription) {
    this.id = description.id;
    this.description = description;
  }
}

/** A router. */
export class Router {
  readonly kind = 'router';
  readonly id: string;
  inside: readonly NodeInterface[] = [];
  outside: NodeInterface | null = null;
  nat: Nat | null;
  readonly firewall: FirewallState;
  /** When its NAT is called next. */
  wake = Infinity;

  /** Its NAT's ports are drawn from `random`. */
  constructor({ id, nat, outside, firewall }: RouterDescription, random: Random) {
    this.id = id;
    this.nat = nat === null ? null : new Nat(nat, outside.address, random);
    this.firewall = new FirewallState(firewall);
  }

  /** Whether the address is one of its own. */
  has(address: string): boolean {
    if (this.outside?.attachment.address === address) return true;
    return this.inside.some(({ attachment }) => attachment.address === address);
  }

  /** Which of its interfaces inside a packet for the address leaves by; null where it is not inside. */
  interfaceTowards(address: string): NodeInterface | null {
    for (const each of this.inside) {
      if (each.segment.resolve(address) !== null || each.segment.spans(address)) return each;
    }
    return null;
  }
}
