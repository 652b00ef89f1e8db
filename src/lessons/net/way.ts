// The way from a peer out to the internet, as a network's description has it.
import type {
  Attachment,
  HostDescription,
  NetworkDescription,
  RouterDescription,
} from '../../net/description.ts';
import type { Side } from '../../trace/step.ts';

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

/** The NAT that both ways lead through; null where there is none. */
export function sharedNat(one: Way, other: Way): WayNat | null {
  return one.nats.find(({ id }) => other.nats.some((each) => each.id === id)) ?? null;
}
