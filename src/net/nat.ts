// One NAT's table (RFC 4787, for TCP RFC 5382): which row a packet makes or uses, and which rule refuses it.
import { Clock } from './clock.ts';
import type { NatBehaviour } from './description.ts';
import type { NatRule } from '../rtc/nat.ts';
import { EndpointMap } from './endpoint-map.ts';
import type { Binding } from './event.ts';
import { NatSessions } from './nat-sessions.ts';
import type { Endpoint, Packet, Protocol } from './packet.ts';
import { freePort } from './ports.ts';
import { Queue } from './queue.ts';
import type { Random } from './random.ts';

/** A row of the table while it lives. `Nat.binding` makes the picture of it that others may keep. */
export interface Row {
  readonly id: number;
  readonly protocol: Protocol;
  readonly inside: Endpoint;
  readonly outside: Endpoint;
  readonly mappedFor: Binding['mappedFor'];
  readonly since: number;
  /** Each remote once, in the order they were first sent to. */
  readonly sentTo: Endpoint[];
  readonly filter: EndpointMap<true>;
  /** Null for UDP. */
  readonly sessions: NatSessions | null;
  until: number;
  /** When the clock looks at it next. */
  wake: number;
}

/** A packet as it leaves the NAT, and the row that did it. */
export interface Translation {
  readonly packet: Packet;
  /** For a hairpinned packet the sender's. */
  readonly row: Row;
  /** The packet made the row. */
  readonly created: boolean;
  readonly direction: 'out' | 'in' | 'hairpin';
}

/** Why a NAT takes a packet no further. */
export type NatRefusal = 'no-mapping' | 'filtered' | 'no-hairpinning' | 'no-port';

/** The rows of one protocol, found from both sides. A port outside belongs to one row only. */
interface Table {
  readonly byPort: Map<number, Row>;
  /** By the inside endpoint, then by as much of the remote as the mapping rule looks at. */
  readonly byInside: EndpointMap<EndpointMap<Row>>;
}

const emptyTable = (): Table => ({ byPort: new Map(), byInside: new EndpointMap() });

/** A NAT with one outside address. It routes nothing: it only rewrites what it is given, or refuses. */
export class Nat {
  #behaviour: NatBehaviour;
  readonly #address: string;
  readonly #random: Random;
  readonly #tables: Record<Protocol, Table> = { udp: emptyTable(), tcp: emptyTable() };
  #timers = new Clock<Row>();
  readonly #ended = new Queue<Row>();
  #lastId = 0;

  /** @param address its address outside; ports are drawn from `random` */
  constructor(behaviour: NatBehaviour, address: string, random: Random) {
    this.#behaviour = behaviour;
    this.#address = address;
    this.#random = random;
  }

  get behaviour(): NatBehaviour {
    return this.#behaviour;
  }

  /** A packet from inside. One to the NAT's own outside address turns around here (RFC 4787 §6). */
  handleOutbound(now: number, packet: Packet): Translation | NatRefusal {
    const { protocol, source, destination } = packet;
    const turns = destination.address === this.#address;
    if (turns && !this.#behaviour.hairpinning) return 'no-hairpinning';
    const found = this.#find(now, protocol, source, destination);
    const row = found ?? this.#create(now, protocol, source, destination);
    if (row === null) return 'no-port';
    this.#sent(now, row, packet);
    const created = found === null;
    if (!turns) {
      const out = rewritten(packet, row.outside, destination);
      return { packet: out, row, created, direction: 'out' };
    }
    // RFC 4787 §6, REQ-9 a: what arrives has the sender's endpoint outside as its source.
    const inward = this.handleInbound(now, rewritten(packet, row.outside, destination));
    if (typeof inward === 'string') return inward;
    return { packet: inward.packet, row, created, direction: 'hairpin' };
  }

  /** A packet from outside, to the NAT's outside address. */
  handleInbound(now: number, packet: Packet): Translation | NatRefusal {
    const { protocol, source, destination } = packet;
    const row = this.#alive(now, this.#tables[protocol].byPort.get(destination.port));
    if (row === null) return 'no-mapping';
    if (!this.#admits(row, source)) return 'filtered';
    // RFC 4787 §4.3, REQ-6: packets out keep a mapping alive. Those in MAY do so too, which lets anyone outside
    // hold it open; here they don't, so that keep-alives matter. A TCP connection ends otherwise.
    if (row.sessions !== null) {
      this.#prolong(row, row.sessions.note(now, 'in', source, packet.flag));
    }
    const inward = rewritten(packet, source, row.inside);
    return { packet: inward, row, created: false, direction: 'in' };
  }

  /** When the next row may end, in ms; null while there is none. */
  pollTimeout(): number | null {
    return this.#timers.next;
  }

  /** Ends the rows that nothing has kept alive. */
  handleTimeout(now: number): void {
    for (let row = this.#timers.take(now); row !== null; row = this.#timers.take(now)) {
      // An entry for a time that the row has no more to do with.
      if (row.wake > now || this.#tables[row.protocol].byPort.get(row.outside.port) !== row)
        continue;
      if (row.until <= now) this.#end(row);
      else this.#wakeAt(row, row.until);
    }
  }

  /** A row that has ended since it was asked last; null when there is none. */
  pollEnded(): Row | null {
    return this.#ended.take();
  }

  /** The picture of a row as it stands. */
  binding(row: Row): Binding {
    const { id, protocol, inside, outside, mappedFor, since, until } = row;
    return { id, protocol, inside, outside, mappedFor, sentTo: [...row.sentTo], since, until };
  }

  /** The table at this time, the oldest row first. */
  bindings(now: number): readonly Binding[] {
    const rows = [...this.#tables.udp.byPort.values(), ...this.#tables.tcp.byPort.values()];
    return rows
      .filter(({ until }) => until > now)
      .sort((one, other) => one.id - other.id)
      .map((row) => this.binding(row));
  }

  /** It starts anew: every row ends. */
  reset(): void {
    for (const { byPort } of Object.values(this.#tables)) {
      for (const row of [...byPort.values()]) this.#end(row);
    }
    this.#timers = new Clock();
  }

  /** It behaves otherwise from now on. Rows of another mapping rule would be found no more: they end. */
  setBehaviour(behaviour: NatBehaviour): void {
    const isOther = behaviour.mapping !== this.#behaviour.mapping;
    this.#behaviour = behaviour;
    if (isOther) this.reset();
  }

  #find(now: number, protocol: Protocol, inside: Endpoint, remote: Endpoint): Row | null {
    const rows = this.#tables[protocol].byInside.get(inside.address, inside.port);
    if (rows === undefined) return null;
    const { mapping } = this.#behaviour;
    return this.#alive(now, rows.get(addressSeen(mapping, remote), portSeen(mapping, remote)));
  }

  #create(now: number, protocol: Protocol, inside: Endpoint, remote: Endpoint): Row | null {
    const { byPort, byInside } = this.#tables[protocol];
    const { mapping, portPreservation } = this.#behaviour;
    const port = freePort(byPort, inside.port, portPreservation, this.#random);
    if (port === null) return null;
    const address = addressSeen(mapping, remote);
    const seen = portSeen(mapping, remote);
    this.#lastId += 1;
    const row: Row = {
      id: this.#lastId,
      protocol,
      inside,
      outside: { address: this.#address, port },
      mappedFor: address === '' ? null : { address, port: seen === 0 ? null : seen },
      since: now,
      sentTo: [],
      filter: new EndpointMap(),
      sessions: protocol === 'tcp' ? new NatSessions() : null,
      until: Infinity,
      wake: Infinity,
    };
    byPort.set(port, row);
    const rows = byInside.get(inside.address, inside.port);
    if (rows === undefined) {
      const first = new EndpointMap<Row>();
      first.set(address, seen, row);
      byInside.set(inside.address, inside.port, first);
    } else {
      rows.set(address, seen, row);
    }
    return row;
  }

  /** A packet goes out through the row: it lives on, and who is sent to may answer. */
  #sent(now: number, row: Row, { destination, flag }: Packet): void {
    const { filter, sessions } = row;
    if (!filter.has(destination.address, destination.port)) {
      filter.set(destination.address, destination.port, true);
      row.sentTo.push(destination);
    }
    const until =
      sessions === null
        ? now + this.#behaviour.lifetime
        : sessions.note(now, 'out', destination, flag);
    this.#prolong(row, until);
  }

  /**
   * RFC 4787 §5. What a remote is compared with is what went out through this very mapping: as NATs keep both in
   * one entry, a remote that another mapping of the same inside endpoint was made for gets in by that one only.
   */
  #admits({ filter }: Row, { address, port }: Endpoint): boolean {
    switch (this.#behaviour.filtering) {
      case 'endpoint-independent':
        return true;
      case 'address-dependent':
        return filter.hasAddress(address);
      case 'address-and-port-dependent':
        return filter.has(address, port);
    }
  }

  #alive(now: number, row: Row | undefined): Row | null {
    if (row === undefined) return null;
    if (row.until > now) return row;
    this.#end(row);
    return null;
  }

  #prolong(row: Row, until: number): void {
    row.until = until;
    if (until < row.wake) this.#wakeAt(row, until);
  }

  #wakeAt(row: Row, time: number): void {
    row.wake = time;
    this.#timers.add(time, row);
  }

  #end(row: Row): void {
    const { byPort, byInside } = this.#tables[row.protocol];
    byPort.delete(row.outside.port);
    const { address, port } = row.inside;
    const rows = byInside.get(address, port);
    rows?.delete(row.mappedFor?.address ?? '', row.mappedFor?.port ?? 0);
    if (rows?.isEmpty === true) byInside.delete(address, port);
    this.#ended.add(row);
  }
}

/** RFC 4787 §4.1: which of a remote's address and port tell one mapping from another. */
function addressSeen(mapping: NatRule, { address }: Endpoint): string {
  return mapping === 'endpoint-independent' ? '' : address;
}

function portSeen(mapping: NatRule, { port }: Endpoint): number {
  return mapping === 'address-and-port-dependent' ? port : 0;
}

/** The same packet with other endpoints. */
function rewritten(packet: Packet, source: Endpoint, destination: Endpoint): Packet {
  const { id, protocol, flag, payload } = packet;
  return { id, protocol, source, destination, flag, payload };
}
