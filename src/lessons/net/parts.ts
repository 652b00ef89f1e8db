// The parts that the lessons' networks are put together from.
import type {
  Attachment,
  Firewall,
  HostDescription,
  HostRole,
  NatBehaviour,
  RouterDescription,
  SegmentDescription,
} from '../../net/description.ts';

const OPEN: Firewall = { udp: 'allowed', tcp: 'allowed', inbound: 'open' };
/** What an office lets out: HTTPS. */
export const OFFICE_FIREWALL: Firewall = { udp: 'blocked', tcp: 'only-443', inbound: 'closed' };

/** A stretch of network that loses nothing. @param delay one way, in ms */
export function segment(
  id: string,
  delay: number,
  ...prefixes: readonly string[]
): SegmentDescription {
  return { id, prefixes, delay, jitter: 0, loss: 0, duplication: 0 };
}

export const INTERNET = segment('internet', 20, '0.0.0.0/0', '::/0');

/** An address on a segment. */
export function attached(
  name: string,
  to: string,
  address: string,
  gateway: string | null = null,
): Attachment {
  return { name, segment: to, address, gateway };
}

/** A host with one interface, which is called `eth0`. */
export function host(
  id: string,
  role: HostRole,
  to: string,
  address: string,
  gateway: string | null = null,
): HostDescription {
  return { id, role, interfaces: [attached('eth0', to, address, gateway)] };
}

/** A NAT between a LAN and what is outside of it. */
export function natRouter(
  id: string,
  inside: readonly [segment: string, address: string],
  outside: readonly [segment: string, address: string, gateway?: string],
  nat: NatBehaviour,
  firewall: Firewall = OPEN,
): RouterDescription {
  const [lan, own] = inside;
  const [wan, address, gateway = null] = outside;
  return {
    id,
    inside: [attached('lan0', lan, own)],
    outside: attached('wan0', wan, address, gateway),
    nat,
    firewall,
  };
}

/** Where the names in the lessons' server URLs lead. */
export const NAMES = { 'stun.example': '192.0.2.10', 'turn.example': '192.0.2.20' } as const;

export const STUN_HOST = host('stun', 'stun', 'internet', NAMES['stun.example']);
export const TURN_HOST = host('turn', 'turn', 'internet', NAMES['turn.example']);
