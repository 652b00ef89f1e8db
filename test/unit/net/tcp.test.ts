// TCP between two stacks over a path that loses, doubles and reorders, and through NATs.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Firewall } from '../../../src/net/description.ts';
import type { Input, Output } from '../../../src/net/io.ts';
import { Network } from '../../../src/net/network.ts';
import { seeded } from '../../../src/net/random.ts';
import { at, end, natOf, OPEN, run, segmentOf, twoHomes } from './nets.ts';

const HOUR = 3_600_000;
const client = end('10.0.0.5', 5000);
const server = end('192.0.2.1', 443);
const connect: Output = { type: 'connect', source: client, destination: server };
const close: Output = { type: 'close', source: client, destination: server };
const part = (byte: number): Output => ({
  ...{ type: 'send', protocol: 'tcp', source: client, destination: server },
  payload: Uint8Array.of(byte),
});

/** Two hosts on a wire of a given quality. */
function wire(more: object, seed = 1): Network {
  const segment = segmentOf('wire', ['10.0.0.0/8', '192.0.2.0/24'], more);
  const hosts = [
    { id: 'a', role: 'caller' as const, interfaces: [at('wire', client.address)] },
    { id: 's', role: 'turn' as const, interfaces: [at('wire', server.address)] },
  ];
  return new Network({ segments: [segment], hosts, routers: [] }, seeded(seed));
}

/** Runs it and gives each host's inputs as short words, with their times where they matter. */
function inputsOf(network: Network, until = HOUR, answer?: (now: number, input: Input) => void) {
  const found: Record<string, string[]> = { a: [], s: [] };
  const events = run(network, until, (now, host, input) => {
    found[host]?.push(input.type === 'tcp' ? input.state : String(input.payload[0]));
    if (host === 's') answer?.(now, input);
  });
  return { ...found, events } as { a: string[]; s: string[]; events: typeof events };
}

describe('a connection', () => {
  it('opens with three segments, carries data both ways, and closes', () => {
    const network = wire({});
    network.send(0, 's', { type: 'listen', local: server });
    network.send(0, 'a', connect);
    network.send(0, 'a', part(1));
    network.send(0, 'a', part(2));
    const echo = (now: number, input: Input) => {
      if (input.type !== 'received') return;
      const { source, local, payload } = input;
      const back = { source: local, destination: source, payload };
      network.send(now, 's', { type: 'send', protocol: 'tcp', ...back });
    };
    const { a, s, events } = inputsOf(network, 100, echo);
    expect(a).toEqual(['open', '1', '2']);
    expect(s).toEqual(['open', '1', '2']);
    const sent = events.flatMap((each) => (each.type === 'sent' ? (each.packet.flag ?? '') : []));
    expect(sent.slice(0, 5)).toEqual(['syn', 'syn-ack', 'data', 'data', 'ack']);
    network.send(200, 'a', close);
    const rest = inputsOf(network, HOUR);
    expect([rest.a, rest.s]).toEqual([[], ['closed']]);
    expect(network.pollTimeout()).toBeNull();
  });

  it('is refused by a reset where nobody listens', () => {
    const network = wire({});
    network.send(0, 'a', connect);
    const { a, events } = inputsOf(network);
    expect(a).toEqual(['refused']);
    expect(events.map(({ type }) => type)).toEqual(['sent', 'dropped', 'sent', 'delivered']);
  });

  it('times out after six retransmissions, each after twice the time', () => {
    const network = wire({ loss: 1 });
    network.send(0, 'a', connect);
    const { a, events } = inputsOf(network);
    expect(a).toEqual(['timed-out']);
    const times = events.flatMap((each) => (each.type === 'sent' ? each.t : []));
    expect(times).toEqual([0, 1000, 3000, 7000, 15_000, 31_000, 63_000]);
  });

  it('is closed when the path dies under it', () => {
    const network = wire({});
    network.send(0, 's', { type: 'listen', local: server });
    network.send(0, 'a', connect);
    run(network, 100);
    network.change(100, { type: 'segment', segment: 'wire', loss: 1 });
    network.send(100, 'a', part(1));
    expect(inputsOf(network).a).toEqual(['closed']);
  });

  it('ends at once with its interface', () => {
    const network = wire({});
    network.send(0, 's', { type: 'listen', local: server });
    network.send(0, 'a', connect);
    run(network, 100);
    network.change(100, { type: 'interface-down', host: 'a', name: 'eth0' });
    expect(inputsOf(network).a).toEqual(['closed']);
  });

  it('delivers all, in order, once, whatever the path does to it', () => {
    const bad = fc.record({
      loss: fc.double({ min: 0, max: 0.3, noNaN: true }),
      duplication: fc.double({ min: 0, max: 1, noNaN: true }),
      jitter: fc.nat({ max: 400 }),
    });
    fc.assert(
      fc.property(bad, fc.integer(), fc.nat({ max: 20 }), (quality, seed, count) => {
        const network = wire(quality, seed);
        network.send(0, 's', { type: 'listen', local: server });
        network.send(0, 'a', connect);
        const bytes = Array.from({ length: count }, (_, byte) => byte);
        for (const byte of bytes) network.send(0, 'a', part(byte));
        const { a, s } = inputsOf(network, 10 * HOUR);
        // Six losses in a row may end it; what had come by then is a beginning of all.
        const came = s.filter((each) => /\d/.test(each));
        expect(came).toEqual(bytes.map(String).slice(0, came.length));
        if (!a.some((each) => /closed|timed-out/.test(each))) expect(came).toHaveLength(count);
        expect(network.pollTimeout()).toBeNull();
      }),
      { numRuns: 60 },
    );
  });
});

describe('through NATs and firewalls', () => {
  const opens = (firewall: Partial<Firewall>, port = 443) => {
    const nat = natOf({ mapping: 'address-and-port-dependent' });
    const network = new Network(
      twoHomes({ nat, firewall: { ...OPEN, ...firewall } }, {}),
      seeded(1),
    );
    const to = end('192.0.2.1', port);
    network.send(0, 's', { type: 'listen', local: to });
    network.send(0, 'a', { ...connect, destination: to });
    return inputsOf(network, 200_000).a;
  };

  it('opens from inside, as the rules allow', () => {
    expect(opens({})).toEqual(['open']);
    expect(opens({ tcp: 'only-443' })).toEqual(['open']);
    expect(opens({ tcp: 'only-443' }, 3478)).toEqual(['timed-out']);
    expect(opens({ tcp: 'blocked' })).toEqual(['timed-out']);
    expect(opens({ udp: 'blocked', inbound: 'closed' })).toEqual(['open']);
  });

  it('lives in the NAT’s table until four minutes after its end', () => {
    const network = new Network(twoHomes({ nat: natOf({ lifetime: 1000 }) }, {}), seeded(1));
    network.send(0, 's', { type: 'listen', local: server });
    network.send(0, 'a', connect);
    run(network, HOUR);
    expect(network.bindings('A', HOUR)).toMatchObject([{ protocol: 'tcp', sentTo: [server] }]);
    network.send(HOUR, 'a', close);
    run(network, HOUR + 240_000);
    expect(network.bindings('A', HOUR + 240_000)).toHaveLength(1);
    run(network, HOUR + 241_000);
    expect(network.bindings('A', HOUR + 241_000)).toEqual([]);
  });
});
