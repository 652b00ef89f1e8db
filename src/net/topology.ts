// A description made ready to carry packets: who is on a segment, and where a packet for an address goes next.
import { isInPrefix, isLocalAddress, parseAddress, parsePrefix, type Prefix } from './address.ts';
import type { Attachment, NetworkDescription, SegmentDescription } from './description.ts';

/** A node's attachment to a segment. */
export interface Interface<Node> {
  readonly node: Node;
  readonly attachment: Attachment;
  readonly segment: Segment<Node>;
  /** For routers: which side it is. Hosts have no sides. */
  readonly isOutside: boolean;
}

/** How a router shows in the table of routes of the segment on its outside. */
interface Route<Node> {
  readonly prefix: Prefix;
  readonly by: Interface<Node>;
}

/** How many answers a segment keeps; addresses that nobody has may be without number. */
const MAX_ANSWERS = 4_096;

/** A segment with what is on it. */
export class Segment<Node> {
  description: SegmentDescription;
  readonly #prefixes: readonly Prefix[];
  /** True where it spans all of a family's addresses. */
  readonly isInternet: boolean;
  readonly #interfaces = new Map<string, Interface<Node>>();
  /** The longest prefix first. */
  #routes: readonly Route<Node>[] = [];
  readonly #answers = new Map<string, Interface<Node> | null>();
  readonly #spanned = new Map<string, boolean>();

  constructor(description: SegmentDescription) {
    this.description = description;
    this.#prefixes = readPrefixes(description.prefixes);
    this.isInternet = this.#prefixes.some(({ length }) => length === 0);
  }

  attach(each: Interface<Node>): void {
    this.#interfaces.set(each.attachment.address, each);
  }

  setRoutes(routes: readonly Route<Node>[]): void {
    this.#routes = [...routes].sort((one, other) => other.prefix.length - one.prefix.length);
  }

  /** Whether the address is among this segment's own. */
  spans(address: string): boolean {
    const known = this.#spanned.get(address);
    if (known !== undefined) return known;
    const bytes = parseAddress(address);
    const spans = bytes !== null && this.#prefixes.some((prefix) => isInPrefix(bytes, prefix));
    if (this.#spanned.size >= MAX_ANSWERS) this.#spanned.clear();
    this.#spanned.set(address, spans);
    return spans;
  }

  /** Who takes a packet for the address here: who has it, or the router it is behind; null where nobody does. */
  resolve(address: string): Interface<Node> | null {
    const known = this.#answers.get(address);
    if (known !== undefined) return known;
    const found = this.#interfaces.get(address) ?? this.#route(address);
    if (this.#answers.size >= MAX_ANSWERS) this.#answers.clear();
    this.#answers.set(address, found);
    return found;
  }

  #route(address: string): Interface<Node> | null {
    const bytes = parseAddress(address);
    if (bytes === null || (this.isInternet && isLocalAddress(address))) return null;
    return this.#routes.find(({ prefix }) => isInPrefix(bytes, prefix))?.by ?? null;
  }
}

/** Where a node sends a packet: over which segment, and to whom there. */
export interface Hop<Node> {
  readonly segment: Segment<Node>;
  /** Null where nobody on the segment takes it. */
  readonly to: Interface<Node> | null;
}

/** The next hop from one of a node's interfaces: on the segment, or the gateway; null where there is no way. */
export function nextHop<Node>(from: Interface<Node>, destination: string): Hop<Node> | null {
  const { segment, attachment } = from;
  const to = segment.resolve(destination);
  if (to !== null || segment.isInternet || segment.spans(destination)) return { segment, to };
  if (attachment.gateway === null) return null;
  return { segment, to: segment.resolve(attachment.gateway) };
}

/**
 * The prefixes behind a router that are known outside: with a NAT only those of IPv6.
 * Routers behind it show theirs by it.
 */
export function prefixesBehind(description: NetworkDescription, id: string): readonly Prefix[] {
  const router = description.routers.find((each) => each.id === id);
  if (router === undefined) return [];
  return router.inside.flatMap(({ segment }) => {
    const own = description.segments.find((each) => each.id === segment)?.prefixes ?? [];
    const behind = description.routers
      .filter(({ outside }) => outside.segment === segment)
      .flatMap((inner) => prefixesBehind(description, inner.id));
    return [...readPrefixes(own), ...behind].filter(
      ({ bytes }) => router.nat === null || bytes.length === 16,
    );
  });
}

function readPrefixes(texts: readonly string[]): readonly Prefix[] {
  return texts.map(parsePrefix).filter((prefix) => prefix !== null);
}
