// The virtual internet: it carries packets between hosts, over segments and through routers, on a virtual clock.
import { familyOf } from './address.ts';
import { changedDescription, type NetworkChange } from './change.ts';
import { checkNetwork } from './check.ts';
import type { Attachment, NetworkDescription } from './description.ts';
import { NetworkError } from './error.ts';
import type { Binding, NetEvent } from './event.ts';
import type { Input, Output } from './io.ts';
import { Nat } from './nat.ts';
import { Host, Router, type Flight, type NetNode, type NetSegment } from './node.ts';
import type { NodeInterface } from './node.ts';
import type { Endpoint, Packet } from './packet.ts';
import { Queue } from './queue.ts';
import type { Random } from './random.ts';
import { Forwarder } from './forward.ts';
import type { Segment as TcpSegment } from './tcp-connection.ts';
import { prefixesBehind, Segment } from './topology.ts';
import { Wire, type PacketCounts } from './wire.ts';

export type { PacketCounts };

/** The default Time to Live of RFC 1700; every router takes one away. */
const HOP_LIMIT = 64;
/** How much one call of `handleTimeout` does; what is left is due at once. */
const MAX_STEPS = 10_000;

/** What arrived at a host. */
export interface HostInput {
  readonly host: string;
  readonly input: Input;
}

/**
 * A network that runs. It is given packets (`send`) and the time (`handleTimeout`), and hands out what arrives
 * (`pollInput`) and all that happened (`pollEvent`). Times are milliseconds and never go back.
 */
export class Network {
  #description: NetworkDescription;
  readonly #random: Random;
  readonly #wire: Wire;
  readonly #forwarder: Forwarder;
  #segments: ReadonlyMap<string, NetSegment> = new Map();
  readonly #hosts: ReadonlyMap<string, Host>;
  readonly #routers: ReadonlyMap<string, Router>;
  readonly #inputs = new Queue<HostInput>();
  #now = 0;

  /**
   * @param random what loss, jitter and ports are drawn from
   * @param options `observe` false: no events are made, for speed
   * @throws NetworkError with what `checkNetwork` says, where it says anything
   */
  constructor(
    description: NetworkDescription,
    random: Random,
    { observe = true }: { readonly observe?: boolean } = {},
  ) {
    refuse(checkNetwork(description));
    this.#description = description;
    this.#random = random;
    this.#wire = new Wire(random, observe);
    this.#forwarder = new Forwarder(this.#wire);
    this.#hosts = new Map(description.hosts.map((each) => [each.id, new Host(each)]));
    // Each NAT has chance of its own: its ports don't change with the traffic elsewhere.
    this.#routers = new Map(
      description.routers.map((each) => [each.id, new Router(each, random.fork())]),
    );
    this.#build();
  }

  /** The network as it is now, after its changes. */
  get description(): NetworkDescription {
    return this.#description;
  }

  get counts(): PacketCounts {
    return { ...this.#wire.counts };
  }

  /** A host's attachments as they are now. @throws NetworkError for an unknown host */
  interfaces(host: string): readonly Attachment[] {
    return this.#host(host).description.interfaces;
  }

  /**
   * Opens a UDP socket. Sending opens one as well: only who waits for others to speak first needs this.
   * A protocol does it with the output `bind`.
   * @throws NetworkError for an unknown host or an address that the host hasn't
   */
  bind(host: string, { address, port }: Endpoint): void {
    const node = this.#host(host);
    if (!node.interfaces.has(address)) {
      throw new NetworkError(`${host} has no interface with the address ${address}`);
    }
    node.sockets.set(address, port, true);
  }

  /** Takes every datagram for a host, whatever its port: a relay's ports come and go. @throws NetworkError for an unknown host */
  bindAll(host: string): void {
    this.#host(host).takesAll = true;
  }

  /**
   * Does what a protocol asks of its host. What a dead interface sends is dropped.
   * @throws NetworkError for an unknown host
   */
  send(now: number, host: string, output: Output): void {
    const node = this.#host(host);
    this.#now = Math.max(this.#now, now);
    switch (output.type) {
      case 'send': {
        const { protocol, source, destination, payload } = output;
        if (protocol === 'udp') {
          if (node.interfaces.has(source.address)) {
            node.sockets.set(source.address, source.port, true);
          }
          this.#originate(now, node, source, destination, payload, null);
          return;
        }
        node.tcp.send(now, source, destination, payload);
        break;
      }
      case 'bind':
        // An interface that has just gone has no sockets.
        if (node.interfaces.has(output.local.address)) {
          node.sockets.set(output.local.address, output.local.port, true);
        }
        return;
      case 'connect':
        node.tcp.connect(now, output.source, output.destination);
        break;
      case 'listen':
        node.tcp.listen(output.local);
        break;
      case 'close':
        node.tcp.close(now, output.source, output.destination);
        break;
    }
    this.#pump(now, node);
  }

  /** When `handleTimeout` is due; null while nothing is. */
  pollTimeout(): number | null {
    return this.#wire.clock.next;
  }

  /** Lets happen what is due by now, each at its own time. A call does not take for ever: more may be due after it. */
  handleTimeout(now: number): void {
    for (let step = 0; step < MAX_STEPS; step += 1) {
      const due = this.#wire.clock.next;
      const item = this.#wire.clock.take(now);
      if (due === null || item === null) break;
      this.#now = Math.max(this.#now, due);
      this.#step(this.#now, item);
    }
  }

  /** What arrived next; null when nothing has. */
  pollInput(): HostInput | null {
    return this.#inputs.take();
  }

  /** What happened next; null when nothing has, or when nobody observes. */
  pollEvent(): NetEvent | null {
    return this.#wire.events.take();
  }

  /** The table of a router's NAT, the oldest row first; empty without a NAT. @throws NetworkError for an unknown router */
  bindings(router: string, now: number): readonly Binding[] {
    return this.#router(router).nat?.bindings(now) ?? [];
  }

  /**
   * Makes something another.
   * @throws NetworkError for an unknown part, or with what `checkNetwork` says of the network that would be; nothing
   * has changed then
   */
  change(now: number, change: NetworkChange): void {
    this.#now = Math.max(this.#now, now);
    if ('host' in change) this.#host(change.host);
    if ('router' in change) this.#router(change.router);
    if ('segment' in change && !this.#segments.has(change.segment)) {
      throw new NetworkError(`There is no segment ${change.segment}`);
    }
    const description = changedDescription(this.#description, change);
    refuse(checkNetwork(description, false));
    this.#description = description;
    this.#build();
    if (change.type === 'interface-down') this.#closeSockets(now, this.#host(change.host));
    if (change.type === 'reboot') this.#reboot(now, this.#router(change.router));
    if (change.type === 'router') this.#reset(now, this.#router(change.router));
  }

  /** Segments, and who is on them, from the description; the state of nodes stays. */
  #build(): void {
    const { segments, hosts, routers } = this.#description;
    this.#segments = new Map(segments.map((each) => [each.id, new Segment<NetNode>(each)]));
    for (const description of hosts) {
      const node = this.#host(description.id);
      node.description = description;
      node.interfaces = new Map(
        description.interfaces.map((each) => [each.address, this.#attach(node, each, false)]),
      );
    }
    for (const { id, inside, outside } of routers) {
      const node = this.#router(id);
      node.inside = inside.map((each) => this.#attach(node, each, false));
      node.outside = this.#attach(node, outside, true);
    }
    for (const [id, segment] of this.#segments) {
      segment.setRoutes(
        routers.flatMap((router) => {
          const by = this.#router(router.id).outside;
          if (router.outside.segment !== id || by === null) return [];
          return prefixesBehind(this.#description, router.id).map((prefix) => ({ prefix, by }));
        }),
      );
    }
  }

  #attach(node: NetNode, attachment: Attachment, isOutside: boolean): NodeInterface {
    const segment = this.#segments.get(attachment.segment);
    if (segment === undefined) throw new NetworkError(`There is no segment ${attachment.segment}`);
    const made = { node, attachment, segment, isOutside };
    segment.attach(made);
    return made;
  }

  #closeSockets(now: number, host: Host): void {
    for (const address of host.sockets.addresses()) {
      if (!host.interfaces.has(address)) host.sockets.deleteAddress(address);
    }
    host.tcp.keepAddresses(host.interfaces);
    this.#pump(now, host);
  }

  #reboot(now: number, router: Router): void {
    router.nat?.reset();
    router.firewall.reset();
    this.#forwarder.afterNat(now, router);
  }

  #reset(now: number, router: Router): void {
    const description = this.#description.routers.find(({ id }) => id === router.id);
    if (description === undefined) return;
    const { nat, firewall, outside } = description;
    router.firewall.rules = firewall;
    if (nat === null) {
      router.nat?.reset();
      this.#forwarder.afterNat(now, router);
      router.nat = null;
    } else if (router.nat === null) {
      router.nat = new Nat(nat, outside.address, this.#random.fork());
    } else {
      router.nat.setBehaviour(nat);
      this.#forwarder.afterNat(now, router);
    }
  }

  #step(t: number, item: Flight | NetNode): void {
    switch (item.kind) {
      case 'flight':
        if (item.at.node.kind === 'host') this.#arrive(t, item, item.at.node);
        else this.#forwarder.forward(t, item, item.at.node);
        return;
      case 'host':
        if (item.wake <= t) item.wake = Infinity;
        item.tcp.handleTimeout(t);
        this.#pump(t, item);
        return;
      case 'router':
        if (item.wake <= t) item.wake = Infinity;
        item.nat?.handleTimeout(t);
        this.#forwarder.afterNat(t, item);
        return;
    }
  }

  /** A packet sets out from a host. */
  #originate(
    t: number,
    host: Host,
    source: Endpoint,
    destination: Endpoint,
    payload: Uint8Array,
    tcp: TcpSegment | null,
  ): void {
    this.#wire.counts.sent += 1;
    const packet: Packet = {
      id: this.#wire.counts.sent,
      protocol: tcp === null ? 'udp' : 'tcp',
      source,
      destination,
      flag: tcp === null ? null : tcp.flag,
      payload,
    };
    if (this.#wire.observes) this.#wire.events.add({ type: 'sent', t, at: host.id, packet });
    const from = host.interfaces.get(source.address);
    if (from === undefined) {
      this.#wire.drop(t, host.id, packet, 'no-socket');
      return;
    }
    if (familyOf(source.address) !== familyOf(destination.address)) {
      this.#wire.drop(t, host.id, packet, 'no-route');
      return;
    }
    const own = host.interfaces.get(destination.address);
    const flight: Flight = { kind: 'flight', packet, hops: HOP_LIMIT, tcp, at: own ?? from };
    if (own !== undefined) this.#wire.clock.add(t, flight);
    else this.#wire.leave(t, flight, from, host.id);
  }

  /** A packet arrives at a host. */
  #arrive(t: number, flight: Flight, host: Host): void {
    const { packet, tcp, at } = flight;
    const { source, destination, payload } = packet;
    // The interface may have gone, or moved to another segment, while the packet was on its way.
    const to = host.interfaces.get(destination.address);
    if (
      to === undefined ||
      host.interfaces.get(at.attachment.address)?.segment.description.id !==
        at.segment.description.id
    ) {
      this.#wire.drop(t, host.id, packet, 'no-socket');
      return;
    }
    if (tcp !== null) {
      const isTaken = host.tcp.handleSegment(t, destination, source, tcp);
      if (isTaken) this.#wire.deliver(t, host.id, packet);
      else this.#wire.drop(t, host.id, packet, 'no-socket');
      this.#pump(t, host);
      return;
    }
    if (!host.takesAll && !host.sockets.has(destination.address, destination.port)) {
      this.#wire.drop(t, host.id, packet, 'no-socket');
      return;
    }
    this.#wire.deliver(t, host.id, packet);
    const input: Input = { type: 'received', protocol: 'udp', source, local: destination, payload };
    this.#inputs.add({ host: host.id, input });
  }

  /** Takes out what a host's TCP has to say. */
  #pump(t: number, host: Host): void {
    const { tcp } = host;
    for (let each = tcp.pollSegment(); each !== null; each = tcp.pollSegment()) {
      const { source, destination, segment } = each;
      this.#originate(t, host, source, destination, segment.payload, segment);
    }
    for (let input = tcp.pollInput(); input !== null; input = tcp.pollInput()) {
      this.#inputs.add({ host: host.id, input });
    }
    const due = tcp.pollTimeout();
    if (due === null || due >= host.wake) return;
    host.wake = due;
    this.#wire.clock.add(due, host);
  }

  #host(id: string): Host {
    const host = this.#hosts.get(id);
    if (host === undefined) throw new NetworkError(`There is no host ${id}`);
    return host;
  }

  #router(id: string): Router {
    const router = this.#routers.get(id);
    if (router === undefined) throw new NetworkError(`There is no router ${id}`);
    return router;
  }
}

function refuse(problems: ReturnType<typeof checkNetwork>): void {
  if (problems.length === 0) return;
  throw new NetworkError(problems.map(({ text }) => text).join(' '), problems);
}
