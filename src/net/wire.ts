// Segments at work: a packet leaves by an interface and is lost, delayed or doubled; and what is told of it.
import { isLocalAddress } from './address.ts';
import { Clock } from './clock.ts';
import type { DropRule, NetEvent } from './event.ts';
import type { Flight, NetNode, NodeInterface } from './node.ts';
import type { Packet } from './packet.ts';
import { Queue } from './queue.ts';
import type { Random } from './random.ts';
import { nextHop } from './topology.ts';

/** How many packets there were. A copy is a packet that arrives once more: sent + copied ends in delivered + dropped. */
export interface PacketCounts {
  readonly sent: number;
  readonly copied: number;
  readonly delivered: number;
  readonly dropped: number;
}

/** What all nodes share: the clock, chance, and the book of what happened. */
export class Wire {
  /** False: events are not even made. */
  readonly observes: boolean;
  readonly clock = new Clock<Flight | NetNode>();
  readonly events = new Queue<NetEvent>();
  readonly counts = { sent: 0, copied: 0, delivered: 0, dropped: 0 };
  readonly #random: Random;
  readonly #isLocal = new Map<string, boolean>();

  constructor(random: Random, observes: boolean) {
    this.#random = random;
    this.observes = observes;
  }

  /** A packet leaves a node by an interface. */
  leave(t: number, flight: Flight, from: NodeInterface, at: string): void {
    const { packet } = flight;
    const hop = nextHop(from, packet.destination.address);
    if (hop === null) {
      this.drop(t, at, packet, 'no-route');
      return;
    }
    const { segment, to } = hop;
    const { id, delay, jitter, loss, duplication } = segment.description;
    if (to === null || (segment.isInternet && this.#isLocalAddress(packet.source.address))) {
      this.drop(t, id, packet, 'no-route');
      return;
    }
    const random = this.#random;
    const isCopied = duplication > 0 && random.next() < duplication;
    if (isCopied) {
      this.counts.copied += 1;
      if (loss > 0 && random.next() < loss) this.drop(t, id, packet, 'lost');
      else {
        const time = t + delay + (jitter > 0 ? random.next() * jitter : 0);
        this.clock.add(time, { ...flight, at: to });
      }
    }
    if (loss > 0 && random.next() < loss) {
      this.drop(t, id, packet, 'lost');
      return;
    }
    flight.at = to;
    this.clock.add(t + delay + (jitter > 0 ? random.next() * jitter : 0), flight);
  }

  /** A packet has arrived. */
  deliver(t: number, at: string, packet: Packet): void {
    this.counts.delivered += 1;
    if (this.observes) this.events.add({ type: 'delivered', t, at, packet });
  }

  /** A packet goes no further. */
  drop(t: number, at: string, packet: Packet, rule: DropRule): void {
    this.counts.dropped += 1;
    if (this.observes) this.events.add({ type: 'dropped', t, at, packet, rule });
  }

  #isLocalAddress(address: string): boolean {
    const known = this.#isLocal.get(address);
    if (known !== undefined) return known;
    const isLocal = isLocalAddress(address);
    this.#isLocal.set(address, isLocal);
    return isLocal;
  }
}
