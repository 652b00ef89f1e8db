// What happens to an agent in its life: conflicts, loss of the path, restarts, and how it ends without a way.
import { describe, expect, it } from 'vitest';
import { A_HOST, B_HOST, lineOf, pairing, start, states } from './agent-wire.ts';
import type { Pairing } from './agent-wire.ts';

const profiles = ['rfc8445', 'chromium'] as const;

/** When a side came to a state. */
function when({ events }: Pairing['a'], state: string): number | null {
  return events.find(([, e]) => e.type === 'connection' && e.state === state)?.[0] ?? null;
}

describe.each(profiles)('%s', (profile) => {
  it.each(['controlling', 'controlled'] as const)('settles who is controlling: both %s', (role) => {
    const p = pairing({ profile, delay: 5 });
    p.a.agent.setRole(role);
    p.b.agent.setRole(role);
    start(p);
    p.wire.run(3000);
    expect(new Set([p.a.agent.role, p.b.agent.role])).toEqual(
      new Set(['controlling', 'controlled']),
    );
    const turned = [p.a, p.b].flatMap(({ events }) =>
      events.filter(([t, e]) => e.type === 'role' && t > 0),
    );
    expect(turned).toHaveLength(1);
    expect(p.a.agent.selected?.nominated).toBe(true);
    expect(p.b.agent.selected?.nominated).toBe(true);
  });

  it('takes part with the other profile', () => {
    const p = pairing({
      profile,
      profileB: profile === 'chromium' ? 'rfc8445' : 'chromium',
      delay: 5,
    });
    start(p);
    p.wire.run(3000);
    expect(p.a.agent.selected?.local.address).toBe(A_HOST);
    expect(p.b.agent.selected?.local.address).toBe(B_HOST);
  });

  it('connects the answerer before the offerer knows its credentials, with a peer-reflexive candidate', () => {
    const p = pairing({ profile, delay: 5, trickle: false });
    p.a.agent.gather(0);
    p.b.agent.setRemote(0, p.a.agent.local);
    p.b.agent.gather(0);
    for (const candidate of p.a.agent.localCandidates) {
      p.b.agent.addRemoteCandidate(0, lineOf(candidate));
    }
    p.wire.run(1000);
    expect(p.b.agent.connection).toBe('connected');
    expect(p.a.agent.connection).toBe('new');
    p.a.agent.setRemote(1000, p.b.agent.local);
    p.wire.run(2000);
    expect(p.a.agent.selected?.remote.type).toBe('prflx');
    expect(p.b.agent.selected?.nominated).toBe(true);
    // The candidate that it was is told after all.
    const told = lineOf(p.b.agent.localCandidates[0] ?? expect.fail());
    expect(p.a.agent.addRemoteCandidate(2000, told)).toBe(true);
    const remote = p.a.agent.selected?.remote;
    expect(remote?.type).toBe(profile === 'chromium' ? 'host' : 'prflx');
    expect(remote?.foundation).toBe(p.b.agent.localCandidates[0]?.foundation);
  });

  it('fails in its time without a way through', () => {
    const p = pairing({ profile, udpBlocked: true, a: { policy: 'all' } });
    start(p);
    p.wire.run(200_000, () => p.a.agent.connection === 'failed');
    const at = when(p.a, 'failed');
    if (profile === 'chromium') {
      expect(at).toBeGreaterThanOrEqual(15_000);
      expect(at).toBeLessThan(15_200);
    } else {
      // A host without UDP has TCP.
      expect(at).toBe(null);
      expect(p.a.agent.selected?.local.protocol).toBe('tcp');
    }
  });

  it('fails without candidates of the other side, and has no timer then', () => {
    const p = pairing({ profile, trickle: false });
    start(p);
    p.a.agent.addRemoteCandidate(0, '');
    p.wire.run(200_000);
    expect(when(p.a, 'failed')).toBe(profile === 'chromium' ? 15_000 : 39_500);
    expect(p.a.agent.pollTimeout()).toBe(null);
    expect(p.b.agent.connection).toBe('failed');
  });

  it('disconnects and fails when nothing comes through any more', () => {
    const p = pairing({ profile, delay: 5 });
    start(p);
    p.wire.run(2000);
    expect(p.a.agent.selected).not.toBe(null);
    p.wire.options.loss = 1;
    p.wire.run(100_000);
    expect(states(p.a).slice(-2)).toEqual(['disconnected', 'failed']);
    const [lost, failed] = [when(p.a, 'disconnected') ?? 0, when(p.a, 'failed') ?? 0];
    // Chromium's time begins with the first check that is not answered, and the path may have been idle for 3 s.
    const life = profile === 'chromium' ? [7000, 17_000] : [12_000, 30_000];
    for (const [at, [low = 0, high = 0]] of [
      [lost, [life[0] ?? 0, (life[0] ?? 0) + 3100]],
      [failed, [life[1] ?? 0, (life[1] ?? 0) + 3100]],
    ] as const) {
      expect(at).toBeGreaterThanOrEqual(low);
      expect(at).toBeLessThanOrEqual(high);
    }
    expect(p.a.agent.send(p.wire.now, Uint8Array.of(20, 0))).toBe(false);
  });

  it('comes back from a short loss', () => {
    const p = pairing({ profile, delay: 5 });
    start(p);
    p.wire.run(2000);
    const before = p.a.agent.connection;
    p.wire.options.loss = 1;
    p.wire.run(200_000, () => p.a.agent.connection === 'disconnected');
    p.wire.options.loss = 0;
    p.wire.run(p.wire.now + 8000);
    expect(p.a.agent.connection).toBe(before);
  });

  it('keeps a connection alive for ten minutes', () => {
    const p = pairing({ profile, delay: 5 });
    start(p);
    p.wire.run(600_000);
    expect(states(p.a)).not.toContain('disconnected');
    if (profile === 'rfc8445') {
      // RFC 7675 §5.1: every 5 s on average, from each side, and as many answers.
      expect(p.wire.sent.length).toBeGreaterThan(400);
      expect(p.wire.sent.length).toBeLessThan(560);
    }
  });

  it('restarts: the pair in use carries data until the new one does', () => {
    const p = pairing({ profile, delay: 5 });
    start(p);
    p.wire.run(2000);
    const before = p.a.agent.selected;
    const ufrag = p.a.agent.local.ufrag;
    p.a.agent.restart(2000);
    expect(p.a.agent.local.ufrag).not.toBe(ufrag);
    expect(p.a.agent.gathering).toBe('new');
    expect(p.a.agent.connection).toBe('connected');
    expect(p.a.agent.selected?.id).toBe(before?.id);
    expect(p.a.agent.send(2000, Uint8Array.of(20, 7))).toBe(true);
    // The answerer sees the other side restart, and restarts too; its own call changes nothing more.
    p.b.agent.setRemote(2000, p.a.agent.local);
    const answer = p.b.agent.local.ufrag;
    p.b.agent.restart(2000);
    expect(p.b.agent.local.ufrag).toBe(answer);
    p.a.agent.gather(2000);
    p.b.agent.gather(2000);
    p.wire.flush();
    p.wire.run(2100);
    p.a.agent.setRemote(2100, p.b.agent.local);
    p.wire.run(5000);
    expect(p.a.agent.selected?.id).not.toBe(before?.id);
    expect(p.a.agent.selected?.local.ufrag).toBe(p.a.agent.local.ufrag);
    expect(states(p.a)).not.toContain('disconnected');
    expect(p.b.events.some(([, e]) => e.type === 'data' && e.payload[1] === 7)).toBe(true);
    expect(p.a.agent.connection).toBe(profile === 'chromium' ? 'connected' : 'completed');
  });

  it('restarts after it has failed, the answerer when it sees the other restart', () => {
    const p = pairing({ profile, delay: 5, udpBlocked: true, tcpOnlyTo: '' });
    start(p);
    p.wire.run(100_000);
    expect([p.a.agent.connection, p.b.agent.connection]).toEqual(['failed', 'failed']);
    p.wire.options.udpBlocked = false;
    p.a.agent.restart(100_000);
    p.b.agent.setRemote(100_000, p.a.agent.local);
    p.b.agent.restart(100_000);
    p.a.agent.setRemote(100_000, p.b.agent.local);
    expect(p.a.agent.connection).toBe('checking');
    p.a.agent.gather(100_000);
    p.b.agent.gather(100_000);
    p.wire.run(103_000);
    expect(p.a.agent.selected?.nominated).toBe(true);
    expect(p.b.agent.selected?.nominated).toBe(true);
  });

  it('keeps to its times with delays that are no whole numbers', () => {
    const p = pairing({ profile, delay: 5.1, jitter: 0.7 });
    start(p);
    p.wire.run(2000.3);
    p.wire.options.loss = 1;
    p.wire.run(100_000);
    expect(p.a.agent.connection).toBe('failed');
    expect(p.b.agent.connection).toBe('failed');
  });

  it('changes its network: the pair dies with its interface, a restart finds another', () => {
    const p = pairing({
      profile,
      delay: 5,
      a: { interfaces: [{ name: 'wlan0', address: A_HOST }] },
    });
    p.wire.add('a', ['192.168.7.7'], {
      ...idle,
      handleInput: (t, i) => p.a.agent.handleInput(t, i),
    });
    start(p);
    p.wire.run(2000);
    p.a.agent.setInterfaces(2000, [{ name: 'wwan0', address: '192.168.7.7' }]);
    expect(p.a.agent.connection).toBe('disconnected');
    expect(p.a.agent.selected).toBe(null);
    p.a.agent.restart(3000);
    expect(p.a.agent.connection).toBe('checking');
    p.b.agent.setRemote(3000, p.a.agent.local);
    p.a.agent.setRemote(3000, p.b.agent.local);
    p.a.agent.gather(3000);
    p.b.agent.gather(3000);
    p.wire.run(6000);
    expect(p.a.agent.selected?.local.address).toBe('192.168.7.7');
    expect(p.b.agent.selected?.remote.address).toBe('192.168.7.7');
  });
});

const idle = {
  handleInput: () => undefined,
  handleTimeout: () => undefined,
  pollTimeout: () => null,
  pollOutput: () => null,
  pollEvent: () => null,
};

describe('candidates that come late', () => {
  it('bring an agent of Chromium back that had failed', () => {
    const p = pairing({ profile: 'chromium', delay: 5, trickle: false });
    start(p);
    p.wire.run(20_000);
    expect(p.a.agent.connection).toBe('failed');
    for (const c of p.b.agent.localCandidates) p.a.agent.addRemoteCandidate(20_000, lineOf(c));
    p.wire.run(21_000);
    expect(states(p.a)).toEqual(['checking', 'failed', 'checking', 'connected']);
    // The check that came in was enough for the other side.
    expect(p.b.agent.connection).toBe('connected');
  });

  it('do not bring back an agent of RFC 8445', () => {
    const p = pairing({ delay: 5, trickle: false });
    start(p);
    p.wire.run(50_000);
    for (const c of p.b.agent.localCandidates) p.a.agent.addRemoteCandidate(50_000, lineOf(c));
    p.wire.run(60_000);
    expect(states(p.a)).toEqual(['checking', 'failed']);
  });

  it.each(profiles)('are checked when they come, %s', (profile) => {
    const p = pairing({ profile, delay: 5, trickle: false });
    start(p);
    p.wire.run(4000);
    const lines = p.b.agent.localCandidates.map(lineOf);
    for (const line of lines) expect(p.a.agent.addRemoteCandidate(4000, line)).toBe(true);
    p.wire.run(6000);
    expect(['connected', 'completed']).toContain(p.a.agent.connection);
  });

  it('are not taken when they are of another generation or can not be used', () => {
    const p = pairing({ trickle: false });
    start(p);
    const line = lineOf(p.b.agent.localCandidates[0] ?? expect.fail());
    for (const bad of [
      line.replace(p.b.agent.local.ufrag, 'zzzz'),
      line.replace(B_HOST, 'abc.local'),
      line.replace(' 1 udp', ' 2 udp'),
      line.replace('udp', 'sctp'),
      line.replace(/ \d+ typ/, ' 0 typ'),
      line.replace('typ host', 'typ other'),
      'candidate:',
      'nothing',
    ]) {
      expect([bad, p.a.agent.addRemoteCandidate(0, bad)]).toEqual([bad, false]);
    }
    expect(p.a.agent.addRemoteCandidate(0, line)).toBe(true);
    expect(p.a.agent.remoteCandidates).toHaveLength(1);
  });
});

describe('end-of-candidates', () => {
  it('is what completes an agent of RFC 8445', () => {
    const p = pairing({ trickle: false, delay: 1 });
    start(p);
    for (const c of p.b.agent.localCandidates) p.a.agent.addRemoteCandidate(0, lineOf(c));
    p.wire.run(1000);
    expect(p.a.agent.connection).toBe('connected');
    p.a.agent.addRemoteCandidate(1000, '');
    expect(p.a.agent.connection).toBe('completed');
  });
});
