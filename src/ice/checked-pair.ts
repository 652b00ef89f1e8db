// A pair as the agent works with it: its check, its nomination, and what has come over it.
import type { AgentPair } from './agent-port.ts';
import type { Base, Local, Remote } from './base.ts';
import type { PairState } from './pair.ts';

/** How far a pair has come on its way to being used (RFC 8445 §8.1.1). */
export type Nomination =
  | Settled
  /** This side is controlling, and repeats the pair's check with USE-CANDIDATE. */
  | { readonly step: 'nominating'; readonly before: Settled };

/** A nomination that waits for no answer. */
export type Settled =
  | { readonly step: 'none' }
  /** The other side, which is controlling, asked for it before its check had worked (§7.3.1.5). */
  | { readonly step: 'wanted' }
  /** It stays so after it has failed. */
  | { readonly step: 'nominated'; readonly by: 'this-side' | 'other-side' };

/** Nobody has nominated the pair, or is about to. */
export const NOT_NOMINATED: Settled = { step: 'none' };

/** A pair. */
export interface Pair {
  readonly id: string;
  readonly base: Base;
  local: Local;
  readonly remote: Remote;
  /** RFC 8445 §6.1.2.6: both foundations. */
  readonly foundation: string;
  priority: bigint;
  state: PairState;
  /** It is in the valid list (§7.2.5.3.2). */
  valid: boolean;
  nomination: Nomination;
  requestsSent: number;
  responsesReceived: number;
  rtt: number | null;
  /** `rfc8445`: the valid pair that this one's check made: itself, or one with another local candidate (§7.2.5.3.2). */
  made: Pair | null;
  isTriggered: boolean;
  /** `chromium`: a better pair is selected, and this one is not checked any more. */
  pruned: boolean;
  lastSentAt: number | null;
  /** When a check of the other side came in over it. */
  lastRequestAt: number | null;
  /** Which one that was. */
  lastRequest: string | null;
  /** Checks sent since the last answer, and when the first of them was. */
  unanswered: number;
  unansweredSince: number | null;
  /** When it was last answered. */
  answeredAt: number | null;
}

/** The nomination without what is under way. */
export function settledOf({ nomination }: Pair): Settled {
  return nomination.step === 'nominating' ? nomination.before : nomination;
}

/** Whether the pair is nominated, or was when this began anew. */
export function isNominated(pair: Pair): boolean {
  return settledOf(pair).step === 'nominated';
}

/** The answer to a USE-CANDIDATE is no longer waited for: the role turned, or the check is over. */
export function stopNominating(pair: Pair): void {
  pair.nomination = settledOf(pair);
}

/** Checks that went unanswered no longer count. */
export function forgetUnanswered(pair: Pair): void {
  pair.unanswered = 0;
  pair.unansweredSince = null;
}

/** The pair as it is shown. */
export function showPair(pair: Pair, selected: Pair | null): AgentPair {
  const { id, priority, state, valid, requestsSent, responsesReceived, rtt } = pair;
  return {
    id,
    local: pair.local.candidate,
    remote: pair.remote.candidate,
    priority,
    state,
    valid,
    nominated: isNominated(pair),
    selected: pair === selected,
    requestsSent,
    responsesReceived,
    rtt,
  };
}
