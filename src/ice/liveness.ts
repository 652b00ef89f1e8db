// Whether paths still work: consent (RFC 7675), Chromium's own clocks, and the state that follows.
import type { ConnectionState } from './agent-port.ts';
import type { Pair } from './checklist.ts';
import type { Generation } from './generation.ts';
import { considerNomination } from './nomination.ts';
import { isPinged } from './ping.ts';
import { cancelChecks, scheduleCheck, sendCheck } from './probe.ts';
import { CONSENT_INTERVAL, CONSENT_LIFETIME, CONSENT_SPREAD } from './profile.ts';

/** libwebrtc, CONNECTION_WRITE_CONNECT_FAILURES: so many unanswered checks, and so long, make a pair unreliable. */
const UNRELIABLE_CHECKS = 5;
/** libwebrtc, CONNECTION_WRITE_CONNECT_TIMEOUT. */
const UNRELIABLE_TIME = 5000;

/** Whether a pair works, as Chromium sees it. */
export function isWritable(pair: Pair, now: number): boolean {
  if (!pair.valid || pair.base.isDead) return false;
  const { unanswered, unansweredSince } = pair;
  return unanswered < UNRELIABLE_CHECKS || !isPast(now, unansweredSince, UNRELIABLE_TIME);
}

/** Whether so much time has passed since then. Times are added, as they are where a timer is set. */
function isPast(now: number, since: number | null, time: number): boolean {
  return since !== null && now >= since + time;
}

/** A check over the pair was answered. */
export function handleAnswered(g: Generation, now: number, pair: Pair): void {
  pair.unanswered = 0;
  pair.unansweredSince = null;
  pair.answeredAt = now;
  g.answeredAt = now;
  if (g.context.profile.aggressive) return;
  if (g.timers.at('consent') === null) g.timers.set('consent', now + consentInterval(g));
  armLiveness(g);
}

/** RFC 7675 §5.1: five seconds, each time off by up to a fifth. */
function consentInterval(g: Generation): number {
  return CONSENT_INTERVAL * (1 - CONSENT_SPREAD + 2 * CONSENT_SPREAD * g.context.random.next());
}

/** The timer `consent`: a check of its own transaction, sent once (RFC 7675 §5.1). */
export function handleConsent(g: Generation, now: number): void {
  const { carrier } = g;
  if (carrier === null) return;
  sendCheck(g, now, carrier, false, null);
  g.timers.set('consent', now + consentInterval(g));
}

function armLiveness(g: Generation): void {
  const answeredAt = g.carrier?.answeredAt ?? g.answeredAt;
  if (answeredAt === null) return;
  const { aggressive, disconnectAfter, failAfter } = g.context.profile;
  const life = aggressive ? failAfter : CONSENT_LIFETIME;
  const isLate = g.state === 'disconnected' || g.carrier === null;
  g.timers.set('liveness', answeredAt + (isLate ? life : disconnectAfter));
}

/** The timer `liveness`. */
export function handleLiveness(g: Generation, now: number): void {
  if (!g.context.profile.aggressive) {
    for (const pair of [...g.checklist.pairs]) {
      if (pair.valid && isPast(now, pair.answeredAt, CONSENT_LIFETIME)) losePair(g, now, pair);
    }
  }
  updateState(g, now);
}

/** Chromium, before each check: what has not answered for too long is given up. */
export function refreshPings(g: Generation, now: number): void {
  const { failAfter } = g.context.profile;
  for (const pair of g.checklist.pairs) {
    if (isPast(now, pair.unansweredSince, failAfter) && isPinged(pair)) failPair(g, now, pair);
  }
  considerNomination(g, now);
  updateState(g, now);
}

/** A check has failed (RFC 8445 §7.2.5.2), or its path is gone. */
export function failPair(g: Generation, now: number, pair: Pair): void {
  losePair(g, now, pair);
  considerNomination(g, now);
  updateState(g, now);
  scheduleCheck(g, now);
}

/** Takes a pair out of use, and what its check made valid. */
export function losePair(g: Generation, now: number, pair: Pair): void {
  cancelChecks(g, pair);
  g.checklist.untrigger(pair);
  g.checklist.setState(pair, 'failed');
  pair.nominating = false;
  for (const each of pair.made === null ? [pair] : [pair, pair.made]) {
    each.valid = false;
    if (each !== pair) g.checklist.setState(each, 'failed');
    if (g.selected !== each) continue;
    g.selected = null;
    g.checklist.changed = true;
    // What was not checked beside it is needed now.
    for (const other of g.checklist.pairs) {
      if (!other.pruned) continue;
      other.pruned = false;
      other.unanswered = 0;
      other.unansweredSince = null;
    }
  }
  if (g.carrier === null) armLiveness(g);
  scheduleCheck(g, now);
}

/** Chromium: a check that comes in brings a pair back that was given up or set aside. */
export function revive(g: Generation, now: number, pair: Pair): void {
  const isNeeded = g.selected === null || !isWritable(g.selected, now);
  if (pair.pruned && (isNeeded || pair.priority > (g.selected?.priority ?? 0n))) {
    pair.pruned = false;
  }
  if (pair.state !== 'failed' || pair.base.isDead) {
    if (g.state === 'failed' && !pair.base.isDead) reopen(g, now);
    return;
  }
  pair.unanswered = 0;
  pair.unansweredSince = null;
  g.checklist.setState(pair, 'waiting');
  if (g.state === 'failed') reopen(g, now);
}

/** Chromium: what had failed is checked again, because there is something to be checked. */
export function reopen(g: Generation, now: number): void {
  g.wasConnected = false;
  g.checkingSince = now;
  g.state = 'checking';
  g.timers.set('patience', now + g.context.profile.failAfter);
}

/** The timer `patience`: from now on the checklist may fail. */
export function handlePatience(g: Generation, now: number): void {
  updateState(g, now);
}

/** Computes the state anew. */
export function updateState(g: Generation, now: number): void {
  const state = g.context.profile.aggressive ? judgeChromium(g, now) : judge(g, now);
  if (state === g.state) return;
  if (g.state === 'failed') reopen(g, now);
  g.state = state;
  if (state === 'connected' || state === 'completed') g.wasConnected = true;
  if (state === 'disconnected') armLiveness(g);
  if (state !== 'failed') return;
  g.timers.clear();
  if (g.context.profile.aggressive) return;
  // What still waits for something will not get it.
  for (const pair of [...g.checklist.pairs]) {
    if (pair.state !== 'succeeded') losePair(g, now, pair);
  }
  g.timers.clear();
}

/** W3C WebRTC §5.6.4 (RTCIceTransportState), RFC 8445 §6.1.2.1 and §8.1.2, RFC 8863 §4. */
function judge(g: Generation, now: number): ConnectionState {
  const { checkingSince, carrier, gathering, context } = g;
  if (checkingSince === null) return 'new';
  if (g.state === 'failed') return 'failed';
  if (carrier !== null) {
    if (isPast(now, carrier.answeredAt, context.profile.disconnectAfter)) return 'disconnected';
    const isDone = g.selected !== null && g.isEnded && gathering.state === 'complete';
    return isDone ? 'completed' : 'connected';
  }
  if (g.wasConnected) {
    return isPast(now, g.answeredAt, CONSENT_LIFETIME) ? 'failed' : 'disconnected';
  }
  const mayFail =
    isPast(now, checkingSince, context.profile.failAfter) && gathering.state === 'complete';
  return mayFail && !g.checklist.isRunning ? 'failed' : 'checking';
}

/** Chromium: connected while the selected pair works; failed when no pair is left to be checked. */
function judgeChromium(g: Generation, now: number): ConnectionState {
  const { checkingSince, selected, context } = g;
  if (checkingSince === null) return 'new';
  if (selected !== null && isWritable(selected, now)) return 'connected';
  const before = g.wasConnected ? 'disconnected' : 'checking';
  if (g.checklist.pairs.some(isPinged)) return g.state === 'failed' ? 'checking' : before;
  const since = g.wasConnected ? (g.answeredAt ?? checkingSince) : checkingSince;
  return isPast(now, since, context.profile.failAfter) ? 'failed' : before;
}
