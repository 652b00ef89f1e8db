// A firewall's rules, and how long it remembers what went out.
import { expect, test } from 'vitest';
import { FirewallState } from '../../../src/net/firewall.ts';
import type { Packet, Protocol } from '../../../src/net/packet.ts';
import { end, OPEN } from './nets.ts';

const inside = end('2001:db8:b::5', 5000);
const packet = (protocol: Protocol, isOut: boolean, port: number): Packet => {
  const remote = end('2001:db8::1', port);
  const ends = isOut
    ? { source: inside, destination: remote }
    : { source: remote, destination: inside };
  return { id: 1, protocol, ...ends, flag: null, payload: new Uint8Array(0) };
};

test.each([
  [{ udp: 'blocked' }, 'udp', 443, 'firewall-udp'],
  [{ udp: 'blocked' }, 'tcp', 80, null],
  [{ tcp: 'blocked' }, 'tcp', 443, 'firewall-tcp'],
  [{ tcp: 'blocked' }, 'udp', 80, null],
  [{ tcp: 'only-443' }, 'tcp', 443, null],
  [{ tcp: 'only-443' }, 'tcp', 80, 'firewall-tcp'],
  [{}, 'udp', 9, null],
] as const)('%o, %s with port %d outside, either way: %s', (rules, protocol, port, refused) => {
  const firewall = new FirewallState({ ...OPEN, ...rules });
  expect(firewall.handleOutbound(0, packet(protocol, true, port))).toBe(refused);
  expect(firewall.handleInbound(0, packet(protocol, false, port), false)).toBe(refused);
});

test('closed: in comes what answers, until the flow has been silent for five minutes', () => {
  const firewall = new FirewallState({ ...OPEN, inbound: 'closed' });
  const comesIn = (now: number, port = 1) =>
    firewall.handleInbound(now, packet('udp', false, port), false) === null;
  expect(comesIn(0)).toBe(false);
  firewall.handleOutbound(0, packet('udp', true, 1));
  expect(comesIn(299_999)).toBe(true);
  expect(comesIn(299_999, 2)).toBe(false);
  expect(comesIn(599_998)).toBe(true);
  expect(comesIn(899_998)).toBe(false);
  expect(firewall.handleInbound(0, packet('udp', false, 2), true)).toBeNull();
});
