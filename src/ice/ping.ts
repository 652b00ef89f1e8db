// Which pair Chromium checks next, without RFC 8445's queues, and which pairs work for it.
import type { Pair } from './checked-pair.ts';
import { REFLEXIVE_IN_ROW } from './checklist.ts';
import type { Checking } from './profile.ts';
import { isPast } from './timing.ts';

/** libwebrtc, STRONG_AND_STABLE_WRITABLE_CONNECTION_PING_INTERVAL: the selected pair waits no longer for the others. */
const SELECTED_INTERVAL = 2500;
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
  if (selected !== null && isPinged(selected)) {
    if (now >= (selected.lastSentAt ?? -Infinity) + SELECTED_INTERVAL) return selected;
  }
  let triggered: Pair | null = null;
  let fresh: Pair | null = null;
  let signaled: Pair | null = null;
  let oldest: Pair | null = null;
  for (const pair of checklist.pairs) {
    if (!isPinged(pair) || checking.isConnecting(pair)) continue;
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

/** Whether a pair works. */
export function isWritable(pair: Pair, now: number): boolean {
  if (!pair.valid || pair.base.isDead) return false;
  const { unanswered, unansweredSince } = pair;
  return unanswered < UNRELIABLE_CHECKS || !isPast(now, unansweredSince, DISCONNECT_AFTER);
}
