// What happens to a call that was up: its network goes, a NAT forgets it, checks are not answered, ICE restarts.
import { areBoth } from '../../trace/frame.ts';
import { formatEndpoint } from '../../rtc/address.ts';
import { SIDES, type Side } from '../../rtc/steps.ts';
import type { BindingEvent, MessageEvent, NetworkEvent } from '../../trace/event.ts';
import { frameAt } from '../../trace/trace.ts';
import { hostOf } from '../net/way.ts';
import { checksIn, dropMoment, letIn } from './checks.ts';
import { givenUp, lastToFail, pairAt, statesTo, stays } from './ending.ts';
import type { Found } from './found.ts';
import { natAt } from './gather.ts';
import { idsOf, isRelayed, wayOf, type Signal } from './signal.ts';
import { isIn, networkAt, sideOfHost, type Story } from './story.ts';

/** The event from which on a call that was up is in trouble, or on another network; null where nothing came. */
export function troubleAt(story: Story, up: number): number | null {
  const { events } = story;
  const after = events.filter(({ n }) => n > up);
  const change = after.find(({ kind }) => kind === 'network');
  const down = statesTo(story, 'iceConnectionState', 'disconnected', 'failed').find(
    ({ n }) => n > up,
  );
  const gone = down === undefined ? undefined : mappingGone(story, up, down.n);
  const ns = [change?.n, down?.n, gone?.n].filter((n) => n !== undefined);
  return ns.length === 0 ? null : Math.min(...ns);
}

/** The row of the path in use that a NAT forgets before the call breaks off. */
function mappingGone({ events, trace }: Story, up: number, down: number): BindingEvent | undefined {
  const { caller, callee } = frameAt(trace, down);
  const ends = [caller.pair, callee.pair].flatMap((pair) => (pair === null ? [] : [pair.local]));
  return events.find(
    (event): event is BindingEvent =>
      event.kind === 'binding' &&
      event.n > up &&
      event.n < down &&
      event.binding.protocol === 'udp' &&
      ends.some(
        ({ address, port }) =>
          address === event.binding.outside.address && port === event.binding.outside.port,
      ),
  );
}

/** That the call came up, in one. */
export function connected(story: Story, up: number, trouble: number): Found {
  const { trace, step } = story;
  const t = (n: number) => trace.events[n - 1]?.t ?? 0;
  const begun = trace.stepBegin(step.number) + 1;
  return {
    fact: {
      ...{
        kind: 'connected',
        ...(pairAt(story, up) ?? pairAt(story, trouble) ?? { local: '', remote: '' }),
      },
      ms: Math.round(t(up) - t(begun)),
    },
    ...{ at: up, side: null, packets: [], outcome: 'good' },
  };
}

/** All that comes after trouble has begun. */
export function laterMoments(story: Story, trouble: number): readonly Found[] {
  const { end } = story;
  const changes = story.changes.filter(({ n }) => isIn(story, n));
  const offer = message(story, 'offer', 'posted', trouble);
  const until = offer?.n ?? end;
  const left = changes.find(({ change }) => change === 'interface-down');
  return [
    ...changes.flatMap((event) => networkMoment(story, event)),
    ...forgotten(story, trouble),
    ...(left === undefined ? dropped(story, trouble, until) : unanswered(story, left.n, until)),
    ...brokenOff(story, trouble, until),
    ...(offer === undefined ? [] : restarted(story, offer)),
  ];
}

/** What an act that changes the network is told in; none for the steps of others. */
export function actMoments(story: Story): readonly Found[] {
  const { step, begin, end, changes } = story;
  const off = [...brokenOff(story, begin, end), told(end)];
  switch (step.kind) {
    case 'leave-network':
      return [
        ...changes
          .filter(({ n }) => isIn(story, n))
          .flatMap((event) => networkMoment(story, event)),
        ...off,
      ];
    case 'wait-for-failure':
      return [...unanswered(story, begin, end), ...off];
    case 'go-unanswered':
      return [...dropped(story, begin, end), ...off];
    case 'give-up': {
      // The first ones were told of in the step before.
      const found = dropped(story, begin, end).filter(({ fact }) => fact.kind === 'more-drops');
      return [...found, ...off];
    }
    default:
      return [];
  }
}

function networkMoment(story: Story, event: NetworkEvent): readonly Found[] {
  const by = sideOfHost(event.description, event.at);
  if (by === null) return [];
  const was = hostOf(networkAt(story, event.n - 1), by)?.interfaces ?? [];
  const is = hostOf(event.description, by)?.interfaces ?? [];
  const has = (list: typeof was, address: string) => list.some((each) => each.address === address);
  const gone = was.find(({ address }) => !has(is, address));
  const come = is.find(({ address }) => !has(was, address));
  const rest = { at: event.n, side: by, packets: [] };
  const found: Found[] = [];
  if (gone !== undefined) {
    const { name, address } = gone;
    found.push({ fact: { kind: 'path-gone', by, name, address }, ...rest, outcome: 'bad' });
  }
  if (come !== undefined) {
    const { name, address } = come;
    found.push({ fact: { kind: 'new-network', by, name, address }, ...rest, outcome: 'plain' });
  }
  return found;
}

/** A NAT has forgotten the row that the call used. */
function forgotten(story: Story, trouble: number): readonly Found[] {
  const event = story.events.find(({ n }) => n === trouble);
  if (event?.kind !== 'binding') return [];
  const { router, binding, n } = event;
  return [
    {
      fact: {
        ...{ kind: 'mapping-gone', nat: natAt(story, router, n) },
        ...{ inside: formatEndpoint(binding.inside), outside: formatEndpoint(binding.outside) },
        seconds: Math.round((binding.until - lastUse(story, event)) / 100) / 10,
      },
      ...{ at: n, side: null, packets: [], outcome: 'bad' },
    },
  ];
}

/** When a packet went out through a row for the last time, in ms. */
function lastUse({ trace }: Story, { router, binding, n }: BindingEvent): number {
  for (let at = n - 1; at > 0; at -= 1) {
    const event = trace.events[at - 1];
    if (event?.kind !== 'packet' || event.where !== router) continue;
    if (event.translation?.direction === 'out' && event.translation.binding.id === binding.id) {
      return event.t;
    }
  }
  return binding.since;
}

/** Checks of the pair in use that a NAT drops: the first of each side, and how many more. */
function dropped(story: Story, from: number, until: number): readonly Found[] {
  const failed = givenUp(story).find(({ n }) => n > from);
  const checks = checksIn(story, from, failed?.n ?? until).filter(
    ({ fate, last }) => fate === 'dropped' && last.rule !== 'no-route',
  );
  const firsts = SIDES.flatMap((side) => checks.find(({ by }) => by === side) ?? []).toSorted(
    (one, other) => one.last.n - other.last.n,
  );
  const found = firsts.map((check, place) =>
    dropMoment(story, check, firsts.slice(0, place), true),
  );
  const rest = checks.filter((check) => !firsts.includes(check));
  const last = rest.at(-1);
  if (last === undefined || failed === undefined) return found;
  return [...found, more(story, rest, last, 'consent')];
}

/** Many checks that are all dropped, in one. */
export function more(
  { trace }: Story,
  rest: readonly Signal[],
  last: Signal,
  why: 'failing' | 'consent',
): Found {
  const t = (n: number) => trace.events[n - 1]?.t ?? 0;
  const seconds = Math.round((t(last.last.n) - t(rest[0]?.sent ?? last.sent)) / 1000);
  return {
    fact: { kind: 'more-drops', count: rest.length, seconds, why },
    ...{ at: last.last.n, side: null, packets: idsOf(last), outcome: 'bad' },
  };
}

/** Checks to an address that nobody has any more. */
function unanswered(story: Story, from: number, until: number): readonly Found[] {
  const checks = checksIn(story, from, until).filter(({ fate }) => fate === 'dropped');
  // Those that go where the call went; the other pairs never worked.
  const old = checks.filter((check) =>
    wayOf(check).some(({ translation }) => translation?.direction === 'in'),
  );
  const last = old.at(-1);
  const into = last && wayOf(last).findLast(({ translation }) => translation?.direction === 'in');
  if (last?.by == null) return [];
  return [
    {
      fact: {
        ...{ kind: 'unanswered', by: last.by, count: old.length, to: formatEndpoint(last.to) },
        nat: into === undefined ? null : natAt(story, into.where, into.n),
      },
      ...{ at: last.last.n, side: last.by, packets: idsOf(last), outcome: 'bad' },
    },
  ];
}

/** The states that say it, each side once; in one where both come to it one after the other. */
function brokenOff(story: Story, trouble: number, until: number): readonly Found[] {
  const { trace } = story;
  const t = (n: number) => trace.events[n - 1]?.t ?? 0;
  return (['disconnected', 'failed'] as const).flatMap((state): readonly Found[] => {
    const reached =
      state === 'failed' ? givenUp(story) : statesTo(story, 'iceConnectionState', state);
    const changes = reached.filter(({ n }) => n > trouble);
    const [first, second] = changes;
    if (first?.side == null) return [];
    const isShared = second !== undefined && second.side !== first.side && second.n <= until;
    const both = state === 'disconnected' && isShared;
    const at = both ? second.n : first.n;
    return [
      {
        fact: {
          ...{ kind: 'state', by: first.side, state, both, from: first.from ?? 'new' },
          stays: state === 'failed' && stays(story, first),
          ms: t(first.n) - (sinceAnswer(story, first.side, first.n, trouble) ?? t(trouble)),
        },
        ...{ at, side: both ? null : first.side, packets: [], outcome: 'bad' },
      },
    ];
  });
}

/** When a side's last check was answered that still was, in ms; null where its own network went. */
function sinceAnswer(
  { signals, trace }: Story,
  side: Side,
  at: number,
  trouble: number,
): number | null {
  if (trace.events[trouble - 1]?.kind === 'network') return null;
  const answers = signals.filter(
    ({ use, message, fate, by, last }) =>
      use === 'check' &&
      message.class === 'success' &&
      fate === 'arrived' &&
      by !== side &&
      last.n <= at,
  );
  return answers.at(-1)?.last.t ?? null;
}

function message(
  { events }: Story,
  type: MessageEvent['type'],
  at: MessageEvent['at'],
  from: number,
): MessageEvent | undefined {
  return events.find(
    (event): event is MessageEvent =>
      event.kind === 'message' && event.type === type && event.at === at && event.n > from,
  );
}

/** A restart: a new offer, a new answer, and the first check that comes through. */
function restarted(story: Story, offer: MessageEvent): readonly Found[] {
  const found: Found[] = [
    {
      fact: { kind: 'restart', by: offer.from },
      ...{ at: offer.n, side: offer.from, packets: [], outcome: 'plain' },
    },
  ];
  const answer = message(story, 'answer', 'delivered', offer.n);
  if (answer === undefined) return found;
  found.push({
    fact: { kind: 'new-answer', by: answer.from },
    ...{ at: answer.n, side: answer.from, packets: [], outcome: 'plain' },
  });
  const check = checksIn(story, answer.n, story.end).find(({ fate }) => fate === 'arrived');
  if (check !== undefined && !isRelayed(check)) found.push(letIn(story, check, true));
  return found;
}

/** The call ended without a path, or on a new one. */
export function lastOf(story: Story, trouble: number): Found {
  const { after, end, trace } = story;
  const t = (n: number) => trace.events[n - 1]?.t ?? 0;
  const isUp = areBoth(after, 'connected');
  const pair = pairAt(story, end);
  const again = statesTo(story, 'iceConnectionState', 'connected').findLast(({ n }) => n > trouble);
  if (isUp && pair !== null && again !== undefined) {
    return {
      fact: {
        kind: 'recovered',
        ...pair,
        seconds: Math.round((t(again.n) - t(trouble)) / 100) / 10,
      },
      ...{ at: end, side: null, packets: flows(story), outcome: 'good' },
    };
  }
  const failed = givenUp(story).filter(({ n }) => n > trouble);
  if (failed.length === 0) return told(end);
  const last = lastToFail(story, trouble);
  return {
    fact: {
      ...{ kind: 'lost', consent: story.options.profile === 'rfc8445', last },
      mapping: trace.events[trouble - 1]?.kind === 'binding',
    },
    ...{ at: end, side: last?.by ?? null, packets: [], outcome: 'bad' },
  };
}

/** What the step's own caption says. */
export function told(at: number): Found {
  return { fact: { kind: 'told' }, at, side: null, packets: [], outcome: 'plain' };
}

/** The newest check that arrived: the path as it is used. */
function flows(story: Story): readonly number[] {
  const arrived = checksIn(story, story.begin, story.end).filter(({ fate }) => fate === 'arrived');
  return idsOf(arrived.at(-1));
}
