// Bad networks and bad input: an agent connects or fails, and never throws, hangs or believes a forgery.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IceProfile } from '../../../src/ice/agent-port.ts';
import { encodeCheck, encodeRefusal, encodeSuccess } from '../../../src/ice/check.ts';
import type { Input } from '../../../src/net/io.ts';
import { seeded } from '../../../src/net/random.ts';
import { shortTermKey } from '../../../src/stun/integrity.ts';
import { decode, encode, METHOD } from '../../../src/stun/message.ts';
import { A_HOST, B_HOST, isSettled, lineOf, pairing, start } from './agent-wire.ts';
import type { Pairing } from './agent-wire.ts';

const profiles: readonly IceProfile[] = ['rfc8445', 'chromium'];

function endpoints(p: Pairing) {
  const [a, b] = [p.a, p.b].map(({ agent }) => {
    const { address, port } = agent.localCandidates[0] ?? expect.fail();
    return { address, port };
  });
  return { a: a ?? expect.fail(), b: b ?? expect.fail() };
}

describe.each(profiles)('a bad network, %s', (profile) => {
  it('ends in connected or failed, whatever is lost, doubled and overtaken', () => {
    let connected = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.constantFrom(0.1, 0.3, 0.5, 0.5, 1),
        fc.constantFrom(0, 0.5),
        fc.integer({ min: 0, max: 300 }),
        (seed, loss, duplication, jitter) => {
          const p = pairing({ profile, seed, loss, duplication, jitter, delay: 20 });
          start(p);
          p.wire.run(60_000, () => isSettled(p));
          expect([p.a.agent.connection, p.b.agent.connection, isSettled(p)]).toContain(true);
          if (p.a.agent.connection !== 'failed') connected += 1;
        },
      ),
      { numRuns: 30, seed: 7 },
    );
    expect(connected).toBeGreaterThan(15);
  });

  it('connects nearly always when half is lost', () => {
    let connected = 0;
    for (let seed = 1; seed <= 20; seed += 1) {
      const p = pairing({ profile, seed, loss: 0.5, duplication: 0.2, jitter: 50, delay: 20 });
      start(p);
      p.wire.run(60_000, () => p.a.agent.selected !== null && p.b.agent.selected !== null);
      if (p.a.agent.selected !== null && p.b.agent.selected !== null) connected += 1;
    }
    expect(connected).toBe(20);
  });

  it('gives the same bytes for the same seed, and others for another', () => {
    const bytes = (seed: number) => {
      const p = pairing({ profile, seed, loss: 0.3, jitter: 30, delay: 20 });
      start(p);
      p.wire.run(8000);
      return JSON.stringify(p.wire.sent.map((each) => [each, Array.from(each.payload)]));
    };
    expect(bytes(5)).toBe(bytes(5));
    expect(bytes(5)).not.toBe(bytes(6));
  });

  it('takes any bytes from anywhere', () => {
    const p = pairing({ profile, delay: 5 });
    start(p);
    p.wire.run(2000);
    const { a } = endpoints(p);
    const before = JSON.stringify([p.a.agent.pairs.map(({ id, state }) => [id, state])]);
    const stunLike = fc
      .uint8Array({ maxLength: 120 })
      .map((rest) => Uint8Array.of(0, 1, 0, rest.length & ~3, 0x21, 0x12, 0xa4, 0x42, ...rest));
    fc.assert(
      fc.property(
        fc.oneof(fc.uint8Array({ maxLength: 200 }), stunLike),
        fc.constantFrom('udp' as const, 'tcp' as const),
        fc.integer({ min: 1, max: 65_535 }),
        (payload, protocol, port) => {
          const source = { address: B_HOST, port };
          p.a.agent.handleInput(2000, { type: 'received', protocol, source, local: a, payload });
          p.wire.flush();
        },
      ),
      { numRuns: 300, seed: 11 },
    );
    expect(JSON.stringify([p.a.agent.pairs.map(({ id, state }) => [id, state])])).toBe(before);
  });

  it('takes its verbs in any order, and comes to rest', () => {
    const verbs = fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.nat(8), fc.nat(3000)), {
      maxLength: 25,
    });
    fc.assert(
      fc.property(verbs, fc.integer({ min: 1, max: 9999 }), (steps, seed) => {
        const p = pairing({ profile, seed, loss: 0.2, jitter: 20, delay: 20 });
        for (const [name, verb, pause] of steps) {
          const [{ agent }, other] = name === 'a' ? [p.a, p.b] : [p.b, p.a];
          const { now } = p.wire;
          if (verb === 0) agent.gather(now);
          else if (verb === 1) agent.setRemote(now, other.agent.local);
          else if (verb === 2) agent.restart(now);
          else if (verb === 3) agent.setInterfaces(now, []);
          else if (verb === 4) agent.send(now, Uint8Array.of(20));
          else if (verb === 5) agent.setRole('controlling');
          else if (verb === 6 && pause > 2500) agent.close(now);
          else if (verb === 7) agent.addRemoteCandidate(now, '');
          else agent.setInterfaces(now, [{ name: 'e', address: name === 'a' ? A_HOST : B_HOST }]);
          p.wire.run(now + pause);
          expect(agent.pairs.filter(({ selected }) => selected).length).toBeLessThanOrEqual(1);
        }
        // Whatever became of them: with their sockets gone they have ended, or not begun.
        for (const { agent } of [p.a, p.b]) agent.setInterfaces(p.wire.now, []);
        p.wire.run(p.wire.now + 100_000);
        for (const { agent } of [p.a, p.b]) {
          expect(['new', 'checking', 'failed', 'connected']).toContain(agent.connection);
          if (agent.connection === 'checking') expect(agent.gathering).toBe('new');
          expect(agent.selected).toBe(null);
        }
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  it('takes any text for a candidate', () => {
    const p = pairing({ profile, trickle: false });
    start(p);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc
            .tuple(fc.string(), fc.integer(), fc.ipV4(), fc.integer(), fc.string())
            .map(([f, n, ip, port, rest]) => `candidate:${f} 1 udp ${n} ${ip} ${port} typ ${rest}`),
          fc
            .tuple(fc.integer({ min: 1, max: 2 ** 31 - 1 }), fc.oneof(fc.ipV4(), fc.ipV6()))
            .map(([n, ip]) => `candidate:1 1 udp ${n} ${ip} 5000 typ host`),
        ),
        (text) => {
          p.a.agent.addRemoteCandidate(0, text);
        },
      ),
      { numRuns: 500, seed: 3 },
    );
    expect(p.a.agent.pairs.length).toBeLessThanOrEqual(100);
    expect(p.a.agent.remoteCandidates.length).toBeLessThanOrEqual(200);
    // §6.1.4.2: pairs of one foundation are checked one after the other.
    p.wire.run(10_000_000, () => p.a.agent.connection === 'failed');
    expect(p.a.agent.connection).toBe('failed');
  });

  it('has bounded queues', () => {
    const p = pairing({ profile });
    start(p);
    const { a, b } = endpoints(p);
    p.wire.run(1000);
    const request = encode(
      {
        class: 'request',
        method: METHOD.binding,
        transactionId: new Uint8Array(12),
        attributes: [],
      },
      null,
    );
    for (const payload of [request, Uint8Array.of(20, 1)]) {
      for (let count = 0; count < 5000; count += 1) {
        const input: Input = { type: 'received', protocol: 'udp', source: b, local: a, payload };
        p.a.agent.handleInput(1000, input);
      }
    }
    let [outputs, events] = [0, 0];
    while (p.a.agent.pollOutput() !== null) outputs += 1;
    while (p.a.agent.pollEvent() !== null) events += 1;
    expect([outputs, events].every((count) => count > 1000 && count < 4200)).toBe(true);
  });
});

describe.each(profiles)('a forgery, %s', (profile) => {
  const wrong = shortTermKey('not the password');
  const id = Uint8Array.from({ length: 12 }, (_, at) => at);

  function forged(p: Pairing, payload: Uint8Array) {
    const { a } = endpoints(p);
    const source = { address: '192.168.1.66', port: 6666 };
    const before = JSON.stringify(p.a.agent.pairs, (_key, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    p.a.agent.handleInput(p.wire.now, {
      type: 'received',
      protocol: 'udp',
      source,
      local: a,
      payload,
    });
    const answers: number[] = [];
    for (let out = p.a.agent.pollOutput(); out !== null; out = p.a.agent.pollOutput()) {
      if (out.type !== 'send') continue;
      const read = decode(out.payload);
      const error = read.ok
        ? read.message.attributes.find(({ name }) => name === 'ERROR-CODE')
        : null;
      if (error?.name === 'ERROR-CODE') answers.push(error.value.code);
    }
    const after = JSON.stringify(p.a.agent.pairs, (_key, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    expect(after).toBe(before);
    expect(p.a.agent.role).toBe('controlling');
    return answers;
  }

  it('of a check is answered with 401 and changes nothing', () => {
    const p = pairing({ profile, delay: 5 });
    start(p);
    p.wire.run(1000);
    const { local } = p.a.agent;
    const check = {
      transactionId: id,
      username: `${local.ufrag}:${p.b.agent.local.ufrag}`,
      priority: 1,
      role: 'controlling' as const,
      tieBreaker: 2n ** 64n - 1n,
      useCandidate: true,
    };
    expect(forged(p, encodeCheck(check, wrong))).toEqual([401]);
    expect(forged(p, encodeCheck({ ...check, username: 'x:y' }, shortTermKey(local.pwd)))).toEqual([
      401,
    ]);
    const unsigned = { class: 'request' as const, method: METHOD.binding, transactionId: id };
    expect(forged(p, encode({ ...unsigned, attributes: [] }, null))).toEqual([400]);
    expect(forged(p, encode({ ...unsigned, attributes: [] }, null, false))).toEqual([]);
  });

  it('of an answer is as if it never came', () => {
    const p = pairing({ profile, trickle: false });
    start(p);
    const candidate = lineOf(p.b.agent.localCandidates[0] ?? expect.fail());
    p.a.agent.addRemoteCandidate(0, candidate);
    const { a, b } = endpoints(p);
    const out = p.a.agent.pollOutput();
    if (out?.type !== 'send') return expect.fail();
    const request = decode(out.payload);
    if (!request.ok) return expect.fail();
    for (const payload of [
      encodeSuccess(request.message.transactionId, a, wrong),
      encodeRefusal(request.message, 487, wrong),
      encodeRefusal(request.message, 400, null),
    ]) {
      p.a.agent.handleInput(0, { type: 'received', protocol: 'udp', source: b, local: a, payload });
      expect(p.a.agent.pairs[0]).toMatchObject({ state: 'in-progress', valid: false });
      expect(p.a.agent.role).toBe('controlling');
    }
    const payload = encodeSuccess(
      request.message.transactionId,
      a,
      shortTermKey(p.b.agent.local.pwd),
    );
    // RFC 8445 §7.2.5.2.1: the right answer from a wrong place.
    const elsewhere = { ...b, port: b.port - 1 };
    p.a.agent.handleInput(0, {
      type: 'received',
      protocol: 'udp',
      source: elsewhere,
      local: a,
      payload,
    });
    expect(p.a.agent.pairs[0]).toMatchObject({
      state: profile === 'rfc8445' ? 'failed' : 'in-progress',
      valid: false,
    });
  });

  it('of an attribute that must be understood is answered with 420', () => {
    const p = pairing({ profile, delay: 5 });
    start(p);
    p.wire.run(1000);
    const { local } = p.a.agent;
    const request = encode(
      {
        class: 'request',
        method: METHOD.binding,
        transactionId: id,
        attributes: [
          { name: 'USERNAME', value: `${local.ufrag}:${p.b.agent.local.ufrag}` },
          { name: 'unknown', type: 0x7ffe, value: Uint8Array.of(1) },
          { name: 'PRIORITY', value: 1 },
        ],
      },
      shortTermKey(local.pwd),
    );
    expect(forged(p, request)).toEqual([420]);
  });
});

describe('an agent of many interfaces', () => {
  it('keeps at most 100 pairs, and connects', () => {
    for (const profile of profiles) {
      const interfaces = (net: number) =>
        Array.from({ length: 20 }, (_, at) => ({
          name: `eth${at}`,
          address: `10.${net}.0.${at + 1}`,
        }));
      const p = pairing({
        profile,
        delay: 5,
        a: { interfaces: interfaces(1), random: seeded(3) },
        b: { interfaces: interfaces(2), random: seeded(4) },
      });
      start(p);
      expect(p.a.agent.pairs.length).toBe(100);
      p.wire.run(10_000, () => p.a.agent.selected !== null && p.b.agent.selected !== null);
      expect(p.a.agent.selected?.local.address).toBe('10.1.0.1');
    }
  });
});
