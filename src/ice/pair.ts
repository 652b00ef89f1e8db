// Candidate pairs as a record can know them: in the order of their priority, and why one of them was selected.
import { pairPriority } from './priority.ts';

/** One end of a pair. */
export interface PairCandidate {
  /** `host`, `srflx`, `prflx`, `relay`, or a token this program does not know. */
  readonly type: string;
  /** `udp` or `tcp`. */
  readonly protocol: string;
  /** '' where the browser hides it. */
  readonly address: string;
  readonly port: number | null;
  readonly priority: number | null;
}

/** A pair's state as RTCStatsIceCandidatePairState writes it (RFC 8445 §6.1.2.6). */
export const PAIR_STATES = ['frozen', 'waiting', 'in-progress', 'succeeded', 'failed'] as const;
export type PairState = (typeof PAIR_STATES)[number];

/** True for a state that webrtc-stats names. */
export function isPairState(state: string): state is PairState {
  return PAIR_STATES.some((known) => known === state);
}

/** A pair on one side. */
export interface CandidatePair {
  /** Tells it from the other pairs of its side. */
  readonly id: string;
  readonly local: PairCandidate;
  readonly remote: PairCandidate;
  /** One of PAIR_STATES, or a word that is none. */
  readonly state: string;
  readonly nominated: boolean;
  /** Milliseconds; `null` until measured. */
  readonly rtt: number | null;
}

/** Which role this side's ICE agent has (RFC 8445 §6.1.1); `null` while it is not known. */
export type IceRole = 'controlling' | 'controlled' | null;

/** A pair and its priority; `null` where a candidate's priority or the role is not known. */
export interface RankedPair {
  readonly pair: CandidatePair;
  readonly priority: bigint | null;
}

/** A pair's priority on a side with this role (RFC 8445 §6.1.2.3), or null where it can't be told. */
export function priorityOf(pair: CandidatePair, role: IceRole): bigint | null {
  const { local, remote } = pair;
  if (role === null || local.priority === null || remote.priority === null) return null;
  return role === 'controlling'
    ? pairPriority(local.priority, remote.priority)
    : pairPriority(remote.priority, local.priority);
}

/** The pairs, the highest priority first; those without one last. Equal ones stay in the order given. */
export function rankPairs(pairs: readonly CandidatePair[], role: IceRole): readonly RankedPair[] {
  return pairs
    .map((pair) => ({ pair, priority: priorityOf(pair, role) }))
    .sort((one, other) => compare(other.priority, one.priority));
}

function compare(one: bigint | null, other: bigint | null): number {
  if (one === null || other === null) return Number(one !== null) - Number(other !== null);
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Why a pair carries the call, as far as a record can tell. */
export type PairReason =
  /** No pair is selected. */
  | { readonly id: 'none' }
  /** There never was another pair. */
  | { readonly id: 'only-pair' }
  /** Of several, no other has worked: so many failed, and of so many the checks were not over. */
  | { readonly id: 'only-one-that-worked'; readonly failed: number; readonly unfinished: number }
  /** None of those that worked has a higher priority; so many with a higher one have not worked. */
  | { readonly id: 'highest-that-worked'; readonly worked: number; readonly above: number }
  /** So many that worked have a higher priority, and this one was nominated. */
  | { readonly id: 'nominated-over-higher'; readonly higher: number }
  /** The same, and it is not nominated, or not yet: it is used before ICE has settled. */
  | { readonly id: 'used-over-higher'; readonly higher: number }
  /** Several worked, and their priorities are not known. */
  | { readonly id: 'unranked'; readonly worked: number };

/** What else is worth knowing of a selected pair. */
export type PairNote =
  /** The other side's address became known from its check, before or without a candidate that names it (RFC 8445 §7.3.1.3). */
  | 'remote-peer-reflexive'
  /** This side learned from the answer to its check that a NAT shows it by another address (RFC 8445 §7.2.5.3.1). */
  | 'local-peer-reflexive'
  | 'relayed'
  /** Host candidates at both ends: no STUN or TURN server was needed to find the path. */
  | 'direct'
  | 'tcp';

/** The reason, and notes on the selected pair. */
export interface PairChoice {
  readonly reason: PairReason;
  readonly notes: readonly PairNote[];
}

/**
 * Why this pair, of all the pairs of a side. Takes the selected pair's id, or null while there is none; an id that
 * is not among the pairs counts as none. Who nominates may choose any pair that works (RFC 8445 §8.1.1), so the
 * reason says how the choice stands to the priorities, and not what a browser thought.
 */
export function whyThisPair(
  pairs: readonly CandidatePair[],
  selected: string | null,
  role: IceRole,
): PairChoice {
  const chosen = pairs.find((pair) => pair.id === selected);
  if (chosen === undefined) return { reason: { id: 'none' }, notes: [] };
  return { reason: reasonOf(pairs, chosen, role), notes: notesOf(chosen) };
}

function reasonOf(
  pairs: readonly CandidatePair[],
  chosen: CandidatePair,
  role: IceRole,
): PairReason {
  const others = pairs.filter((pair) => pair !== chosen);
  if (others.length === 0) return { id: 'only-pair' };
  const worked = others.filter((pair) => pair.state === 'succeeded');
  if (worked.length === 0) {
    const failed = others.filter((pair) => pair.state === 'failed').length;
    return { id: 'only-one-that-worked', failed, unfinished: others.length - failed };
  }
  const own = priorityOf(chosen, role);
  if (own === null || worked.some((pair) => priorityOf(pair, role) === null)) {
    return { id: 'unranked', worked: worked.length + 1 };
  }
  const isAbove = (pair: CandidatePair) => (priorityOf(pair, role) ?? -1n) > own;
  const higher = worked.filter(isAbove).length;
  if (higher === 0) {
    return {
      id: 'highest-that-worked',
      worked: worked.length + 1,
      above: others.filter(isAbove).length,
    };
  }
  return { id: chosen.nominated ? 'nominated-over-higher' : 'used-over-higher', higher };
}

function notesOf({ local, remote }: CandidatePair): readonly PairNote[] {
  const notes: PairNote[] = [];
  if (local.type === 'relay' || remote.type === 'relay') notes.push('relayed');
  if (local.type === 'host' && remote.type === 'host') notes.push('direct');
  if (remote.type === 'prflx') notes.push('remote-peer-reflexive');
  if (local.type === 'prflx') notes.push('local-peer-reflexive');
  if (local.protocol.toLowerCase() === 'tcp') notes.push('tcp');
  return notes;
}
