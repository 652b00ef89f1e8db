// One generation (RFC 8445 §9): its credentials, candidates and checklist, and how packets leave. What it decides is
// in the files beside: checks that leave in probe.ts, those that arrive in answer.ts, nomination.ts, liveness.ts.
import { shortTermKey } from '../stun/integrity.ts';
import type { IntegrityKey } from '../stun/integrity.ts';
import { decode, isStun, METHOD } from '../stun/message.ts';
import { endpointKey, isSameEndpoint } from '../net/packet.ts';
import type { Endpoint } from '../net/packet.ts';
import type {
  ConnectionState,
  IceAgentSetup,
  IceCredentials,
  IceServerAddress,
  LocalInterface,
} from './agent-port.ts';
import { handleRequest, replayEarly } from './answer.ts';
import type { EarlyCheck } from './answer.ts';
import type { Base, Local, Remote } from './base.ts';
import type { Check } from './check.ts';
import { Checklist, showPair } from './checklist.ts';
import type { Pair } from './checklist.ts';
import type { Context } from './context.ts';
import { makeCredentials } from './credentials.ts';
import { Gathering } from './gather.ts';
import type { GatherOwner, Pace } from './gather.ts';
import {
  failPair,
  handleConsent,
  handleLiveness,
  handlePatience,
  losePair,
  updateState,
} from './liveness.ts';
import { handleNominate } from './nomination.ts';
import { handleCheckRetry, handleCheckTimer, handleResponse, scheduleCheck } from './probe.ts';
import { Streams } from './stream.ts';
import { Timers } from './timers.ts';

/** Remote candidates that are kept at most. */
const MAX_REMOTES = 200;

/** One generation of an agent. */
export class Generation implements GatherOwner {
  readonly context: Context;
  readonly servers: readonly IceServerAddress[];
  readonly policy: 'all' | 'relay';
  readonly local: IceCredentials;
  readonly localKey: IntegrityKey;
  remote: IceCredentials | null = null;
  remoteKey: IntegrityKey | null = null;
  readonly timers = new Timers();
  readonly checklist: Checklist;
  readonly gathering: Gathering;
  readonly streams: Streams;
  readonly checkPace: Pace;
  readonly remotes = new Map<string, Remote>();
  /** The other side has told all its candidates (RFC 8838 §14). */
  isEnded = false;
  /** By transaction. */
  readonly checks = new Map<string, Check>();
  /** Checks that came before the other side's credentials (RFC 8445 §7.3). */
  readonly early: EarlyCheck[] = [];
  selected: Pair | null = null;
  state: ConnectionState = 'new';
  checkingSince: number | null = null;
  firstValidAt: number | null = null;
  /** When anything was last answered. */
  answeredAt: number | null = null;
  wasConnected = false;
  /** Another generation took over: this one only carries what still comes over its pair. */
  isRetired = false;

  constructor(context: Context, setup: IceAgentSetup) {
    this.context = context;
    this.servers = setup.servers;
    this.policy = setup.policy;
    this.local = makeCredentials(context.random);
    this.localKey = shortTermKey(this.local.pwd);
    const { aggressive } = context.profile;
    this.checklist = new Checklist(!aggressive, () => context.nextId('P'));
    this.streams = new Streams(context);
    // RFC 8445 §14.2 paces all transactions together; Chromium paces checks alone.
    const pace = { lastAt: -Infinity };
    this.checkPace = aggressive ? { lastAt: -Infinity } : pace;
    this.gathering = new Gathering(context, this, this.timers, pace);
  }

  get ufrag(): string {
    return this.local.ufrag;
  }

  get isConnected(): boolean {
    return this.state === 'connected' || this.state === 'completed';
  }

  /** RFC 8445 §6.1.2: both credentials and the role are known, and the sockets are there. */
  get canCheck(): boolean {
    return this.remoteKey !== null && this.context.role !== null && this.gathering.state !== 'new';
  }

  /** What data goes over: the selected pair, or the best that works (RFC 8445 §12.1). */
  get carrier(): Pair | null {
    if (this.selected?.valid === true) return this.selected;
    return this.checklist.pairs.find((pair) => pair.valid) ?? null;
  }

  gather(now: number, interfaces: readonly LocalInterface[]): void {
    this.gathering.begin(now, interfaces);
    this.begin(now);
  }

  setRemote(now: number, remote: IceCredentials): void {
    this.remote = remote;
    this.remoteKey = shortTermKey(remote.pwd);
    this.begin(now);
  }

  /** Begins to check as soon as everything for it is there. */
  begin(now: number): void {
    if (!this.canCheck || this.checkingSince !== null) return;
    this.checkingSince = now;
    this.timers.set('patience', now + this.context.profile.failAfter);
    this.checklist.rank(this.context.isControlling);
    this.checklist.freeze();
    updateState(this, now);
    replayEarly(this, now);
    scheduleCheck(this, now);
  }

  /** Puts a remote candidate among the others. Gives false where there is no room. */
  keepRemote(remote: Remote): boolean {
    if (this.remotes.size >= MAX_REMOTES) return false;
    this.remotes.set(remoteKey(remote.candidate.protocol, remote.endpoint), remote);
    return true;
  }

  /** Pairs a remote candidate with every local one (RFC 8838 §12). */
  pairRemote(now: number, remote: Remote): void {
    for (const { own, relay, isDead } of this.gathering.bases) {
      if (own === null || isDead) continue;
      if (relay !== null && remote.candidate.protocol === 'udp') {
        relay.permit(now, remote.endpoint);
      }
      if (this.takesPairs) this.checklist.form(own, remote, this.context.isControlling);
    }
    scheduleCheck(this, now);
  }

  /** RFC 8445 §8.1.2: a checklist that is completed forms no pairs; Chromium's goes on. */
  get takesPairs(): boolean {
    return this.context.profile.aggressive || this.selected === null;
  }

  remoteAt(protocol: 'udp' | 'tcp', endpoint: Endpoint): Remote | null {
    return this.remotes.get(remoteKey(protocol, endpoint)) ?? null;
  }

  // What gathering tells.

  onLocal(now: number, local: Local): void {
    this.context.emit({ type: 'candidate', candidate: local.candidate });
    const { own, relay } = local.base;
    if (own !== local) return;
    for (const remote of this.remotes.values()) {
      if (relay !== null && remote.candidate.protocol === 'udp') {
        relay.permit(now, remote.endpoint);
      }
      if (this.takesPairs) this.checklist.form(own, remote, this.context.isControlling);
    }
    scheduleCheck(this, now);
  }

  onRelayed(now: number, base: Base, peer: Endpoint, payload: Uint8Array): void {
    this.handlePacket(now, base, peer, payload);
  }

  onRelayLost(now: number, base: Base): void {
    this.dropBase(now, base);
  }

  onGathered(now: number): void {
    updateState(this, now);
  }

  // Packets.

  /** What came to a base and is no gathering's: a check, an answer, or data. */
  handlePacket(now: number, base: Base, source: Endpoint, payload: Uint8Array): void {
    if (!isStun(payload)) {
      if (payload.length === 0 || !this.#knows(base, source)) return;
      this.context.emit({ type: 'data', payload });
      return;
    }
    const decoded = decode(payload);
    if (!decoded.ok || decoded.message.method !== METHOD.binding) return;
    const { message } = decoded;
    switch (message.class) {
      case 'request':
        handleRequest(this, now, base, source, message);
        return;
      case 'success':
      case 'error':
        if (this.gathering.handleResponse(now, base, source, message)) return;
        handleResponse(this, now, base, source, message);
        return;
      case 'indication':
        // RFC 8445 §11: an older agent's keepalive.
        return;
    }
  }

  /** Whether data may come this way: there is a pair, or a check that the other side signed came before its answer did. */
  #knows(base: Base, source: Endpoint): boolean {
    return (
      this.checklist.find(base, source) !== null ||
      this.early.some((each) => each.base === base && isSameEndpoint(each.source, source))
    );
  }

  /** Sends from a base. Gives false where there is no way. */
  transmit(now: number, base: Base, destination: Endpoint, payload: Uint8Array): boolean {
    if (base.isDead) return false;
    if (base.relay !== null) {
      base.relay.send(now, destination, payload);
      return true;
    }
    if (base.protocol === 'tcp') return this.streams.send(base, destination, payload);
    this.context.send({
      type: 'send',
      protocol: 'udp',
      source: base.endpoint,
      destination,
      payload,
    });
    return true;
  }

  /** A base is gone: so are its connections, and its pairs fail. */
  dropBase(now: number, base: Base): void {
    base.isDead = true;
    this.streams.close(base, true);
    for (const pair of [...this.checklist.pairs]) if (pair.base === base) losePair(this, now, pair);
    updateState(this, now);
  }

  /** A connection has ended: what went over it fails. */
  failPath(now: number, pair: Pair): void {
    failPair(this, now, pair);
  }

  setInterfaces(now: number, isGone: (address: string) => boolean): void {
    const dead = this.gathering.drop(now, isGone);
    for (const base of dead) this.dropBase(now, base);
  }

  // Time.

  get due(): number | null {
    const own = this.timers.next;
    const relay = this.gathering.relayDue;
    return own === null ? relay : relay === null ? own : Math.min(own, relay);
  }

  handleTimeout(now: number): void {
    this.gathering.handleTimeout(now);
    if (this.timers.take('check-retry', now)) handleCheckRetry(this, now);
    if (this.timers.take('check', now)) handleCheckTimer(this, now);
    if (this.timers.take('nominate', now)) handleNominate(this, now);
    if (this.timers.take('consent', now)) handleConsent(this, now);
    if (this.timers.take('liveness', now)) handleLiveness(this, now);
    if (this.timers.take('patience', now)) handlePatience(this, now);
  }

  /** Makes a pair the selected one. */
  select(now: number, pair: Pair): void {
    if (this.selected === pair) return;
    this.selected = pair;
    pair.base.relay?.bind(now, pair.remote.endpoint);
    this.checklist.changed = true;
    this.context.emit({ type: 'selected', pair: showPair(pair, pair) });
  }

  /** Checks nothing more, and answers only what its pair needs. */
  retire(now: number): void {
    this.isRetired = true;
    this.gathering.stop(now);
    const consent = this.timers.at('consent');
    const liveness = this.timers.at('liveness');
    const check = this.timers.at('check');
    this.timers.clear();
    this.timers.set('consent', consent);
    this.timers.set('liveness', liveness);
    if (this.context.profile.aggressive) this.timers.set('check', check);
    for (const pair of [...this.checklist.pairs]) {
      if (pair !== this.carrier) this.checklist.remove(pair);
    }
  }

  close(now: number): void {
    this.timers.clear();
    this.streams.close(null, false);
    this.gathering.close(now);
    this.checks.clear();
  }
}

function remoteKey(protocol: 'udp' | 'tcp', endpoint: Endpoint): string {
  return `${protocol} ${endpointKey(endpoint)}`;
}
