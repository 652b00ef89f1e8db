// The way from a peer out to the internet, as a network's description has it.
import type {
  Attachment,
  HostDescription,
  NetworkDescription,
  RouterDescription,
} from '../../net/description.ts';
import type { NatRule } from '../../rtc/nat.ts';
import type { Side } from '../../rtc/steps.ts';

/** A NAT on the way out. */
export interface WayNat {
  readonly id: string;
  readonly nat: NonNullable<RouterDescription['nat']>;
  /** Its address outside. */
  readonly address: string;
}

/** What stands between a peer and the internet. */
export interface Way {
  /** The interface that the peer uses, the newest of its own; null while it has none. */
  readonly from: Attachment | null;
  /** From the peer outwards. */
  readonly nats: readonly WayNat[];
  readonly isUdpBlocked: boolean;
}

/** The host of a side; undefined where the network has none. */
export function hostOf({ hosts }: NetworkDescription, side: Side): HostDescription | undefined {
  return hosts.find(({ role }) => role === side);
}

/** Follows a side's gateways outwards. */
export function wayOut(description: NetworkDescription, side: Side): Way {
  const from = hostOf(description, side)?.interfaces.at(-1) ?? null;
  const nats: WayNat[] = [];
  let isUdpBlocked = false;
  let at = from;
  // Each router once: in a circle it ends.
  for (let left = description.routers.length; left > 0 && at !== null; left -= 1) {
    const router = gatewayOf(description, at);
    if (router === null) break;
    const { id, nat, firewall, outside } = router;
    if (nat !== null) nats.push({ id, nat, address: outside.address });
    if (firewall.udp === 'blocked') isUdpBlocked = true;
    at = outside;
  }
  return { from, nats, isUdpBlocked };
}

function gatewayOf(
  { routers }: NetworkDescription,
  { segment, gateway }: Attachment,
): RouterDescription | null {
  if (gateway === null) return null;
  const holds = (each: Attachment) => each.segment === segment && each.address === gateway;
  return routers.find(({ inside }) => inside.some(holds)) ?? null;
}

/** Whether a NAT on this way gives other ports to other destinations (RFC 4787 §4.1). */
export function isDependent({ nats }: Way): boolean {
  return nats.some(({ nat }) => nat.mapping !== 'endpoint-independent');
}

/**
 * Whether checks can open a direct path between two ways (RFC 5128 §3.3), as far as mappings and filters go; otherwise
 * what is in the way. A mapping that depends on the destination is for the peer another than for the STUN server:
 * only a `filter` that does not ask for its port lets it in. Two that depend on `ports` run after each other for
 * ever: each answer comes from another port than was asked (RFC 8445 §7.2.5.2.1).
 */
export function punching(one: Way, other: Way): 'open' | 'filter' | 'ports' {
  const [mapping, mappingOther] = [strictest(one, 'mapping'), strictest(other, 'mapping')];
  const [filter, filterOther] = [strictest(one, 'filtering'), strictest(other, 'filtering')];
  if (mapping === 0 && mappingOther === 0) return 'open';
  if (mapping === 0) return filter < 2 ? 'open' : 'filter';
  if (mappingOther === 0) return filterOther < 2 ? 'open' : 'filter';
  if (Math.min(filter, filterOther) > 0 || Math.max(filter, filterOther) === 2) return 'filter';
  return mapping === 2 && mappingOther === 2 ? 'ports' : 'open';
}

/** The strictest rule on a way, as its place in RFC 4787 §4.1 and §5: 0 looks at nothing, 2 at the port too. */
function strictest({ nats }: Way, what: 'mapping' | 'filtering'): number {
  return Math.max(0, ...nats.map(({ nat }) => STRICTNESS[nat[what]]));
}

const STRICTNESS: Readonly<Record<NatRule, 0 | 1 | 2>> = {
  'endpoint-independent': 0,
  'address-dependent': 1,
  'address-and-port-dependent': 2,
};

/** The NAT that both ways lead through; null where there is none. */
export function sharedNat(one: Way, other: Way): WayNat | null {
  return one.nats.find(({ id }) => other.nats.some((each) => each.id === id)) ?? null;
}
