// Agents behind address-rewriting stubs: reflexive candidates of both kinds, and relays.
import { describe, expect, it } from 'vitest';
import type { IceProfile, IceServerAddress } from '../../../src/ice/agent-port.ts';
import { endpointKey } from '../../../src/net/packet.ts';
import type { Endpoint } from '../../../src/net/packet.ts';
import { seeded } from '../../../src/net/random.ts';
import { TurnServer } from '../../../src/stun/relay.ts';
import { StunServer } from '../../../src/stun/server.ts';
import { isSettled, pairing, start, states } from './agent-wire.ts';
import type { Pairing, PairingOptions, Sent, Side } from './agent-wire.ts';

const A = '10.0.1.5';
const B = '10.0.2.6';
const OUTSIDE = new Map([
  [A, '198.51.100.7'],
  [B, '203.0.113.9'],
]);
const STUN = { address: '192.0.2.1', port: 3478 };
const TURN = { address: '192.0.2.2', port: 3478 };

/** Two NATs, without filters or with; `symmetric` maps by destination too. */
function nats(symmetric: readonly string[], filters: boolean) {
  const outside = new Map<string, Endpoint>();
  const inside = new Map<string, { endpoint: Endpoint; sentTo: Set<string> }>();
  return ({ source, destination }: Sent) => {
    let from = source;
    const address = OUTSIDE.get(source.address);
    if (address !== undefined) {
      if (OUTSIDE.has(destination.address)) return null;
      const isSymmetric = symmetric.includes(source.address);
      const key = endpointKey(source) + (isSymmetric ? endpointKey(destination) : '');
      from = outside.get(key) ?? { address, port: 40_000 + outside.size };
      outside.set(key, from);
      const row = inside.get(endpointKey(from)) ?? { endpoint: source, sentTo: new Set() };
      row.sentTo.add(endpointKey(destination));
      inside.set(endpointKey(from), row);
    }
    if (![...OUTSIDE.values()].includes(destination.address)) return { source: from, destination };
    const row = inside.get(endpointKey(destination));
    if (row === undefined || (filters && !row.sentTo.has(endpointKey(from)))) return null;
    return { source: from, destination: row.endpoint };
  };
}

const stun: IceServerAddress = {
  url: 'stun:stun.example',
  kind: 'stun',
  transport: 'udp',
  endpoint: STUN,
  username: '',
  credential: '',
};
const turn: IceServerAddress = {
  ...stun,
  url: 'turn:turn.example',
  kind: 'turn',
  endpoint: TURN,
  username: 'u',
  credential: 'p',
};
const turnTcp: IceServerAddress = {
  ...turn,
  url: 'turn:turn.example?transport=tcp',
  transport: 'tcp',
};

function behind(
  profile: IceProfile,
  servers: readonly IceServerAddress[],
  options: PairingOptions = {},
): Pairing {
  const p = pairing({
    profile,
    delay: 10,
    tcpOnlyTo: TURN.address,
    translate: nats([], true),
    ...options,
    a: { interfaces: [{ name: 'eth0', address: A }], servers, ...options.a },
    b: { interfaces: [{ name: 'eth0', address: B }], servers, ...options.b },
  });
  p.wire.add('stun', [STUN.address], new StunServer({ local: STUN }));
  p.wire.add(
    'turn',
    [TURN.address],
    new TurnServer({
      listen: [
        { protocol: 'udp', local: TURN },
        { protocol: 'tcp', local: TURN },
      ],
      relayAddresses: [TURN.address],
      realm: 'example',
      users: [{ username: 'u', credential: 'p' }],
      random: seeded(9),
    }),
  );
  return p;
}

const types = ({ agent }: Side) => [agent.selected?.local.type, agent.selected?.remote.type];

describe.each(['rfc8445', 'chromium'] as const)('behind NATs, %s', (profile) => {
  it('finds the way with STUN when mappings do not depend on the destination', () => {
    const p = behind(profile, [stun]);
    start(p);
    p.wire.run(5000);
    expect(states(p.a).at(-1)).toBe(profile === 'chromium' ? 'connected' : 'completed');
    expect(types(p.a)).toEqual(['srflx', 'srflx']);
    expect(types(p.b)).toEqual(['srflx', 'srflx']);
    expect(p.a.agent.selected?.local).toMatchObject({ address: '198.51.100.7' });
    expect(p.a.agent.localCandidates.map(({ type, protocol }) => `${type} ${protocol}`)).toEqual([
      'host udp',
      'host tcp',
      ...(profile === 'rfc8445' ? ['host tcp'] : []),
      'srflx udp',
    ]);
    expect(p.a.agent.gathering).toBe('complete');
  });

  it('finds peer-reflexive candidates on both sides of a symmetric NAT', () => {
    const p = behind(profile, [stun], { translate: nats([A], false) });
    start(p);
    p.wire.run(5000);
    expect(types(p.a)).toEqual(['prflx', 'srflx']);
    expect(types(p.b)).toEqual(['srflx', 'prflx']);
    const own = p.a.agent.selected?.local;
    expect(p.b.agent.selected?.remote).toMatchObject({ address: own?.address, port: own?.port });
    // §5.1.2: the type preference of a peer-reflexive candidate is 110.
    expect(Math.floor((p.b.agent.selected?.remote.priority ?? 0) / 2 ** 24)).toBe(110);
  });

  it('relays between two symmetric NATs, and carries data', () => {
    const p = behind(profile, [stun, turn], { translate: nats([A, B], true) });
    start(p);
    p.wire.run(8000, () => p.a.agent.selected !== null && p.b.agent.selected !== null);
    p.wire.run(p.wire.now + 3000);
    expect(isSettled(p)).toBe(true);
    expect([...types(p.a), ...types(p.b)]).toContain('relay');
    expect(p.a.agent.send(p.wire.now, Uint8Array.of(22, 1, 2, 3))).toBe(true);
    expect(p.b.agent.send(p.wire.now, Uint8Array.of(23, 1, 2, 3))).toBe(true);
    p.wire.run(p.wire.now + 1000);
    for (const [side, first] of [
      [p.a, 23],
      [p.b, 22],
    ] as const) {
      const data = side.events.flatMap(([, event]) => (event.type === 'data' ? [event] : []));
      expect(data.map(({ payload }) => payload[0])).toEqual([first]);
    }
  });

  it('relays over TCP where UDP is blocked', () => {
    const p = behind(profile, [stun, turn, turnTcp], { udpBlocked: true });
    start(p);
    p.wire.run(60_000, () => p.a.agent.selected !== null && p.b.agent.selected !== null);
    expect([...types(p.a), ...types(p.b)]).toEqual(['relay', 'relay', 'relay', 'relay']);
    expect(p.a.agent.localCandidates.at(-1)).toMatchObject({
      type: 'relay',
      url: turnTcp.url,
      ...(profile === 'chromium' ? { priority: 25042943 } : {}),
    });
    p.wire.run(60_000);
    expect(
      p.a.events.flatMap(([, event]) => (event.type === 'candidate-error' ? [event.code] : [])),
    ).toEqual([701, 701]);
    expect(p.a.agent.gathering).toBe('complete');
  });

  it('uses nothing but relays where the policy says so', () => {
    const p = behind(profile, [stun, turn], { a: { policy: 'relay' } });
    start(p);
    p.wire.run(5000);
    expect(p.a.agent.localCandidates.map(({ type }) => type)).toEqual(['relay']);
    expect(p.a.agent.selected?.local.type).toBe('relay');
    expect(isSettled(p)).toBe(true);
  });

  it('says what a server answered instead of an address', () => {
    const p = behind(profile, [{ ...turn, credential: 'wrong' }]);
    start(p);
    p.wire.run(5000);
    const errors = p.a.events.flatMap(([, e]) => (e.type === 'candidate-error' ? [e] : []));
    expect(errors).toMatchObject([{ url: turn.url, code: 401, local: { address: A } }]);
  });
});

describe('a relay', () => {
  it('has the priority of Chromium’s with its interface in it', () => {
    const p = behind('chromium', [turn], { trickle: false });
    start(p);
    p.wire.run(2000);
    const byType = (type: string) =>
      p.a.agent.localCandidates.find((each) => each.type === type)?.priority;
    expect([byType('relay'), byType('srflx'), byType('host')]).toEqual([
      58597375, 1685987071, 2122194687,
    ]);
  });

  it.each([
    ['chromium', 0],
    ['rfc8445', 1],
  ] as const)('found after ICE has connected is told %s: %i', (profile, count) => {
    const p = behind(profile, [], {
      translate: (packet) => packet,
      a: { servers: [stun, stun, stun, stun, turn] },
    });
    start(p);
    p.wire.run(3000);
    const relays = p.a.events.filter(
      ([, event]) => event.type === 'candidate' && event.candidate.type === 'relay',
    );
    expect(relays).toHaveLength(count);
    expect(p.a.agent.gathering).toBe('complete');
  });

  it('and what else was asked is not waited for once the interface is gone', () => {
    const p = behind('rfc8445', [stun, turn], { translate: () => null });
    start(p);
    p.wire.run(2000);
    expect(p.a.agent.gathering).toBe('gathering');
    p.a.agent.setInterfaces(2000, []);
    expect(p.a.agent.gathering).toBe('complete');
    p.wire.run(100_000);
    expect(p.a.events.some(([, event]) => event.type === 'candidate-error')).toBe(false);
    expect(p.a.agent.connection).toBe('failed');
  });

  it('is given back at the end', () => {
    const p = behind('chromium', [turn], { trickle: false });
    start(p);
    p.wire.run(2000);
    const before = p.wire.sent.length;
    p.a.agent.close(p.wire.now);
    p.wire.run(p.wire.now + 1000);
    expect(p.wire.sent.slice(before).some(({ from }) => from === 'a')).toBe(true);
    expect(p.a.agent.pollTimeout()).toBe(null);
  });
});
