// Which pair Chromium checks next, without RFC 8445's queues, and which pairs work for it.
import type { Pair } from './checked-pair.ts';
import { REFLEXIVE_IN_ROW } from './checklist.ts';
import type { Checking } from './profile.ts';
import { isPast } from './timing.ts';

/** libwebrtc, MIN_PINGS_AT_WEAK_PING_INTERVAL: so many checks of a pair that works are in a hurry. */
const HURRIED_CHECKS = 3;
/** libwebrtc, rtt_converged: so many answers make a pair stable. */
const STABLE_ANSWERS = 5;
/** libwebrtc, WEAK_OR_STABILIZING_WRITABLE_CONNECTION_PING_INTERVAL: from check to check until it is, or while none is answered. */
const STABILIZING_INTERVAL = 900;
/** Measured: on an idle pair five checks in the first three seconds, and one every three seconds then. */
const STABLE_INTERVAL = 3000;
/** libwebrtc, RECEIVING_TIMEOUT: with nothing come for so long a pair is weak, and checked as if none worked. */
const SILENCE = 2500;
/** libwebrtc, CONNECTION_WRITE_CONNECT_FAILURES: so many unanswered checks, and so long, make a pair unreliable. */
const UNRELIABLE_CHECKS = 5;
/** libwebrtc, CONNECTION_WRITE_CONNECT_TIMEOUT. */
export const DISCONNECT_AFTER = 5000;

/**
 * The pair to be checked now, or null. First the selected one, when it has waited long enough; then those that the
 * other side has checked since they were, the longest unchecked first; then those never checked, the highest priority
 * first; then whichever was checked the longest ago. But peer-reflexive candidates that keep coming do not keep one
 * that was signaled from its first check (docs/ice-scope.md).
 */
export function nextPing(checking: Checking, now: number): Pair | null {
  const { checklist, selected } = checking;
  const isSteady = selected !== null && isWritable(selected, now);
  if (isSteady && isPinged(selected) && now >= pingDue(selected, now)) return selected;
  let triggered: Pair | null = null;
  let fresh: Pair | null = null;
  let signaled: Pair | null = null;
  let oldest: Pair | null = null;
  for (const pair of checklist.pairs) {
    if (!isPinged(pair) || checking.isConnecting(pair)) continue;
    if (isSteady && now < pingDue(pair, now)) continue;
    const sentAt = pair.lastSentAt ?? -Infinity;
    if (!pair.valid && (pair.lastRequestAt ?? -Infinity) > sentAt) {
      if (triggered === null || sentAt < (triggered.lastSentAt ?? -Infinity)) triggered = pair;
    }
    if (pair.lastSentAt === null) {
      fresh ??= pair;
      if (pair.remote.candidate.type !== 'prflx') signaled ??= pair;
    } else if (oldest === null || sentAt < (oldest.lastSentAt ?? -Infinity)) oldest = pair;
  }
  if (signaled !== null && checklist.reflexiveInRow >= REFLEXIVE_IN_ROW) return signaled;
  return triggered ?? fresh ?? oldest;
}

/** Whether a pair is checked at all. */
export function isPinged({ state, pruned }: Pair): boolean {
  return state !== 'failed' && !pruned;
}

/** Whether a pair that works is in a hurry to be checked: it was not often yet, or it seems not to work any more. */
export function isHurried(pair: Pair, now: number): boolean {
  if (!pair.valid || !isPinged(pair)) return false;
  return pair.requestsSent < HURRIED_CHECKS || isPast(now, pair.unansweredSince, SILENCE);
}

/** When a pair may be checked again while the selected one works: one that does not work, as soon as it has its turn. */
export function pingDue(pair: Pair, now: number): number {
  if (pair.lastSentAt === null || !isWritable(pair, now)) return -Infinity;
  if (isHurried(pair, now)) return -Infinity;
  const isStable = pair.responsesReceived >= STABLE_ANSWERS && !isOverdue(pair, now);
  return pair.lastSentAt + (isStable ? STABLE_INTERVAL : STABILIZING_INTERVAL);
}

/** libwebrtc, missing_responses: the answer to a check has not come within two round trips. */
function isOverdue({ unansweredSince, rtt }: Pair, now: number): boolean {
  return isPast(now, unansweredSince, 2 * (rtt ?? STABILIZING_INTERVAL));
}

/** Whether a pair works. */
export function isWritable(pair: Pair, now: number): boolean {
  if (!pair.valid || pair.base.isDead) return false;
  const { unanswered, unansweredSince } = pair;
  return unanswered < UNRELIABLE_CHECKS || !isPast(now, unansweredSince, DISCONNECT_AFTER);
}
