// The network as a tree from the internet down: which segment is below which router, and what stands on each.
import type {
  HostDescription,
  NetworkDescription,
  RouterDescription,
} from '../../net/description.ts';

/** A segment and what hangs from it. */
export interface Branch {
  readonly segment: string;
  /** The hosts on it and the routers whose outside it is, from left to right. */
  readonly leaves: readonly Leaf[];
}

/** A host, or a router with the segments inside of it. */
export type Leaf =
  | { readonly kind: 'host'; readonly host: HostDescription }
  | {
      readonly kind: 'router';
      readonly router: RouterDescription;
      readonly inside: readonly Branch[];
    };

/** A whole network. */
export interface NetworkTree {
  /** The servers on the internet, which stand above it. */
  readonly servers: readonly HostDescription[];
  /** The internet; more than one where parts of the network don't meet. */
  readonly roots: readonly Branch[];
  /** Hosts that are on no segment now. */
  readonly adrift: readonly HostDescription[];
}

/** Reads a network as a tree. Takes any description, also one with a loop: what it comes to twice it leaves out. */
export function networkTree({ segments, hosts, routers }: NetworkDescription): NetworkTree {
  const placed = new Set<string>();
  const isInside = (id: string) =>
    routers.some(({ inside }) => inside.some(({ segment }) => segment === id));
  const tops = segments.filter(({ id }) => !isInside(id));
  const top = (tops.length === 0 ? segments.slice(0, 1) : tops).map(({ id }) => id);
  const isServer = ({ role }: HostDescription) => role === 'stun' || role === 'turn';
  const home = ({ interfaces }: HostDescription) => interfaces[0]?.segment;
  const servers = hosts.filter((host) => isServer(host) && top.includes(home(host) ?? ''));

  const branch = (segment: string): Branch => {
    placed.add(segment);
    const leaves: Leaf[] = [];
    for (const host of hosts) {
      if (home(host) === segment && !servers.includes(host)) leaves.push({ kind: 'host', host });
    }
    for (const router of routers) {
      if (router.outside.segment !== segment) continue;
      const ids = new Set(router.inside.map((each) => each.segment));
      const inside = [...ids].filter((id) => !placed.has(id)).map(branch);
      leaves.push({ kind: 'router', router, inside });
    }
    // The caller's side left, the callee's right; what is neither keeps its place between.
    return { segment, leaves: leaves.toSorted((one, other) => rank(one) - rank(other)) };
  };
  const roots = top.map(branch).filter(({ leaves }) => leaves.length > 0 || servers.length > 0);
  const adrift = hosts.filter(({ interfaces }) => interfaces.length === 0);
  return { servers, roots, adrift };
}

function rank(leaf: Leaf): number {
  return Number(holds(leaf, 'callee')) - Number(holds(leaf, 'caller'));
}

/** Whether the side's host is this leaf, or behind it. */
export function holds(leaf: Leaf, side: 'caller' | 'callee'): boolean {
  if (leaf.kind === 'host') return leaf.host.role === side;
  return leaf.inside.some(({ leaves }) => leaves.some((each) => holds(each, side)));
}
