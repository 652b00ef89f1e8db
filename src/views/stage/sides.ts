// Whose each part of a network is: what stands before one person, before the other, and before both.
import type {
  HostDescription,
  NetworkDescription,
  RouterDescription,
  SegmentDescription,
} from '../../net/description.ts';
import { SIDES, type Side } from '../../rtc/steps.ts';

/** What stands before one person. */
export interface SideParts {
  readonly host: HostDescription | null;
  /** The routers that only this person's packets pass, the nearest first. */
  readonly chain: readonly RouterDescription[];
  /** Other ways out, which are not the first choice now, or not used any more. */
  readonly spare: readonly RouterDescription[];
}

/** A network, by whose its parts are. */
export interface NetSides {
  readonly caller: SideParts;
  readonly callee: SideParts;
  /** The routers before both, the nearest first. */
  readonly shared: readonly RouterDescription[];
  /** STUN, TURN, and hosts that are none of the two people's. */
  readonly others: readonly HostDescription[];
  /** What is outside of every router: the internet. */
  readonly outside: SegmentDescription | null;
  /** The middle has more to show than one line with a server above: a relay, a NAT of both, a second way out. */
  readonly isWide: boolean;
}

const read = new WeakMap<NetworkDescription, NetSides>();

/** Reads whose the parts of a network are. Takes any description, also one with a loop; the same one is read once. */
export function netSides(network: NetworkDescription): NetSides {
  const known = read.get(network);
  if (known !== undefined) return known;
  const sides = readSides(network);
  read.set(network, sides);
  return sides;
}

function readSides({ segments, hosts, routers }: NetworkDescription): NetSides {
  const person = (side: Side) => hosts.find(({ role }) => role === side) ?? null;
  const people = { caller: person('caller'), callee: person('callee') };
  const before = {
    caller: routersBefore(routers, people.caller, 0),
    callee: routersBefore(routers, people.callee, 0),
  };
  const shared = before.caller.filter((router) => before.callee.includes(router));
  const own = { caller: new Set<RouterDescription>(), callee: new Set<RouterDescription>() };
  for (const side of SIDES) {
    const more = people[side]?.interfaces.map((_, at) => routersBefore(routers, people[side], at));
    for (const router of more?.flat() ?? []) if (!shared.includes(router)) own[side].add(router);
  }
  // What nobody is behind now belongs to who is on no network, or may move to another: the caller.
  const lone: Side =
    people.callee?.interfaces.length === 0 && people.caller?.interfaces.length !== 0
      ? 'callee'
      : 'caller';
  for (const router of routers) {
    const isKnown = shared.includes(router) || SIDES.some((side) => own[side].has(router));
    if (!isKnown && !holdsOther(router, hosts)) own[lone].add(router);
  }
  const parts = (side: Side): SideParts => {
    const chain = before[side].filter((router) => !shared.includes(router));
    return {
      ...{ host: people[side], chain },
      spare: routers.filter((router) => own[side].has(router) && !chain.includes(router)),
    };
  };
  const [caller, callee] = [parts('caller'), parts('callee')];
  const insides = new Set(routers.flatMap(({ inside }) => inside.map((each) => each.segment)));
  return {
    ...{ caller, callee, shared },
    others: hosts.filter((host) => host !== people.caller && host !== people.callee),
    outside: segments.find(({ id }) => !insides.has(id)) ?? segments[0] ?? null,
    isWide:
      hosts.some(({ role }) => role === 'turn') ||
      (shared.length > 0 && caller.chain.length + callee.chain.length > 0) ||
      [caller, callee].some(({ chain, spare }) => chain.length + spare.length > 1),
  };
}

/** The routers from one of a host's interfaces outwards. */
function routersBefore(
  routers: readonly RouterDescription[],
  host: HostDescription | null,
  at: number,
): readonly RouterDescription[] {
  const found: RouterDescription[] = [];
  let segment = host?.interfaces[at]?.segment;
  for (;;) {
    const next = routers.find(({ inside }) => inside.some((each) => each.segment === segment));
    if (next === undefined || found.includes(next)) return found;
    found.push(next);
    segment = next.outside.segment;
  }
}

/** Whether a host that is nobody's stands right behind the router. */
function holdsOther({ inside }: RouterDescription, hosts: readonly HostDescription[]): boolean {
  const ids = new Set(inside.map(({ segment }) => segment));
  return hosts.some(
    ({ role, interfaces }) =>
      role !== 'caller' && role !== 'callee' && interfaces.some(({ segment }) => ids.has(segment)),
  );
}
