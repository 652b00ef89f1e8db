// The connectivity checks of one generation (RFC 8445 §6 to §8): pairs are formed and checked, one is selected, and a
// state follows. What profiles do differently is theirs to say: profile.ts.
import { shortTermKey } from '../stun/integrity.ts';
import type { IntegrityKey } from '../stun/integrity.ts';
import { attribute, transactionKey, verifyIntegrity } from '../stun/message.ts';
import type { DecodedMessage } from '../stun/message.ts';
import { isSameEndpoint } from '../rtc/address.ts';
import type { Endpoint } from '../net/packet.ts';
import type { AgentPair, ConnectionState, GatheringState, IceCredentials } from './agent-port.ts';
import { EarlyArrivals, peerReflexive } from './arrival.ts';
import type { Arrival } from './arrival.ts';
import type { Base, Local, Remote } from './base.ts';
import { encodeCheck, encodeRefusal, encodeSuccess, judgeRequest } from './check.ts';
import type { Check } from './check.ts';
import { forgetUnanswered, showPair, stopNominating } from './checked-pair.ts';
import type { Pair } from './checked-pair.ts';
import { Checklist } from './checklist.ts';
import { Checks } from './checks.ts';
import type { Context } from './context.ts';
import { reflexivePriority } from './preference.ts';
import type { Checking, PlannedCheck, Profile } from './profile.ts';
import type { Remotes } from './remotes.ts';
import { otherRole, settleConflict } from './role.ts';
import type { Role } from './role.ts';
import type { Timers } from './timers.ts';
import type { Pace } from './timing.ts';

/** Peer-reflexive candidates of one base at most. */
const MAX_REFLEXIVE = 16;

/** What checks ask for. */
export interface ConnectivityOwner {
  readonly local: IceCredentials;
  gathering(): GatheringState;
  /** Sends from a base. Gives false where there is no way. */
  transmit(now: number, base: Base, destination: Endpoint, payload: Uint8Array): boolean;
  /** Whether this path's TCP connection is on its way, with something to carry. */
  isConnecting(base: Base, destination: Endpoint): boolean;
  /** A local candidate that a check found (RFC 8445 §7.2.5.3.1). */
  addPeerReflexive(base: Base, endpoint: Endpoint, priority: number): Local;
}

/** One side's credentials, and the key in them. */
interface Signer extends IceCredentials {
  readonly key: IntegrityKey;
}

/** The checks of one generation. */
export class Connectivity implements Checking {
  readonly checklist: Checklist;
  readonly timers: Timers;
  readonly #context: Context;
  readonly #profile: Profile;
  readonly #owner: ConnectivityOwner;
  readonly #remotes: Remotes;
  readonly #pace: Pace;
  readonly #checks: Checks;
  readonly #early = new EarlyArrivals();
  readonly #own: Signer;
  #theirs: Signer | null = null;
  #selected: Pair | null = null;
  #state: ConnectionState = 'new';
  #checkingSince: number | null = null;
  #firstValidAt: number | null = null;
  #answeredAt: number | null = null;
  #wasConnected = false;
  #isEnded = false;
  #isRetired = false;

  constructor(
    context: Context,
    profile: Profile,
    owner: ConnectivityOwner,
    remotes: Remotes,
    timers: Timers,
    pace: Pace,
  ) {
    this.#context = context;
    this.#profile = profile;
    this.#owner = owner;
    this.#remotes = remotes;
    this.timers = timers;
    this.#pace = pace;
    this.#own = signer(owner.local);
    this.checklist = new Checklist(profile.freezes, () => context.nextId('P'));
    this.#checks = new Checks(
      {
        transmit: (now, base, destination, payload) =>
          owner.transmit(now, base, destination, payload),
        onLost: (now, pair) => this.fail(now, pair),
      },
      timers,
    );
  }

  // What a profile sees.

  get isControlling(): boolean {
    return this.#context.isControlling;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  get selected(): Pair | null {
    return this.#selected;
  }

  get carrier(): Pair | null {
    if (this.#selected?.valid === true) return this.#selected;
    return this.checklist.pairs.find((pair) => pair.valid) ?? null;
  }

  get checkingSince(): number | null {
    return this.#checkingSince;
  }

  get firstValidAt(): number | null {
    return this.#firstValidAt;
  }

  get answeredAt(): number | null {
    return this.#answeredAt;
  }

  get wasConnected(): boolean {
    return this.#wasConnected;
  }

  get isGathered(): boolean {
    return this.#owner.gathering() === 'complete';
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  get isRetired(): boolean {
    return this.#isRetired;
  }

  chance(): number {
    return this.#context.random.next();
  }

  isConnecting({ base, remote }: Pair): boolean {
    return this.#owner.isConnecting(base, remote.endpoint);
  }

  // What its generation asks for.

  /** The other side's credentials. */
  get remote(): IceCredentials | null {
    return this.#theirs;
  }

  get isConnected(): boolean {
    return this.#state === 'connected' || this.#state === 'completed';
  }

  /** The pairs as they are shown, the highest priority first. */
  show(): AgentPair[] {
    return this.checklist.pairs.map((pair) => showPair(pair, this.#selected));
  }

  setRemote(now: number, credentials: IceCredentials): void {
    this.#theirs = signer(credentials);
    this.begin(now);
  }

  /** Gives this side a role: priorities are computed anew. */
  setRole(role: Role): void {
    if (!this.#context.setRole(role)) return;
    this.checklist.rank(this.isControlling);
    for (const pair of this.checklist.pairs) stopNominating(pair);
  }

  /** Begins to check as soon as everything for it is there. */
  begin(now: number): void {
    if (!this.#canCheck || this.#checkingSince !== null) return;
    this.#checkingSince = now;
    this.timers.set('patience', now + this.#profile.patience);
    this.checklist.rank(this.isControlling);
    this.checklist.freeze();
    this.update(now);
    for (const arrival of this.#early.takeAll()) this.#learn(now, arrival, null);
    this.schedule(now);
  }

  /** The other side has no more candidates. */
  end(now: number): void {
    this.#isEnded = true;
    this.update(now);
  }

  /** Pairs two candidates, where pairs are still formed (RFC 8838 §12). */
  pair(local: Local, remote: Remote): void {
    if (this.#profile.takesPairs(this.#selected)) {
      this.checklist.form(local, remote, this.isControlling);
    }
  }

  /** A base is gone, and its pairs fail. */
  dropBase(now: number, base: Base): void {
    for (const pair of [...this.checklist.pairs]) if (pair.base === base) this.lose(now, pair);
    this.update(now);
  }

  /** The connection between the two has ended. */
  dropPath(now: number, base: Base, remote: Endpoint): void {
    const pair = this.checklist.find(base, remote);
    if (pair !== null) this.fail(now, pair);
  }

  /** Whether data may come this way: there is a pair, or a check that the other side signed came before its answer did. */
  knows(base: Base, source: Endpoint): boolean {
    return this.checklist.find(base, source) !== null || this.#early.knows(base, source);
  }

  /** Checks nothing more, and answers only what its pair needs. */
  retire(): void {
    this.#isRetired = true;
    const kept = this.#profile.keptTimers.map((name) => [name, this.timers.at(name)] as const);
    this.timers.clear();
    for (const [name, at] of kept) this.timers.set(name, at);
    for (const pair of [...this.checklist.pairs]) {
      if (pair !== this.carrier) this.checklist.remove(pair);
    }
  }

  /** Nothing is under way any more. */
  close(): void {
    this.#checks.clear();
  }

  /** Does what its timers are due for. */
  handleTimeout(now: number): void {
    const { timers } = this;
    if (timers.take('check-retry', now)) {
      this.#checks.handleTimeout(now);
      this.schedule(now);
    }
    if (timers.take('check', now)) this.#checkNext(now);
    if (timers.take('nominate', now)) this.#profile.handleTimer(this, now, 'nominate');
    if (timers.take('consent', now)) this.#profile.handleTimer(this, now, 'consent');
    if (timers.take('liveness', now)) this.#profile.handleTimer(this, now, 'liveness');
    if (timers.take('patience', now)) this.update(now);
  }

  // Checks that leave.

  /** RFC 8445 §6.1.2: both credentials and the role are known, and the sockets are there. */
  get #canCheck(): boolean {
    return (
      this.#theirs !== null && this.#context.role !== null && this.#owner.gathering() !== 'new'
    );
  }

  schedule(now: number): void {
    if (!this.#canCheck || this.#isRetired || !this.#profile.hasCheck(this)) return;
    const next = Math.max(now, this.#profile.nextAt(this, this.#pace.lastAt, now));
    // What has come meanwhile may be in more of a hurry.
    if (next < (this.timers.at('check') ?? Infinity)) this.timers.set('check', next);
  }

  #checkNext(now: number): void {
    if (!this.#canCheck) return;
    const planned = this.#profile.nextCheck(this, now);
    if (planned !== null) this.send(now, planned);
    // Where a profile keeps this timer, its pair is checked until the next generation has one.
    if (this.#isRetired && this.#profile.hasCheck(this)) {
      this.timers.set('check', Math.max(now, this.#profile.nextAt(this, now, now)));
    }
    this.schedule(now);
  }

  send(now: number, { pair, useCandidate, rto }: PlannedCheck): void {
    const { role, tieBreaker, random } = this.#context;
    const theirs = this.#theirs;
    if (theirs === null || role === null) return;
    const { base, local } = pair;
    const own = (base.own ?? local).candidate.priority;
    const priority = reflexivePriority(own, base.protocol === 'tcp');
    const transactionId = random.bytes(12);
    const username = `${theirs.ufrag}:${this.#own.ufrag}`;
    const request = { transactionId, username, priority, role, tieBreaker, useCandidate };
    this.#pace.lastAt = now;
    pair.requestsSent += 1;
    pair.lastSentAt = now;
    pair.unanswered += 1;
    pair.unansweredSince ??= now;
    this.checklist.changed = true;
    this.#checks.start(now, {
      key: transactionKey(transactionId),
      pair,
      bytes: encodeCheck(request, theirs.key),
      useCandidate,
      priority,
      role,
      startedAt: now,
      sent: 0,
      rto,
      dueAt: null,
    });
  }

  cancel(pair: Pair): void {
    this.#checks.cancel(pair);
  }

  /** A response to a check (RFC 8445 §7.2.5). What is not signed by the other side never came (RFC 8489 §9.1.4). */
  handleResponse(now: number, base: Base, source: Endpoint, message: DecodedMessage): void {
    const check = this.#checks.find(message.transactionId);
    if (check === null || this.#theirs === null) return;
    if (message.fingerprint === 'wrong' || !verifyIntegrity(message, this.#theirs.key)) return;
    const { pair } = check;
    const isSymmetric = base === pair.base && isSameEndpoint(source, pair.remote.endpoint);
    if (!isSymmetric && !this.#profile.hearsOtherPaths) return;
    this.#checks.end(check);
    if (!this.checklist.pairs.includes(pair)) return;
    const mapped = attribute(message, 'XOR-MAPPED-ADDRESS');
    if (message.class === 'error') this.#handleError(now, check, message);
    // RFC 8445 §7.2.5.2.1; RFC 8489 §6.3.3: a response that can't be understood is a failure.
    else if (!isSymmetric || message.unknown.length > 0 || mapped === undefined) {
      this.fail(now, pair);
    } else this.#handleSuccess(now, check, mapped);
    this.schedule(now);
  }

  #handleError(now: number, { pair, role }: Check, message: DecodedMessage): void {
    const code = attribute(message, 'ERROR-CODE')?.code ?? 0;
    if (code !== 487) {
      this.fail(now, pair);
      return;
    }
    // RFC 8445 §7.2.5.1. A role that turned meanwhile is not turned back.
    if (this.#context.role === role) this.setRole(otherRole(role));
    this.#profile.roleRefused(this, pair);
  }

  /** RFC 8445 §7.2.5.3. */
  #handleSuccess(now: number, check: Check, mapped: Endpoint): void {
    const { pair } = check;
    pair.responsesReceived += 1;
    // After a retransmission nobody can tell which sending was answered.
    if (check.sent === 1) pair.rtt = now - check.startedAt;
    const local = this.#localAt(pair, mapped, check.priority);
    this.checklist.changed = true;
    this.#firstValidAt ??= now;
    const valid = this.#profile.validPair(this, check, local);
    if (pair.state !== 'succeeded') this.#checks.cancel(pair);
    this.checklist.untrigger(pair);
    valid.valid = true;
    this.checklist.setState(pair, 'succeeded');
    this.#noteAnswered(now, valid);
    if (valid !== pair) this.#noteAnswered(now, pair);
    this.#profile.succeeded(this, now, check, valid);
    this.update(now);
  }

  /** The local candidate that the answer shows (RFC 8445 §7.2.5.3.1): a known one, or a peer-reflexive one. */
  #localAt({ base, local }: Pair, mapped: Endpoint, priority: number): Local {
    // RFC 6544: an active candidate names no port that could be mapped; its own connection is itself.
    if (base.protocol === 'tcp' && mapped.address === base.endpoint.address) return local;
    const known = base.candidates.find(({ endpoint }) => isSameEndpoint(endpoint, mapped));
    if (known !== undefined) return known;
    if (base.candidates.length >= MAX_REFLEXIVE) return local;
    return this.#owner.addPeerReflexive(base, mapped, priority);
  }

  #noteAnswered(now: number, pair: Pair): void {
    forgetUnanswered(pair);
    pair.answeredAt = now;
    this.#answeredAt = now;
    this.#profile.answered(this, now);
  }

  // Checks that arrive.

  /** A Binding request at a base (RFC 8445 §7.3): it is answered at once. */
  handleRequest(now: number, base: Base, source: Endpoint, request: DecodedMessage): void {
    // RFC 8445 §7.1.4 and RFC 8489 §14.7: ICE's requests carry it; without it this may not be STUN at all.
    if (request.fingerprint !== 'right' || base.own === null) return;
    const { ufrag: ownUfrag, key } = this.#own;
    const answer = (bytes: Uint8Array) => this.#owner.transmit(now, base, source, bytes);
    const judged = judgeRequest(request, ownUfrag, key);
    if (!judged.ok) {
      answer(encodeRefusal(request, judged.code, judged.code === 420 ? key : null));
      return;
    }
    switch (settleConflict(this.#context, judged)) {
      case 'refuse':
        answer(encodeRefusal(request, 487, key));
        return;
      case 'turn':
        if (this.#context.role !== null) this.setRole(otherRole(this.#context.role));
        break;
      case 'none':
        break;
    }
    answer(encodeSuccess(request.transactionId, source, key));
    if (this.#isRetired) return;
    const { ufrag, priority, useCandidate } = judged;
    const arrival: Arrival = { base, source, ufrag, priority, useCandidate };
    if (this.#checkingSince === null) this.#early.keep(arrival);
    else this.#learn(now, arrival, transactionKey(request.transactionId));
  }

  /**
   * RFC 8445 §7.3.1.3 to §7.3.1.5: the candidate, the pair, its triggered check, and its nomination.
   * @param transaction null for a check that came early
   */
  #learn(now: number, arrival: Arrival, transaction: string | null): void {
    const { base, source, useCandidate } = arrival;
    if (this.#theirs === null || arrival.ufrag !== this.#theirs.ufrag) return;
    let pair = this.checklist.find(base, source);
    if (pair === null) {
      // A checklist that is completed takes up only what the other side now wants to use.
      if (!this.#profile.takesPairs(this.#selected) && !useCandidate) return;
      pair = this.#pairOf(arrival);
      if (pair === null) return;
    }
    // A retransmission tells nothing new.
    if (transaction !== null && pair.lastRequest === transaction) return;
    pair.lastRequest = transaction;
    pair.lastRequestAt = now;
    this.#profile.asked(this, now, pair, useCandidate && !this.isControlling);
    this.schedule(now);
  }

  /** A new pair for a path that a check came over; the remote candidate may be new as well. */
  #pairOf(arrival: Arrival): Pair | null {
    const { base, source } = arrival;
    if (base.own === null) return null;
    let remote = this.#remotes.at(base.protocol, source);
    if (remote === null) {
      remote = peerReflexive(this.#context.nextId('R'), arrival);
      if (!this.#remotes.keep(remote)) return null;
    }
    return this.checklist.add(base.own, remote, this.isControlling);
  }

  // What becomes of pairs, and of the state.

  select(now: number, pair: Pair): void {
    if (this.#selected === pair) return;
    this.#selected = pair;
    pair.base.relay?.bind(now, pair.remote.endpoint);
    this.checklist.changed = true;
    this.#context.emit({ type: 'selected', pair: showPair(pair, pair) });
  }

  /** A check has failed (RFC 8445 §7.2.5.2), or its path is gone. */
  fail(now: number, pair: Pair): void {
    this.lose(now, pair);
    this.#profile.consider(this, now);
    this.update(now);
    this.schedule(now);
  }

  lose(now: number, pair: Pair): void {
    this.#checks.cancel(pair);
    this.checklist.untrigger(pair);
    this.checklist.setState(pair, 'failed');
    stopNominating(pair);
    for (const each of pair.made === null ? [pair] : [pair, pair.made]) {
      each.valid = false;
      if (each !== pair) this.checklist.setState(each, 'failed');
      if (this.#selected !== each) continue;
      this.#selected = null;
      this.checklist.changed = true;
      this.#profile.unselected(this);
    }
    if (this.carrier === null) this.watch();
    this.schedule(now);
  }

  watch(): void {
    const { carrier } = this;
    const answeredAt = carrier?.answeredAt ?? this.#answeredAt;
    if (answeredAt === null) return;
    const { lifetime, disconnectAfter } = this.#profile;
    const isLate = this.#state === 'disconnected' || carrier === null;
    this.timers.set('liveness', answeredAt + (isLate ? lifetime : disconnectAfter));
  }

  update(now: number): void {
    const state = this.#profile.judge(this, now);
    if (state === this.#state) return;
    if (this.#state === 'failed') this.reopen(now);
    this.#state = state;
    if (this.isConnected) this.#wasConnected = true;
    if (state === 'disconnected') this.watch();
    if (state !== 'failed') return;
    this.timers.clear();
    this.#profile.failed(this, now);
  }

  reopen(now: number): void {
    this.#wasConnected = false;
    this.#checkingSince = now;
    this.#state = 'checking';
    this.timers.set('patience', now + this.#profile.patience);
  }
}

function signer({ ufrag, pwd }: IceCredentials): Signer {
  return { ufrag, pwd, key: shortTermKey(pwd) };
}
