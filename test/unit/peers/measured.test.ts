// What was measured of Chromium, and must not be otherwise in its profile.
import { expect, test } from 'vitest';
import { SYMMETRIC } from '../../../src/lessons/net/behaviours.ts';
import { ONE_HOME, twoHomes } from '../../../src/lessons/net/networks.ts';
import { extractStats } from '../../../src/peers/stats.ts';
import { SIDES } from '../../../src/rtc/steps.ts';
import { bareCall } from './measured.ts';

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
