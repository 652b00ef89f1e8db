// What was measured of Chromium, and must not be otherwise in its profile.
import { expect, test } from 'vitest';
import { PORT_RESTRICTED, SYMMETRIC } from '../../../src/lessons/net/behaviours.ts';
import { ONE_HOME, twoHomes } from '../../../src/lessons/net/networks.ts';
import { extractStats } from '../../../src/trace/report.ts';
import { SIDES } from '../../../src/rtc/steps.ts';
import { host, INTERNET, NAMES, STUN_HOST } from '../../../src/lessons/net/parts.ts';
import type { NetworkDescription } from '../../../src/net/description.ts';
import type { CandidateInit } from '../../../src/peers/connection.ts';
import { bareCall } from './measured.ts';

const WITH_STUN = { iceServers: [{ urls: 'stun:stun.example:3478' }], names: NAMES };

/** Both hosts on the internet, without any NAT. */
const OPEN: NetworkDescription = {
  segments: [INTERNET],
  hosts: [
    host('caller', 'caller', 'internet', '198.51.100.1'),
    host('callee', 'callee', 'internet', '198.51.100.2'),
    STUN_HOST,
  ],
  routers: [],
};

test.each(['chromium', 'rfc8445'] as const)(
  '%s: a side that was told no candidate is found at its host candidate, though it has sent nothing',
  async (profile) => {
    const { peers, run } = await bareCall({ network: ONE_HOME, profile, signals: ['caller'] });
    await run(5000);
    expect(peers.caller.connectionState).toBe('connected');
    expect(peers.callee.connectionState).toBe('connected');
  },
);

test('the callee, the client of DTLS, is connected first, by DTLS 1.3', async () => {
  const { log, run, peers } = await bareCall({ network: ONE_HOME });
  await run(5000);
  const first = log.find(([, , what]) => what === 'connected');
  expect(first?.[1]).toBe('callee');
  const { transport } = extractStats(await peers.caller.getStats());
  expect(transport?.tlsVersion).toBe('FEFC');
});

test.each([
  ['chromium', '1.2'],
  ['rfc8445', '1.3'],
] as const)('with the %s profile, DTLS %s can be chosen', async (profile, dtls) => {
  const { run, peers } = await bareCall({ network: ONE_HOME, profile, dtls });
  await run(5000);
  const { transport } = extractStats(await peers.callee.getStats());
  expect(transport?.tlsVersion).toBe(dtls === '1.2' ? 'FEFD' : 'FEFC');
});

test('with no way through, iceConnectionState stays disconnected and connectionState is failed', async () => {
  const { log, run } = await bareCall({
    network: twoHomes({ nat: SYMMETRIC }, { nat: SYMMETRIC }),
  });
  await run(60_000);
  for (const side of SIDES) {
    const states = log.flatMap(([, who, what]) => (who === side ? [what] : []));
    expect(states).toEqual(['ice checking', 'connecting', 'ice disconnected', 'failed']);
  }
  const failed = log.find(([, , what]) => what === 'failed')?.[0] ?? 0;
  expect(failed).toBeGreaterThanOrEqual(15_000);
  expect(failed).toBeLessThan(16_000);
});

test('descriptions are written as Chromium writes them', async () => {
  const { peers, nulls, candidates, run } = await bareCall({ network: ONE_HOME });
  await run(5000);
  for (const side of SIDES) {
    const sdp = peers[side].localDescription?.sdp ?? '';
    expect(sdp).not.toContain('a=tls-id');
    expect(sdp).toMatch(/^a=msid-semantic: WMS [0-9a-f-]{36}\r$/m);
    expect(sdp).toMatch(/^o=- \d+ 2 IN IP4 127\.0\.0\.1\r$/m);
    expect(nulls[side]).toBe(1);
    expect(candidates[side].every(({ candidate }) => candidate !== '')).toBe(true);
  }
});

const TYPES = /^candidate:(\S+) 1 (\w+) (\d+) (\S+) (\d+) typ (\w+)(.*) ufrag/;
const NAME = /^[0-9a-f-]{36}\.local$/;

/** The candidates that a side told, as the fields that are compared. */
function told(candidates: readonly CandidateInit[]) {
  return candidates.map(({ candidate = '' }) => {
    const [, , protocol, priority, address, , type, rest] = TYPES.exec(candidate) ?? [];
    return { protocol, priority: Number(priority), address, type, rest: rest?.trim() };
  });
}

test('with permission host candidates have addresses, and there are active TCP ones', async () => {
  const { candidates, run } = await bareCall({ network: ONE_HOME, ...WITH_STUN });
  await run(5000);
  const hosts = told(candidates.caller).filter(({ type }) => type === 'host');
  expect(hosts).toEqual([
    { protocol: 'udp', priority: 2122194687, address: '192.168.1.10', type: 'host', rest: '' },
    {
      ...{ protocol: 'tcp', priority: 1518214911, address: '192.168.1.10', type: 'host' },
      rest: 'tcptype active',
    },
  ]);
});

test('without permission host candidates are names, which hosts on one LAN look up', async () => {
  const { candidates, peers, run } = await bareCall({
    ...{ network: ONE_HOME, ...WITH_STUN, permission: false },
  });
  await run(5000);
  for (const side of SIDES) {
    expect(peers[side].connectionState).toBe('connected');
    const all = told(candidates[side]);
    expect(all.map(({ protocol }) => protocol)).not.toContain('tcp');
    const [host, ...others] = all.filter(({ type }) => type === 'host');
    expect(host?.priority).toBe(2113937151);
    expect(host?.address).toMatch(NAME);
    expect(others).toEqual([]);
  }
  const pair = peers.caller.agent.selected;
  expect([pair?.local.type, pair?.remote.type]).toEqual(['host', 'host']);
  expect(peers.caller.localDescription?.sdp).not.toContain('192.168.1.10');
});

test('without permission an srflx candidate is kept, though it is the hidden host itself', async () => {
  const { candidates, run } = await bareCall({
    ...{ network: OPEN, ...WITH_STUN, permission: false },
  });
  await run(5000);
  expect(told(candidates.caller).find(({ type }) => type === 'srflx')?.address).toBe(
    '198.51.100.1',
  );
  const known = await bareCall({ network: OPEN, ...WITH_STUN });
  await known.run(5000);
  expect(told(known.candidates.caller).map(({ type }) => type)).not.toContain('srflx');
});

test('behind two NATs a name is nobody’s, and the call finds its way without it', async () => {
  const network = twoHomes({ nat: PORT_RESTRICTED }, { nat: PORT_RESTRICTED }, { turn: true });
  const account = { username: 'u', credential: 'p' };
  const iceServers = [
    ...WITH_STUN.iceServers,
    { urls: 'turn:turn.example:3478', ...account },
    { urls: 'turn:turn.example:443?transport=tcp', ...account },
  ];
  const { peers, candidates, run } = await bareCall({
    ...{ network, names: NAMES, iceServers, permission: false },
  });
  await run(5000);
  const pair = peers.caller.agent.selected;
  expect([pair?.local.type, pair?.remote.type]).toEqual(['srflx', 'srflx']);
  const all = told(candidates.caller);
  const mapped = all.find(({ type }) => type === 'srflx');
  expect(mapped).toMatchObject({ priority: 1677729535, rest: 'raddr 0.0.0.0 rport 0' });
  // Those that came before a pair worked, with the priorities that were measured.
  const relayed = all.filter(({ type }) => type === 'relay').map(({ priority }) => priority);
  expect([50339839, 16785407]).toEqual(expect.arrayContaining(relayed));
});
