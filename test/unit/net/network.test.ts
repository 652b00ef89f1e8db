// Packets on their way: what each router makes of them, and which rule ends them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NetworkDescription } from '../../../src/net/description.ts';
import { NAT_RULES } from '../../../src/rtc/nat.ts';
import { NetworkError } from '../../../src/net/error.ts';
import type { NetEvent } from '../../../src/net/event.ts';
import { Network } from '../../../src/net/network.ts';
import { seeded } from '../../../src/net/random.ts';
import {
  at,
  datagram,
  end,
  INTERNET,
  natOf,
  OPEN,
  routerOf,
  run,
  segmentOf,
  twoHomes,
} from './nets.ts';

const a = end('10.0.0.5', 5000);
const s = end('192.0.2.1', 3478);

/** What happened, short: `sent a`, `dropped B filtered`. */
const told = (events: readonly NetEvent[]) =>
  events.map((each) => `${each.type} ${each.at}${each.type === 'dropped' ? ` ${each.rule}` : ''}`);

/** Sends one datagram from a host and tells what became of it. */
function fate(description: NetworkDescription, host: string, from = a, to = s): string[] {
  const network = new Network(description, seeded(1));
  network.send(0, host, datagram(from, to));
  return told(run(network, 1000));
}

describe('a packet', () => {
  it('goes out through a NAT and its answer comes back', () => {
    const network = new Network(twoHomes({ nat: natOf() }, {}), seeded(1));
    network.bind('s', s);
    network.send(0, 'a', datagram(a, s));
    const events = run(network, 1000, (now, host, input) => {
      if (host === 's' && input.type === 'received') {
        network.send(now, 's', datagram(s, input.source));
      }
    });
    expect(told(events)).toEqual([
      ...['sent a', 'forwarded A', 'delivered s', 'sent s', 'forwarded A', 'delivered a'],
    ]);
    expect(events.map(({ t }) => t)).toEqual([0, 1, 11, 11, 21, 22]);
    const ways = events.flatMap((each) => (each.type === 'forwarded' ? each.translation : []));
    expect(ways).toMatchObject([
      { direction: 'out', created: true },
      { direction: 'in', created: false },
    ]);
    expect(network.counts).toEqual({ sent: 2, copied: 0, delivered: 2, dropped: 0 });
  });

  it('is dropped by a rule with a name', () => {
    const plain = twoHomes({}, {});
    const natted = twoHomes({ nat: natOf() }, { nat: natOf() });
    const udpBlocked = twoHomes({ nat: natOf(), firewall: { ...OPEN, udp: 'blocked' } }, {});
    const own = end('198.51.100.1', 5000);
    expect(fate(plain, 'a')).toEqual(['sent a', 'forwarded A', 'dropped internet no-route']);
    expect(fate(natted, 'a').at(-1)).toBe('dropped s no-socket');
    expect(fate(natted, 'a', end('10.0.0.9', 1)).at(-1)).toBe('dropped a no-socket');
    expect(fate(natted, 'a', a, own).at(-1)).toBe('dropped A no-hairpinning');
    expect(fate(natted, 'a', a, end('203.0.113.1', 9)).at(-1)).toBe('dropped B no-mapping');
    expect(fate(natted, 'a', a, end('192.168.7.7', 9)).at(-1)).toBe('dropped internet no-route');
    expect(fate(natted, 'a', a, end('10.0.0.77', 9)).at(-1)).toBe('dropped lanA no-route');
    expect(fate(natted, 'a', a, end('10.0.0.1', 9)).at(-1)).toBe('dropped A no-socket');
    expect(fate(natted, 'a', a, end('2001:db8::1', 9)).at(-1)).toBe('dropped a no-route');
    expect(fate(natted, 's', s, end('10.0.0.5', 9)).at(-1)).toBe('dropped internet no-route');
    expect(fate(udpBlocked, 'a').at(-1)).toBe('dropped A firewall-udp');
    expect(fate(udpBlocked, 's', s, own).at(-1)).toBe('dropped A firewall-udp');
  });

  it('reaches its own host without a segment', () => {
    const network = new Network(twoHomes({}, {}), seeded(1));
    network.bind('s', end('192.0.2.1', 9));
    network.send(5, 's', datagram(s, end('192.0.2.1', 9)));
    expect(told(run(network, 5))).toEqual(['sent s', 'delivered s']);
  });

  it('throws for a host that isn’t there', () => {
    const network = new Network(twoHomes({}, {}), seeded(1));
    expect(() => network.send(0, 'x', datagram(a, s))).toThrow(NetworkError);
    expect(() => network.bind('s', a)).toThrow(NetworkError);
    expect(() => network.bindings('x', 0)).toThrow(NetworkError);
  });
});

it('routes IPv6 through a NAT’s router, past its firewall', () => {
  const made = (inbound: 'open' | 'closed') => {
    const description = twoHomes({}, { nat: natOf(), firewall: { ...OPEN, inbound } });
    const [b6, s6] = [end('2001:db8:b::5', 1), end('2001:db8:5::1', 2)];
    const dual = description.hosts.map((host) => {
      const more = {
        b: [at('lanB', b6.address, '10.0.0.1')],
        s: [at('internet', s6.address)],
      }[host.id];
      return { ...host, interfaces: [...host.interfaces, ...(more ?? [])] };
    });
    const network = new Network({ ...description, hosts: dual }, seeded(1));
    network.bind('s', s6);
    network.bind('b', b6);
    network.send(0, 's', datagram(s6, b6));
    const before = told(run(network, 100)).at(-1);
    network.send(100, 'b', datagram(b6, s6));
    run(network, 200);
    network.send(200, 's', datagram(s6, b6));
    return [before, told(run(network, 300)).at(-1)];
  };
  expect(made('open')).toEqual(['delivered b', 'delivered b']);
  expect(made('closed')).toEqual(['dropped B firewall-inbound', 'delivered b']);
});

/** Homes in a row, each behind the next one's NAT; the host h is in the innermost. */
function nested(depth: number): NetworkDescription {
  const homes = Array.from({ length: depth }, (_, at) => at);
  return {
    segments: [...homes.map((each) => segmentOf(`lan${each}`, [`10.${each}.0.0/16`])), INTERNET],
    hosts: [
      { id: 'h', role: 'caller', interfaces: [at('lan0', '10.0.0.9', '10.0.0.1')] },
      { id: 's', role: 'stun', interfaces: [at('internet', s.address)] },
    ],
    routers: homes.map((each) =>
      routerOf(
        `R${each}`,
        at(`lan${each}`, `10.${each}.0.1`),
        each + 1 === depth
          ? at('internet', '198.51.100.1')
          : at(`lan${each + 1}`, `10.${each + 1}.0.2`, `10.${each + 1}.0.1`),
        { nat: natOf() },
      ),
    ),
  };
}

it('goes through NAT behind NAT and back, up to the hop limit', () => {
  const network = new Network(nested(3), seeded(1));
  network.bind('s', s);
  network.send(0, 'h', datagram(end('10.0.0.9', 1), s));
  const events = run(network, 1000, (now, host, input) => {
    if (host === 's' && input.type === 'received')
      network.send(now, 's', datagram(s, input.source));
  });
  expect(told(events).join()).toBe(
    'sent h,forwarded R0,forwarded R1,forwarded R2,delivered s,' +
      'sent s,forwarded R2,forwarded R1,forwarded R0,delivered h',
  );
  expect(fate(nested(63), 'h', end('10.0.0.9', 1)).at(-1)).toBe('dropped s no-socket');
  expect(fate(nested(64), 'h', end('10.0.0.9', 1)).at(-1)).toBe('dropped R63 hop-limit');
});

it('hairpins where the NAT does', () => {
  const nat = natOf({
    hairpinning: true,
    filtering: 'endpoint-independent',
    portPreservation: true,
  });
  const network = new Network(twoHomes({ nat }, {}), seeded(1));
  network.send(0, 'c', datagram(end('10.0.0.6', 6000), s));
  run(network, 100);
  network.send(100, 'a', datagram(a, end('198.51.100.1', 6000)));
  const last = run(network, 200).at(-1);
  expect(last).toMatchObject({ type: 'delivered', at: 'c' });
  expect(last).toMatchObject({ packet: { source: end('198.51.100.1', 5000) } });
});

describe('a change', () => {
  it('moves a host to another network', () => {
    const network = new Network(twoHomes({ nat: natOf() }, { nat: natOf() }), seeded(1));
    network.bind('s', s);
    network.send(0, 'a', datagram(a, s));
    network.change(0.5, { type: 'interface-down', host: 'a', name: 'eth0' });
    const attachment = at('lanB', '10.0.0.77', '10.0.0.1', 'wlan0');
    network.change(0.5, { type: 'interface-up', host: 'a', attachment });
    expect(network.interfaces('a')).toEqual([attachment]);
    network.send(1, 'a', datagram(a, s));
    network.send(1, 'a', datagram(end('10.0.0.77', 5000), s));
    const events = told(run(network, 1000));
    expect(events.filter((each) => each.startsWith('dropped'))).toEqual(['dropped a no-socket']);
    expect(events).toContain('forwarded B');
    expect(() => network.change(2, { type: 'interface-up', host: 'a', attachment })).toThrow(
      NetworkError,
    );
  });

  it('makes a NAT forget, and tells which rows', () => {
    const network = new Network(twoHomes({ nat: natOf() }, {}), seeded(1));
    network.send(0, 'a', datagram(a, s));
    run(network, 100);
    network.change(100, { type: 'reboot', router: 'A' });
    expect(network.bindings('A', 100)).toEqual([]);
    expect(told(run(network, 100))).toEqual(['expired A']);
    network.change(100, { type: 'router', router: 'A', nat: null });
    network.send(100, 'a', datagram(a, s));
    expect(told(run(network, 200)).at(-1)).toBe('dropped internet no-route');
  });
});

it('tells of a row’s end when it is due', () => {
  const network = new Network(twoHomes({ nat: natOf({ lifetime: 5000 }) }, {}), seeded(1));
  network.send(0, 'a', datagram(a, s));
  const last = run(network, 10_000).at(-1);
  expect(last).toMatchObject({ type: 'expired', at: 'A', t: 5001, binding: { inside: a } });
});

describe('any network', () => {
  const nat = fc.option(
    fc.record({
      mapping: fc.constantFrom(...NAT_RULES),
      filtering: fc.constantFrom(...NAT_RULES),
      portPreservation: fc.boolean(),
      hairpinning: fc.boolean(),
      lifetime: fc.integer({ min: 1, max: 500 }),
    }),
  );
  const firewall = fc.record({
    udp: fc.constantFrom('allowed' as const, 'allowed' as const, 'blocked' as const),
    tcp: fc.constantFrom('allowed' as const, 'only-443' as const, 'blocked' as const),
    inbound: fc.constantFrom('open' as const, 'closed' as const),
  });
  const chance = fc.double({ min: 0, max: 1, noNaN: true });
  const quality = fc.record({
    delay: fc.nat({ max: 50 }),
    jitter: fc.nat({ max: 50 }),
    loss: chance.map((each) => each / 2),
    duplication: chance,
  });
  const side = fc.record({ nat, firewall });
  const place = fc.constantFrom(
    ...[a, end('10.0.0.6', 5000), s, end('192.0.2.2', 443), end('198.51.100.1', 5000)],
    ...[end('203.0.113.1', 5000), end('2001:db8::7', 1), end('10.9.9.9', 1), end('nonsense', 0)],
  );
  const host = fc.constantFrom('a', 'b', 'c', 's', 't');
  const act = fc.record({
    host,
    kind: fc.constantFrom('udp', 'udp', 'udp', 'connect', 'listen', 'close', 'tcp', 'down'),
    ...{ source: place, destination: place, wait: fc.nat({ max: 100 }) },
  });

  it('ends each packet once, and tells the same for the same seed', () => {
    fc.assert(
      fc.property(
        side,
        side,
        quality,
        fc.integer(),
        fc.array(act),
        (one, other, line, seed, acts) => {
          const description = twoHomes(one, other);
          const segments = description.segments.map((each) => ({ ...each, ...line }));
          const play = () => {
            const network = new Network({ ...description, segments }, seeded(seed));
            const events: NetEvent[] = [];
            let now = 0;
            for (const { host: id, kind, source, destination, wait } of acts) {
              const ends = { source, destination };
              if (kind === 'udp') network.send(now, id, datagram(source, destination));
              else if (kind === 'tcp')
                network.send(now, id, { ...datagram(source, destination), protocol: 'tcp' });
              else if (kind === 'listen') network.send(now, id, { type: 'listen', local: source });
              else if (kind === 'down')
                network.change(now, { type: 'interface-down', host: id, name: 'eth0' });
              else network.send(now, id, { type: kind === 'close' ? 'close' : 'connect', ...ends });
              now += wait;
              events.push(...run(network, now));
            }
            events.push(...run(network, Infinity));
            expect(network.pollTimeout()).toBeNull();
            return { events, counts: network.counts };
          };
          const { events, counts } = play();
          expect(counts.sent + counts.copied).toBe(counts.delivered + counts.dropped);
          const ids = (type: string) =>
            new Set(
              events.flatMap((each) =>
                each.type === type && 'packet' in each ? each.packet.id : [],
              ),
            );
          expect(new Set([...ids('delivered'), ...ids('dropped')])).toEqual(ids('sent'));
          expect(play().events).toEqual(events);
        },
      ),
      { numRuns: 150 },
    );
  });
});
