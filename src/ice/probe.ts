// Checks that leave (RFC 8445 §6.1.4.2, §7.2): when, for which pair, and what an answer makes of it.
import { attribute, transactionKey, verifyIntegrity } from '../stun/message.ts';
import type { DecodedMessage } from '../stun/message.ts';
import { isSameEndpoint } from '../net/packet.ts';
import type { Endpoint } from '../net/packet.ts';
import type { Base, Local } from './base.ts';
import { encodeCheck } from './check.ts';
import type { Check } from './check.ts';
import type { Pair } from './checklist.ts';
import type { Generation } from './generation.ts';
import { failPair, handleAnswered, isWritable, refreshPings, updateState } from './liveness.ts';
import { considerNomination, nominate } from './nomination.ts';
import { isPinged, nextPing } from './ping.ts';
import { RC, RM, TI } from '../stun/transaction.ts';
import { MIN_RTO, TA } from './profile.ts';
import { reflexivePriority } from './preference.ts';
import { setRole } from './role.ts';

/** Checks whose answer is listened for at most; the oldest are given up. */
const MAX_CHECKS = 512;
/** Peer-reflexive candidates of one base at most. */
const MAX_REFLEXIVE = 16;

/** Sets the timer for the next check, where there is one to be sent. */
export function scheduleCheck(g: Generation, now: number): void {
  if (!g.canCheck || g.isRetired || g.timers.at('check') !== null) return;
  const { aggressive } = g.context.profile;
  if (aggressive ? !hasPing(g) : !g.checklist.hasNext || g.state === 'failed') return;
  g.timers.set('check', Math.max(now, g.checkPace.lastAt + interval(g, now)));
}

function hasPing(g: Generation): boolean {
  return g.checklist.pairs.some((pair) => isPinged(pair));
}

function interval(g: Generation, now: number): number {
  const { checkInterval, steadyInterval } = g.context.profile;
  return g.selected !== null && isWritable(g.selected, now) ? steadyInterval : checkInterval;
}

/** The timer `check`: one check leaves. */
export function handleCheckTimer(g: Generation, now: number): void {
  if (!g.canCheck) return;
  const { aggressive } = g.context.profile;
  if (aggressive) {
    refreshPings(g, now);
    const pair = nextPing(g, now);
    if (pair !== null) {
      if (pair.state === 'waiting') g.checklist.setState(pair, 'in-progress');
      g.checklist.noteChecked(pair);
      sendCheck(g, now, pair, g.context.isControlling, null);
    }
    if (g.isRetired && hasPing(g)) g.timers.set('check', now + interval(g, now));
  } else {
    const pair = g.checklist.next();
    if (pair !== null) {
      g.checklist.setState(pair, 'in-progress');
      // RFC 8445 §14.3. N counts here as in RFC 5245 §16.2: checklists, of which there is one.
      const rto = Math.max(MIN_RTO, TA * g.checklist.active);
      sendCheck(g, now, pair, pair.nominating && g.context.isControlling, rto);
    }
  }
  scheduleCheck(g, now);
}

/**
 * Sends a check over a pair.
 * @param rto null for one that is sent once, and whose silence is no failure by itself
 */
export function sendCheck(
  g: Generation,
  now: number,
  pair: Pair,
  useCandidate: boolean,
  rto: number | null,
): void {
  const { remote, remoteKey } = g;
  const { role, tieBreaker, random } = g.context;
  if (remote === null || remoteKey === null || role === null) return;
  const { base } = pair;
  const priority = reflexivePriority(
    (base.own ?? pair.local).candidate.priority,
    base.protocol === 'tcp',
  );
  const transactionId = random.bytes(12);
  const username = `${remote.ufrag}:${g.local.ufrag}`;
  const bytes = encodeCheck(
    { transactionId, username, priority, role, tieBreaker, useCandidate },
    remoteKey,
  );
  const check: Check = {
    key: transactionKey(transactionId),
    pair,
    bytes,
    useCandidate,
    priority,
    role,
    startedAt: now,
    sent: 0,
    rto: rto ?? 0,
    dueAt: null,
  };
  if (rto !== null) cancelChecks(g, pair);
  g.checks.set(check.key, check);
  if (g.checks.size > MAX_CHECKS) {
    for (const oldest of g.checks.keys()) {
      g.checks.delete(oldest);
      break;
    }
  }
  g.checkPace.lastAt = now;
  pair.requestsSent += 1;
  pair.lastSentAt = now;
  pair.unanswered += 1;
  pair.unansweredSince ??= now;
  g.checklist.changed = true;
  transmit(g, now, check, rto !== null);
}

/** RFC 8489 §6.2.1, §6.2.2: after each sending twice as long as before; over TCP once. */
function transmit(g: Generation, now: number, check: Check, isRepeated: boolean): void {
  const { pair, rto, sent } = check;
  check.sent = sent + 1;
  if (isRepeated) {
    const isLast = check.sent === RC;
    check.dueAt = now + (pair.base.protocol === 'tcp' ? TI : isLast ? RM * rto : rto * 2 ** sent);
    scheduleRetry(g);
  }
  if (!g.transmit(now, pair.base, pair.remote.endpoint, check.bytes)) {
    g.checks.delete(check.key);
    failPair(g, now, pair);
  }
}

function scheduleRetry(g: Generation): void {
  let due: number | null = null;
  for (const { dueAt } of g.checks.values()) {
    if (dueAt !== null && (due === null || dueAt < due)) due = dueAt;
  }
  g.timers.set('check-retry', due);
}

/** RFC 8445 §7.3.1.4: a cancelled check is not sent again, and its silence is no failure; its answer still counts. */
export function cancelChecks(g: Generation, pair: Pair): void {
  for (const check of g.checks.values()) if (check.pair === pair) check.dueAt = null;
}

/** The timer `check-retry`. */
export function handleCheckRetry(g: Generation, now: number): void {
  for (const check of [...g.checks.values()]) {
    if (check.dueAt === null || check.dueAt > now) continue;
    if (check.pair.base.protocol === 'udp' && check.sent < RC) {
      transmit(g, now, check, true);
      continue;
    }
    g.checks.delete(check.key);
    failPair(g, now, check.pair);
  }
  scheduleRetry(g);
  scheduleCheck(g, now);
}

/** A response to a check (RFC 8445 §7.2.5). What is not signed by the other side never came (RFC 8489 §9.1.4). */
export function handleResponse(
  g: Generation,
  now: number,
  base: Base,
  source: Endpoint,
  message: DecodedMessage,
): void {
  const check = g.checks.get(transactionKey(message.transactionId));
  if (check === undefined || g.remoteKey === null) return;
  if (message.fingerprint === 'wrong' || !verifyIntegrity(message, g.remoteKey)) return;
  const { pair } = check;
  const isSymmetric = base === pair.base && isSameEndpoint(source, pair.remote.endpoint);
  // A connection of Chromium's only hears what comes over it.
  if (!isSymmetric && g.context.profile.aggressive) return;
  g.checks.delete(check.key);
  if (check.dueAt !== null) scheduleRetry(g);
  if (!g.checklist.pairs.includes(pair)) return;
  const mapped = attribute(message, 'XOR-MAPPED-ADDRESS');
  if (message.class === 'error') handleError(g, now, check, message);
  // RFC 8445 §7.2.5.2.1; RFC 8489 §6.3.3: a response that can't be understood is a failure.
  else if (!isSymmetric || message.unknown.length > 0 || mapped === undefined) {
    failPair(g, now, pair);
  } else handleSuccess(g, now, check, mapped);
  scheduleCheck(g, now);
}

function handleError(g: Generation, now: number, check: Check, message: DecodedMessage): void {
  const { pair, role } = check;
  const code = attribute(message, 'ERROR-CODE')?.code ?? 0;
  if (code !== 487) {
    failPair(g, now, pair);
    return;
  }
  // RFC 8445 §7.2.5.1. A role that turned meanwhile is not turned back.
  if (g.context.role === role) {
    setRole(g, now, role === 'controlling' ? 'controlled' : 'controlling');
  }
  if (g.context.profile.aggressive) return;
  pair.nominating = false;
  g.checklist.trigger(pair);
}

/** RFC 8445 §7.2.5.3. */
function handleSuccess(g: Generation, now: number, check: Check, mapped: Endpoint): void {
  const { pair } = check;
  const { aggressive } = g.context.profile;
  pair.responsesReceived += 1;
  // After a retransmission nobody can tell which sending was answered.
  if (check.sent === 1) pair.rtt = now - check.startedAt;
  const local = localAt(g, pair, mapped, check.priority);
  g.checklist.changed = true;
  g.firstValidAt ??= now;
  let made = pair;
  if (aggressive) {
    if (pair.local !== local) {
      pair.local = local;
      g.checklist.rank(g.context.isControlling);
    }
    if (check.useCandidate && g.context.isControlling) pair.nominated = true;
  } else {
    // §7.2.5.3.2: the valid pair has the mapped address for its local candidate.
    if (pair.local !== local) made = g.checklist.addValid(pair, local, g.context.isControlling);
    made.rtt = pair.rtt;
    pair.made = made;
  }
  if (pair.state !== 'succeeded') cancelChecks(g, pair);
  g.checklist.untrigger(pair);
  made.valid = true;
  g.checklist.setState(pair, 'succeeded');
  handleAnswered(g, now, made);
  if (made !== pair) handleAnswered(g, now, pair);
  if (!aggressive) {
    const isNominated = g.context.isControlling ? check.useCandidate : pair.wanted;
    pair.nominating = false;
    if (isNominated) nominate(g, now, made);
  }
  considerNomination(g, now);
  updateState(g, now);
}

/** The local candidate that the answer shows (RFC 8445 §7.2.5.3.1): a known one, or a peer-reflexive one. */
function localAt(g: Generation, pair: Pair, mapped: Endpoint, priority: number): Local {
  const { base } = pair;
  // RFC 6544: an active candidate names no port that could be mapped; its own connection is itself.
  if (base.protocol === 'tcp' && mapped.address === base.endpoint.address) return pair.local;
  const known = base.candidates.find(({ candidate }) => isSameEndpoint(candidate, mapped));
  if (known !== undefined) return known;
  if (base.candidates.length >= MAX_REFLEXIVE) return pair.local;
  return g.gathering.addPeerReflexive(base, mapped, priority);
}
