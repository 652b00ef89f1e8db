// ICE by the letter: RFC 8445, with consent (RFC 7675) and patience (RFC 8863).
import type { ConnectionState } from './agent-port.ts';
import { stopNominating } from './checked-pair.ts';
import type { Pair } from './checked-pair.ts';
import { chooseLate, considerNomination, isAskedFor, nominate, want } from './nomination.ts';
import { rfcHiding, rfcPreferences } from './preference.ts';
import type { Checking, PlannedCheck, Profile, ProfileTimer } from './profile.ts';
import { isPast, MIN_RTO, newPace, TA } from './timing.ts';

/** RFC 8863 §4: as long as a transaction with the usual RTO takes to fail. */
const PAC_TIMER = 39_500;
/** RFC 7675 §5.1: between consent checks on average, how far each is off, and how long consent lives. */
const CONSENT_INTERVAL = 5000;
const CONSENT_SPREAD = 0.2;
const CONSENT_LIFETIME = 30_000;
/** W3C WebRTC leaves to the agent when it is disconnected: here, with two consent checks unanswered. */
const DISCONNECT_AFTER = 2 * CONSENT_INTERVAL * (1 + CONSENT_SPREAD);

/** `rfc8445`. */
export const rfc8445: Profile = {
  preferences: rfcPreferences,
  hiding: rfcHiding,
  tcpTypes: ['active', 'passive'],
  // RFC 8838 §9: every candidate is told.
  takesLate: () => true,

  patience: PAC_TIMER,
  disconnectAfter: DISCONNECT_AFTER,
  lifetime: CONSENT_LIFETIME,
  freezes: true,
  keptTimers: ['consent', 'liveness'],

  paces() {
    // §14.2 paces all transactions together.
    const pace = newPace();
    return { gathering: pace, checks: pace };
  },
  // §7.3.1.3: it gets its foundation.
  recognize: (found, { foundation }) => ({ ...found, foundation }),
  // §8.1.2: a checklist that is completed forms no pairs.
  takesPairs: (selected) => selected === null,

  hasCheck: ({ checklist, state }) => checklist.hasNext && state !== 'failed',
  nextAt: (_checking, lastAt) => lastAt + TA,
  nextCheck,

  // §7.2.5.2.1: it counts, as a failure.
  hearsOtherPaths: true,
  validPair({ checklist, isControlling }, { pair }, local) {
    // §7.2.5.3.2: the valid pair has the mapped address for its local candidate.
    const made = pair.local === local ? pair : checklist.addValid(pair, local, isControlling);
    made.rtt = pair.rtt;
    pair.made = made;
    return made;
  },
  succeeded(checking, now, { pair, useCandidate }, valid) {
    const isNominated = checking.isControlling ? useCandidate : isAskedFor(pair);
    stopNominating(pair);
    if (isNominated) nominate(checking, now, valid);
    considerNomination(checking, now);
  },
  roleRefused({ checklist }, pair) {
    // §7.2.5.1.
    stopNominating(pair);
    checklist.trigger(pair);
  },
  asked(checking, now, pair, isWanted) {
    if (checking.state === 'failed') return;
    trigger(checking, now, pair, isWanted);
    checking.update(now);
  },

  consider: considerNomination,
  unselected: () => undefined,
  answered(checking, now) {
    const { timers } = checking;
    if (timers.at('consent') === null) timers.set('consent', now + consentInterval(checking));
    checking.watch();
  },
  handleTimer,
  judge,
  failed(checking, now) {
    const { checklist, timers } = checking;
    // What still waits for something will not get it.
    for (const pair of [...checklist.pairs]) {
      if (pair.state !== 'succeeded') checking.lose(now, pair);
    }
    timers.clear();
  },
};

function nextCheck({ checklist, isControlling }: Checking): PlannedCheck | null {
  const pair = checklist.next();
  if (pair === null) return null;
  checklist.setState(pair, 'in-progress');
  return {
    pair,
    useCandidate: pair.nomination.step === 'nominating' && isControlling,
    // RFC 8445 §14.3. N counts here as in RFC 5245 §16.2: checklists, of which there is one.
    rto: Math.max(MIN_RTO, TA * checklist.active),
  };
}

/** RFC 8445 §7.3.1.4, §7.3.1.5. */
function trigger(checking: Checking, now: number, pair: Pair, isWanted: boolean): void {
  if (isWanted) want(pair);
  if (pair.state === 'succeeded') {
    if (isWanted && pair.made?.valid === true) nominate(checking, now, pair.made);
    return;
  }
  // What is only repeated to be nominated is valid already.
  if (pair.nomination.step === 'nominating') return;
  if (pair.state === 'in-progress') checking.cancel(pair);
  checking.checklist.trigger(pair);
}

function handleTimer(checking: Checking, now: number, timer: ProfileTimer): void {
  switch (timer) {
    case 'nominate':
      chooseLate(checking, now);
      return;
    case 'consent':
      checkConsent(checking, now);
      return;
    case 'liveness':
      for (const pair of [...checking.checklist.pairs]) {
        if (pair.valid && isPast(now, pair.answeredAt, CONSENT_LIFETIME)) checking.lose(now, pair);
      }
      checking.update(now);
      return;
  }
}

/** RFC 7675 §5.1: a check of its own transaction, sent once. */
function checkConsent(checking: Checking, now: number): void {
  const { carrier: pair, timers } = checking;
  if (pair === null) return;
  checking.send(now, { pair, useCandidate: false, rto: null });
  timers.set('consent', now + consentInterval(checking));
}

/** RFC 7675 §5.1: five seconds, each time off by up to a fifth. */
function consentInterval(checking: Checking): number {
  return CONSENT_INTERVAL * (1 - CONSENT_SPREAD + 2 * CONSENT_SPREAD * checking.chance());
}

/** W3C WebRTC §5.6.4 (RTCIceTransportState), RFC 8445 §6.1.2.1 and §8.1.2, RFC 8863 §4. */
function judge(checking: Checking, now: number): ConnectionState {
  const { checkingSince, carrier, selected, isEnded, isGathered } = checking;
  if (checkingSince === null) return 'new';
  if (checking.state === 'failed') return 'failed';
  if (carrier !== null) {
    if (isPast(now, carrier.answeredAt, DISCONNECT_AFTER)) return 'disconnected';
    return selected !== null && isEnded && isGathered ? 'completed' : 'connected';
  }
  if (checking.wasConnected) {
    return isPast(now, checking.answeredAt, CONSENT_LIFETIME) ? 'failed' : 'disconnected';
  }
  const mayFail = isPast(now, checkingSince, PAC_TIMER) && isGathered;
  return mayFail && !checking.checklist.isRunning ? 'failed' : 'checking';
}
