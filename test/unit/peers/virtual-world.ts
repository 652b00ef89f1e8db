// A small world for virtual peers: an ICE agent that knows host candidates only, and a wire between two of them.
import type {
  AgentCandidate,
  AgentPair,
  ConnectionState,
  GatheringState,
  IceAgent,
  IceCredentials,
  IceEvent,
} from '../../../src/ice/agent-port.ts';
import { parseCandidate } from '../../../src/ice/candidate.ts';
import type { Input, Output } from '../../../src/net/io.ts';
import type { Endpoint } from '../../../src/net/packet.ts';
import { seeded } from '../../../src/net/random.ts';
import type { Random } from '../../../src/net/random.ts';
import type { DescriptionInit } from '../../../src/peers/connection.ts';
import { VirtualPeer, virtualStream } from '../../../src/peers/virtual.ts';
import type { VirtualConfiguration } from '../../../src/peers/virtual.ts';

const REQUEST = 0;
const RESPONSE = 1;

/** Gathers one host candidate, asks every 50 ms until it is answered, and is connected then. */
export class StandInAgent implements IceAgent {
  local: IceCredentials;
  role: 'controlling' | 'controlled' | null = null;
  gathering: GatheringState = 'new';
  connection: ConnectionState = 'new';
  pairs: AgentPair[] = [];
  selected: AgentPair | null = null;
  localCandidates: AgentCandidate[] = [];
  remoteCandidates: AgentCandidate[] = [];
  readonly #random: Random;
  readonly #endpoint: Endpoint;
  #remote: IceCredentials | null = null;
  #due: number | null = null;
  #isClosed = false;
  readonly #outputs: Output[] = [];
  readonly #events: IceEvent[] = [];

  constructor(random: Random, endpoint: Endpoint) {
    this.#random = random;
    this.#endpoint = endpoint;
    this.local = this.#credentials();
  }

  setRole(role: 'controlling' | 'controlled'): void {
    this.role = role;
  }
  gather(): void {
    if (this.gathering !== 'new') return;
    const { ufrag } = this.local;
    const candidate = candidateOf('host', this.#endpoint, ufrag);
    this.localCandidates.push(candidate);
    this.#gathering('gathering');
    this.#events.push({ type: 'candidate', candidate });
    this.#gathering('complete');
  }
  setRemote(now: number, credentials: IceCredentials): void {
    this.#remote = credentials;
    this.#begin(now);
  }
  addRemoteCandidate(now: number, text: string): boolean {
    const fields = parseCandidate(text);
    if (fields === null) return text === '';
    const { address, port } = fields;
    this.remoteCandidates.push(candidateOf('host', { address, port }, this.#remote?.ufrag ?? ''));
    this.#begin(now);
    return true;
  }
  restart(_now: number, credentials = this.#credentials()): void {
    this.local = credentials;
    this.gathering = 'new';
  }
  setInterfaces(): void {
    throw new Error('not in this world');
  }
  send(_now: number, payload: Uint8Array): boolean {
    const to = this.selected?.remote;
    if (to === undefined || this.#isClosed) return false;
    this.#emit(to, payload);
    return true;
  }
  close(): void {
    this.#isClosed = true;
    this.#due = null;
  }
  handleInput(now: number, input: Input): void {
    if (input.type !== 'received' || this.#isClosed) return;
    const { source, payload } = input;
    if (payload[0] === REQUEST) {
      if (this.#remote === null) return;
      this.#emit(source, Uint8Array.of(RESPONSE));
      if (this.remoteCandidates.length === 0) {
        this.remoteCandidates.push(candidateOf('prflx', source, this.#remote.ufrag));
        this.#begin(now);
      }
    } else if (payload[0] === RESPONSE) this.#connect();
    else this.#events.push({ type: 'data', payload });
  }
  handleTimeout(now: number): void {
    const [remote] = this.remoteCandidates;
    if (this.#due === null || now < this.#due || remote === undefined) return;
    this.#emit(remote, Uint8Array.of(REQUEST));
    this.#due = now + 50;
  }
  pollTimeout(): number | null {
    return this.#due;
  }
  pollOutput(): Output | null {
    return this.#outputs.shift() ?? null;
  }
  pollEvent(): IceEvent | null {
    return this.#events.shift() ?? null;
  }
  /** Tells of a state, as an agent does that hears nothing. */
  become(state: ConnectionState): void {
    this.connection = state;
    this.#events.push({ type: 'connection', state });
  }

  #begin(now: number): void {
    if (this.gathering === 'new' || this.#remote === null) return;
    if (this.remoteCandidates.length === 0 || this.connection !== 'new') return;
    this.become('checking');
    this.#due = now;
  }
  #connect(): void {
    const [local] = this.localCandidates;
    const [remote] = this.remoteCandidates;
    if (this.selected !== null || local === undefined || remote === undefined) return;
    this.selected = {
      ...{ id: 'p1', local, remote, priority: 7n, state: 'succeeded' },
      ...{ valid: true, nominated: true, selected: true },
      ...{ requestsSent: 1, responsesReceived: 1, rtt: 20 },
    };
    this.pairs = [this.selected];
    this.#due = null;
    this.become('connected');
  }
  #credentials(): IceCredentials {
    const hex = (count: number) => Buffer.from(this.#random.bytes(count)).toString('hex');
    return { ufrag: hex(2), pwd: hex(12) };
  }
  #gathering(state: GatheringState): void {
    this.gathering = state;
    this.#events.push({ type: 'gathering', state });
  }
  #emit(to: Endpoint, payload: Uint8Array): void {
    const destination = { address: to.address, port: to.port };
    this.#outputs.push({
      ...{ type: 'send', protocol: 'udp', source: this.#endpoint, destination, payload },
    });
  }
}

function candidateOf(type: 'host' | 'prflx', at: Endpoint, ufrag: string): AgentCandidate {
  return {
    ...{ id: `${type}${at.address}${ufrag}`, type, protocol: 'udp', foundation: '1', ufrag },
    ...{ address: at.address, port: at.port, priority: 2113937151, related: null },
    ...{ tcpType: null, url: null },
  };
}

export const SIDES = ['caller', 'callee'] as const;
export type Side = (typeof SIDES)[number];

/** A datagram on its way, or lost. */
export interface Sent {
  readonly at: number;
  readonly from: Side;
  readonly payload: Uint8Array;
}

/** How a wire treats a datagram: when it arrives, each time that it does. */
export type Fate = (sent: Sent) => readonly number[];

/** Two peers and what goes between them. Time goes on only in `run`. */
export class World {
  now = 0;
  readonly peers: Readonly<Record<Side, VirtualPeer>>;
  readonly agents: Record<Side, StandInAgent | null> = { caller: null, callee: null };
  readonly sent: Sent[] = [];
  /** Everything that fired, in order. */
  readonly log: string[] = [];
  readonly #fate: Fate;
  #arrivals: {
    readonly at: number;
    readonly to: Side;
    readonly output: Extract<Output, { type: 'send' }>;
  }[] = [];

  constructor(
    seed = 1,
    fate: Fate = ({ at }) => [at + 10],
    configuration?: VirtualConfiguration,
    real?: (random: Random, address: string) => IceAgent,
  ) {
    this.#fate = fate;
    const random = seeded(seed);
    const make = (side: Side) => {
      const host = {
        now: () => this.now,
        random: random.fork(),
        makeAgent: () => {
          if (real !== undefined) return real(random.fork(), endpointOf(side).address);
          const agent = new StandInAgent(random.fork(), endpointOf(side));
          this.agents[side] = agent;
          return agent;
        },
        wake: () => undefined,
      };
      return new VirtualPeer(host, configuration);
    };
    this.peers = { caller: make('caller'), callee: make('callee') };
    for (const side of SIDES) this.#listen(side);
  }

  /** Signals candidates as they are found, from each side to the other. */
  trickle(): void {
    for (const side of SIDES) {
      const other = this.peers[side === 'caller' ? 'callee' : 'caller'];
      const waiting: (() => void)[] = [];
      other.addEventListener('signalingstatechange', () => {
        if (other.remoteDescription !== null) for (const add of waiting.splice(0)) add();
      });
      this.peers[side].addEventListener('icecandidate', ({ candidate }) => {
        if (candidate === null) return;
        const add = () => void other.addIceCandidate(candidate).catch(() => undefined);
        if (other.remoteDescription === null) waiting.push(add);
        else add();
      });
    }
  }

  /** Lets time go on until nothing is due before `until`, the promises of the peers included. */
  async run(until = this.now + 60_000): Promise<void> {
    for (let turn = 0; turn < 20_000; turn += 1) {
      await settled();
      for (const side of SIDES) this.#send(side);
      const next = Math.min(
        ...SIDES.map((side) => this.peers[side].pollTimeout() ?? Infinity),
        ...this.#arrivals.map(({ at }) => at),
      );
      if (!(next <= until)) {
        this.now = until;
        return;
      }
      this.now = Math.max(this.now, next);
      const due = this.#arrivals.filter(({ at }) => at <= this.now);
      this.#arrivals = this.#arrivals.filter(({ at }) => at > this.now);
      for (const { to, output } of due.sort((one, other) => one.at - other.at)) {
        const { source, destination: local, payload, protocol } = output;
        this.peers[to].handleInput(this.now, {
          type: 'received',
          protocol,
          source,
          local,
          payload,
        });
      }
      for (const side of SIDES) {
        if ((this.peers[side].pollTimeout() ?? Infinity) <= this.now) {
          this.peers[side].handleTimeout(this.now);
        }
      }
    }
    throw new Error('The world does not come to rest.');
  }

  #send(side: Side): void {
    const peer = this.peers[side];
    for (let out = peer.pollOutput(); out !== null; out = peer.pollOutput()) {
      if (out.type !== 'send') continue;
      const sent = { at: this.now, from: side, payload: out.payload };
      this.sent.push(sent);
      const to = side === 'caller' ? 'callee' : 'caller';
      for (const at of this.#fate(sent)) this.#arrivals.push({ at, to, output: out });
    }
  }

  #listen(side: Side): void {
    const peer = this.peers[side];
    const states = {
      signalingstatechange: () => peer.signalingState,
      icegatheringstatechange: () => peer.iceGatheringState,
      iceconnectionstatechange: () => peer.iceConnectionState,
      connectionstatechange: () => peer.connectionState,
      negotiationneeded: () => '',
    } as const;
    for (const [type, state] of Object.entries(states)) {
      peer.addEventListener(type as keyof typeof states, () => {
        this.log.push(`${side} ${type} ${state()}`.trim());
      });
    }
    peer.addEventListener('icecandidate', ({ candidate }) => {
      const what = candidate === null ? 'null' : candidate.candidate === '' ? 'end' : 'one';
      this.log.push(`${side} icecandidate ${what}`);
    });
    peer.addEventListener('track', ({ track }) => {
      this.log.push(`${side} track ${track.kind}`);
      track.addEventListener('unmute', () => this.log.push(`${side} unmute ${track.kind}`));
    });
    peer.addEventListener('datachannel', ({ channel }) => {
      this.log.push(`${side} datachannel ${channel.label}`);
    });
  }
}

export function endpointOf(side: Side): Endpoint {
  return { address: side === 'caller' ? '192.0.2.1' : '192.0.2.2', port: 50_000 };
}

/** Lets the promises that can settle without time do so. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
}

/** What a call carries. */
export interface Carry {
  readonly audio: boolean;
  readonly video: boolean;
  readonly data: boolean;
}

/** All eight. */
export const CARRIES: readonly Carry[] = [0, 1, 2, 3, 4, 5, 6, 7].map((bits) => ({
  audio: (bits & 1) !== 0,
  video: (bits & 2) !== 0,
  data: (bits & 4) !== 0,
}));

/** Adds to a peer what is carried. Data is the caller's to make. */
export function load(peer: VirtualPeer, carry: Carry, seed: number, data: boolean): void {
  const stream = virtualStream(seeded(seed), carry);
  for (const track of stream.getTracks()) peer.addTrack(track, stream);
  if (data && carry.data) peer.createDataChannel('chat');
}

/** Exchanges an offer and an answer. Gives them. */
export async function negotiate(
  from: VirtualPeer,
  to: VirtualPeer,
  before: () => void = () => undefined,
): Promise<readonly [offer: DescriptionInit, answer: DescriptionInit]> {
  const offer = await from.createOffer();
  await from.setLocalDescription(offer);
  await to.setRemoteDescription(offer);
  before();
  const answer = await to.createAnswer();
  await to.setLocalDescription(answer);
  await from.setRemoteDescription(answer);
  return [offer, answer];
}
