// What travels: endpoints and packets. A packet keeps its number on its way, whatever a NAT makes of its addresses.

/** An address and a port. */
export interface Endpoint {
  /** An IPv4 or IPv6 address in its canonical text (RFC 5952 for IPv6), without brackets. */
  readonly address: string;
  /** 1 to 65535. */
  readonly port: number;
}

export type Protocol = 'udp' | 'tcp';

/** What a TCP segment is for. TCP is modelled as far as NATs, firewalls and TURN can tell it apart. */
export type TcpFlag = 'syn' | 'syn-ack' | 'ack' | 'data' | 'fin' | 'rst';

/** One datagram, or one TCP segment, on its way. */
export interface Packet {
  /** Its place among the packets of its network, from 1. A retransmission is a packet of its own. */
  readonly id: number;
  readonly protocol: Protocol;
  /** As it stands in the packet here; a NAT rewrites it. */
  readonly source: Endpoint;
  readonly destination: Endpoint;
  /** `null` for UDP. */
  readonly flag: TcpFlag | null;
  readonly payload: Uint8Array;
}

/** A text that two endpoints share exactly when they are equal. */
export function endpointKey({ address, port }: Endpoint): string {
  return `${address} ${String(port)}`;
}
