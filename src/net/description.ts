// A network as data: segments, hosts, and the routers, NATs and firewalls between them.

import type { NatKind } from '../rtc/nat.ts';

/** How a NAT behaves (RFC 4787). */
export interface NatBehaviour extends NatKind {
  /** It keeps the inside port outside where that is free (RFC 4787 §4.2.1). */
  readonly portPreservation: boolean;
  /** An inside host reaches another by its outside endpoint (RFC 4787 §6). */
  readonly hairpinning: boolean;
  /** How long a UDP mapping lives without a packet going out, in ms (RFC 4787 §4.3: at least 120,000). */
  readonly lifetime: number;
}

/** What a router lets through. Default: everything out, and in what a NAT lets in. */
export interface Firewall {
  readonly udp: 'allowed' | 'blocked';
  /** `only-443`: out to port 443 and nowhere else. */
  readonly tcp: 'allowed' | 'only-443' | 'blocked';
  /** `closed`: from outside only what answers a packet that went out. It matters where there is no NAT. */
  readonly inbound: 'open' | 'closed';
}

/** A stretch of network: a LAN, or the internet. What is on it reaches each other in one hop. */
export interface SegmentDescription {
  readonly id: string;
  /** CIDR, such as `192.168.1.0/24`. The internet's are `0.0.0.0/0` and `::/0`. */
  readonly prefixes: readonly string[];
  /** One way, in ms. */
  readonly delay: number;
  /** Up to this much more, evenly spread, in ms; over it packets overtake each other. */
  readonly jitter: number;
  /** 0 to 1, of packets. */
  readonly loss: number;
  /** 0 to 1, of packets that arrive twice. */
  readonly duplication: number;
}

/** Where a node is attached. */
export interface Attachment {
  /** As the system names it: `eth0`, `wlan0`. */
  readonly name: string;
  readonly segment: string;
  readonly address: string;
  /** Where packets for elsewhere go: an address on this segment; null where there is no elsewhere. */
  readonly gateway: string | null;
}

/** What a host is here for. */
export type HostRole = 'caller' | 'callee' | 'stun' | 'turn' | 'other';

export interface HostDescription {
  readonly id: string;
  readonly role: HostRole;
  readonly interfaces: readonly Attachment[];
}

/** A router between one outside and one or more insides. With `nat`, it translates. */
export interface RouterDescription {
  readonly id: string;
  readonly inside: readonly Attachment[];
  readonly outside: Attachment;
  readonly nat: NatBehaviour | null;
  readonly firewall: Firewall;
}

/** A whole network. `checkNetwork` says what is wrong with one. */
export interface NetworkDescription {
  readonly segments: readonly SegmentDescription[];
  readonly hosts: readonly HostDescription[];
  readonly routers: readonly RouterDescription[];
}
