// How a call's last step ends: keys and media, or no path, or a path that was lost or found again.
import { areBoth } from '../../trace/frame.ts';
import { SIDES } from '../../rtc/steps.ts';
import type { MachineName, PairEvent, StateEvent } from '../../trace/event.ts';
import { staysDisconnected } from '../../trace/peer-frame.ts';
import { frameAt } from '../../trace/trace.ts';
import { natName } from '../net/behaviours.ts';
import { formatEndpoint } from '../../rtc/address.ts';
import { pairInUse, waysOf } from '../net/facts.ts';
import { causeOfFailure } from '../net/notes.ts';
import { sharedNat, type WayNat } from '../net/way.ts';
import { dtlsVersion } from '../../rtc/dtls.ts';
import { carriedBy } from '../packet/carried.ts';
import type { Found, Left } from './found.ts';
import { isIn, networkAt, type Story } from './story.ts';
import { idsOf, isRelayed, type Signal } from './signal.ts';
import { whoseNat, type Whose } from './whose.ts';

/** The changes of one state in the step to a value. */
export function statesTo(
  { events }: Story,
  machine: MachineName,
  ...to: readonly string[]
): readonly StateEvent[] {
  return events.filter(
    (event): event is StateEvent =>
      event.kind === 'state' && event.machine === machine && to.includes(event.to),
  );
}

/** Each side's giving up. Of the two states, it is connectionState that says `failed` in every browser. */
export function givenUp(story: Story): readonly StateEvent[] {
  return statesTo(story, 'connectionState', 'failed');
}

/** Whether a side's iceConnectionState is still `disconnected` where its ICE has given up. */
export function stays({ trace }: Story, { side, n }: StateEvent): boolean {
  return side !== null && staysDisconnected(frameAt(trace, n)[side]);
}

/** The side that gave up after the other one had; null where only one has. */
export function lastToFail(story: Story, from: number): Left | null {
  const [first, ...others] = givenUp(story).filter(({ n }) => n >= from);
  const last = others.findLast(({ side }) => side !== first?.side);
  return last?.side == null ? null : { by: last.side, from: last.from ?? 'new' };
}

/** The event by which both sides were connected for the first time; null where they never were, or before the step. */
export function connectedAt(story: Story): number | null {
  const changes = statesTo(story, 'connectionState', 'connected');
  return changes.find(({ n }) => areBoth(frameAt(story.trace, n), 'connected'))?.n ?? null;
}

/** The handshake of DTLS, from its first packet until both have their keys. */
export function handshake(story: Story): readonly Found[] {
  const at = connectedAt(story);
  if (at === null) return [];
  const packets = [...story.net.packets].filter(
    (packet) => packet.side !== null && packet.n <= at && carriedBy(packet).kind === 'handshake',
  );
  const client = packets[0]?.side;
  if (client == null) return [];
  return [
    {
      fact: {
        ...{ kind: 'dtls', client, count: packets.length },
        version: dtlsVersion(story.after[client].transport?.tlsVersion ?? null),
        first: statesTo(story, 'connectionState', 'connected')[0]?.side ?? null,
      },
      ...{ at, side: client, outcome: 'plain' },
      packets: packets.filter(({ n }) => isIn(story, n)).map(({ id }) => id),
    },
  ];
}

/** The pair is nominated only after a check was answered. */
export function nomination(story: Story, answered: number, until: number): readonly Found[] {
  const event = story.events.find(
    (each): each is PairEvent =>
      each.kind === 'pair' &&
      each.nominated &&
      each.n > answered &&
      each.n <= until &&
      each.side !== null &&
      story.after[each.side].transport?.iceRole === 'controlling',
  );
  if (event?.side == null) return [];
  const { side, local, remote, n } = event;
  return [
    {
      fact: {
        ...{ kind: 'nominated', by: side, local: formatEndpoint(local) },
        remote: formatEndpoint(remote),
      },
      ...{ at: n, side, packets: [], outcome: 'good' },
    },
  ];
}

/** The moment that a call that is up ends with. */
export function media(story: Story): Found {
  const { after, net, end, trace } = story;
  const { audio, video, data } = trace.header.options.carry;
  const pair = pairInUse(after.caller);
  const ways = waysOf(net.description);
  const shared = sharedNat(ways.caller, ways.callee);
  const relayed = [pair?.local, pair?.remote].some((each) => each?.type === 'relay');
  const isLan = pair?.local.type === 'host' && pair.remote.type === 'host';
  const nat: Whose | null =
    shared === null ? null : whoseNat(shared.id, net.description, story.options.description);
  const isTurned = !isLan && nat?.of === 'carrier';
  const kind = audio && video ? 'both' : audio ? 'audio' : video ? 'video' : 'data';
  return {
    fact: {
      ...{ kind: 'media', what: data || kind !== 'data' ? kind : 'none' },
      local: pair === null ? '' : formatEndpoint(pair.local),
      remote: pair === null ? '' : formatEndpoint(pair.remote),
      path: relayed ? 'relay' : isLan ? 'lan' : isTurned ? 'hairpin' : 'direct',
      ...{ nat, rtt: after.caller.pair?.rtt ?? after.caller.stats?.rtt ?? null },
      direct: story.signals.some(
        (each) => each.use === 'check' && each.fate === 'arrived' && !isRelayed(each),
      ),
    },
    ...{ at: end, side: null, packets: flowing(story), outcome: 'good' },
  };
}

/** The first packet with media that each side sent and that arrived; of data where there is no media. */
function flowing(story: Story): readonly number[] {
  const packets = [...story.net.packets].filter(({ n }) => isIn(story, n));
  return SIDES.flatMap((side) => {
    const of = (kind: string) =>
      packets.find((packet) => packet.side === side && carriedBy(packet).kind === kind);
    const packet = of('rtp') ?? of('secured');
    return packet === undefined ? [] : [packet.id];
  });
}

/** No pair worked. */
export function noPath(story: Story, first: number, failed: number): Found {
  const { after, trace, end, net, signals } = story;
  const ways = waysOf(networkAt(story, end));
  const shared = sharedNat(ways.caller, ways.callee);
  const checks = signals.filter(
    ({ use, message, by }) => use === 'check' && message.class === 'request' && by !== null,
  );
  const cause = causeOfFailure(ways.caller, ways.callee, after);
  const isBoth = [ways.caller, ways.callee].every(({ nats }) => nats.some(isSymmetric));
  const t = (n: number) => trace.events[n - 1]?.t ?? 0;
  const last = lastToFail(story, failed);
  return {
    fact: {
      ...{ last, kind: 'no-path', cause: cause === 'dependent' && isBoth ? 'both' : cause },
      ...{ checks: checks.length, seconds: Math.round((t(failed) - t(first)) / 1000) },
      nat: shared === null ? null : whoseNat(shared.id, net.description, story.options.description),
    },
    ...{ at: end, side: last?.by ?? null, packets: lastDrops(checks), outcome: 'bad' },
  };
}

function isSymmetric({ nat }: WayNat): boolean {
  return natName(nat) === 'symmetric';
}

/** The last check of each side that a NAT or a firewall dropped. */
function lastDrops(checks: readonly Signal[]): readonly number[] {
  return SIDES.flatMap((side) =>
    idsOf(checks.findLast(({ by, last }) => by === side && last.rule !== 'no-route')),
  );
}

/** The pair in use at an event, as texts; null for none. */
export function pairAt(
  { trace }: Story,
  n: number,
): { readonly local: string; readonly remote: string } | null {
  const pair = pairInUse(frameAt(trace, n).caller);
  return pair === null
    ? null
    : { local: formatEndpoint(pair.local), remote: formatEndpoint(pair.remote) };
}
