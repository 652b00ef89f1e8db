// One generation (RFC 8445 §9): its credentials, what it gathers and checks, and how packets come in and leave.
import { decode, isStun, METHOD } from '../stun/message.ts';
import type { Input } from '../net/io.ts';
import type { Endpoint } from '../net/packet.ts';
import type {
  AgentCandidate,
  AgentPair,
  ConnectionState,
  GatheringState,
  HiddenAddresses,
  IceAgentSetup,
  IceCredentials,
  LocalInterface,
} from './agent-port.ts';
import type { Base, Local, Remote } from './base.ts';
import { showPair } from './checked-pair.ts';
import { Connectivity } from './connectivity.ts';
import type { Context } from './context.ts';
import { makeCredentials } from './credentials.ts';
import { Gathering } from './gather.ts';
import type { Profile } from './profile.ts';
import { Remotes } from './remotes.ts';
import type { Role } from './role.ts';
import { readSignaled } from './signaled.ts';
import { Streams, unframe } from './stream.ts';
import { Timers } from './timers.ts';

/** One generation of an agent. */
export class Generation {
  readonly local: IceCredentials;
  readonly #context: Context;
  readonly #profile: Profile;
  readonly #hidden: HiddenAddresses | null;
  readonly #timers = new Timers();
  readonly #remotes = new Remotes();
  readonly #streams: Streams;
  readonly #gathering: Gathering;
  readonly #connectivity: Connectivity;

  constructor(
    context: Context,
    profile: Profile,
    setup: Pick<IceAgentSetup, 'servers' | 'policy' | 'hidden'>,
    credentials: IceCredentials = makeCredentials(context.random),
  ) {
    this.local = credentials;
    this.#context = context;
    this.#profile = profile;
    this.#hidden = setup.hidden ?? null;
    this.#streams = new Streams(context);
    const paces = profile.paces();
    this.#gathering = new Gathering(
      context,
      profile,
      {
        ufrag: this.local.ufrag,
        servers: setup.servers,
        policy: setup.policy,
        hidden: this.#hidden,
        isConnected: () => this.#connectivity.isConnected,
        onLocal: (now, local) => this.#onLocal(now, local),
        onRelayed: (now, base, peer, payload) => this.#handlePacket(now, base, peer, payload),
        onRelayLost: (now, base) => this.#dropBase(now, base),
        onGathered: (now) => this.#connectivity.update(now),
      },
      this.#timers,
      paces.gathering,
    );
    this.#connectivity = new Connectivity(
      context,
      profile,
      {
        local: this.local,
        gathering: () => this.#gathering.state,
        transmit: (now, base, destination, payload) =>
          this.#transmit(now, base, destination, payload),
        isConnecting: (base, destination) => this.#streams.isConnecting(base, destination),
        addPeerReflexive: (base, endpoint, priority) =>
          this.#gathering.addPeerReflexive(base, endpoint, priority),
      },
      this.#remotes,
      this.#timers,
      paces.checks,
    );
  }

  // What there is to be seen.

  /** The other side's credentials; null until they are known. */
  get remote(): IceCredentials | null {
    return this.#connectivity.remote;
  }

  get gathering(): GatheringState {
    return this.#gathering.state;
  }

  get state(): ConnectionState {
    return this.#connectivity.state;
  }

  get isConnected(): boolean {
    return this.#connectivity.isConnected;
  }

  /** A pair is selected. */
  get hasSelected(): boolean {
    return this.#connectivity.selected !== null;
  }

  /** The pair that data goes over, shown as the selected one; null when there is none. */
  get carrier(): AgentPair | null {
    const { carrier } = this.#connectivity;
    return carrier === null ? null : showPair(carrier, carrier);
  }

  get localCandidates(): readonly AgentCandidate[] {
    return this.#gathering.locals.map(({ candidate }) => candidate);
  }

  get remoteCandidates(): readonly AgentCandidate[] {
    return Array.from(this.#remotes, ({ candidate }) => candidate);
  }

  /** The pairs, the highest priority first. */
  showPairs(): readonly AgentPair[] {
    return this.#connectivity.show();
  }

  /** Whether what `showPairs` gives is another since this was last asked. */
  takeChange(): boolean {
    const { checklist } = this.#connectivity;
    const { changed } = checklist;
    checklist.changed = false;
    return changed;
  }

  // Its verbs.

  setRole(role: Role): void {
    this.#connectivity.setRole(role);
  }

  gather(now: number, interfaces: readonly LocalInterface[]): void {
    this.#gathering.begin(now, interfaces);
    this.#connectivity.begin(now);
  }

  setRemote(now: number, credentials: IceCredentials): void {
    this.#connectivity.setRemote(now, credentials);
  }

  /** Takes a signaled candidate, or '' for their end. Gives false for what it can't use. */
  addRemoteCandidate(now: number, text: string): boolean {
    if (text === '') {
      this.#connectivity.end(now);
      return true;
    }
    const remote = readSignaled(
      ...([text, this.remote?.ufrag ?? null, () => this.#context.nextId('R')] as const),
      (name) => this.#hidden?.lookUp(name) ?? null,
    );
    if (remote === null) return false;
    const known = this.#remotes.at(remote.candidate.protocol, remote.endpoint);
    if (known === null) {
      if (!this.#remotes.keep(remote)) return false;
      this.#pairRemote(now, remote);
    } else if (known.candidate.type === 'prflx') this.#recognize(now, known, remote.candidate);
    return true;
  }

  /** Sockets on addresses that are gone are dead. */
  dropInterfaces(now: number, isGone: (address: string) => boolean): void {
    for (const base of this.#gathering.drop(now, isGone)) this.#dropBase(now, base);
  }

  /** Sends data over the pair in use. Gives null while there is none, and false where its packet found no way. */
  send(now: number, payload: Uint8Array): boolean | null {
    const { carrier } = this.#connectivity;
    if (carrier === null) return null;
    return this.#transmit(now, carrier.base, carrier.remote.endpoint, payload);
  }

  /** Another generation takes over: this one carries what still comes over its pair, and checks nothing more. */
  retire(now: number): void {
    this.#gathering.stop(now);
    this.#connectivity.retire();
  }

  close(now: number): void {
    this.#timers.clear();
    this.#streams.close(null, false);
    this.#gathering.close(now);
    this.#connectivity.close();
  }

  /** When it wants to be called next. */
  get due(): number | null {
    const own = this.#timers.next;
    const relay = this.#gathering.relayDue;
    return own === null ? relay : relay === null ? own : Math.min(own, relay);
  }

  handleTimeout(now: number): void {
    this.#gathering.handleTimeout(now);
    this.#connectivity.handleTimeout(now);
  }

  /** Takes what arrived for a TURN client, a TCP connection or a socket. Gives false where it is for none of these. */
  handleInput(now: number, input: Input): boolean {
    if (this.#gathering.handleRelay(now, input)) return true;
    if (input.type === 'tcp') return this.#handleConnection(now, input);
    const { protocol, source, local, payload } = input;
    if (protocol === 'tcp') {
      const stream = this.#streams.find(local, source);
      if (stream === null) return false;
      for (const packet of unframe(stream, payload)) {
        this.#handlePacket(now, stream.base, source, packet);
      }
      return true;
    }
    const base = this.#gathering.baseAt('udp', local);
    if (base === null) return false;
    this.#handlePacket(now, base, source, payload);
    return true;
  }

  #handleConnection(now: number, input: Extract<Input, { type: 'tcp' }>): boolean {
    const { local, remote, state } = input;
    const stream = this.#streams.find(local, remote);
    if (stream !== null) {
      const ended = this.#streams.handle(stream, state);
      if (ended !== null) this.#connectivity.dropPath(now, ended.base, ended.remote);
      return true;
    }
    const base = this.#gathering.baseAt('tcp', local);
    if (base === null) return false;
    if (state === 'open') this.#streams.accept(base, remote);
    return true;
  }

  /** What came to a base: a check, an answer, or data. */
  #handlePacket(now: number, base: Base, source: Endpoint, payload: Uint8Array): void {
    if (!isStun(payload)) {
      if (payload.length === 0 || !this.#connectivity.knows(base, source)) return;
      this.#context.emit({ type: 'data', payload });
      return;
    }
    const decoded = decode(payload);
    if (!decoded.ok || decoded.message.method !== METHOD.binding) return;
    const { message } = decoded;
    switch (message.class) {
      case 'request':
        this.#connectivity.handleRequest(now, base, source, message);
        return;
      case 'success':
      case 'error':
        if (this.#gathering.handleResponse(now, base, source, message)) return;
        this.#connectivity.handleResponse(now, base, source, message);
        return;
      case 'indication':
        // RFC 8445 §11: an older agent's keepalive.
        return;
    }
  }

  #transmit(now: number, base: Base, destination: Endpoint, payload: Uint8Array): boolean {
    if (base.isDead) return false;
    if (base.relay !== null) {
      base.relay.send(now, destination, payload);
      return true;
    }
    if (base.protocol === 'tcp') return this.#streams.send(base, destination, payload);
    this.#context.send({
      type: 'send',
      protocol: 'udp',
      source: base.endpoint,
      destination,
      payload,
    });
    return true;
  }

  #onLocal(now: number, local: Local): void {
    this.#context.emit({ type: 'candidate', candidate: local.candidate });
    if (local.base.own !== local) return;
    for (const remote of this.#remotes) this.#pair(now, local, remote);
    this.#connectivity.schedule(now);
  }

  /** Pairs a remote candidate with every local one. */
  #pairRemote(now: number, remote: Remote): void {
    for (const { own, isDead } of this.#gathering.bases) {
      if (own !== null && !isDead) this.#pair(now, own, remote);
    }
    this.#connectivity.schedule(now);
  }

  #pair(now: number, local: Local, remote: Remote): void {
    const { relay } = local.base;
    if (relay !== null && remote.candidate.protocol === 'udp') relay.permit(now, remote.endpoint);
    this.#connectivity.pair(local, remote);
  }

  /** What a check had found is told now. */
  #recognize(now: number, known: Remote, told: AgentCandidate): void {
    const { foundation } = known.candidate;
    known.candidate = this.#profile.recognize(known.candidate, told);
    if (foundation !== told.foundation) {
      this.#connectivity.checklist.rank(this.#context.isControlling);
    }
    this.#pairRemote(now, known);
  }

  /** A base is gone, and so are its connections. */
  #dropBase(now: number, base: Base): void {
    base.isDead = true;
    this.#streams.close(base, true);
    this.#connectivity.dropBase(now, base);
  }
}
