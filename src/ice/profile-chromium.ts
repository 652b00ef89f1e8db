// ICE as Chromium does it: every check of the controlling side nominates, and the best pair that works is used.
import type { ConnectionState } from './agent-port.ts';
import { forgetUnanswered, isNominated } from './checked-pair.ts';
import type { Nomination, Pair } from './checked-pair.ts';
import { DISCONNECT_AFTER, isHurried, isPinged, isWritable, nextPing, pingDue } from './ping.ts';
import { chromiumHiding, chromiumPreferences } from './preference.ts';
import type { Checking, PlannedCheck, Profile } from './profile.ts';
import { isPast, newPace } from './timing.ts';

/** Measured: between checks while no pair works, and at the least once one does. */
const CHECK_INTERVAL = 62;
const STEADY_INTERVAL = 530;
/** Measured; in libwebrtc CONNECTION_WRITE_TIMEOUT. */
const FAIL_AFTER = 15_000;

/** `chromium`. */
export const chromium: Profile = {
  preferences: chromiumPreferences,
  hiding: chromiumHiding,
  tcpTypes: ['active'],
  // Measured.
  takesLate: (isConnected) => !isConnected,

  patience: FAIL_AFTER,
  disconnectAfter: DISCONNECT_AFTER,
  lifetime: FAIL_AFTER,
  freezes: false,
  keptTimers: ['check', 'liveness'],

  paces: () => ({ gathering: newPace(), checks: newPace() }),
  // libwebrtc: it is what it was told to be.
  recognize: ({ id }, told) => ({ ...told, id }),
  takesPairs: () => true,

  hasCheck: ({ checklist }) => checklist.pairs.some(isPinged),
  nextAt({ checklist, selected }, lastAt, now) {
    const isSteady =
      selected !== null &&
      isWritable(selected, now) &&
      !checklist.pairs.some((pair) => isHurried(pair, now));
    const soonest = lastAt + (isSteady ? STEADY_INTERVAL : CHECK_INTERVAL);
    if (!isSteady) return soonest;
    const due = checklist.pairs.filter(isPinged).map((pair) => pingDue(pair, now));
    return Math.max(soonest, Math.min(...due));
  },
  nextCheck,

  // A connection of libwebrtc's only hears what comes over it.
  hearsOtherPaths: false,
  validPair({ checklist, isControlling }, { pair, useCandidate }, local) {
    // libwebrtc: one pair, whose local candidate becomes the mapped one.
    if (pair.local !== local) {
      pair.local = local;
      checklist.rank(isControlling);
    }
    if (useCandidate && isControlling) pair.nomination = BY_THIS_SIDE;
    return pair;
  },
  succeeded: (checking, now) => selectBest(checking, now),
  roleRefused: () => undefined,
  asked(checking, now, pair, isWanted) {
    if (isWanted) {
      if (!isNominated(pair)) checking.checklist.changed = true;
      pair.nomination = BY_OTHER_SIDE;
    }
    revive(checking, now, pair);
    selectBest(checking, now);
  },

  consider: selectBest,
  unselected({ checklist }) {
    // What was not checked because of the selected pair is needed now.
    for (const pair of checklist.pairs) {
      if (!pair.pruned) continue;
      pair.pruned = false;
      forgetUnanswered(pair);
    }
  },
  // Each check looks at what was answered; there is no clock besides.
  answered: () => undefined,
  handleTimer: (checking, now) => checking.update(now),
  judge,
  failed: () => undefined,
};

const BY_THIS_SIDE: Nomination = { step: 'nominated', by: 'this-side' };
const BY_OTHER_SIDE: Nomination = { step: 'nominated', by: 'other-side' };

/** Before each check, what has not answered for too long is given up. */
function nextCheck(checking: Checking, now: number): PlannedCheck | null {
  const { checklist } = checking;
  for (const pair of checklist.pairs) {
    if (isPast(now, pair.unansweredSince, FAIL_AFTER) && isPinged(pair)) checking.fail(now, pair);
  }
  selectBest(checking, now);
  checking.update(now);
  const pair = nextPing(checking, now);
  if (pair === null) return null;
  if (pair.state === 'waiting') checklist.setState(pair, 'in-progress');
  checklist.noteChecked(pair);
  return { pair, useCandidate: checking.isControlling, rto: null };
}

/**
 * Selects the highest of the pairs that work; on the controlled side, of those that the other side checked with
 * USE-CANDIDATE, where there are any. The lower ones on the same interface are not checked any more (libwebrtc).
 */
function selectBest(checking: Checking, now: number): void {
  const { pairs } = checking.checklist;
  let best: Pair | null = null;
  for (const pair of pairs) {
    if (!isWritable(pair, now)) continue;
    if (best === null) best = pair;
    else if (isNominated(pair) && !isNominated(best)) best = pair;
  }
  if (best === null || best === checking.selected) return;
  best.pruned = false;
  checking.select(now, best);
  for (const pair of pairs) {
    if (pair.priority < best.priority && pair.base.network === best.base.network) {
      pair.pruned = true;
    }
  }
}

/** A check that comes in brings a pair back that was given up or set aside. */
function revive(checking: Checking, now: number, pair: Pair): void {
  const { selected, checklist } = checking;
  const isNeeded = selected === null || !isWritable(selected, now);
  if (pair.pruned && (isNeeded || pair.priority > selected.priority)) pair.pruned = false;
  if (pair.base.isDead) return;
  if (pair.state === 'failed') {
    forgetUnanswered(pair);
    checklist.setState(pair, 'waiting');
  }
  if (checking.state === 'failed') checking.reopen(now);
}

/** Connected while the selected pair works; failed when no pair is left to be checked. */
function judge(checking: Checking, now: number): ConnectionState {
  const { checkingSince, selected, wasConnected } = checking;
  if (checkingSince === null) return 'new';
  if (selected !== null && isWritable(selected, now)) return 'connected';
  const before = wasConnected ? 'disconnected' : 'checking';
  if (checking.checklist.pairs.some(isPinged)) {
    return checking.state === 'failed' ? 'checking' : before;
  }
  const since = wasConnected ? (checking.answeredAt ?? checkingSince) : checkingSince;
  return isPast(now, since, FAIL_AFTER) ? 'failed' : before;
}
