// What is wrong with a description of a network, in words, before anything runs in it.
import {
  canonicalAddress,
  doPrefixesOverlap,
  familyOf,
  isInPrefix,
  isLocalAddress,
  parseAddress,
  parsePrefix,
  type Prefix,
} from './address.ts';
import { hasRouterLoop, reachableSets } from './check-graph.ts';
import type {
  Attachment,
  NetworkDescription,
  RouterDescription,
  SegmentDescription,
} from './description.ts';
import type { NetworkProblem, NetworkProblemCode } from './error.ts';

/** A segment whose prefixes could be read. */
interface Ranges {
  readonly description: SegmentDescription;
  readonly prefixes: readonly Prefix[];
  /** Who has which address on it. */
  readonly holders: Map<string, string>;
  /** Addresses that routers have inside on it. */
  readonly gateways: Set<string>;
}

/**
 * Says all that is wrong with a description; nothing, where it can work.
 * @param isWhole false for a network in the middle of its run, where a host may be cut off
 */
export function checkNetwork(
  description: NetworkDescription,
  isWhole = true,
): readonly NetworkProblem[] {
  const problems: NetworkProblem[] = [];
  const report = (code: NetworkProblemCode, at: string, subject: string | number, text: string) => {
    problems.push({ code, at, subject: String(subject), text });
  };
  const { segments, hosts, routers } = description;

  const ids = new Set<string>();
  for (const { id } of [...segments, ...hosts, ...routers]) {
    if (id === '') report('duplicate-id', id, id, 'A part has an empty id.');
    else if (ids.has(id)) report('duplicate-id', id, id, `The id ${id} is given twice.`);
    ids.add(id);
  }

  const ranges = new Map<string, Ranges>();
  for (const segment of segments) {
    const prefixes: Prefix[] = [];
    for (const text of segment.prefixes) {
      const prefix = parsePrefix(text);
      if (prefix !== null) prefixes.push(prefix);
      else report('malformed-prefix', segment.id, text, `${segment.id}: “${text}” is no prefix.`);
    }
    ranges.set(segment.id, {
      description: segment,
      prefixes,
      holders: new Map(),
      gateways: new Set(),
    });
    for (const [name, value, limit] of numbersOf(segment)) {
      if (value >= 0 && value <= limit && Number.isFinite(value)) continue;
      report(
        'number-out-of-range',
        segment.id,
        value,
        `${segment.id}: ${name} is ${value}, not from 0 ${limit === 1 ? 'to 1' : 'up'}.`,
      );
    }
  }

  const attach = (at: string, attachment: Attachment) => {
    const { segment, address } = attachment;
    const on = ranges.get(segment);
    if (on === undefined) {
      report('unknown-segment', at, segment, `${at}: there is no segment ${segment}.`);
    }
    const bytes = parseAddress(address);
    if (bytes === null || canonicalAddress(address) !== address) {
      const hint = bytes === null ? '' : `; it is written ${canonicalAddress(address) ?? ''}`;
      report('malformed-address', at, address, `${at}: “${address}” is no address${hint}.`);
      return;
    }
    if (on === undefined) return;
    const prefix = on.prefixes.find((each) => isInPrefix(bytes, each));
    if (prefix === undefined) {
      report(
        'address-outside-segment',
        at,
        address,
        `${at}: ${address} is in none of the prefixes of ${segment}.`,
      );
    } else if (prefix.length === 0 && isLocalAddress(address)) {
      report(
        'private-on-internet',
        at,
        address,
        `${at}: ${address} is private, and ${segment} is the internet.`,
      );
    }
    const holder = on.holders.get(address);
    if (holder !== undefined) {
      report(
        'duplicate-address',
        at,
        address,
        `${at}: ${holder} has the address ${address} on ${segment}.`,
      );
    }
    on.holders.set(address, at);
  };
  for (const { id, interfaces } of hosts) {
    const own = new Set<string>();
    for (const each of interfaces) {
      attach(id, each);
      // A host tells its interfaces apart by their addresses; on one segment `attach` has said so already.
      const isOther = interfaces.some(
        ({ address, segment }) => address === each.address && segment !== each.segment,
      );
      if (isOther && !own.has(each.address)) {
        const text = `${id}: it has the address ${each.address} on two segments.`;
        report('duplicate-address', id, each.address, text);
      }
      own.add(each.address);
    }
  }
  for (const router of routers) {
    for (const each of router.inside) {
      attach(router.id, each);
      ranges.get(each.segment)?.gateways.add(each.address);
    }
    attach(router.id, router.outside);
  }

  const findGateway = (at: string, { segment, gateway }: Attachment) => {
    const on = ranges.get(segment);
    if (gateway === null || on === undefined || on.gateways.has(gateway)) return;
    report(
      'unknown-gateway',
      at,
      gateway,
      `${at}: no router has the gateway’s address ${gateway} inside on ${segment}.`,
    );
  };
  for (const host of hosts) for (const each of host.interfaces) findGateway(host.id, each);
  for (const router of routers) {
    findGateway(router.id, router.outside);
    checkRouter(router, ranges, report);
  }

  if (routers.some(({ id }) => hasRouterLoop(routers, id))) {
    const looping = routers.filter(({ id }) => hasRouterLoop(routers, id)).map(({ id }) => id);
    report(
      'router-loop',
      looping[0] ?? '',
      looping.join(', '),
      `Outwards from ${looping.join(', ')}, the way comes back to where it began.`,
    );
  }
  if (isWhole) {
    const reach = reachableSets(description);
    const attached = hosts.filter(({ interfaces }) => interfaces.length > 0);
    for (const [at, one] of attached.entries()) {
      const other = attached
        .slice(at + 1)
        .find(
          ({ interfaces }) => !interfaces.some(({ segment }) => reach.get(one.id)?.has(segment)),
        );
      if (other === undefined) continue;
      report('unconnected', one.id, other.id, `Nothing connects ${one.id} and ${other.id}.`);
    }
  }
  return problems;
}

function numbersOf(segment: SegmentDescription): readonly (readonly [string, number, number])[] {
  const { delay, jitter, loss, duplication } = segment;
  return [
    ['the delay', delay, Infinity],
    ['the jitter', jitter, Infinity],
    ['the loss', loss, 1],
    ['the duplication', duplication, 1],
  ];
}

function checkRouter(
  { id, inside, outside, nat }: RouterDescription,
  ranges: ReadonlyMap<string, Ranges>,
  report: (code: NetworkProblemCode, at: string, subject: string | number, text: string) => void,
): void {
  if (inside.length === 0) report('no-inside', id, id, `${id}: a router needs an inside.`);
  if (nat !== null && familyOf(outside.address) !== 4) {
    report('nat-without-ipv4', id, outside.address, `${id}: a NAT’s outside address is IPv4.`);
  }
  if (nat !== null && !(nat.lifetime > 0 && Number.isFinite(nat.lifetime))) {
    report(
      'number-out-of-range',
      id,
      nat.lifetime,
      `${id}: the lifetime is ${nat.lifetime}, not above 0.`,
    );
  }
  // Attachments to one segment share its ranges: each segment is looked at once.
  const sides = [...new Set([outside, ...inside].map(({ segment }) => segment))];
  for (const [at, one] of sides.entries()) {
    for (const other of sides.slice(at + 1)) {
      if (!doOverlap(ranges.get(one), ranges.get(other))) continue;
      report('overlapping-prefixes', id, other, `${id}: ${one} and ${other} share addresses.`);
    }
  }
}

/** The internet's prefixes hold all others: they don't count. */
function doOverlap(one: Ranges | undefined, other: Ranges | undefined): boolean {
  return (one?.prefixes ?? []).some((mine) =>
    (other?.prefixes ?? []).some(
      (theirs) => mine.length > 0 && theirs.length > 0 && doPrefixesOverlap(mine, theirs),
    ),
  );
}
