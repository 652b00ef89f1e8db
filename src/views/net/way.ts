// A packet's way over the drawn network: the lines that it went along, and where it is.
import type { Hop } from '../../trace/net-frame.ts';
import { attachments, type MapLayout, type MapNode } from './layout.ts';

/** A point of the drawing. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A way as it is drawn. */
export interface MapWay {
  /** A path for each hop after the first, for the `d` of an SVG path; '' where it did not move. */
  readonly legs: readonly string[];
  /** Where the packet is, and the end of its way; null where the drawing does not have the place. */
  readonly at: Point | null;
  /** The node that it is at; null on a segment. */
  readonly node: MapNode | null;
}

/** The way of a packet that has been at these places. */
export function wayOf(layout: MapLayout, path: readonly Hop[]): MapWay {
  const legs: string[] = [];
  let before: Point | null = null;
  let node: MapNode | null = null;
  for (const { where } of path) {
    const next = layout.nodes.find(({ id }) => id === where) ?? null;
    const points: readonly Point[] =
      before === null
        ? next === null
          ? []
          : [next]
        : next === null
          ? toSegment(layout, before, node, where)
          : toNode(layout, before, node, next);
    if (before !== null) {
      const moves = points.some(({ x, y }) => x !== before?.x || y !== before.y);
      legs.push(moves ? pathOf([before, ...points]) : '');
    }
    before = points.at(-1) ?? before;
    node = next;
  }
  return { legs, at: before, node };
}

function toNode(
  { segments }: MapLayout,
  from: Point,
  node: MapNode | null,
  next: MapNode,
): readonly Point[] {
  if (node?.id === next.id) return [next];
  const here = new Set(node === null ? [] : attachments(node.part).map((each) => each.segment));
  const shared = attachments(next.part).find(({ segment }) => here.has(segment))?.segment;
  const segment = segments.find(({ id }) => id === shared);
  if (segment === undefined) return [next];
  const { y } = segment;
  return [{ x: from.x, y }, { x: next.x, y }, next];
}

/** Lost on a segment: a little way into it. */
function toSegment(
  { segments }: MapLayout,
  from: Point,
  node: MapNode | null,
  where: string,
): readonly Point[] {
  const segment = segments.find(({ id }) => id === where);
  if (segment === undefined) return [];
  const { y, left, right } = segment;
  const isPoint = left === right || node === null;
  const x = isPoint ? from.x : (from.x + (left + right) / 2) / 2;
  return [
    { x: from.x, y },
    { x, y },
  ];
}

function pathOf(points: readonly Point[]): string {
  return points.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
