// The one axis that the stage and the ladder share: where people and what stands between them are, across the column.
import { m } from '../../i18n/paraglide/messages.js';
import type { NetworkDescription, RouterDescription } from '../../net/description.ts';
import { SIDES, type Side } from '../../rtc/steps.ts';
import { sideName } from '../words.ts';
import { PERSON_X } from './person-x.ts';
import { netSides, type SideParts } from './sides.ts';

/** The middle: the internet, a relay, a router of both. */
export const MIDDLE_X = 420 / 840;

/** How far a person's outermost router stands from their end of the column: with one line, and in a wide topology. */
const NAT_X = 320 / 840;
const WIDE_NAT_X = 304 / 840;
/** Where the first of several in a row stands. */
const FIRST_NAT_X = 256 / 840;
/** And the last of them. */
const LAST_NAT_X = 352 / 840;

/** One thing's place across the column. */
export interface Axis {
  /** The id of the node in the network's description, or of the segment: a packet's `where` is found by it. */
  readonly id: string;
  /** As a part of the column's width. */
  readonly x: number;
  readonly kind: 'person' | 'nat' | 'router' | 'carrier' | 'server' | 'internet' | 'segment';
  /** Whose it is; null for what is both people's or nobody's. */
  readonly side: Side | null;
  /** What it is called over a line of the ladder. */
  readonly name: string;
  /** It is what stands for its place: of several things at one place, only one is. Lines and heads are drawn for these. */
  readonly isHead: boolean;
}

const NONE: readonly Axis[] = [];

/**
 * Where everything of a network stands, from left to right; nothing where there is no network. Pure: the same
 * description has the same places.
 */
export function axesOf(description: NetworkDescription | null): readonly Axis[] {
  if (description === null) return NONE;
  const { caller, callee, shared, others, outside, isWide } = netSides(description);
  const parts = { caller, callee };
  const axes: Axis[] = [];
  for (const side of SIDES) {
    const { host, chain, spare } = parts[side];
    if (host !== null) {
      const place = { id: host.id, x: PERSON_X[side], kind: 'person', side } as const;
      axes.push({ ...place, name: sideName(side), isHead: true });
    }
    for (const [at, router] of [...chain, ...spare].entries()) {
      const x = fromSide(side, routerX(parts[side], at, isWide));
      const isHead = !axes.some((each) => each.x === x);
      axes.push({ ...{ id: router.id, x, side, isHead }, ...kindOf(router) });
    }
  }
  // Of what stands in the middle the most telling gives the name: a router of both, then a relay, then the internet.
  const isNested = caller.chain.length + callee.chain.length > 0;
  const turn = others.find(({ role }) => role === 'turn');
  const named = shared.at(-1)?.id ?? turn?.id ?? outside?.id ?? others[0]?.id;
  const middle = (id: string) => ({ id, x: MIDDLE_X, side: null, isHead: id === named });
  for (const router of shared) {
    const isCarrier = isNested && router.nat !== null;
    axes.push({
      ...middle(router.id),
      ...(isCarrier ? { kind: 'carrier' as const, name: m.stage_carrier_nat() } : kindOf(router)),
    });
  }
  for (const { id, role } of others) {
    const name = role === 'stun' ? 'STUN' : role === 'turn' ? 'TURN' : id;
    axes.push({ ...middle(id), kind: 'server', name });
  }
  for (const { id } of description.segments) {
    if (id === outside?.id) {
      axes.push({ ...middle(id), kind: 'internet', name: m.net_internet() });
    } else {
      const on = axes.filter((each) => isOn(description, each.id, id)).map(({ x }) => x);
      const x = on.length === 0 ? MIDDLE_X : (Math.min(...on) + Math.max(...on)) / 2;
      axes.push({ id, x, kind: 'segment', side: null, name: id, isHead: false });
    }
  }
  return axes.toSorted((one, other) => one.x - other.x);
}

/** How far in a person's router stands, counted from the left for a caller. */
function routerX({ chain }: SideParts, at: number, isWide: boolean): number {
  const edge = isWide ? WIDE_NAT_X : NAT_X;
  // Another way out stands under or over the one that is used.
  if (chain.length <= 1) return edge;
  if (at >= chain.length) return LAST_NAT_X;
  return FIRST_NAT_X + ((LAST_NAT_X - FIRST_NAT_X) * at) / (chain.length - 1);
}

function fromSide(side: Side, x: number): number {
  return side === 'caller' ? x : 1 - x;
}

function kindOf({ nat }: RouterDescription): Pick<Axis, 'kind' | 'name'> {
  return nat === null ? { kind: 'router', name: m.net_router() } : { kind: 'nat', name: 'NAT' };
}

function isOn({ hosts, routers }: NetworkDescription, node: string, segment: string): boolean {
  const host = hosts.find(({ id }) => id === node);
  const router = routers.find(({ id }) => id === node);
  const ends = host?.interfaces ?? (router === undefined ? [] : [router.outside, ...router.inside]);
  return ends.some((each) => each.segment === segment);
}
