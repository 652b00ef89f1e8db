// Networks to test in: two homes behind NATs with a server between, and the loop that runs one.
import type {
  Attachment,
  Firewall,
  NatBehaviour,
  NetworkDescription,
  RouterDescription,
  SegmentDescription,
} from '../../../src/net/description.ts';
import type { NetEvent } from '../../../src/net/event.ts';
import type { Input } from '../../../src/net/io.ts';
import type { Network } from '../../../src/net/network.ts';
import type { Endpoint } from '../../../src/net/packet.ts';

export const OPEN: Firewall = { udp: 'allowed', tcp: 'allowed', inbound: 'open' };

export const natOf = (more: Partial<NatBehaviour> = {}): NatBehaviour => ({
  mapping: 'endpoint-independent',
  filtering: 'address-and-port-dependent',
  portPreservation: false,
  hairpinning: false,
  lifetime: 120_000,
  ...more,
});

export const segmentOf = (
  id: string,
  prefixes: readonly string[],
  more: Partial<SegmentDescription> = {},
): SegmentDescription => ({
  ...{ id, prefixes, delay: 1, jitter: 0, loss: 0, duplication: 0 },
  ...more,
});

export const at = (
  segment: string,
  address: string,
  gateway: string | null = null,
  name = 'eth0',
): Attachment => ({ name, segment, address, gateway });

export const routerOf = (
  id: string,
  inside: Attachment,
  outside: Attachment,
  more: Partial<RouterDescription> = {},
): RouterDescription => ({ id, inside: [inside], outside, nat: null, firewall: OPEN, ...more });

export const INTERNET = segmentOf('internet', ['0.0.0.0/0', '::/0'], { delay: 10 });

/** a, c — A — internet — B — b, and the server s on the internet. */
export function twoHomes(a: Partial<RouterDescription>, b: Partial<RouterDescription>) {
  return {
    segments: [
      segmentOf('lanA', ['10.0.0.0/24']),
      segmentOf('lanB', ['10.0.0.0/24', '2001:db8:b::/64']),
      INTERNET,
    ],
    hosts: [
      { id: 'a', role: 'caller', interfaces: [at('lanA', '10.0.0.5', '10.0.0.1')] },
      { id: 'b', role: 'callee', interfaces: [at('lanB', '10.0.0.5', '10.0.0.1')] },
      { id: 'c', role: 'other', interfaces: [at('lanA', '10.0.0.6', '10.0.0.1')] },
      { id: 's', role: 'stun', interfaces: [at('internet', '192.0.2.1')] },
      { id: 't', role: 'turn', interfaces: [at('internet', '192.0.2.2')] },
    ],
    routers: [
      routerOf('A', at('lanA', '10.0.0.1'), at('internet', '198.51.100.1'), a),
      routerOf('B', at('lanB', '10.0.0.1'), at('internet', '203.0.113.1'), b),
    ],
  } satisfies NetworkDescription;
}

export const end = (address: string, port: number): Endpoint => ({ address, port });

/** A datagram of one byte from one endpoint to another. */
export const datagram = (source: Endpoint, destination: Endpoint, byte = 0) => ({
  type: 'send' as const,
  protocol: 'udp' as const,
  ...{ source, destination, payload: Uint8Array.of(byte) },
});

/** Runs a network until nothing is due before `until`; each input goes to its host as it comes. */
export function run(
  network: Network,
  until: number,
  onInput: (now: number, host: string, input: Input) => void = () => undefined,
): NetEvent[] {
  for (let steps = 0; steps < 100_000; steps += 1) {
    const due = network.pollTimeout();
    if (due === null || due > until) {
      const events: NetEvent[] = [];
      for (let each = network.pollEvent(); each !== null; each = network.pollEvent()) {
        events.push(each);
      }
      return events;
    }
    network.handleTimeout(due);
    for (let each = network.pollInput(); each !== null; each = network.pollInput()) {
      onInput(due, each.host, each.input);
    }
  }
  throw new Error('The network never rests.');
}
