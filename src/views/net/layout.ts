// Where everything of a network stands in its drawing: servers over the internet, the two sides below, in pixels.
import type {
  HostDescription,
  NetworkDescription,
  RouterDescription,
} from '../../net/description.ts';
import { networkTree, type Branch, type Leaf } from './tree.ts';

/** A host or a router in the drawing. */
export interface MapNode {
  readonly id: string;
  readonly part:
    | { readonly kind: 'host'; readonly host: HostDescription }
    | { readonly kind: 'router'; readonly router: RouterDescription };
  /** The middle of its picture. */
  readonly x: number;
  readonly y: number;
  /** Half the height of the picture with its text. */
  readonly half: number;
  /** On which side of the picture its text stands. */
  readonly text: 'left' | 'right';
  /** It stands over the internet. */
  readonly above: boolean;
}

/** A segment: a line from `left` to `right`, which is a point where only one thing hangs from it. */
export interface MapSegment {
  readonly id: string;
  readonly prefixes: readonly string[];
  readonly y: number;
  readonly left: number;
  readonly right: number;
  /** Nothing is outside of it: the internet. */
  readonly isRoot: boolean;
  readonly text: 'left' | 'right';
}

/** An upright line from a node to a segment. */
export interface MapLink {
  readonly node: string;
  readonly segment: string;
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}

/** A network as it is drawn. */
export interface MapLayout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly MapNode[];
  readonly segments: readonly MapSegment[];
  readonly links: readonly MapLink[];
  /** There is room for short names only. */
  readonly isShort: boolean;
}

/** From a picture or its text to the segment above or below: room for a packet's name. */
const GAP = 34;
/** Half the height of a host with its two lines, and of a router with three. */
const HOST = 18;
const ROUTER = 24;
/** One more line of text. */
const LINE = 16;
/** What the longest text beside a picture takes, with half of the picture: `port-restricted NAT`; without `NAT`. */
const BESIDE = 142;
const BESIDE_SHORT = 118;
/** From one column's text to the next column's picture. */
const MARGIN = 34;

/**
 * Lays a network out.
 * @param room how wide the drawing may be, in pixels; it gets wider where its texts would cover each other
 */
export function mapLayout(network: NetworkDescription, room: number): MapLayout {
  const { servers, roots, adrift } = networkTree(network);
  const count = adrift.length + roots.reduce((sum, root) => sum + Math.max(1, columnsOf(root)), 0);
  const columns = columnsIn(room, Math.max(1, count));
  const nodes: MapNode[] = [];
  const segments: MapSegment[] = [];
  const serverHalf = Math.max(0, ...servers.map(halfOf));
  const top = servers.length === 0 ? 20 : 8 + serverHalf * 2 + GAP + 4;
  const isLeftAdrift = ({ role }: HostDescription) => role === 'caller';
  let next = adrift.filter(isLeftAdrift).length;

  const branch = (each: Branch, y: number, isRoot: boolean): readonly number[] => {
    const { text } = columns.at(next) ?? FIRST;
    const xs = each.leaves.flatMap((one) => leaf(one, y + GAP));
    const prefixes = network.segments.find(({ id }) => id === each.segment)?.prefixes ?? [];
    const edge = columns.at(next)?.x ?? columns.at(-1)?.x ?? 0;
    const inner = xs.length === 0 ? [edge] : xs;
    if (xs.length === 0) next += 1;
    segments.push({
      ...{ id: each.segment, prefixes, y, isRoot, text: xs.length > 1 ? 'left' : text },
      ...(isRoot
        ? { left: 0, right: columns.width }
        : { left: Math.min(...inner), right: Math.max(...inner) }),
    });
    return inner;
  };

  const leaf = (each: Leaf, y: number): readonly number[] => {
    if (each.kind === 'host') {
      const column = columns.at(next) ?? FIRST;
      next += 1;
      nodes.push(nodeOf(each.host, column, y, false));
      return [column.x];
    }
    const { router, inside } = each;
    const half = routerHalf(router);
    const from = next;
    const below = inside.flatMap((one) => branch(one, y + half * 2 + GAP, false));
    if (below.length === 0) next += 1;
    const { x, text } = columns.at(from) ?? FIRST;
    const middle = below.length === 0 ? x : (Math.min(...below) + Math.max(...below)) / 2;
    nodes.push({
      ...{ id: router.id, part: { kind: 'router', router }, half, above: false },
      ...{ x: middle, y: y + half, text: next - from > 1 ? 'right' : text },
    });
    return [middle];
  };

  for (const root of roots) branch(root, top, true);
  for (const [at, host] of servers.entries()) {
    const column = serverColumn(at, servers.length, columns);
    nodes.push(nodeOf(host, column, 8 + serverHalf - halfOf(host), true));
  }
  const low = Math.max(top, ...nodes.map(({ y }) => y));
  let left = 0;
  for (const host of adrift) {
    const column = columns.at(isLeftAdrift(host) ? left : next) ?? FIRST;
    if (isLeftAdrift(host)) left += 1;
    else next += 1;
    nodes.push(nodeOf(host, column, low - halfOf(host), false));
  }
  const links = linksOf(nodes, segments);
  const height = Math.max(
    ...nodes.map(({ y, half }) => y + half),
    ...segments.map(({ y }) => y + 14),
    top,
  );
  return {
    ...{ width: columns.width, height: height + 8, nodes, links, isShort: columns.isShort },
    segments: segments.map((each) => widened(each, links)),
  };
}

interface Column {
  readonly x: number;
  readonly text: 'left' | 'right';
}

const FIRST: Column = { x: 24, text: 'right' };

interface Columns {
  readonly width: number;
  readonly isShort: boolean;
  at(index: number): Column | undefined;
}

/** Columns for the things that have nothing below them; the outer two turn their texts outwards. */
function columnsIn(room: number, count: number): Columns {
  const isShort = count * BESIDE > room;
  const beside = isShort ? BESIDE_SHORT : BESIDE;
  const least = (k: number) => beside + (k === 0 || k === count - 1 ? 4 : MARGIN);
  const needed = Array.from({ length: count }, (_, k) => least(k)).reduce((a, b) => a + b, 0);
  const width = Math.max(room, needed);
  const more = (width - needed) / count;
  const list: Column[] = [];
  let left = 0;
  for (let k = 0; k < count; k += 1) {
    const own = least(k) + more;
    const outward = Math.max(beside - 2, own * 0.7);
    if (count === 1) list.push({ x: width / 2, text: 'right' });
    else if (k === 0) list.push({ x: outward, text: 'left' });
    else if (k === count - 1) list.push({ x: width - outward, text: 'right' });
    else list.push({ x: left + MARGIN, text: 'right' });
    left += own;
  }
  return { width, isShort, at: (index) => list.at(index) };
}

function columnsOf({ leaves }: Branch): number {
  return leaves.reduce((sum, leaf) => sum + leafColumns(leaf), 0);
}

function leafColumns(leaf: Leaf): number {
  if (leaf.kind === 'host') return 1;
  return Math.max(
    1,
    leaf.inside.reduce((sum, each) => sum + Math.max(1, columnsOf(each)), 0),
  );
}

function serverColumn(at: number, count: number, { width }: Columns): Column {
  if (count === 1) return { x: width / 2, text: 'right' };
  if (count === 2) {
    // Between the two sides: no server belongs to one.
    const x = width * 0.42;
    return at === 0 ? { x, text: 'left' } : { x: width - x, text: 'right' };
  }
  return { x: (width * at) / count + MARGIN, text: 'right' };
}

function halfOf({ interfaces }: HostDescription): number {
  return HOST + (Math.max(1, interfaces.length) - 1) * (LINE / 2);
}

/** A line more for each thing that its firewall stops. */
function routerHalf(router: RouterDescription): number {
  const lines = stopsOf(router).length + Math.max(0, router.inside.length - 1);
  return ROUTER + (lines * LINE) / 2;
}

/** What a router's firewall stops that its NAT does not stop already. */
export type Stop = 'udp' | 'tcp' | 'tcp-but-443' | 'inbound';

export function stopsOf({ firewall, nat }: RouterDescription): readonly Stop[] {
  const { udp, tcp, inbound } = firewall;
  const stops: Stop[] = udp === 'blocked' ? ['udp'] : [];
  if (tcp !== 'allowed') stops.push(tcp === 'blocked' ? 'tcp' : 'tcp-but-443');
  if (inbound === 'closed' && nat === null) stops.push('inbound');
  return stops;
}

function nodeOf(host: HostDescription, column: Column, top: number, above: boolean): MapNode {
  const half = halfOf(host);
  const part = { kind: 'host', host } as const;
  return { id: host.id, part, ...column, y: top + half, half, above };
}

function linksOf(nodes: readonly MapNode[], segments: readonly MapSegment[]): readonly MapLink[] {
  const links: MapLink[] = [];
  for (const { id, part, x, y } of nodes) {
    const ids = new Set(attachments(part).map(({ segment }) => segment));
    for (const segment of segments) {
      if (!ids.has(segment.id)) continue;
      const [top, bottom] = [Math.min(y, segment.y), Math.max(y, segment.y)];
      links.push({ node: id, segment: segment.id, x, top, bottom });
    }
  }
  return links;
}

/** A segment reaches to all that hangs from it. */
function widened(segment: MapSegment, links: readonly MapLink[]): MapSegment {
  if (segment.isRoot) return segment;
  const xs = links.filter((link) => link.segment === segment.id).map(({ x }) => x);
  const left = Math.min(segment.left, ...xs);
  return { ...segment, left, right: Math.max(segment.right, ...xs) };
}

/** Where a node is attached. */
export function attachments(part: MapNode['part']): HostDescription['interfaces'] {
  return part.kind === 'host' ? part.host.interfaces : [part.router.outside, ...part.router.inside];
}
