// A lesson's network as a plan with its addresses: the servers, the internet, the routers under it, and the two people.
import { SHORTEST_LIFETIME } from '../../lessons/net/behaviours.ts';
import { NET_LESSONS } from '../../lessons/net/lessons.ts';
import type {
  HostDescription,
  NetworkDescription,
  RouterDescription,
} from '../../net/description.ts';
import type { Side } from '../../rtc/steps.ts';

/** What stands in a plan, each with the middle of its box. */
export interface Plan {
  readonly height: number;
  readonly servers: readonly {
    readonly role: 'stun' | 'turn';
    readonly address: string;
    readonly x: number;
    /** No lesson before has one. */
    readonly isNew: boolean;
  }[];
  readonly internet: { readonly x: number; readonly y: number; readonly width: number };
  readonly routers: readonly {
    readonly router: RouterDescription;
    readonly x: number;
    readonly y: number;
    /** It stands before other routers. */
    readonly isCarrier: boolean;
    readonly isNew: boolean;
  }[];
  readonly people: readonly {
    readonly side: Side;
    readonly address: string;
    readonly x: number;
    readonly y: number;
  }[];
  readonly lines: readonly (readonly (readonly [x: number, y: number])[])[];
}

const SERVER_Y = 16;
const INTERNET_Y = 74;
const FIRST_ROUTER_Y = 134;
const LEVEL = 68;
const PERSON_BELOW = 62;
/** Half a router's box, and half of the internet's. */
const HALF = 12;
/** How near to the edge somebody stands. */
const MARGIN = 56;

/** Where a network's parts stand in a plan of that width. @param known the kinds of parts of the lessons before */
export function planOf(
  network: NetworkDescription,
  width: number,
  known: ReadonlySet<string>,
): Plan {
  const internet = network.segments.find(({ prefixes }) => prefixes.includes('0.0.0.0/0'))?.id;
  const middle = width / 2;
  const leaves: { x: number }[] = [];
  const routers: Plan['routers'][number][] = [];
  const people: Plan['people'][number][] = [];
  const lines: [number, number][][] = [];

  const peopleOn = (segment: string) =>
    network.hosts.filter(
      (host) => isPerson(host) && host.interfaces.some((each) => each.segment === segment),
    );
  const routersOn = (segment: string) =>
    network.routers.filter(({ outside }) => outside.segment === segment);
  const leavesOf = (router: RouterDescription): number => {
    const below = router.inside.reduce(
      (sum, { segment }) =>
        sum +
        peopleOn(segment).length +
        routersOn(segment).reduce((under, each) => under + leavesOf(each), 0),
      0,
    );
    return Math.max(1, below);
  };
  const top = internet === undefined ? [] : routersOn(internet);
  const count = top.reduce((sum, router) => sum + leavesOf(router), 0);
  const leaf = () => {
    const at = leaves.length;
    const x = count < 2 ? middle : MARGIN + (at * (width - 2 * MARGIN)) / (count - 1);
    leaves.push({ x });
    return x;
  };

  /** Places a router and all below it. @returns its x */
  const place = (router: RouterDescription, level: number): number => {
    const y = FIRST_ROUTER_Y + level * LEVEL;
    const below: { x: number; y: number }[] = [];
    let isCarrier = false;
    for (const { segment } of router.inside) {
      for (const under of routersOn(segment)) {
        isCarrier = true;
        below.push({ x: place(under, level + 1), y: y + LEVEL - HALF });
      }
      for (const host of peopleOn(segment)) {
        const x = leaf();
        const side = host.role === 'callee' ? 'callee' : 'caller';
        const address = host.interfaces.find((each) => each.segment === segment)?.address ?? '';
        people.push({ side, address, x, y: y + PERSON_BELOW });
        below.push({ x, y: y + PERSON_BELOW - 7 });
      }
    }
    const xs = below.map((each) => each.x);
    const x = xs.length === 0 ? leaf() : (Math.min(...xs) + Math.max(...xs)) / 2;
    const bend = y + HALF + 10;
    for (const each of below) {
      lines.push(
        each.x === x
          ? [
              [x, y + HALF],
              [x, each.y],
            ]
          : [
              [x, y + HALF],
              [x, bend],
              [each.x, bend],
              [each.x, each.y],
            ],
      );
    }
    const isNew = !known.has(routerKind(network, router));
    routers.push({ router, x, y, isCarrier, isNew });
    return x;
  };

  const half = Math.min(80, width / 5);
  for (const router of top) {
    const x = place(router, 0);
    const edge = x < middle ? middle - half : middle + half;
    lines.push(
      Math.abs(x - middle) < half
        ? [
            [x, INTERNET_Y + HALF],
            [x, FIRST_ROUTER_Y - HALF],
          ]
        : [
            [edge, INTERNET_Y],
            [x, INTERNET_Y],
            [x, FIRST_ROUTER_Y - HALF],
          ],
    );
  }
  const hosts = network.hosts.filter(({ role }) => role === 'stun' || role === 'turn');
  const servers = hosts.map((host, at) => {
    const x = middle + (at - (hosts.length - 1) / 2) * Math.min(140, width / 3);
    lines.push([
      [x, SERVER_Y + 9],
      [x, INTERNET_Y - HALF],
    ]);
    return {
      role: host.role === 'turn' ? ('turn' as const) : ('stun' as const),
      address: host.interfaces[0]?.address ?? '',
      x,
      isNew: !known.has(host.role),
    };
  });
  const lowest = Math.max(...people.map(({ y }) => y), ...routers.map(({ y }) => y));
  return {
    height: lowest + 26,
    servers,
    internet: { x: middle, y: INTERNET_Y, width: 2 * half },
    routers,
    people,
    lines,
  };
}

/** What kinds of parts the lessons before one have: what it has besides is new in it. */
export function kindsBefore(id: string): ReadonlySet<string> {
  const at = NET_LESSONS.findIndex((lesson) => lesson.id === id);
  return new Set(
    NET_LESSONS.slice(0, Math.max(0, at)).flatMap(({ network }) => [
      ...network.hosts.map(({ role }) => role),
      ...network.routers.map((router) => routerKind(network, router)),
    ]),
  );
}

/** What makes two routers of the same kind for a learner. */
function routerKind(
  network: NetworkDescription,
  { inside, nat, firewall }: RouterDescription,
): string {
  const segments = new Set(inside.map(({ segment }) => segment));
  const hosts = network.hosts.filter(({ interfaces }) =>
    interfaces.some(({ segment }) => segments.has(segment)),
  );
  const isCarrier = network.routers.some(({ outside }) => segments.has(outside.segment));
  return [
    nat?.mapping,
    nat?.filtering,
    (nat?.lifetime ?? SHORTEST_LIFETIME) < SHORTEST_LIFETIME,
    isCarrier && nat?.hairpinning,
    isCarrier ? 'carrier' : hosts.length,
    firewall.udp,
  ].join();
}

function isPerson({ role }: HostDescription): boolean {
  return role === 'caller' || role === 'callee';
}
