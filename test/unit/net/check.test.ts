// Each way in which a description can't work has its name.
import { expect, it, test } from 'vitest';
import { checkNetwork } from '../../../src/net/check.ts';
import type { NetworkDescription } from '../../../src/net/description.ts';
import { NetworkError } from '../../../src/net/error.ts';
import { Network } from '../../../src/net/network.ts';
import { seeded } from '../../../src/net/random.ts';
import { at, INTERNET, natOf, routerOf, segmentOf, twoHomes } from './nets.ts';

const good = twoHomes({ nat: natOf() }, {});
const [lanA, lanB] = good.segments;
const [A, B] = good.routers;
const [a, ...others] = good.hosts;
if (lanA === undefined || lanB === undefined || A === undefined || B === undefined || !a) {
  throw new Error('The network is small.');
}

const withA = (...interfaces: ReturnType<typeof at>[]): NetworkDescription => ({
  ...good,
  hosts: [{ ...a, interfaces }, ...others],
});
const withSegment = (more: object): NetworkDescription => ({
  ...good,
  segments: [{ ...lanA, ...more }, lanB, INTERNET],
});
const withRouter = (more: object): NetworkDescription => ({
  ...good,
  routers: [{ ...A, ...more }, B],
});
const codes = (description: NetworkDescription) =>
  checkNetwork(description).map(({ code, at: where, subject }) => [code, where, subject]);

it('finds nothing wrong with two homes', () => {
  expect(checkNetwork(good)).toEqual([]);
});

test.each<[string, string, string, NetworkDescription]>([
  ['duplicate-id', 'b', 'b', { ...good, segments: [...good.segments, segmentOf('b', [])] }],
  ['unknown-segment', 'a', 'lanX', withA(at('lanX', '10.0.0.8'), at('lanA', '10.0.0.5'))],
  ['malformed-prefix', 'lanA', '10.0.0/8', withSegment({ prefixes: ['10.0.0.0/24', '10.0.0/8'] })],
  ['malformed-address', 'a', '10.0.0.256', withA(at('lanA', '10.0.0.256'))],
  [
    'malformed-address',
    'b',
    '2001:db8:b::0001',
    {
      ...good,
      hosts: good.hosts.map((host) =>
        host.id === 'b' ? { ...host, interfaces: [at('lanB', '2001:db8:b::0001')] } : host,
      ),
    },
  ],
  ['number-out-of-range', 'lanA', '1.5', withSegment({ loss: 1.5 })],
  ['number-out-of-range', 'lanA', '-1', withSegment({ delay: -1 })],
  ['number-out-of-range', 'lanA', 'Infinity', withSegment({ jitter: Infinity })],
  ['number-out-of-range', 'lanA', 'NaN', withSegment({ duplication: NaN })],
  ['number-out-of-range', 'A', '0', withRouter({ nat: natOf({ lifetime: 0 }) })],
  ['address-outside-segment', 'a', '10.0.1.5', withA(at('lanA', '10.0.1.5'))],
  ['duplicate-address', 'c', '10.0.0.6', withA(at('lanA', '10.0.0.6'))],
  ['duplicate-address', 'a', '10.0.0.7', withA(at('lanA', '10.0.0.7'), at('lanB', '10.0.0.7'))],
  ['private-on-internet', 'a', '10.0.0.5', withA(at('internet', '10.0.0.5'))],
  ['unknown-gateway', 'a', '10.0.0.2', withA(at('lanA', '10.0.0.5', '10.0.0.2'))],
  ['unknown-gateway', 'a', '10.0.0.6', withA(at('lanA', '10.0.0.5', '10.0.0.6'))],
  [
    'no-inside',
    'C',
    'C',
    {
      ...good,
      routers: [
        ...good.routers,
        { ...A, id: 'C', inside: [], outside: at('internet', '192.0.2.9') },
      ],
    },
  ],
  ['nat-without-ipv4', 'A', '2001:db8::1', withRouter({ outside: at('internet', '2001:db8::1') })],
  [
    'overlapping-prefixes',
    'C',
    'lanB',
    {
      ...good,
      routers: [...good.routers, routerOf('C', at('lanB', '10.0.0.9'), at('lanA', '10.0.0.9'))],
    },
  ],
])('%s at %s: %s', (code, where, subject, description) => {
  expect(codes(description)).toContainEqual([code, where, subject]);
  expect(new Set(codes(description).map(([each]) => each))).toEqual(new Set([code]));
});

it('finds a loop of routers, and hosts that nothing connects', () => {
  const circle: NetworkDescription = {
    segments: [segmentOf('x', ['10.1.0.0/16']), segmentOf('y', ['10.2.0.0/16'])],
    hosts: [],
    routers: [
      routerOf('X', at('x', '10.1.0.1'), at('y', '10.2.0.2', '10.2.0.1')),
      routerOf('Y', at('y', '10.2.0.1'), at('x', '10.1.0.2', '10.1.0.1')),
    ],
  };
  expect(codes(circle)).toEqual([['router-loop', 'X', 'X, Y']]);
  expect(codes({ ...good, routers: [A] })).toContainEqual(['unconnected', 'a', 'b']);
  expect(checkNetwork({ ...good, routers: [A] }, false).map(({ code }) => code)).not.toContain(
    'unconnected',
  );
});

it('stops a network from being made, and says why', () => {
  const make = () => new Network(withSegment({ loss: 2 }), seeded(1));
  expect(make).toThrow(NetworkError);
  expect(make).toThrow('lanA: the loss is 2, not from 0 to 1.');
});
