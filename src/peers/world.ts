// A virtual world: a network, the servers in it and two virtual peers, run by one loop on one virtual clock.
import type { AgentPair, IceProfile } from '../ice/agent-port.ts';
import { createIceAgent } from '../ice/agent.ts';
import type { NetworkChange } from '../net/change.ts';
import { Clock } from '../net/clock.ts';
import type { NetworkDescription } from '../net/description.ts';
import { NetworkError } from '../net/error.ts';
import type { Binding, NetEvent } from '../net/event.ts';
import type { Input, Output } from '../net/io.ts';
import { Network, type PacketCounts } from '../net/network.ts';
import { seeded, type Random } from '../net/random.ts';
import type { DtlsVersion } from '../rtc/dtls.ts';
import { SIDES, type Side } from '../rtc/steps.ts';
import type { IceServer } from './connection.ts';
import { HiddenNames } from './virtual/hidden-addresses.ts';
import { mannerOf } from './virtual/manner.ts';
import { VirtualPeer, virtualStream, type VirtualConfiguration } from './virtual.ts';
import { serverAddresses, serversAt, type WorldServer } from './virtual/servers.ts';

/** What a world is made with. */
export interface WorldSetup {
  /** With one host for each of the roles `caller` and `callee`. */
  readonly network: NetworkDescription;
  /** An integer. The same seed gives the same world, byte for byte. */
  readonly seed: number;
  readonly profile: IceProfile;
  /** The servers that both peers are told of, with credentials. The TURN servers in the network take these. */
  readonly iceServers: readonly IceServer[];
  /** The addresses of the names in their URLs; what is not here stands for itself. */
  readonly names: Readonly<Record<string, string>>;
  /** The newest version of DTLS that both speak; the profile's unless given. */
  readonly dtls?: DtlsVersion;
  /** False: the pages may not know their hosts' addresses, as without camera permission. True unless given. */
  readonly permission?: boolean;
  readonly policy?: 'all' | 'relay';
  readonly media?: VirtualConfiguration['media'];
  /** Who wants to know what happens; nobody unless given, and then it costs nothing. */
  readonly observer?: WorldObserver;
}

/** Is told what happens, at `World.now`. */
export interface WorldObserver {
  network(event: NetEvent): void;
  /** A side's checklist is another. */
  pairs(side: Side, pairs: readonly AgentPair[]): void;
}

/** Why `run` came back: what it waited for is true, its time is over, or nothing will ever happen any more. */
export type RunEnd = 'met' | 'time' | 'idle';

interface Party {
  handleInput(now: number, input: Input): void;
  handleTimeout(now: number): void;
  pollTimeout(): number | null;
  pollOutput(): Output | null;
}

/** How many events may happen at one moment before the world says that it stands still. */
const MAX_AT_ONCE = 100_000;

/** A world. Its time goes on only in `run`. */
export class World {
  #now = 0;
  readonly #setup: WorldSetup;
  readonly #network: Network;
  readonly #random: Random;
  readonly #hosts: Readonly<Record<Side, string>>;
  readonly #servers: readonly WorldServer[];
  readonly #parties = new Map<string, Party[]>();
  readonly #peers: Record<Side, VirtualPeer | null> = { caller: null, callee: null };
  readonly #shown: Record<Side, readonly AgentPair[] | null> = { caller: null, callee: null };
  readonly #names = new HiddenNames(() => this.#network.description);
  readonly #tasks = new Clock<() => void>();
  #isRunning = false;

  /** @throws NetworkError for a network that cannot work, or that has no host for a side */
  constructor(setup: WorldSetup) {
    this.#setup = setup;
    this.#random = seeded(setup.seed);
    this.#network = new Network(setup.network, this.#random.fork(), {
      observe: setup.observer !== undefined,
    });
    this.#hosts = {
      caller: hostOf(setup.network, 'caller'),
      callee: hostOf(setup.network, 'callee'),
    };
    this.#servers = serversAt(setup.network, setup.iceServers, this.#random.fork());
    for (const { host, server, takesAll, binds } of this.#servers) {
      this.#join(host, server);
      if (takesAll) this.#network.bindAll(host);
      for (const local of binds) this.#network.bind(host, local);
      this.#send(host, server);
    }
    this.#tell();
  }

  /** The virtual time, in ms. */
  get now(): number {
    return this.#now;
  }

  /** How many packets were sent, and what became of them. */
  get counts(): PacketCounts {
    return this.#network.counts;
  }

  /** The network as it is now. */
  get description(): NetworkDescription {
    return this.#network.description;
  }

  /** A NAT's table as it stands. */
  bindings(router: string): readonly Binding[] {
    return this.#network.bindings(router, this.#now);
  }

  /** A stream with nothing to see or hear, for a peer of this world. */
  capture(wanted: { readonly audio: boolean; readonly video: boolean }): MediaStream {
    return virtualStream(this.#random.fork(), wanted);
  }

  /**
   * Makes a side's peer, as `new RTCPeerConnection()` would. One a side.
   * @throws SyntaxError and the like for the servers, as RTCPeerConnection does
   */
  makePeer(side: Side): VirtualPeer {
    if (this.#peers[side] !== null) throw new Error(`The ${side} has a peer.`);
    const host = this.#hosts[side];
    const { profile, dtls, iceServers, names, permission, policy = 'all', media } = this.#setup;
    const random = this.#random.fork();
    const peer = new VirtualPeer(
      {
        now: () => this.#now,
        random,
        manner: mannerOf(profile, dtls),
        makeAgent: () =>
          createIceAgent({
            profile,
            policy,
            random: random.fork(),
            interfaces: this.#interfaces(side),
            hidden: permission === false ? this.#names.of(host, random.fork()) : null,
            servers: serverAddresses(iceServers, names),
          }),
        // Whoever awaits the call that woke it runs the world afterwards; outputs are polled there.
        wake: () => undefined,
      },
      { iceServers, ...(media === undefined ? {} : { media }) },
    );
    this.#peers[side] = peer;
    this.#join(host, peer);
    return peer;
  }

  /** The media of both peers, of which there is little, flows for a moment more. */
  play(): void {
    for (const peer of Object.values(this.#peers)) peer?.playMedia();
  }

  /** Runs a task so much later in virtual ms: a message of signaling arrives, a lesson's script goes on. */
  after(ms: number, task: () => void): void {
    this.#tasks.add(this.#now + ms, task);
  }

  /** Makes the network another; a peer whose host it concerns finds its interfaces changed. */
  change(change: NetworkChange): void {
    this.#network.change(this.#now, change);
    for (const side of SIDES) {
      if (!('host' in change) || change.host !== this.#hosts[side]) continue;
      this.#peers[side]?.setInterfaces(this.#interfaces(side));
    }
    this.#pumpAll();
  }

  /**
   * Lets time go on until something is true.
   * @param until asked after everything that happens
   * @param limit how long at most, in virtual ms from now
   * @param breathe lets the promises of the peers and of who listens to them settle; time stands still meanwhile.
   *   Null where none can be waited for: a turn of the loop costs less than a promise's
   */
  async run(
    until: () => boolean,
    limit: number,
    breathe: () => Promise<void> | null,
  ): Promise<RunEnd> {
    if (this.#isRunning) throw new Error('The world is running.');
    this.#isRunning = true;
    const end = this.#now + limit;
    try {
      let moment = this.#now;
      for (let count = 0; ; count += 1) {
        const breath = breathe();
        if (breath !== null) await breath;
        this.#pumpAll();
        if (until()) return 'met';
        const next = this.#next();
        if (next === null) return 'idle';
        if (next > end) {
          this.#now = end;
          return 'time';
        }
        if (next > moment) {
          moment = next;
          count = 0;
        } else if (count > MAX_AT_ONCE) throw new NetworkError('The world stands still.');
        this.#step(Math.max(this.#now, next));
      }
    } finally {
      this.#isRunning = false;
    }
  }

  #next(): number | null {
    let next = this.#network.pollTimeout() ?? Infinity;
    for (const parties of this.#parties.values()) {
      for (const party of parties) next = Math.min(next, party.pollTimeout() ?? Infinity);
    }
    next = Math.min(next, this.#tasks.next ?? Infinity);
    return next === Infinity ? null : next;
  }

  /** Everything that is due at a moment. */
  #step(now: number): void {
    this.#now = now;
    this.#network.handleTimeout(now);
    for (let arrived = this.#network.pollInput(); arrived !== null;) {
      const { host, input } = arrived;
      this.#tell();
      for (const party of this.#parties.get(host) ?? []) {
        party.handleInput(now, input);
        this.#send(host, party);
      }
      arrived = this.#network.pollInput();
    }
    for (const [host, parties] of this.#parties) {
      for (const party of parties) {
        if ((party.pollTimeout() ?? Infinity) > now) continue;
        party.handleTimeout(now);
        this.#send(host, party);
      }
    }
    for (let task = this.#tasks.take(now); task !== null; task = this.#tasks.take(now)) task();
    this.#tell();
  }

  /** What API calls have brought about since. */
  #pumpAll(): void {
    for (const side of SIDES) {
      const peer = this.#peers[side];
      if (peer !== null) this.#send(this.#hosts[side], peer);
    }
    this.#tell();
  }

  #send(host: string, party: Party): void {
    for (let output = party.pollOutput(); output !== null; output = party.pollOutput()) {
      this.#network.send(this.#now, host, output);
    }
  }

  #tell(): void {
    const { observer } = this.#setup;
    if (observer === undefined) return;
    for (let event = this.#network.pollEvent(); event !== null; event = this.#network.pollEvent()) {
      observer.network(event);
    }
    for (const side of SIDES) {
      const pairs = this.#peers[side]?.agent.pairs ?? null;
      if (pairs === null || pairs === this.#shown[side]) continue;
      const isFirst = this.#shown[side] === null && pairs.length === 0;
      this.#shown[side] = pairs;
      if (!isFirst) observer.pairs(side, pairs);
    }
  }

  #join(host: string, party: Party): void {
    this.#parties.set(host, [...(this.#parties.get(host) ?? []), party]);
  }

  #interfaces(side: Side) {
    return this.#network
      .interfaces(this.#hosts[side])
      .map(({ name, address }) => ({ name, address }));
  }
}

function hostOf({ hosts }: NetworkDescription, role: Side): string {
  const host = hosts.find((each) => each.role === role);
  if (host === undefined) throw new NetworkError(`The network has no host for the ${role}.`);
  return host.id;
}
