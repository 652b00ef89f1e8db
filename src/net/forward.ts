// Routers at work: which way a packet goes on, and what firewall and NAT say to it.
import { familyOf } from './address.ts';
import type { Nat, NatRefusal, Translation } from './nat.ts';
import type { Flight, NodeInterface, Router } from './node.ts';
import type { Packet } from './packet.ts';
import { nextHop } from './topology.ts';
import type { Wire } from './wire.ts';

/** Carries packets through routers. */
export class Forwarder {
  readonly #wire: Wire;

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  /** A packet arrives at a router. */
  forward(t: number, flight: Flight, router: Router): void {
    const { packet, at } = flight;
    if (router.outside === null) return;
    if (flight.hops <= 1) {
      this.#wire.drop(t, router.id, packet, 'hop-limit');
      return;
    }
    flight.hops -= 1;
    if (at.isOutside) this.#forwardIn(t, flight, router);
    else this.#forwardOut(t, flight, router, router.outside);
  }

  #forwardIn(t: number, flight: Flight, router: Router): void {
    const { packet } = flight;
    const { destination } = packet;
    const nat = familyOf(destination.address) === 4 ? router.nat : null;
    const refused = router.firewall.handleInbound(t, packet, nat !== null);
    if (refused !== null) {
      this.#wire.drop(t, router.id, packet, refused);
      return;
    }
    if (nat !== null) {
      // A NAT has no way in but its table.
      if (destination.address !== router.outside?.attachment.address) {
        this.#wire.drop(t, router.id, packet, 'no-mapping');
        return;
      }
      this.#translated(t, flight, router, nat.handleInbound(t, packet), nat);
      return;
    }
    if (router.has(destination.address)) {
      this.#wire.drop(t, router.id, packet, 'no-socket');
      return;
    }
    this.#leaveInside(t, flight, router, null);
  }

  #forwardOut(t: number, flight: Flight, router: Router, outside: NodeInterface): void {
    const { packet } = flight;
    const { destination } = packet;
    const nat = familyOf(destination.address) === 4 ? router.nat : null;
    const isTurning = nat !== null && destination.address === outside.attachment.address;
    if (!isTurning) {
      if (router.has(destination.address)) {
        this.#wire.drop(t, router.id, packet, 'no-socket');
        return;
      }
      // From one inside to another: neither NAT nor firewall stands between.
      if (router.interfaceTowards(destination.address) !== null) {
        this.#leaveInside(t, flight, router, null);
        return;
      }
      if (nextHop(outside, destination.address) === null) {
        this.#wire.drop(t, router.id, packet, 'no-route');
        return;
      }
    }
    const refused = router.firewall.handleOutbound(t, packet);
    if (refused !== null) {
      this.#wire.drop(t, router.id, packet, refused);
      return;
    }
    if (nat !== null) {
      this.#translated(t, flight, router, nat.handleOutbound(t, packet), nat);
      return;
    }
    this.#tellForwarded(t, router, packet, null);
    this.#wire.leave(t, flight, outside, router.id);
  }

  /** A NAT has had its say. */
  #translated(
    t: number,
    flight: Flight,
    router: Router,
    done: Translation | NatRefusal,
    nat: Nat,
  ): void {
    this.afterNat(t, router);
    if (typeof done === 'string') {
      this.#wire.drop(t, router.id, flight.packet, done);
      return;
    }
    flight.packet = done.packet;
    if (done.direction !== 'out') {
      this.#leaveInside(t, flight, router, done);
      return;
    }
    this.#tellForwarded(t, router, done.packet, this.#wire.observes ? { nat, done } : null);
    if (router.outside !== null) this.#wire.leave(t, flight, router.outside, router.id);
  }

  #leaveInside(t: number, flight: Flight, router: Router, done: Translation | null): void {
    const { packet } = flight;
    const { nat } = router;
    const inside = router.interfaceTowards(packet.destination.address);
    if (inside === null) {
      this.#wire.drop(t, router.id, packet, 'no-route');
      return;
    }
    this.#tellForwarded(t, router, packet, nat === null || done === null ? null : { nat, done });
    this.#wire.leave(t, flight, inside, router.id);
  }

  #tellForwarded(
    t: number,
    { id }: Router,
    packet: Packet,
    by: { readonly nat: Nat; readonly done: Translation } | null,
  ): void {
    if (!this.#wire.observes) return;
    const translation =
      by === null
        ? null
        : {
            binding: by.nat.binding(by.done.row),
            created: by.done.created,
            direction: by.done.direction,
          };
    this.#wire.events.add({ type: 'forwarded', t, at: id, packet, translation });
  }

  /** Tells of rows that have ended, and sees to it that the next to end is looked at in time. */
  afterNat(t: number, router: Router): void {
    const { nat } = router;
    if (nat === null) return;
    for (let row = nat.pollEnded(); row !== null; row = nat.pollEnded()) {
      if (!this.#wire.observes) continue;
      this.#wire.events.add({ type: 'expired', t, at: router.id, binding: nat.binding(row) });
    }
    const due = nat.pollTimeout();
    if (due === null || due >= router.wake) return;
    router.wake = due;
    this.#wire.clock.add(due, router);
  }
}
