// What one way of doing ICE decides that another may decide otherwise, as verbs. RFC 8445's is profile-rfc.ts,
// Chromium's profile-chromium.ts. Times are milliseconds.
import type { AgentCandidate, ConnectionState } from './agent-port.ts';
import type { Local } from './base.ts';
import type { Check } from './check.ts';
import type { Pair } from './checked-pair.ts';
import type { Checklist } from './checklist.ts';
import type { Hiding, Preferences } from './preference.ts';
import type { TimerName, Timers } from './timers.ts';
import type { Pace } from './timing.ts';

/** The checks of one generation, as a profile sees them, and what it may do with them. */
export interface Checking {
  readonly checklist: Checklist;
  readonly timers: Timers;
  readonly isControlling: boolean;
  readonly state: ConnectionState;
  /** What is nominated and used, or just used. */
  readonly selected: Pair | null;
  /** What data goes over: the selected pair, or the best that works (RFC 8445 §12.1). */
  readonly carrier: Pair | null;
  /** When checks began. */
  readonly checkingSince: number | null;
  /** When a check was answered for the first time. */
  readonly firstValidAt: number | null;
  /** When anything was last answered. */
  readonly answeredAt: number | null;
  readonly wasConnected: boolean;
  /** Gathering is complete. */
  readonly isGathered: boolean;
  /** The other side has told all its candidates (RFC 8838 §14). */
  readonly isEnded: boolean;
  /** Another generation took over: this one only carries what still comes over its pair. */
  readonly isRetired: boolean;
  /** Chance: a number from 0 to below 1. */
  chance(): number;
  /** Whether the pair's TCP connection is on its way, with something to carry. */
  isConnecting(pair: Pair): boolean;
  /** Sends a check now. */
  send(now: number, planned: PlannedCheck): void;
  /** Sets the timer for the next check, where there is one to be sent. */
  schedule(now: number): void;
  /** Checks of this pair are not sent again. */
  cancel(pair: Pair): void;
  /** Makes a pair the selected one. */
  select(now: number, pair: Pair): void;
  /** Takes a pair out of use, and what its check made valid. */
  lose(now: number, pair: Pair): void;
  /** A pair has failed: it is lost, and what follows from that is looked at. */
  fail(now: number, pair: Pair): void;
  /** Sets the timer at which an unanswered path makes the state worse. */
  watch(): void;
  /** Computes the state anew. */
  update(now: number): void;
  /** What had failed is checked again, because there is something to be checked. */
  reopen(now: number): void;
}

/** A check as a profile wants it sent. */
export interface PlannedCheck {
  readonly pair: Pair;
  readonly useCandidate: boolean;
  /** RFC 8489 §6.2.1; null for one that is sent once, and whose silence is no failure by itself. */
  readonly rto: number | null;
}

/** Timers that only a profile knows what to do about. */
export type ProfileTimer = Extract<TimerName, 'nominate' | 'consent' | 'liveness'>;

/** What is gathered. */
export interface GatherProfile {
  readonly preferences: Preferences;
  /** What is gathered where the host's addresses are hidden; never over TCP. */
  readonly hiding: Hiding;
  /** ICE-TCP candidates that are gathered (RFC 6544 §5.1). */
  readonly tcpTypes: readonly ('active' | 'passive')[];
  /** Whether a reflexive or relayed candidate that is found now is used and told. */
  takesLate(isConnected: boolean): boolean;
}

/** One way of doing ICE. */
export interface Profile extends GatherProfile {
  /** Nothing has failed before so long. */
  readonly patience: number;
  /** What was connected is disconnected when nothing has answered for so long. */
  readonly disconnectAfter: number;
  /** What was connected has failed when nothing has answered for so long. */
  readonly lifetime: number;
  /** Pairs of the same foundation wait for each other (RFC 8445 §6.1.2.6). */
  readonly freezes: boolean;
  /** The timers that go on once another generation took over. */
  readonly keptTimers: readonly TimerName[];

  /** What paces gathering and checks: the same for both, or one each. */
  paces(): { readonly gathering: Pace; readonly checks: Pace };
  /** What a candidate is that a check had found, once the other side has told it. */
  recognize(found: AgentCandidate, told: AgentCandidate): AgentCandidate;
  /** Whether pairs are still formed. */
  takesPairs(selected: Pair | null): boolean;

  /** Whether a check is to be sent at all. */
  hasCheck(checking: Checking): boolean;
  /** When the next check may leave. @param lastAt when one last did */
  nextAt(checking: Checking, lastAt: number, now: number): number;
  /** The check to be sent now. */
  nextCheck(checking: Checking, now: number): PlannedCheck | null;

  /** Whether an answer counts that came over another path than its check took. */
  readonly hearsOtherPaths: boolean;
  /** The pair that an answer makes valid; `local` is the candidate that the other side saw. */
  validPair(checking: Checking, check: Check, local: Local): Pair;
  /** A check has succeeded, and made this pair valid. */
  succeeded(checking: Checking, now: number, check: Check, valid: Pair): void;
  /** A check was answered with 487: the role has turned. */
  roleRefused(checking: Checking, pair: Pair): void;
  /** A check of the other side came in over the pair; `isWanted` where it nominates. */
  asked(checking: Checking, now: number, pair: Pair, isWanted: boolean): void;

  /** Looks whether a pair is to be nominated or selected now. */
  consider(checking: Checking, now: number): void;
  /** The selected pair was lost. */
  unselected(checking: Checking): void;
  /** A path was answered for. */
  answered(checking: Checking, now: number): void;
  /** A timer is due. */
  handleTimer(checking: Checking, now: number, timer: ProfileTimer): void;
  /** The state, from what is known now. */
  judge(checking: Checking, now: number): ConnectionState;
  /** The state has become `failed`. */
  failed(checking: Checking, now: number): void;
}
