// A call that goes by a relay: one packet's way, leg by leg, and what the relay has lent to whom.
import { foundBy } from '../../lessons/net/facts.ts';
import type { Endpoint } from '../../net/packet.ts';
import { SIDES, type Side } from '../../rtc/steps.ts';
import type { Frame } from '../../trace/frame.ts';
import type { Hop, NetFrame } from '../../trace/net-frame.ts';
import type { TreeNode } from '../../stun/tree.ts';
import { pathInUse } from './in-use.ts';
import { payloadOf } from './payload.ts';

/** A stretch of the way. */
export interface Leg {
  /** The segment that it goes over; null inside of the server. */
  readonly segment: string | null;
  /** The node that it leaves. */
  readonly at: string;
  readonly n: number;
  readonly from: Endpoint;
  readonly to: Endpoint;
  /** In a message to or from the server. */
  readonly wrapped: boolean;
}

/** The legs from the caller to the callee; none while the call does not go by a relay. */
export function relayLegs(frame: Frame): readonly Leg[] {
  const net = frame.network;
  const ways = pathInUse(frame);
  if (net === null || ways.length < 2) return [];
  const bare = ways.length === 3 || frame.caller.pair?.local.type === 'relay' ? 1 : 0;
  return ways.flatMap((way, part) =>
    way.slice(0, -1).map((hop, at): Leg => {
      const next = way[at + 1]?.where ?? hop.where;
      const { where, n, source: from, destination: to } = hop;
      const segment = where === next ? null : segmentBetween(net, hop, next);
      return { segment, at: where, n, from, to, wrapped: part !== bare };
    }),
  );
}

function segmentBetween({ description }: NetFrame, { where }: Hop, next: string): string | null {
  const segmentsOf = (id: string) => [
    ...description.hosts.filter((each) => each.id === id).flatMap(({ interfaces }) => interfaces),
    ...description.routers
      .filter((each) => each.id === id)
      .flatMap(({ inside, outside }) => [...inside, outside]),
  ];
  const near = new Set(segmentsOf(next).map(({ segment }) => segment));
  return segmentsOf(where).find(({ segment }) => near.has(segment))?.segment ?? null;
}

/** What the relay has lent to a side. */
export interface Loan {
  readonly side: Side;
  readonly relayed: string;
  /** The addresses that it has asked the relay to let in. */
  readonly letsIn: readonly string[];
}

/** STUN types of requests that install a permission: CreatePermission and ChannelBind (RFC 8656 §9, §12). */
const PERMITS = /^000[89]/;

/** All loans, in the order caller, callee. */
export function loansOf(frame: Frame): readonly Loan[] {
  const loans = SIDES.flatMap((side) => {
    const relayed = foundBy(frame[side]).find(({ type }) => type === 'relay')?.endpoint;
    return relayed === undefined ? [] : [{ side, relayed }];
  });
  if (loans.length === 0) return [];
  const permitted = new Map<Side, Set<string>>();
  for (const packet of frame.network?.packets ?? []) {
    if (packet.side === null || packet.at !== 'delivered' || !PERMITS.test(packet.bytes)) continue;
    const peer = payloadOf(packet).tree?.children.find(({ name }) => name === 'XOR-PEER-ADDRESS');
    const address = peer === undefined ? undefined : addressIn(peer);
    if (address === undefined) continue;
    const known = permitted.get(packet.side) ?? new Set();
    permitted.set(packet.side, known.add(address));
  }
  return loans.map((loan) => ({ ...loan, letsIn: [...(permitted.get(loan.side) ?? [])] }));
}

function addressIn({ name, value, children }: TreeNode): string | undefined {
  if (/Address$/.test(name)) return value;
  for (const child of children) {
    const found = addressIn(child);
    if (found !== undefined) return found;
  }
  return undefined;
}
