// The path that a call uses, as its packets went.
import { expect, test } from 'vitest';
import type { PairEnd } from '../../../src/trace/event.ts';
import type { Frame } from '../../../src/trace/frame.ts';
import { pathInUse } from '../../../src/views/net/in-use.ts';
import type { NetworkDescription } from '../../../src/net/description.ts';
import {
  netCall,
  office,
  oneHome,
  PORT_RESTRICTED,
  SYMMETRIC,
  twoNats,
  type NetCallOptions,
} from './net-call.ts';

/** The end of a call, with the pair that its packets used: the one that this side's data went over. */
function endOf(
  description: NetworkDescription,
  ends: readonly [local: Partial<PairEnd>, remote: Partial<PairEnd>],
  options: NetCallOptions = {},
  state = 'connected',
): Frame {
  const trace = netCall(description, options);
  const frame = trace.frameAt(trace.length);
  const end = (given: Partial<PairEnd>): PairEnd => ({
    ...{ type: 'host', protocol: 'udp', address: '', port: 0, priority: null },
    ...given,
  });
  const pair = {
    ...({ n: 1, t: 0, step: 0, cause: null, side: 'caller', kind: 'pair' } as const),
    ...{ local: end(ends[0]), remote: end(ends[1]), state: 'succeeded', nominated: true },
  };
  const { caller } = frame;
  const states = { ...caller.states, iceConnectionState: state };
  return { ...frame, caller: { ...caller, states, pair } as Frame['caller'] };
}

const placesOf = (frame: Frame) => pathInUse(frame).map((path) => path.map(({ where }) => where));

/** The endpoint that the other side's checks came to, or that a server reserved. */
function seen(description: NetworkDescription, address: string, options?: NetCallOptions) {
  const trace = netCall(description, options);
  const packets = [...(trace.frameAt(trace.length).network?.packets ?? [])];
  const found = packets
    .flatMap(({ path }) => path.map(({ destination }) => destination))
    .findLast((end) => end.address === address);
  if (found === undefined) throw new Error(`nothing went to ${address}`);
  return found;
}

test('a direct path is one way, through both NATs', () => {
  const net = twoNats(PORT_RESTRICTED, PORT_RESTRICTED);
  const remote = { type: 'srflx', ...seen(net, '203.0.113.9') };
  const frame = endOf(net, [{ type: 'srflx', address: '198.51.100.7' }, remote]);
  expect(placesOf(frame)).toEqual([['caller', 'caller-router', 'callee-router', 'callee']]);
});

test('in one LAN it passes no router', () => {
  const net = oneHome();
  const frame = endOf(net, [{}, seen(net, '192.168.1.11')]);
  expect(placesOf(frame)).toEqual([['caller', 'callee']]);
});

test('a relay of the caller stands between two ways, over UDP and over TCP', () => {
  for (const [net, options] of [
    [twoNats(SYMMETRIC, SYMMETRIC), { policy: 'relay' }],
    [office(), { tcp: true, policy: 'relay' }],
  ] as const) {
    const trace = netCall(net, options);
    const packets = [...(trace.frameAt(trace.length).network?.packets ?? [])];
    const across = packets.findLast(
      ({ from, to, path }) => from === 'turn' && to === 'turn' && path.length > 0,
    );
    const first = across?.path[0];
    if (first === undefined) throw new Error('nothing between the two relayed addresses');
    const relays = [first.source, first.destination].map((end) => ({ type: 'relay', ...end }));
    const [local = {}, remote = {}] = relays;
    const ways = placesOf(endOf(net, [local, remote], options));
    const all = ways.flat();
    expect(ways.at(0)).toContain('turn');
    expect(all.at(0)).toMatch(/^call/);
    expect(all.at(-1)).toMatch(/^call/);
  }
});

test('there is none while ICE has none that works', () => {
  const net = twoNats(PORT_RESTRICTED, PORT_RESTRICTED);
  const remote = { type: 'srflx', ...seen(net, '203.0.113.9') };
  const local = { type: 'srflx', address: '198.51.100.7' };
  expect(placesOf(endOf(net, [local, remote], {}, 'checking'))).toEqual([]);
  expect(placesOf(endOf(net, [local, remote], {}, 'disconnected'))).toEqual([]);
  expect(placesOf(endOf(net, [local, { ...remote, port: 9 }]))).toEqual([]);
});
