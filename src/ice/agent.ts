// The ICE agent: its verbs on top, and how its generations share the host (RFC 8445 §9).
import type { Input, Output } from '../net/io.ts';
import type {
  AgentCandidate,
  AgentPair,
  ConnectionState,
  GatheringState,
  IceAgent,
  IceAgentSetup,
  IceCredentials,
  IceEvent,
  LocalInterface,
} from './agent-port.ts';
import { Context } from './context.ts';
import { Generation } from './generation.ts';
import { profileOf } from './profiles.ts';
import type { Profile } from './profile.ts';
import type { Role } from './role.ts';

/** How many times in a row timers that are due may bring about others that are due at once. */
const MAX_ROUNDS = 1000;

/** Makes an agent. Nothing happens before `gather`. */
export function createIceAgent(setup: IceAgentSetup): IceAgent {
  return new Agent(setup);
}

class Agent implements IceAgent {
  readonly #context: Context;
  readonly #profile: Profile;
  readonly #setup: IceAgentSetup;
  #interfaces: readonly LocalInterface[];
  #current: Generation;
  /** The generation before, while its pair carries what the new one can't yet. */
  #previous: Generation | null = null;
  #connection: ConnectionState = 'new';
  #isClosed = false;
  /** The generation is new because the other side restarted, and has not gathered yet. */
  #isAnswering = false;
  #shown: readonly AgentPair[] | null = null;

  constructor(setup: IceAgentSetup) {
    this.#setup = setup;
    this.#interfaces = setup.interfaces;
    this.#context = new Context(setup.random);
    this.#profile = profileOf(setup.profile);
    this.#current = new Generation(this.#context, this.#profile, setup);
  }

  get local(): IceCredentials {
    return this.#current.local;
  }

  get role(): Role | null {
    return this.#context.role;
  }

  get gathering(): GatheringState {
    return this.#current.gathering;
  }

  get connection(): ConnectionState {
    return this.#connection;
  }

  get pairs(): readonly AgentPair[] {
    this.#shown ??= this.#show();
    return this.#shown;
  }

  get selected(): AgentPair | null {
    return this.pairs.find((pair) => pair.selected) ?? null;
  }

  get localCandidates(): readonly AgentCandidate[] {
    return this.#current.localCandidates;
  }

  get remoteCandidates(): readonly AgentCandidate[] {
    return this.#current.remoteCandidates;
  }

  setRole(role: Role): void {
    this.#current.setRole(role);
    this.#tell();
  }

  gather(now: number): void {
    if (this.#isClosed) return;
    this.#isAnswering = false;
    this.#current.gather(now, this.#interfaces);
    this.#settle(now);
  }

  setRemote(now: number, credentials: IceCredentials): void {
    if (this.#isClosed) return;
    const { remote } = this.#current;
    if (remote?.ufrag === credentials.ufrag && remote.pwd === credentials.pwd) return;
    // RFC 8445 §9: who sees the other side restart restarts too.
    if (remote !== null) {
      this.#renew(now);
      this.#isAnswering = true;
    }
    this.#current.setRemote(now, credentials);
    this.#settle(now);
  }

  addRemoteCandidate(now: number, text: string): boolean {
    if (this.#isClosed) return false;
    const isTaken = this.#current.addRemoteCandidate(now, text);
    this.#settle(now);
    return isTaken;
  }

  restart(now: number, credentials?: IceCredentials): void {
    if (this.#isClosed) return;
    // What the other side's restart has begun is not begun again.
    if (!this.#isAnswering || credentials !== undefined) this.#renew(now, credentials);
    this.#settle(now);
  }

  setInterfaces(now: number, interfaces: readonly LocalInterface[]): void {
    if (this.#isClosed) return;
    this.#interfaces = interfaces;
    const isGone = (address: string) => !interfaces.some((each) => each.address === address);
    this.#current.dropInterfaces(now, isGone);
    this.#previous?.dropInterfaces(now, isGone);
    this.#settle(now);
  }

  send(now: number, payload: Uint8Array): boolean {
    if (this.#isClosed) return false;
    for (const generation of this.#generations()) {
      const isSent = generation.send(now, payload);
      if (isSent !== null) return isSent;
    }
    return false;
  }

  close(now: number): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const generation of this.#generations()) generation.close(now);
  }

  handleInput(now: number, input: Input): void {
    if (this.#isClosed) return;
    for (const generation of this.#generations()) {
      if (generation.handleInput(now, input)) break;
    }
    this.#settle(now);
  }

  handleTimeout(now: number): void {
    if (!this.#isClosed) this.#settle(now);
  }

  pollTimeout(): number | null {
    if (this.#isClosed) return null;
    const due = this.#current.due;
    const before = this.#previous?.due ?? null;
    return due === null ? before : before === null ? due : Math.min(due, before);
  }

  pollOutput(): Output | null {
    return this.#context.outputs.take();
  }

  pollEvent(): IceEvent | null {
    return this.#context.events.take();
  }

  #generations(): readonly Generation[] {
    return this.#previous === null ? [this.#current] : [this.#current, this.#previous];
  }

  #show(): readonly AgentPair[] {
    const shown = this.#current.showPairs();
    const carrier = this.#current.hasSelected ? null : (this.#previous?.carrier ?? null);
    return carrier === null ? shown : [...shown, carrier];
  }

  /** A new generation beside the one whose pair is in use. */
  #renew(now: number, credentials?: IceCredentials): void {
    const before = this.#previous?.carrier != null ? this.#previous : null;
    const used = this.#current.carrier === null ? before : this.#current;
    for (const generation of this.#generations()) {
      if (generation !== used) generation.close(now);
    }
    used?.retire(now);
    this.#previous = used;
    this.#current = new Generation(this.#context, this.#profile, this.#setup, credentials);
    this.#shown = null;
    // W3C WebRTC §5.6.4: a restart leads from `completed` to `connected`, and from what is worse to `checking`.
    if (this.#connection === 'completed') this.#setConnection('connected');
    if (this.#connection === 'disconnected' || this.#connection === 'failed') {
      this.#setConnection('checking');
    }
  }

  /** Runs what is due, and tells what came of it. */
  #settle(now: number): void {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const due = this.pollTimeout();
      if (due === null || due > now) break;
      for (const generation of this.#generations()) generation.handleTimeout(now);
    }
    if (this.#previous !== null && this.#current.hasSelected) {
      this.#previous.close(now);
      this.#previous = null;
    }
    this.#tell();
  }

  #tell(): void {
    const isChanged = this.#current.takeChange();
    const wasChanged = this.#previous?.takeChange() ?? false;
    if (isChanged || wasChanged) {
      this.#shown = null;
      if (this.#context.events.last?.type !== 'checklist') {
        this.#context.emit({ type: 'checklist' });
      }
    }
    const { state } = this.#current;
    if (this.#previous === null) {
      if (state !== 'new' || this.#connection === 'new') this.#setConnection(state);
      return;
    }
    // Until the new generation has come to something, the one before stands for it.
    if (state !== 'new' && state !== 'checking') this.#setConnection(state);
    else if (!this.#previous.isConnected) this.#setConnection('checking');
  }

  #setConnection(state: ConnectionState): void {
    if (this.#connection === state) return;
    this.#connection = state;
    this.#context.emit({ type: 'connection', state });
  }
}
