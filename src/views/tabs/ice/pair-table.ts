// The candidate pairs of a side as a table: the one in use, the others by their priority, and why that one carries the call.
import { priorityOf, whyThisPair, type IceRole, type PairChoice } from '../../../ice/pair.ts';
import { formatEndpoint } from '../../../rtc/address.ts';
import type { Pair, PairEnd } from '../../../trace/event.ts';
import type { PeerFrame } from '../../../trace/frame.ts';

/** A pair as it stands in the table. */
export interface PairRow {
  readonly pair: Pair;
  /** By RFC 8445 §6.1.2.3, from the two candidates; `null` where a part of it is not known. */
  readonly priority: bigint | null;
  /** New since the frame before, or its state, nomination or selection is. */
  readonly isNew: boolean;
}

/** All pairs of a side. */
export interface PairTable {
  /** The selected one first, then the highest priority; those without one last. */
  readonly rows: readonly PairRow[];
  readonly role: IceRole;
  readonly choice: PairChoice;
  /** An address of some pair is hidden by the browser. */
  readonly hidesAddress: boolean;
}

/** The pairs of a side, and what of them is new since an earlier frame of it. */
export function pairTable(peer: PeerFrame, before: PeerFrame): PairTable {
  const pairs = peer.pairs?.pairs ?? [];
  const known = new Map(before.pairs?.pairs.map((pair) => [pair.id, stands(pair)]));
  const role = roleOf(peer);
  const rows = pairs
    .map((pair) => ({
      pair,
      priority: priorityOf(pair, role),
      isNew: known.get(pair.id) !== stands(pair),
    }))
    .sort(
      (one, other) =>
        Number(other.pair.selected) - Number(one.pair.selected) || compare(rank(other), rank(one)),
    );
  const selected = pairs.find((pair) => pair.selected)?.id ?? null;
  return {
    rows,
    role,
    choice: whyThisPair(pairs, selected, role),
    hidesAddress: pairs.some(({ local, remote }) => local.address === '' || remote.address === ''),
  };
}

/** What this side's ICE agent is, as far as its transport has told; a browser may say `unknown`. */
function roleOf({ transport }: PeerFrame): IceRole {
  const role = transport?.iceRole;
  return role === 'controlling' || role === 'controlled' ? role : null;
}

function stands({ state, nominated, selected }: Pair): string {
  return `${state} ${String(nominated)} ${String(selected)}`;
}

/** What the browser gives is rounded; it does for the order. */
function rank({ pair, priority }: PairRow): bigint {
  return priority ?? (pair.priority === null ? -1n : BigInt(pair.priority));
}

function compare(one: bigint, other: bigint): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** A host name that hides an address is a UUID: its beginning tells it from the others, and leaves room. */
export function shortened(address: string): string {
  return address.replace(/^([0-9a-f]{8})-[0-9a-f-]{27}(\.local)\b/i, '$1…$2');
}

/**
 * An address and a port as they are written together, an IPv6 address in brackets (RFC 3986 §3.2.2).
 * @param hidden what stands for an address that the browser hides
 */
export function addressAndPort(
  { address, port }: Pick<PairEnd, 'address' | 'port'>,
  hidden: string,
): string {
  return formatEndpoint({ address: address === '' ? hidden : address, port });
}
