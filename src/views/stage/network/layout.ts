// Where the parts of a network stand on the stage, and what is written at each. Pure: the same network is drawn the same.
import type { NetworkDescription, RouterDescription } from '../../../net/description.ts';
import { SIDES, type Side } from '../../../rtc/steps.ts';
import { axesOf } from '../axis.ts';
import type { PersonPlace, StageBox } from '../layout.ts';
import { netSides, type NetSides } from '../sides.ts';
import { stopsOf } from './map-list.ts';

/** A point of the stage. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle of the stage. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Where the lines of text of a part stand: the first one, and how they are anchored. */
export interface TextPlace extends Point {
  readonly anchor: 'start' | 'middle' | 'end';
}

/** A router, or a host that is nobody's. */
export interface NetNode extends Point {
  readonly id: string;
  readonly kind: 'router' | 'carrier' | 'server' | 'relay';
  readonly side: Side | null;
  /** Half of its picture. */
  readonly r: number;
  readonly text: TextPlace;
  /** It stands over another way out, not on the line. */
  readonly isRaised: boolean;
}

/** A network as it is drawn. */
export interface NetLayout {
  readonly box: StageBox;
  /** The height of the line from person to person. */
  readonly line: number;
  readonly people: Readonly<Record<Side, Point>>;
  readonly nodes: readonly NetNode[];
  readonly internet: Area;
  /** The carrier's own network; null where there is none. */
  readonly carrier: Area | null;
  readonly sides: NetSides;
  /** Below this there is nothing of the drawing. */
  readonly bottom: number;
}

/** From one line of text to the next. */
export const TEXT_LINE = 16.5;

/** Lays a network out between two people. */
export function netLayout(
  network: NetworkDescription,
  box: StageBox,
  people: Readonly<Record<Side, PersonPlace>>,
): NetLayout {
  const sides = netSides(network);
  const isSmall = box.mode === 'compact';
  const line = people.caller.top + (isSmall ? 26 : people.caller.height - 4);
  const at = places(network, box);
  const middle = box.width / 2;
  const isNested = sides.caller.chain.length + sides.callee.chain.length > 0;
  const carriers = isNested ? sides.shared : [];
  const nodes: NetNode[] = [];

  for (const side of SIDES) {
    const routers = routersOf(sides, network, side);
    const isSeries = sides[side].chain.length > 1;
    for (const [index, router] of routers.entries()) {
      const raised = isSeries ? 0 : routers.length - 1 - index;
      const x = at(router.id);
      const y = line - Math.min(raised, 1) * (isSmall ? 31 : 62);
      const r = isSmall ? (routers.length > 1 && !isSeries ? 13 : 14) : 17;
      nodes.push({
        ...{ id: router.id, kind: 'router', side, x, y, r },
        isRaised: raised > 0,
        text: routerText(box, side, { x, y }, line, raised > 0, stopsOf(router).length > 0),
      });
    }
  }
  for (const [index, router] of sides.shared.entries()) {
    const y = line - (isNested ? 53 : 40) - index * 40;
    const r = isSmall ? 12 : isNested ? 17 : 15;
    const place = isSmall ? { x: middle, y: line - 16 - index * 22 } : { x: middle, y };
    nodes.push({
      ...{ id: router.id, kind: isNested ? 'carrier' : 'router', side: null, r, ...place },
      isRaised: false,
      text: isSmall
        ? { x: middle + 18, y: place.y + 4, anchor: 'start' }
        : { x: middle + r + (isNested ? 14 : 12), y: y - (isNested ? 6 : 10), anchor: 'start' },
    });
  }
  const inner = nodes.filter(({ side }) => side !== null);
  const left = Math.max(
    ...inner
      .filter(({ side }) => side === 'caller')
      .map(({ x, r }) => x + (sides.isWide ? 0 : r + 9)),
    people.caller.x + people.caller.width / 2 + 24,
  );
  const right = Math.min(
    ...inner
      .filter(({ side }) => side === 'callee')
      .map(({ x, r }) => x - (sides.isWide ? 0 : r + 9)),
    people.callee.x - people.callee.width / 2 - 24,
  );
  const hasRaised = inner.some(({ isRaised }) => isRaised);
  const from = hasRaised && !isSmall ? left + 26 : left;
  const isAbove = sides.shared.length > 0;
  const top = isSmall ? (isAbove ? 25 : 32) : sides.isWide ? 48 : 46;
  const home = !isNested && isAbove;
  const half = box.mode === 'narrow' ? 90 : isSmall ? 53 : 128;
  const narrowed = home ? { left: middle - half, right: middle + half } : { left: from, right };
  const internet: Area = {
    ...narrowed,
    top,
    bottom: isAbove
      ? line - (isSmall ? 32 : home ? 58 : 81)
      : line + (isSmall ? 34 : sides.isWide ? 24 : 20),
  };
  const servers = sides.others;
  const hasRelay = servers.some(({ role }) => role === 'turn');
  for (const { id, role } of servers) {
    const isRelay = role === 'turn';
    if (isSmall) {
      const y = top + (isRelay ? 27 : isAbove ? 10 : 12);
      // Two names stand side by side over the way by the relay.
      const text: TextPlace = hasRelay
        ? { x: middle + (isRelay ? 6 : -6), y: top + 15, anchor: isRelay ? 'start' : 'end' }
        : { x: middle, y: y + 4, anchor: 'middle' };
      nodes.push({
        ...{ id, kind: isRelay ? 'relay' : 'server', side: null, x: middle, y, r: 6 },
        ...{ isRaised: false, text },
      });
      continue;
    }
    if (isRelay) {
      const y = line - (box.mode === 'narrow' ? 34 : 50);
      nodes.push({
        ...{ id, kind: 'relay', side: null, x: middle, y, r: 22, isRaised: false },
        text: { x: middle, y: y - 6, anchor: 'middle' },
      });
      continue;
    }
    const isRow = sides.isWide || isAbove;
    // Between two NATs that stand close there is room for the words alone.
    const isBare = !isRow && box.mode === 'narrow';
    const x = isBare
      ? middle
      : !isRow
        ? middle - 36
        : isAbove && box.mode === 'full'
          ? middle - 23
          : middle - 62;
    const y = isRow
      ? isAbove
        ? (internet.top + internet.bottom) / 2 + 6
        : top + (box.mode === 'narrow' ? 13 : 35)
      : top + 39;
    nodes.push({
      ...{ id, kind: 'server', side: null, x, y, r: 13, isRaised: false },
      text: isBare
        ? { x, y: y - 7, anchor: 'middle' }
        : { x: x + 20, y: isRow ? y + 4 : y - 3, anchor: 'start' },
    });
  }
  const carrier: Area | null =
    carriers.length === 0 || isSmall
      ? null
      : { left: internet.left, right: internet.right, top: line - 74, bottom: line + 24 };
  const stops = Math.max(0, ...network.routers.map((router) => stopsOf(router).length));
  // With two of them a router's inside address is left out, but for a narrow column, which never has it.
  const rules = isSmall ? 0 : TEXT_LINE * (box.mode === 'narrow' ? stops : Math.min(stops, 1));
  const person = (side: Side): Point => {
    const { x, width } = people[side];
    return { x: side === 'caller' ? x + width / 2 + 12 : x - width / 2 - 12, y: line };
  };
  return {
    ...{ box, line, nodes, internet, carrier, sides },
    people: { caller: person('caller'), callee: person('callee') },
    bottom: line + (isSmall ? 76 : box.mode === 'narrow' ? 58 : 76) + rules,
  };
}

/** A side's routers from the person outwards; where one is as good as another, in the network's own order. */
function routersOf(
  sides: NetSides,
  network: NetworkDescription,
  side: Side,
): readonly RouterDescription[] {
  const { chain, spare } = sides[side];
  if (chain.length > 1) return chain;
  return network.routers.filter((router) => chain.includes(router) || spare.includes(router));
}

/** The part of the width where a node is: as the axis says, but for a phone, which has one of its own. */
function places(network: NetworkDescription, { width, mode }: StageBox): (id: string) => number {
  const axes = new Map(axesOf(network).map(({ id, x, side }) => [id, { x, side }]));
  return (id) => {
    const place = axes.get(id);
    if (place === undefined) return width / 2;
    if (mode !== 'compact' || place.side === null) return place.x * width;
    return place.side === 'caller' ? width * 0.318 : width * 0.682;
  };
}

function routerText(
  { mode }: StageBox,
  side: Side,
  { x, y }: Point,
  line: number,
  isRaised: boolean,
  isWalled: boolean,
): TextPlace {
  if (mode === 'compact') {
    const edge = side === 'caller' ? x + 14 : x - 14;
    const anchor = side === 'caller' ? 'end' : 'start';
    return { x: edge, y: line + 56, anchor };
  }
  if (isRaised) return { x: x + 20, y: y - 42, anchor: 'end' };
  // A firewall has more to say: it begins where the states of the person beside it end.
  if (isWalled && mode === 'full') {
    return side === 'caller'
      ? { x: x - 22, y: y + 36, anchor: 'start' }
      : { x: x + 22, y: y + 36, anchor: 'end' };
  }
  return { x, y: y + 36, anchor: 'middle' };
}
