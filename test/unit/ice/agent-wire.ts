// A wire for tests: hosts that speak without I/O, packets with delay, loss and copies, moved on from wake-up to wake-up.
import { createIceAgent } from '../../../src/ice/agent.ts';
import type {
  AgentCandidate,
  IceAgent,
  IceAgentSetup,
  IceEvent,
  IceProfile,
} from '../../../src/ice/agent-port.ts';
import type { Input, Output, ProtocolObject } from '../../../src/net/io.ts';
import { endpointKey } from '../../../src/net/packet.ts';
import type { Endpoint } from '../../../src/net/packet.ts';
import { seeded } from '../../../src/net/random.ts';
import type { Random } from '../../../src/net/random.ts';

/** One datagram or part of a stream as it left. */
export interface Sent {
  readonly t: number;
  readonly from: string;
  readonly source: Endpoint;
  readonly destination: Endpoint;
  readonly payload: Uint8Array;
}

/** What the wire does to packets. */
export interface WireOptions {
  readonly delay?: number;
  readonly jitter?: number;
  readonly loss?: number;
  readonly duplication?: number;
  readonly seed?: number;
  /** Rewrites a datagram's endpoints, as a NAT would; null drops it. */
  readonly translate?: (packet: Sent) => { source: Endpoint; destination: Endpoint } | null;
  readonly udpBlocked?: boolean;
  /** The only address that takes TCP connections. */
  readonly tcpOnlyTo?: string;
}

interface Flight {
  readonly at: number;
  readonly order: number;
  readonly to: string;
  readonly input: Input;
}

interface Host {
  readonly name: string;
  readonly addresses: ReadonlySet<string>;
  readonly object: ProtocolObject<unknown>;
}

/** The network of one test. Time begins at 0. */
export class Wire {
  now = 0;
  readonly sent: Sent[] = [];
  readonly options: { -readonly [Key in keyof WireOptions]: WireOptions[Key] };
  onEvent: (host: string, event: unknown) => void = () => undefined;
  readonly #hosts: Host[] = [];
  readonly #listening = new Set<string>();
  readonly #random: Random;
  #flights: Flight[] = [];
  #count = 0;

  constructor(options: WireOptions = {}) {
    this.options = { ...options };
    this.#random = seeded(options.seed ?? 1);
  }

  add(name: string, addresses: readonly string[], object: ProtocolObject<unknown>): void {
    this.#hosts.push({ name, addresses: new Set(addresses), object });
  }

  /** Moves everything that is due, and gives false when nothing will ever happen, or not before `until`. */
  step(until: number): boolean {
    this.flush();
    let next = this.#flights.reduce((least, { at }) => Math.min(least, at), Infinity);
    for (const { object } of this.#hosts) next = Math.min(next, object.pollTimeout() ?? Infinity);
    if (next > until || next === Infinity) return false;
    this.now = Math.max(this.now, next);
    const due = this.#flights.filter(({ at }) => at <= this.now);
    this.#flights = this.#flights.filter(({ at }) => at > this.now);
    due.sort((one, other) => one.at - other.at || one.order - other.order);
    for (const { to, input } of due) {
      this.#hosts.find(({ name }) => name === to)?.object.handleInput(this.now, input);
      this.flush();
    }
    for (const { object } of this.#hosts) {
      if ((object.pollTimeout() ?? Infinity) <= this.now) object.handleTimeout(this.now);
    }
    this.flush();
    return true;
  }

  /** Runs up to a time, or until it is so; fails after a bound of steps. */
  run(until: number, isDone: () => boolean = () => false): void {
    for (let steps = 0; steps < 100_000; steps += 1) {
      this.flush();
      if (isDone() || !this.step(until)) {
        if (!isDone()) this.now = Math.max(this.now, until);
        return;
      }
    }
    throw new Error('The wire did not come to rest.');
  }

  flush(): void {
    let isMore = true;
    while (isMore) {
      isMore = false;
      for (const host of this.#hosts) {
        for (let out = host.object.pollOutput(); out !== null; out = host.object.pollOutput()) {
          this.#take(host, out);
        }
        for (let event = host.object.pollEvent(); event !== null; event = host.object.pollEvent()) {
          isMore = true;
          this.onEvent(host.name, event);
        }
      }
    }
  }

  #take(host: Host, output: Output): void {
    if (output.type === 'bind') return;
    if (output.type === 'listen') {
      this.#listening.add(endpointKey(output.local));
      return;
    }
    const { source, destination } = output;
    if (output.type === 'connect') {
      const owner = this.#ownerOf(destination);
      const isOpen = owner !== null && this.#listening.has(endpointKey(destination));
      const { delay = 0, tcpOnlyTo } = this.options;
      if (tcpOnlyTo !== undefined && destination.address !== tcpOnlyTo) return;
      if (isOpen) {
        this.#put(delay, owner, { type: 'tcp', state: 'open', local: destination, remote: source });
      }
      const state = isOpen ? 'open' : 'refused';
      this.#put(2 * delay, host, { type: 'tcp', state, local: source, remote: destination });
      return;
    }
    if (output.type === 'close') {
      const input: Input = { type: 'tcp', state: 'closed', local: destination, remote: source };
      this.#put(this.options.delay ?? 0, this.#ownerOf(destination), input);
      return;
    }
    const { protocol, payload } = output;
    const packet: Sent = { t: this.now, from: host.name, source, destination, payload };
    this.sent.push(packet);
    const { delay = 0, jitter = 0, loss = 0, duplication = 0, translate } = this.options;
    const way = translate === undefined || protocol === 'tcp' ? packet : translate(packet);
    if (way === null) return;
    const owner = this.#ownerOf(way.destination);
    const input: Input = {
      type: 'received',
      protocol,
      source: way.source,
      local: way.destination,
      payload,
    };
    if (protocol === 'tcp') {
      this.#put(delay, owner, input);
      return;
    }
    // Between a relay's own endpoints there is nothing to block.
    if (this.options.udpBlocked === true && owner !== host) return;
    const copies = this.#random.next() < duplication ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      if (this.#random.next() < loss) continue;
      this.#put(delay + jitter * this.#random.next(), owner, input);
    }
  }

  #ownerOf({ address }: Endpoint): Host | null {
    return this.#hosts.find(({ addresses }) => addresses.has(address)) ?? null;
  }

  #put(delay: number, to: Host | null, input: Input): void {
    if (to === null) return;
    this.#count += 1;
    this.#flights.push({ at: this.now + delay, order: this.#count, to: to.name, input });
  }
}

/** A candidate as it is signaled. */
export function lineOf(candidate: AgentCandidate): string {
  const { foundation, protocol, priority, address, port, type, related, tcpType, ufrag } =
    candidate;
  const far = related === null ? '' : ` raddr ${related.address} rport ${String(related.port)}`;
  const tcp = tcpType === null ? '' : ` tcptype ${tcpType}`;
  return (
    `candidate:${foundation} 1 ${protocol} ${String(priority)} ${address} ${String(port)} ` +
    `typ ${type}${far}${tcp} ufrag ${ufrag}`
  );
}

/** A peer: its agent, and all that it told. */
export interface Side {
  readonly agent: IceAgent;
  readonly events: (readonly [t: number, event: IceEvent])[];
}

/** Two agents, `a` controlling and `b` controlled, and how candidates go between them. */
export interface Pairing {
  readonly wire: Wire;
  readonly a: Side;
  readonly b: Side;
}

/** What a pairing is made with. */
export interface PairingOptions extends WireOptions {
  readonly profile?: IceProfile;
  readonly profileB?: IceProfile;
  readonly a?: Partial<IceAgentSetup>;
  readonly b?: Partial<IceAgentSetup>;
  /** Candidates reach the other side at once, as they are found; otherwise the test signals. */
  readonly trickle?: boolean;
}

export const A_HOST = '192.168.1.2';
export const B_HOST = '192.168.1.3';

/** Two agents on one wire, that have not begun. */
export function pairing(options: PairingOptions = {}): Pairing {
  const { profile = 'rfc8445', profileB = profile, seed = 1, trickle = true } = options;
  const wire = new Wire(options);
  const side = (name: 'a' | 'b', address: string, number: number): Side => {
    const agent = createIceAgent({
      profile: name === 'a' ? profile : profileB,
      random: seeded(seed * 1000 + number),
      interfaces: [{ name: 'eth0', address }],
      servers: [],
      policy: 'all',
      ...(name === 'a' ? options.a : options.b),
    });
    return { agent, events: [] };
  };
  const a = side('a', A_HOST, 1);
  const b = side('b', B_HOST, 2);
  const addresses = (given: Partial<IceAgentSetup> | undefined, own: string) =>
    given?.interfaces?.map(({ address }) => address) ?? [own];
  wire.add('a', addresses(options.a, A_HOST), a.agent);
  wire.add('b', addresses(options.b, B_HOST), b.agent);
  wire.onEvent = (host, event) => {
    const told = event as IceEvent;
    const [self, other] = host === 'a' ? [a, b] : [b, a];
    if (host !== 'a' && host !== 'b') return;
    self.events.push([wire.now, told]);
    if (!trickle) return;
    if (told.type === 'candidate') other.agent.addRemoteCandidate(wire.now, lineOf(told.candidate));
    if (told.type === 'gathering' && told.state === 'complete') {
      other.agent.addRemoteCandidate(wire.now, '');
    }
  };
  a.agent.setRole('controlling');
  b.agent.setRole('controlled');
  return { wire, a, b };
}

/** Both know each other's credentials, and gather. */
export function start({ wire, a, b }: Pairing): void {
  a.agent.setRemote(wire.now, b.agent.local);
  b.agent.setRemote(wire.now, a.agent.local);
  a.agent.gather(wire.now);
  b.agent.gather(wire.now);
  wire.flush();
}

/** The connection states that a side went through. */
export function states({ events }: Side): readonly string[] {
  return events.flatMap(([, event]) => (event.type === 'connection' ? [event.state] : []));
}

/** True once neither side will change its mind. */
export function isSettled({ a, b }: Pairing): boolean {
  return [a, b].every(({ agent }) =>
    ['connected', 'completed', 'failed'].includes(agent.connection),
  );
}
