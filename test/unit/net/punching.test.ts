// UDP hole punching through two NATs (RFC 5128 §3.3): every behaviour against every other.
import { expect, test } from 'vitest';
import type { NatBehaviour } from '../../../src/net/description.ts';
import { NAT_RULES } from '../../../src/rtc/nat.ts';
import { Network } from '../../../src/net/network.ts';
import type { Endpoint } from '../../../src/net/packet.ts';
import { seeded } from '../../../src/net/random.ts';
import { datagram, end, natOf, run, twoHomes } from './nets.ts';

const behaviours = NAT_RULES.flatMap((mapping) =>
  NAT_RULES.map((filtering) => natOf({ mapping, filtering })),
);

/** Whether a packet of the first reaches the second and its answer comes back. */
function opens(one: NatBehaviour, other: NatBehaviour): boolean {
  const isOneKnown = one.mapping === 'endpoint-independent';
  const isOtherKnown = other.mapping === 'endpoint-independent';
  const comesIn =
    other.filtering === 'endpoint-independent' ||
    // What went out by another mapping opens nothing in the one that the server told of.
    (isOtherKnown && (other.filtering === 'address-dependent' || isOneKnown));
  const answers = isOtherKnown || one.filtering !== 'address-and-port-dependent';
  return comesIn && answers;
}

/** Two endpoints that know what the server sees of the other, send there, and answer to wherever it comes from. */
function punches(natA: NatBehaviour, natB: NatBehaviour): boolean {
  const network = new Network(twoHomes({ nat: natA }, { nat: natB }), seeded(7));
  const server = end('192.0.2.1', 3478);
  const local = { a: end('10.0.0.5', 5000), b: end('10.0.0.5', 6000) };
  const seen = new Map<number, Endpoint>();
  network.bind('s', server);
  network.send(0, 'a', datagram(local.a, server, 1));
  network.send(0, 'b', datagram(local.b, server, 2));
  run(network, 100, (_, host, input) => {
    if (host === 's' && input.type === 'received') seen.set(input.payload[0] ?? 0, input.source);
  });
  const [ofA, ofB] = [seen.get(1), seen.get(2)];
  if (ofA === undefined || ofB === undefined) throw new Error('The server saw nobody.');
  let isOpen = false;
  for (const now of [1000, 2000, 3000]) {
    network.send(now, 'a', datagram(local.a, ofB, 1));
    network.send(now, 'b', datagram(local.b, ofA, 1));
    run(network, now + 500, (t, host, input) => {
      if (input.type !== 'received' || (host !== 'a' && host !== 'b')) return;
      if (input.payload[0] === 1) network.send(t, host, datagram(local[host], input.source, 2));
      else isOpen = true;
    });
  }
  return isOpen;
}

test.each(behaviours)('$mapping mapping, $filtering filtering, with each other', (one) => {
  for (const other of behaviours) {
    expect([other, punches(one, other)]).toEqual([other, opens(one, other) || opens(other, one)]);
  }
});

test('the everyday cases', () => {
  const portRestricted = natOf();
  const restricted = natOf({ filtering: 'address-dependent' });
  const symmetric = natOf({ mapping: 'address-and-port-dependent' });
  expect(punches(portRestricted, portRestricted)).toBe(true);
  expect(punches(restricted, symmetric)).toBe(true);
  expect(punches(portRestricted, symmetric)).toBe(false);
  expect(punches(symmetric, symmetric)).toBe(false);
});
