// Moments of the connectivity checks: where one goes nowhere, which NAT drops one and why, which is let in, what answers.
import { parseCandidate } from '../../ice/candidate.ts';
import { otherSide, SIDES, type Side } from '../../rtc/steps.ts';
import { attribute, METHOD } from '../../stun/message.ts';
import type { Hop } from '../../trace/net-frame.ts';
import { frameAt } from '../../trace/trace.ts';
import { formatEndpoint } from '../../rtc/address.ts';
import { foundBy, waysOf } from '../net/facts.ts';
import { isDependent } from '../net/way.ts';
import type { Found } from './found.ts';
import { isSymmetric, natAt, natOrNull } from './gather.ts';
import { idsOf, isRelayed, wayOf, type Signal } from './signal.ts';
import { isIn, networkAt, type Story } from './story.ts';

/** The most drops that are told one by one. */
const MOST_DROPS = 3;

/** The checks that ended between two events, in that order. */
export function checksIn({ signals }: Story, from: number, to: number): readonly Signal[] {
  return signals
    .filter(
      ({ use, message, last }) =>
        use === 'check' && message.class === 'request' && last.n > from && last.n <= to,
    )
    .toSorted((one, other) => one.last.n - other.last.n);
}

/** The first answer to a check that arrived between two events. */
export function firstAnswer({ signals }: Story, from: number, to: number): Signal | undefined {
  return signals
    .filter(
      ({ use, message, fate, last }) =>
        use === 'check' &&
        message.class === 'success' &&
        fate === 'arrived' &&
        last.n > from &&
        last.n <= to,
    )
    .toSorted((one, other) => one.last.n - other.last.n)[0];
}

/** How the checks between two events went, up to the first that is answered. */
export function checkMoments(story: Story, from: number, to: number): readonly Found[] {
  const answer = firstAnswer(story, from, to);
  const until = answer?.last.n ?? to;
  const told = new Set<string>();
  const isNew = (key: string) => !told.has(key) && told.add(key).has(key);
  const found: Found[] = [];
  const drops: Signal[] = [];
  for (const check of checksIn(story, from, until)) {
    const { fate, last, by } = check;
    const gone = isUnrouted(story, check);
    if (fate === 'dropped' && gone) {
      if (!told.has('no-route') && !isToldBefore(story, check)) {
        told.add('no-route');
        found.push(noRoute(story, check));
      }
    } else if (fate === 'dropped') {
      const key = `${last.rule ?? ''} ${last.where} ${by ?? ''}`;
      if (drops.length < MOST_DROPS && isNew(key)) {
        found.push(dropMoment(story, check, drops));
        drops.push(check);
      }
    } else if (fate === 'refused' && isNew('refused')) found.push(refused(check));
    else if (fate === 'arrived' && isNew('arrived')) found.push(...arrived(story, check));
  }
  if (answer !== undefined) found.push(answered(story, answer));
  return [...found, ...newCandidates(story, from, until)];
}

/** Nothing has the address where it was sent to. */
function isUnrouted(story: Story, { last }: Signal): boolean {
  return last.rule === 'no-route' && natOrNull(story, last.where, last.n) === null;
}

/** The checks of an earlier step that found no route. */
function unroutedBefore({ signals, begin }: Story): readonly Signal[] {
  return signals.filter(
    ({ use, last }) => use === 'check' && last.rule === 'no-route' && last.n <= begin,
  );
}

/** Whether there is nothing new in it: the same side has found no route in an earlier step, or its relay finds none. */
function isToldBefore(story: Story, check: Signal): boolean {
  return isRelayed(check) || unroutedBefore(story).some(({ by }) => by === check.by);
}

function noRoute(story: Story, check: Signal): Found {
  const { by, leg, to, last } = check;
  const again = unroutedBefore(story).length > 0;
  return {
    fact: { kind: 'no-route', by: by ?? 'caller', packet: leg.id, to: formatEndpoint(to), again },
    ...{ at: last.n, side: by, packets: idsOf(check), outcome: 'bad' },
  };
}

/** A check that is dropped on its way. @param before those that were told of already */
export function dropMoment(
  story: Story,
  check: Signal,
  before: readonly Signal[],
  consent = false,
): Found {
  const { last, leg } = check;
  const by = check.by ?? 'caller';
  const from = formatEndpoint(last.source);
  const { routers } = networkAt(story, last.n);
  const router = routers.find(({ id }) => id === last.where)?.nat;
  const turned = wayOf(check).find(({ translation }) => translation?.direction === 'hairpin');
  const to = formatEndpoint(check.to);
  const why = last.rule === 'filtered' ? whyFiltered(story, check) : 'rule';
  const mapper = wayOf(check).find(({ translation }) => translation?.direction === 'out')?.where;
  return {
    fact: {
      ...{ kind: 'drop', by, packet: leg.id, rule: last.rule ?? 'lost', consent },
      ordinal: before.length + 1,
      alike: before.some((each) => reasonOf(story, each) === reasonOf(story, check)),
      ...{ nat: natOrNull(story, last.where, last.n), from, to },
      filter: router?.filtering ?? 'endpoint-independent',
      mapped: foundBy(story.after[otherSide(by)]).some(
        ({ endpoint, type }) => endpoint === to && type === 'srflx',
      ),
      why,
      symmetric: isSymmetric(story, why === 'new-port' ? (mapper ?? '') : last.where, last.n),
      opens: isOpening(story, check),
      turned: turned === undefined ? null : natAt(story, turned.where, turned.n),
    },
    ...{ at: last.n, side: by, packets: idsOf(check), outcome: 'bad' },
  };
}

/** Why a check was dropped, in a word. */
function reasonOf(story: Story, check: Signal): string {
  return check.last.rule === 'filtered' ? whyFiltered(story, check) : (check.last.rule ?? '');
}

/** Why nothing that went out from inside has made way for a check. */
function whyFiltered(
  story: Story,
  { last, by }: Signal,
): 'unsent' | 'new-port' | 'fresh-port' | 'other-port' {
  const side = by ?? 'caller';
  const from = formatEndpoint(last.source);
  if (!foundBy(story.after[side]).some(({ endpoint }) => endpoint === from)) {
    const ways = waysOf(networkAt(story, last.n));
    return isDependent(ways[side]) ? 'new-port' : 'fresh-port';
  }
  const { routers } = networkAt(story, last.n);
  const nat = routers.find(({ id }) => id === last.where)?.nat;
  return nat?.mapping === 'endpoint-independent' ? 'unsent' : 'other-port';
}

/** Whether a later check comes in where this one went out. */
function isOpening(story: Story, check: Signal): boolean {
  const { routers } = networkAt(story, check.last.n);
  const outs = wayOf(check).filter(({ translation }) => translation?.direction === 'out');
  const isMadeWay = (out: Hop, { where, source }: Hop) => {
    if (out.where !== where) return false;
    const filter = routers.find(({ id }) => id === where)?.nat?.filtering;
    const { address, port } = out.destination;
    if (filter === undefined || filter === 'endpoint-independent') return false;
    return address === source.address && (filter === 'address-dependent' || port === source.port);
  };
  return story.signals.some(
    (each) =>
      each.use === 'check' &&
      each.message.class === 'request' &&
      each.fate === 'arrived' &&
      each.by !== check.by &&
      each.sent > check.sent &&
      wayOf(each).some(
        (hop) => hop.translation?.direction === 'in' && outs.some((out) => isMadeWay(out, hop)),
      ),
  );
}

function refused({ by, leg, to, last, ...check }: Signal): Found {
  return {
    fact: { kind: 'refused', by: by ?? 'caller', packet: leg.id, relay: formatEndpoint(to) },
    ...{ at: last.n, side: by, packets: check.legs.map(({ id }) => id), outcome: 'bad' },
  };
}

function arrived(story: Story, check: Signal): readonly Found[] {
  return isRelayed(check) ? throughRelay(story, check) : [letIn(story, check)];
}

/** A check that reaches the other side by itself. @param again after a restart of ICE */
export function letIn(story: Story, check: Signal, again = false): Found {
  const { leg, last, to } = check;
  const by = check.by ?? 'caller';
  const way = wayOf(check);
  const into = way.findLast(({ translation }) => translation?.direction === 'in');
  const turned = way.find(({ translation }) => translation?.direction === 'hairpin');
  const from = formatEndpoint(last.source);
  const receiver = otherSide(by);
  const known = foundBy(story.after[by]).some(({ endpoint }) => endpoint === from);
  const { slots } = frameAt(story.trace, last.n)[receiver];
  return {
    fact: {
      ...{ kind: 'let-in', by, packet: leg.id, from, to: formatEndpoint(to), unknown: !known },
      nat: into === undefined ? null : natAt(story, into.where, into.n),
      ...(into === undefined
        ? { why: way.some(({ at }) => at === 'forwarded') ? 'open' : 'lan', opener: null }
        : openerOf(story, into)),
      turned: turned === undefined ? null : natAt(story, turned.where, turned.n),
      early: slots.currentRemote === null && slots.pendingRemote === null,
      again,
    },
    ...{ at: last.n, side: by, packets: idsOf(check), outcome: 'good' },
  };
}

/** Why a NAT lets a packet in: what went out before it. */
function openerOf(
  { net }: Story,
  { where, source, n }: Hop,
): { readonly why: 'sent' | 'address' | 'anyone'; readonly opener: number | null } {
  let address: number | null = null;
  for (const { id, path } of net.packets) {
    for (const hop of path) {
      if (hop.n >= n || hop.where !== where || hop.translation?.direction !== 'out') continue;
      if (formatEndpoint(hop.destination) === formatEndpoint(source))
        return { why: 'sent', opener: id };
      if (hop.destination.address === source.address) address ??= id;
    }
  }
  return address === null ? { why: 'anyone', opener: null } : { why: 'address', opener: address };
}

/** Whose each relayed address is. */
export function relaysOf({ signals }: Story): ReadonlyMap<string, Side> {
  const relays = new Map<string, Side>();
  for (const { message, transaction } of signals) {
    const relayed = attribute(message, 'XOR-RELAYED-ADDRESS');
    const by = signals.find((each) => each.transaction === transaction)?.by;
    if (relayed !== undefined && by != null) relays.set(formatEndpoint(relayed), by);
  }
  return relays;
}

/** A check that reaches the other side by way of a relay; and that the relay was told to let it in. */
function throughRelay(story: Story, check: Signal): readonly Found[] {
  const { leg, last, wrapping, to, legs } = check;
  const by = check.by ?? 'caller';
  const receiver = otherSide(by);
  const relays = relaysOf(story);
  const isOwn = wrapping !== null;
  const isOther = relays.get(formatEndpoint(to)) === receiver;
  const passing = legs[1]?.path[0];
  const seen = legs[0]?.path.at(-1)?.source ?? last.source;
  const source = isOwn && passing !== undefined ? passing.source : seen;
  const relay =
    isOther || passing === undefined ? formatEndpoint(to) : formatEndpoint(passing.source);
  const moment: Found = {
    fact: {
      ...{ kind: 'relay', by, packet: legs[0]?.id ?? leg.id, relay, from: formatEndpoint(source) },
      ...{ of: isOwn && isOther ? 'both' : isOther ? receiver : by, wrapped: isOwn },
    },
    ...{ at: last.n, side: by, packets: idsOf(check), outcome: 'good' },
  };
  return [
    ...permission(story, isOther ? receiver : by, isOther ? source.address : to.address),
    moment,
  ];
}

/** When a side had its relay let in an address. */
function permission(story: Story, by: Side, address: string): readonly Found[] {
  for (const request of story.signals) {
    if (request.by !== by || request.message.method !== METHOD.createPermission) continue;
    if (attribute(request.message, 'XOR-PEER-ADDRESS')?.address !== address) continue;
    const answer = story.signals.find(
      ({ transaction, message }) =>
        transaction === request.transaction && message.class === 'success',
    );
    if (answer?.fate !== 'arrived' || !isIn(story, answer.last.n)) return [];
    const relays = [...relaysOf(story)];
    const relay = relays.find(([, side]) => side === by)?.[0] ?? null;
    const isRelay = relays.some(([end]) =>
      end.startsWith(formatEndpoint({ address, port: 0 }).slice(0, -1)),
    );
    return [
      {
        fact: { kind: 'permission', by, peer: address, relay, isRelay },
        ...{ at: answer.last.n, side: by, packets: idsOf(request, answer), outcome: 'plain' },
      },
    ];
  }
  return [];
}

/** A check's answer arrives: the path works both ways. */
export function answered(story: Story, answer: Signal): Found {
  const { trace, signals } = story;
  const by = answer.by ?? 'callee';
  const asker = otherSide(by);
  const request = signals.find(
    ({ transaction, message }) => transaction === answer.transaction && message.class === 'request',
  );
  const at = trace.events[answer.sent - 1]?.t ?? 0;
  const own = signals.find(
    (each) =>
      each.by === by &&
      each.use === 'check' &&
      each.message.class === 'request' &&
      each.sent > answer.sent &&
      trace.events[each.sent - 1]?.t === at,
  );
  const { pair, slots } = frameAt(trace, lastAt(story, answer.last.n))[asker];
  return {
    fact: {
      ...{ kind: 'answered', by, request: request?.legs[0]?.id ?? 0 },
      ...{ answer: answer.legs[0]?.id ?? 0, own: own?.legs[0]?.id ?? null },
      nominated: pair?.nominated === true && pair.n > answer.last.n - 1,
      early:
        frameAt(trace, answer.last.n)[by].slots.currentRemote === null &&
        slots.currentRemote !== null,
    },
    ...{ at: answer.last.n, side: by, packets: idsOf(answer, own), outcome: 'good' },
  };
}

/** The last event at the time of one, in its step. */
export function lastAt({ trace: { events }, end }: Story, n: number): number {
  const t = events[n - 1]?.t;
  let last = n;
  while (last < end && events[last]?.t === t) last += 1;
  return last;
}

/** Candidates that the other side gets while it checks already, where a server or a relay stands behind them. */
function newCandidates(story: Story, from: number, to: number): readonly Found[] {
  return SIDES.flatMap((side) => {
    const by = otherSide(side);
    // One of each type is enough.
    const types = new Set<string>();
    return story.events.flatMap((event): readonly Found[] => {
      if (event.kind !== 'candidate' || event.at !== 'added' || event.side !== side) return [];
      if (event.n <= from || event.n > to || event.candidate === null) return [];
      const found = parseCandidate(event.candidate.candidate);
      if (found?.transport !== 'udp' || found.type === 'host' || types.has(found.type)) return [];
      types.add(found.type);
      const endpoint = formatEndpoint(found);
      return [
        {
          fact: { kind: 'new-candidate', by, type: found.type, endpoint },
          ...{ at: event.n, side: by, packets: [], outcome: 'plain' },
        },
      ];
    });
  });
}
