// A packet's way over the drawn network: the lines that it went along, and where it is.
import { SIDES } from '../../../rtc/steps.ts';
import type { Hop } from '../../../trace/net-frame.ts';
import type { NetLayout, NetNode, Point } from './layout.ts';

/** A way as it is drawn. */
export interface NetWay {
  /** A path for each hop after the first, for the `d` of an SVG path; '' where it did not move. */
  readonly legs: readonly string[];
  /** Where it is; null where the drawing does not have the place. */
  readonly at: Point | null;
  /** The node it is at; null at a person's and on a segment. */
  readonly node: NetNode | null;
  /** From which side it came there: 1 from the left, -1 from the right. */
  readonly heading: 1 | -1;
}

/** The way of a packet that has been at these places. */
export function netWay(layout: NetLayout, path: readonly Pick<Hop, 'where'>[]): NetWay {
  const legs: string[] = [];
  let before: Spot | null = null;
  let heading: 1 | -1 = 1;
  for (const [at, { where }] of path.entries()) {
    const next: Spot = spotOf(layout, where, before, path[at + 1]?.where ?? null);
    if (before !== null) {
      const from: Spot = before;
      const isStill = from.x === next.x && from.y === next.y;
      const turn = turnAt(layout, path, at);
      legs.push(
        isStill ? '' : turn === null ? legOf(layout, from, next) : loopLeg(from, next, turn),
      );
      if (from.x !== next.x) heading = next.x > from.x ? 1 : -1;
    }
    before = next;
  }
  return { legs, at: before, node: before?.node ?? null, heading };
}

/** Whether a hop leads to the top of a loop or from it: a carrier's NAT turns the packet around. */
function turnAt(
  { nodes }: NetLayout,
  path: readonly Pick<Hop, 'where'>[],
  at: number,
): 'up' | 'down' | null {
  const home = (place: number) => {
    const node = nodes.find(({ id }) => id === path[place]?.where);
    return node?.kind === 'router' && node.side !== null ? node : null;
  };
  const isTurn = (place: number) => {
    const [from, to] = [home(place - 1), home(place + 1)];
    const isCarrier = nodes.some(({ id, kind }) => id === path[place]?.where && kind === 'carrier');
    return isCarrier && from !== null && to !== null && from !== to;
  };
  return isTurn(at) ? 'up' : isTurn(at - 1) ? 'down' : null;
}

/** How far from a carrier's NAT a loop over it runs. */
const LOOP = 6;

/** Half of a loop over a carrier's NAT: up at its side and around it to the top, or down from there. */
function loopLeg(from: Spot, to: Spot, turn: 'up' | 'down'): string {
  const [home, top] = turn === 'up' ? [from, to] : [to, from];
  const carrier = top.node;
  if (carrier === null) return '';
  const r = carrier.r + LOOP;
  const { foot, beside } = besideCarrier(home, carrier, LOOP);
  const peak = { x: carrier.x, y: carrier.y - r };
  const sweep = home.x < carrier.x === (turn === 'up') ? 1 : 0;
  const arc = `A${round(r)},${round(r)} 0 0 ${String(sweep)} `;
  return turn === 'up'
    ? `M${xy(home)}C${xy(foot)} ${xy(foot)} ${xy(beside)}${arc}${xy(peak)}`
    : `M${xy(peak)}${arc}${xy(beside)}C${xy(foot)} ${xy(foot)} ${xy(home)}`;
}

interface Spot extends Point {
  readonly node: NetNode | null;
}

function spotOf(layout: NetLayout, where: string, before: Spot | null, next: string | null): Spot {
  const { nodes, people, sides, line } = layout;
  const node = nodes.find(({ id }) => id === where);
  if (node !== undefined) return { x: node.x, y: node.y, node };
  for (const side of SIDES) {
    if (sides[side].host?.id !== where) continue;
    // A person with two ways out leaves at the height of the one that is taken.
    const other = before?.node ?? nodes.find(({ id }) => id === next) ?? null;
    const y = other?.side === side && other.isRaised ? other.y : line;
    return { x: people[side].x, y, node: null };
  }
  // Lost on a segment: a little way into it.
  const middle = layout.box.width / 2;
  if (before === null) return { x: middle, y: line, node: null };
  return { x: (before.x + middle) / 2, y: before.y, node: null };
}

function legOf({ line, sides, box }: NetLayout, from: Spot, to: Spot): string {
  const start = `M${xy(from)}`;
  if (from.y === to.y) return `${start}L${xy(to)}`;
  const server = [from, to].find(({ node }) => node?.kind === 'server');
  // Up to a server from the line below it.
  if (server !== undefined && !sides.isWide && sides.shared.length === 0) {
    const foot = { x: server.x, y: line };
    return `${start}L${xy(foot)}L${xy(to)}`;
  }
  const isStraight = [from, to].some(
    ({ node }) => node?.kind === 'relay' || node?.kind === 'server',
  );
  if (isStraight || box.mode === 'compact') return `${start}L${xy(to)}`;
  if (from.x === to.x) return `${start}L${xy(to)}`;
  if (to.node?.kind === 'carrier') return toCarrier(from, to.node);
  if (from.node?.kind === 'carrier') {
    const { foot, beside } = besideCarrier(to, from.node);
    return `M${xy(beside)}C${xy(foot)} ${xy(foot)} ${xy(to)}`;
  }
  const middle = (from.x + to.x) / 2;
  return `${start}C${xy({ x: middle, y: from.y })} ${xy({ x: middle, y: to.y })} ${xy(to)}`;
}

/** The line from a home's NAT up to the side of the carrier's, which leaves room for what is written beside that. */
export function toCarrier(from: Point, carrier: NetNode): string {
  const { foot, beside } = besideCarrier(from, carrier);
  return `M${xy(from)}C${xy(foot)} ${xy(foot)} ${xy(beside)}`;
}

/** The point at the side of a carrier's NAT, and the one below it at a home's height. */
function besideCarrier(home: Point, { x, y, r }: NetNode, apart = 0) {
  const at = x + (home.x < x ? -1 : 1) * (r + apart);
  return { foot: { x: at, y: home.y }, beside: { x: at, y } };
}

function xy({ x, y }: Point): string {
  return `${round(x)},${round(y)}`;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
