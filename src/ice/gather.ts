// Gathering (RFC 8445 §5.1.1): sockets on every interface, what STUN and TURN servers say of them, and when it is done.
import { attribute, encode, METHOD } from '../stun/message.ts';
import type { DecodedMessage } from '../stun/message.ts';
import { familyOf } from '../net/address.ts';
import type { Input } from '../net/io.ts';
import { endpointKey } from '../net/packet.ts';
import { isSameEndpoint } from '../rtc/address.ts';
import type { Endpoint } from '../net/packet.ts';
import type {
  CandidateType,
  GatheringState,
  HiddenAddresses,
  IceServerAddress,
  LocalInterface,
} from './agent-port.ts';
import { makeBase } from './base.ts';
import type { Base, Local } from './base.ts';
import type { Context } from './context.ts';
import { priorityFor } from './preference.ts';
import { Transactions } from '../stun/transaction.ts';
import type { GatherProfile } from './profile.ts';
import { makeRelay } from './turn-relay.ts';
import type { Relay } from './relay.ts';
import { MIN_RTO, TA } from './timing.ts';
import type { Pace } from './timing.ts';
import type { Timers } from './timers.ts';

/** RFC 6544 §4.5: the port of an active candidate, which nothing connects to. */
const DISCARD_PORT = 9;
/** draft-ietf-mmusic-mdns-ice-candidates §3.1.2.2: what stands for a base whose address is hidden. */
const UNSAID: Endpoint = { address: '0.0.0.0', port: 0 };
/** W3C WebRTC, RTCPeerConnectionIceErrorEvent: the server was not reached. */
const UNREACHED = 701;

/** What gathering asks for and tells. */
export interface GatherOwner {
  readonly ufrag: string;
  readonly servers: readonly IceServerAddress[];
  readonly policy: 'all' | 'relay';
  readonly hidden: HiddenAddresses | null;
  /** Has a pair been found? */
  isConnected(): boolean;
  onLocal(now: number, local: Local): void;
  onRelayed(now: number, base: Base, peer: Endpoint, payload: Uint8Array): void;
  onRelayLost(now: number, base: Base): void;
  onGathered(now: number): void;
}

/** One generation's gathering. */
export class Gathering {
  #state: GatheringState = 'new';
  readonly #locals: Local[] = [];
  readonly #bases: Base[] = [];
  readonly #context: Context;
  readonly #profile: GatherProfile;
  readonly #owner: GatherOwner;
  readonly #timers: Timers;
  readonly #pace: Pace;
  readonly #byEndpoint = new Map<string, Base>();
  #tasks: { readonly base: Base; readonly server: IceServerAddress }[] = [];
  #rto = MIN_RTO;
  /** What STUN servers were asked from each socket. */
  readonly #asked = new Map<Base, Transactions<IceServerAddress>>();
  /** Each client, the socket it uses, and its allocation once there is one. */
  readonly #relays = new Map<string, { relay: Relay; under: Base; base: Base | null }>();

  constructor(
    context: Context,
    profile: GatherProfile,
    owner: GatherOwner,
    timers: Timers,
    pace: Pace,
  ) {
    this.#context = context;
    this.#profile = profile;
    this.#owner = owner;
    this.#timers = timers;
    this.#pace = pace;
  }

  get state(): GatheringState {
    return this.#state;
  }

  /** What was gathered, and what checks have found. */
  get locals(): readonly Local[] {
    return this.#locals;
  }

  /** Where packets leave from; those that are dead too. */
  get bases(): readonly Base[] {
    return this.#bases;
  }

  /** The socket at an endpoint of the host, or null. */
  baseAt(protocol: 'udp' | 'tcp', local: Endpoint): Base | null {
    return this.#byEndpoint.get(`${protocol} ${endpointKey(local)}`) ?? null;
  }

  /** Begins; afterwards nothing. */
  begin(now: number, interfaces: readonly LocalInterface[]): void {
    if (this.#state !== 'new') return;
    this.#setState('gathering');
    const { preferences, tcpTypes, hiding } = this.#profile;
    const isHidden = this.#owner.hidden !== null;
    for (const [place, { address }] of interfaces.entries()) {
      if (isHidden && place >= hiding.interfaces) break;
      const preference = isHidden
        ? hiding.ofInterface(address)
        : preferences.ofInterface(address, place, interfaces.length);
      const base = this.#open('udp', null, address, preference);
      this.#addHost(now, base);
      for (const server of this.#owner.servers) {
        if (familyOf(server.endpoint.address) !== base.family) continue;
        if (server.kind === 'stun' && this.#owner.policy === 'relay') continue;
        this.#tasks.push({ base, server });
      }
      if (this.#owner.policy === 'relay' || isHidden) continue;
      for (const tcpType of tcpTypes) {
        const directed = preferences.ofTcp(tcpType, preference);
        this.#addHost(now, this.#open('tcp', tcpType, address, directed));
      }
    }
    // RFC 8445 §14.3: Num-Of-Cands, the candidates that are asked for.
    this.#rto = Math.max(MIN_RTO, TA * this.#tasks.length);
    // STUN before TURN: it takes one round trip.
    this.#tasks.sort((one, other) => rankOf(one.server) - rankOf(other.server));
    this.#schedule(now);
    this.#finish(now);
  }

  /** The timers `gather` and `gather-retry`. */
  handleTimeout(now: number): void {
    if (this.#timers.take('gather', now)) this.#startNext(now);
    if (this.#timers.take('gather-retry', now)) this.#retry(now);
    for (const [key, { relay }] of this.#relays) {
      const due = relay.pollTimeout();
      if (due !== null && due <= now) relay.handleTimeout(now);
      this.#drain(now, key);
    }
    this.#finish(now);
  }

  /** When a TURN client wants to be called. */
  get relayDue(): number | null {
    let next: number | null = null;
    for (const { relay } of this.#relays.values()) {
      const due = relay.pollTimeout();
      if (due !== null && (next === null || due < next)) next = due;
    }
    return next;
  }

  /** Hands a TURN client what came for it. Gives false where it is for none. */
  handleRelay(now: number, input: Input): boolean {
    if (this.#relays.size === 0) return false;
    const isTcp = input.type === 'tcp';
    const server = isTcp ? input.remote : input.source;
    const key = relayKey(isTcp ? 'tcp' : input.protocol, input.local, server);
    const relay = this.#relays.get(key)?.relay;
    if (relay?.accepts(input) !== true) return false;
    relay.handleInput(now, input);
    this.#drain(now, key);
    this.#finish(now);
    return true;
  }

  /** A response; gives false where it answers nothing that gathering has asked. */
  handleResponse(now: number, base: Base, source: Endpoint, message: DecodedMessage): boolean {
    const transactions = this.#asked.get(base);
    const server = transactions?.find(message)?.context;
    if (transactions === undefined || server === undefined) return false;
    if (!isSameEndpoint(source, server.endpoint)) return true;
    transactions.end(message);
    this.#scheduleRetry();
    if (message.class === 'error') {
      const error = attribute(message, 'ERROR-CODE');
      this.#report(base, server, error?.code ?? UNREACHED, error?.reason ?? 'No error code.');
    } else {
      const mapped =
        attribute(message, 'XOR-MAPPED-ADDRESS') ?? attribute(message, 'MAPPED-ADDRESS');
      if (mapped === undefined) {
        this.#report(base, server, UNREACHED, 'The STUN server answered without an address.');
      } else {
        this.#addReflexive(now, base, mapped, server);
      }
    }
    this.#finish(now);
    return true;
  }

  /** Sockets on an address that is gone are dead (their TURN clients too). Gives the bases that died. */
  drop(now: number, isGone: (address: string) => boolean): readonly Base[] {
    const dead = this.#bases.filter((base) => !base.isDead && isGone(base.network));
    for (const base of dead) {
      base.isDead = true;
      this.#asked.delete(base);
      this.#byEndpoint.delete(`${base.protocol} ${endpointKey(base.endpoint)}`);
    }
    this.#tasks = this.#tasks.filter(({ base }) => !base.isDead);
    for (const [key, { under }] of this.#relays) {
      if (under.isDead) this.#relays.delete(key);
    }
    this.#scheduleRetry();
    this.#finish(now);
    return dead;
  }

  /** Asks nothing more; allocations that there are stay. */
  stop(now: number): void {
    this.#tasks = [];
    this.#asked.clear();
    this.#state = 'complete';
    for (const [key, { relay, base }] of this.#relays) {
      if (base !== null) continue;
      relay.close(now);
      this.#relays.delete(key);
    }
  }

  /** Gives allocations back; nothing is asked any more. */
  close(now: number): void {
    this.stop(now);
    for (const { relay } of this.#relays.values()) relay.close(now);
  }

  /** A local candidate that a check found (RFC 8445 §7.2.5.3.1). It is not told: the other side has seen it. */
  addPeerReflexive(base: Base, endpoint: Endpoint, priority: number): Local {
    return this.#put(base, 'prflx', endpoint, base.endpoint, null, priority);
  }

  #open(
    protocol: 'udp' | 'tcp',
    tcpType: 'active' | 'passive' | null,
    address: string,
    localPreference: number,
  ): Base {
    const port = tcpType === 'active' ? DISCARD_PORT : this.#context.takePort(protocol, address);
    const endpoint = { address, port };
    const base = makeBase({
      protocol,
      tcpType,
      endpoint,
      network: address,
      localPreference,
      relay: null,
    });
    this.#bases.push(base);
    if (tcpType !== 'active') this.#byEndpoint.set(`${protocol} ${endpointKey(endpoint)}`, base);
    // RFC 8445 §5.1.1.1: a host candidate is a port that is bound. The other side may be the first to speak.
    if (protocol === 'udp') this.#context.send({ type: 'bind', local: endpoint });
    if (tcpType === 'passive') this.#context.send({ type: 'listen', local: endpoint });
    return base;
  }

  #addHost(now: number, base: Base): void {
    if (this.#owner.policy === 'relay') return;
    base.own = this.#put(base, 'host', base.endpoint, null, null);
    this.#owner.onLocal(now, base.own);
  }

  #addReflexive(now: number, base: Base, mapped: Endpoint, server: IceServerAddress): void {
    if (this.#owner.policy === 'relay' || familyOf(mapped.address) !== base.family) return;
    if (!this.#profile.takesLate(this.#owner.isConnected())) return;
    // RFC 8445 §5.1.3: redundant is what has the address and base of another. A hidden address is no other's.
    if (base.candidates.some(({ candidate }) => isSameEndpoint(candidate, mapped))) return;
    const related = this.#owner.hidden === null ? base.endpoint : UNSAID;
    this.#owner.onLocal(now, this.#put(base, 'srflx', mapped, related, server));
  }

  #addRelayed(now: number, key: string, relayed: Endpoint, mapped: Endpoint): void {
    const entry = this.#relays.get(key);
    if (entry === undefined || entry.base !== null) return;
    const { relay, under } = entry;
    const { server } = relay;
    const base = makeBase({
      protocol: 'udp',
      tcpType: null,
      endpoint: relayed,
      network: under.network,
      localPreference: this.#profile.preferences.ofRelay(under.localPreference),
      relay,
    });
    entry.base = base;
    this.#bases.push(base);
    base.own = this.#put(base, 'relay', relayed, mapped, server);
    this.#owner.onLocal(now, base.own);
    if (server.transport === 'udp') this.#addReflexive(now, under, mapped, server);
  }

  #put(
    base: Base,
    type: CandidateType,
    endpoint: Endpoint,
    related: Endpoint | null,
    server: IceServerAddress | null,
    priority: number | null = null,
  ): Local {
    const { address, port } = endpoint;
    const { hidden } = this.#owner;
    const { protocol, tcpType, localPreference, relay } = base;
    const place = relay === null ? base.network : address;
    const asked = server === null ? '' : `${server.transport} ${server.endpoint.address}`;
    const relayOver = relay === null ? null : relay.server.transport;
    const ranked = { type, tcpType, relayOver, localPreference };
    const local: Local = {
      ...{ base, endpoint },
      candidate: {
        id: this.#context.nextId('L'),
        type,
        protocol,
        address: type === 'host' && hidden !== null ? hidden.announce(address) : address,
        port,
        priority: priority ?? priorityFor(this.#profile.preferences, ranked),
        foundation: this.#context.foundation(
          `${type} ${place} ${protocol} ${tcpType ?? ''} ${asked}`,
        ),
        related,
        tcpType,
        ufrag: this.#owner.ufrag,
        url: server?.url ?? null,
      },
    };
    base.candidates.push(local);
    this.#locals.push(local);
    return local;
  }

  #schedule(now: number): void {
    if (this.#tasks.length === 0 || this.#timers.at('gather') !== null) return;
    this.#timers.set('gather', Math.max(now, this.#pace.lastAt + TA));
  }

  #startNext(now: number): void {
    const task = this.#tasks.shift();
    if (task === undefined) return;
    this.#pace.lastAt = now;
    const { base, server } = task;
    if (server.kind === 'turn') this.#allocate(now, base, server);
    else this.#ask(now, base, server);
    this.#schedule(now);
  }

  #ask(now: number, base: Base, server: IceServerAddress): void {
    const transactionId = this.#context.random.bytes(12);
    const bytes = encode(
      { class: 'request', method: METHOD.binding, transactionId, attributes: [] },
      null,
      false,
    );
    const transactions = this.#asked.get(base) ?? new Transactions<IceServerAddress>();
    this.#asked.set(base, transactions);
    transactions.start(now, bytes, 'udp', server, this.#rto);
    this.#transmit(base, server, bytes);
    this.#scheduleRetry();
  }

  #transmit({ endpoint }: Base, server: IceServerAddress, payload: Uint8Array): void {
    this.#context.send({
      type: 'send',
      protocol: 'udp',
      source: endpoint,
      destination: server.endpoint,
      payload,
    });
  }

  #retry(now: number): void {
    for (const [base, transactions] of this.#asked) {
      let due = transactions.poll(now);
      for (; due !== null; due = transactions.poll(now)) {
        const { context: server, request } = due.transaction;
        if (due.type === 'send') this.#transmit(base, server, request);
        else this.#report(base, server, UNREACHED, 'The STUN server did not answer.');
      }
    }
    this.#scheduleRetry();
  }

  #scheduleRetry(): void {
    let next: number | null = null;
    for (const transactions of this.#asked.values()) {
      const due = transactions.timeout();
      if (due !== null && (next === null || due < next)) next = due;
    }
    this.#timers.set('gather-retry', next);
  }

  #allocate(now: number, under: Base, server: IceServerAddress): void {
    const { address } = under.endpoint;
    const local =
      server.transport === 'udp'
        ? under.endpoint
        : { address, port: this.#context.takePort('tcp', address) };
    const relay = makeRelay(server, local, this.#context.random, (output) =>
      this.#context.send(output),
    );
    const key = relayKey(server.transport, local, server.endpoint);
    // A server that is named twice is asked once.
    if (this.#relays.has(key)) return;
    this.#relays.set(key, { relay, under, base: null });
    relay.start(now);
    this.#drain(now, key);
  }

  #drain(now: number, key: string): void {
    for (;;) {
      const entry = this.#relays.get(key);
      const event = entry?.relay.pollEvent() ?? null;
      if (entry === undefined || event === null) return;
      switch (event.type) {
        case 'allocated':
          if (!this.#profile.takesLate(this.#owner.isConnected())) {
            entry.relay.close(now);
            this.#forget(key);
            return;
          }
          this.#addRelayed(now, key, event.relayed, event.mapped);
          break;
        case 'failed':
          this.#forget(key);
          if (entry.base === null) {
            this.#report(entry.under, entry.relay.server, event.code, event.text);
          } else {
            entry.base.isDead = true;
            this.#owner.onRelayLost(now, entry.base);
          }
          return;
        case 'data':
          if (entry.base === null) break;
          this.#owner.onRelayed(now, entry.base, event.peer, event.payload);
          break;
      }
    }
  }

  #forget(key: string): void {
    this.#relays.delete(key);
  }

  #report({ endpoint }: Base, { url }: IceServerAddress, code: number, text: string): void {
    this.#context.emit({ type: 'candidate-error', url, code, text, local: endpoint });
  }

  #finish(now: number): void {
    if (this.#state !== 'gathering') return;
    if (this.#tasks.length > 0) return;
    for (const { size } of this.#asked.values()) if (size > 0) return;
    for (const { base } of this.#relays.values()) if (base === null) return;
    this.#setState('complete');
    this.#owner.onGathered(now);
  }

  #setState(state: 'gathering' | 'complete'): void {
    this.#state = state;
    this.#context.emit({ type: 'gathering', state });
  }
}

function rankOf({ kind, transport }: IceServerAddress): number {
  return kind === 'stun' ? 0 : transport === 'udp' ? 1 : 2;
}

function relayKey(protocol: 'udp' | 'tcp', local: Endpoint, server: Endpoint): string {
  return `${protocol} ${endpointKey(local)} ${endpointKey(server)}`;
}
