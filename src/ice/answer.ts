// Checks that arrive (RFC 8445 §7.3): answered at once, and what they tell of a path.
import type { DecodedMessage } from '../stun/message.ts';
import { transactionKey } from '../stun/message.ts';
import type { Endpoint } from '../net/packet.ts';
import type { Base, Remote } from './base.ts';
import { familyOf } from './base.ts';
import { encodeRefusal, encodeSuccess, judgeRequest } from './check.ts';
import type { Pair } from './checklist.ts';
import type { Generation } from './generation.ts';
import { revive, updateState } from './liveness.ts';
import { considerNomination, nominate } from './nomination.ts';
import { cancelChecks, scheduleCheck } from './probe.ts';
import { settleConflict } from './role.ts';

/** Early checks that are kept at most. */
const MAX_EARLY = 32;

/** A check that was answered before the other side's credentials were known. */
export interface EarlyCheck {
  readonly base: Base;
  readonly source: Endpoint;
  readonly ufrag: string;
  readonly priority: number;
  readonly useCandidate: boolean;
}

/** A Binding request at a base. */
export function handleRequest(
  g: Generation,
  now: number,
  base: Base,
  source: Endpoint,
  request: DecodedMessage,
): void {
  // RFC 8445 §7.1.4 and RFC 8489 §14.7: ICE's requests carry it; without it this may not be STUN at all.
  if (request.fingerprint !== 'right' || base.own === null) return;
  const judged = judgeRequest(request, g.local.ufrag, g.localKey);
  if (!judged.ok) {
    const key = judged.code === 420 ? g.localKey : null;
    g.transmit(now, base, source, encodeRefusal(request, judged.code, key));
    return;
  }
  if (!settleConflict(g, now, judged.role, judged.tieBreaker)) {
    g.transmit(now, base, source, encodeRefusal(request, 487, g.localKey));
    return;
  }
  g.transmit(now, base, source, encodeSuccess(request.transactionId, source, g.localKey));
  if (g.isRetired) return;
  const { ufrag, priority, useCandidate } = judged;
  const early: EarlyCheck = { base, source, ufrag, priority, useCandidate };
  if (g.checkingSince === null) {
    if (g.early.length < MAX_EARLY && !g.early.some((each) => isSame(each, early))) {
      g.early.push(early);
    }
    return;
  }
  learn(g, now, early, transactionKey(request.transactionId));
}

/** Takes up what came early, once checks begin. */
export function replayEarly(g: Generation, now: number): void {
  for (const early of g.early.splice(0)) learn(g, now, early, null);
}

/** RFC 8445 §7.3.1.3 to §7.3.1.5: the candidate, the pair, its triggered check, and its nomination. */
function learn(g: Generation, now: number, check: EarlyCheck, transaction: string | null): void {
  const { base, source, useCandidate } = check;
  if (g.remote === null || check.ufrag !== g.remote.ufrag || base.own === null) return;
  const { aggressive } = g.context.profile;
  let pair = g.checklist.find(base, source);
  if (pair === null) {
    // A checklist that is completed takes up only what the other side now wants to use.
    if (!g.takesPairs && !useCandidate) return;
    const remote = remoteOf(g, check);
    pair = remote === null ? null : g.checklist.add(base.own, remote, g.context.isControlling);
    if (pair === null) return;
  }
  // A retransmission tells nothing new.
  if (transaction !== null && pair.lastRequest === transaction) return;
  pair.lastRequest = transaction;
  pair.lastRequestAt = now;
  if (aggressive) {
    if (useCandidate && !g.context.isControlling) {
      if (!pair.nominated) g.checklist.changed = true;
      pair.nominated = true;
    }
    revive(g, now, pair);
    considerNomination(g, now);
  } else if (g.state !== 'failed') {
    trigger(g, now, pair, useCandidate && !g.context.isControlling);
    updateState(g, now);
  }
  scheduleCheck(g, now);
}

/** RFC 8445 §7.3.1.4, §7.3.1.5. */
function trigger(g: Generation, now: number, pair: Pair, isWanted: boolean): void {
  if (isWanted) pair.wanted = true;
  if (pair.state === 'succeeded') {
    if (isWanted && pair.made?.valid === true) nominate(g, now, pair.made);
    return;
  }
  // What is only repeated to be nominated is valid already.
  if (pair.nominating) return;
  if (pair.state === 'in-progress') cancelChecks(g, pair);
  g.checklist.trigger(pair);
}

/** The remote candidate that a check came from; a new one is peer-reflexive (RFC 8445 §7.3.1.3). */
function remoteOf(g: Generation, check: EarlyCheck): Remote | null {
  const { base, source, ufrag, priority } = check;
  const known = g.remoteAt(base.protocol, source);
  if (known !== null) return known;
  const id = g.context.nextId('R');
  const remote: Remote = {
    endpoint: source,
    family: familyOf(source.address),
    candidate: {
      id,
      type: 'prflx',
      protocol: base.protocol,
      address: source.address,
      port: source.port,
      priority,
      // §7.3.1.3: any value that differs from all others of the remote candidates.
      foundation: `prflx${id}`,
      related: null,
      tcpType: base.tcpType === 'passive' ? 'active' : base.tcpType === null ? null : 'passive',
      ufrag,
      url: null,
    },
  };
  return g.keepRemote(remote) ? remote : null;
}

function isSame(one: EarlyCheck, other: EarlyCheck): boolean {
  return (
    one.base === other.base &&
    one.source.port === other.source.port &&
    one.source.address === other.source.address &&
    one.useCandidate === other.useCandidate
  );
}
