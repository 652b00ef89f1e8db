// The checklist by itself: what is paired, in which order, frozen by which foundation, and what is checked next.
import { describe, expect, it } from 'vitest';
import type { AgentCandidate } from '../../../src/ice/agent-port.ts';
import { makeBase } from '../../../src/ice/base.ts';
import type { Local, Remote } from '../../../src/ice/base.ts';
import { Checklist } from '../../../src/ice/checklist.ts';
import { seeded } from '../../../src/net/random.ts';

function candidate(given: Partial<AgentCandidate>): AgentCandidate {
  return {
    id: 'x',
    type: 'host',
    protocol: 'udp',
    address: '192.0.2.1',
    port: 5000,
    priority: 1000,
    foundation: '1',
    related: null,
    tcpType: null,
    ufrag: 'abcd',
    url: null,
    ...given,
  };
}

function local(given: Partial<AgentCandidate> = {}): Local {
  const own = candidate(given);
  const { protocol, tcpType, address, port } = own;
  const base = makeBase({
    protocol,
    tcpType,
    endpoint: { address, port },
    network: address,
    localPreference: 1,
    relay: null,
  });
  const made: Local = { candidate: own, endpoint: base.endpoint, base };
  base.own = made;
  return made;
}

function remote(given: Partial<AgentCandidate> = {}): Remote {
  const told = candidate({ address: '198.51.100.1', ...given });
  const { address, port } = told;
  return { candidate: told, endpoint: { address, port }, family: address.includes(':') ? 6 : 4 };
}

function checklist(freezes = true): Checklist {
  let count = 0;
  return new Checklist(freezes, () => `P${(count += 1)}`);
}

describe('forming', () => {
  it.each([
    [{}, {}, true],
    [{}, { address: '2001:db8::1' }, false],
    [{ address: '2001:db8::2' }, { address: '2001:db8::1' }, true],
    [{}, { protocol: 'tcp', tcpType: 'passive' }, false],
    [{ protocol: 'tcp', tcpType: 'active' }, { protocol: 'tcp', tcpType: 'passive' }, true],
    [{ protocol: 'tcp', tcpType: 'active' }, { protocol: 'tcp', tcpType: 'active' }, false],
    [{ protocol: 'tcp', tcpType: 'passive' }, { protocol: 'tcp', tcpType: 'active' }, false],
  ] as const)('pairs %o with %o: %s', (own, other, fits) => {
    expect(checklist().form(local(own), remote(other), true) !== null).toBe(fits);
  });

  it('does not form a pair twice', () => {
    const list = checklist();
    const own = local();
    expect(list.form(own, remote(), true)).not.toBe(null);
    expect(list.form(own, remote(), true)).toBe(null);
  });

  it('keeps the 100 highest, in order, whatever comes first', () => {
    const list = checklist();
    const own = local();
    const random = seeded(1);
    const priorities = Array.from({ length: 300 }, () => random.below(1_000_000));
    priorities.forEach((priority, at) => list.form(own, remote({ priority, port: at + 1 }), true));
    const kept = list.pairs.map((pair) => pair.remote.candidate.priority);
    expect(kept).toEqual([...priorities].sort((one, other) => other - one).slice(0, 100));
    expect([...list.pairs].every(({ priority }) => typeof priority === 'bigint')).toBe(true);
  });

  it('orders anew when the role turns', () => {
    const list = checklist();
    const high = local({ priority: 2000 });
    list.form(high, remote({ priority: 2000 }), true);
    list.form(high, remote({ priority: 2001, port: 2 }), true);
    list.form(high, remote({ priority: 1999, port: 3 }), true);
    const before = list.pairs.map(({ priority }) => priority);
    list.rank(false);
    expect(list.pairs.map(({ priority }) => priority)).not.toEqual(before);
    expect(list.pairs.map((pair) => pair.remote.endpoint.port)).toEqual([2, 5000, 3]);
  });
});

describe('freezing', () => {
  const own = () => local({ foundation: 'a' });

  it('lets one pair of a foundation wait, the highest, and the others when it has succeeded', () => {
    const list = checklist();
    const base = own();
    list.form(base, remote({ port: 1, priority: 1, foundation: 'x' }), true);
    list.form(base, remote({ port: 2, priority: 2, foundation: 'x' }), true);
    list.form(base, remote({ port: 3, priority: 3, foundation: 'y' }), true);
    list.freeze();
    const states = () => list.pairs.map((pair) => `${pair.remote.endpoint.port} ${pair.state}`);
    expect(states()).toEqual(['3 waiting', '2 waiting', '1 frozen']);
    const first = list.next() ?? expect.fail();
    list.setState(first, 'in-progress');
    const second = list.next() ?? expect.fail();
    list.setState(second, 'in-progress');
    expect(second.remote.endpoint.port).toBe(2);
    expect(list.hasNext).toBe(false);
    expect(list.next()).toBe(null);
    list.setState(second, 'succeeded');
    expect(states()).toEqual(['3 in-progress', '2 succeeded', '1 waiting']);
  });

  it('thaws the next of a foundation where nothing of it is under way', () => {
    const list = checklist();
    const base = own();
    list.form(base, remote({ port: 1, priority: 1, foundation: 'x' }), true);
    list.form(base, remote({ port: 2, priority: 2, foundation: 'x' }), true);
    list.freeze();
    list.setState(list.next() ?? expect.fail(), 'failed');
    expect(list.hasNext).toBe(true);
    expect(list.next()?.remote.endpoint.port).toBe(1);
  });

  it('is not done in the profile that does not freeze', () => {
    const list = checklist(false);
    const base = own();
    list.form(base, remote({ port: 1 }), true);
    list.form(base, remote({ port: 2 }), true);
    list.freeze();
    expect(list.pairs.map(({ state }) => state)).toEqual(['waiting', 'waiting']);
  });
});

describe('triggered checks', () => {
  it('go first, in the order that they came in, each once', () => {
    const list = checklist();
    const base = local();
    const low =
      list.form(base, remote({ port: 1, priority: 1, foundation: 'x' }), true) ?? expect.fail();
    const high =
      list.form(base, remote({ port: 2, priority: 9, foundation: 'y' }), true) ?? expect.fail();
    const middle =
      list.form(base, remote({ port: 3, priority: 5, foundation: 'z' }), true) ?? expect.fail();
    list.setState(middle, 'failed');
    list.trigger(low);
    list.trigger(middle);
    list.trigger(low);
    expect(list.next()).toBe(low);
    list.setState(low, 'in-progress');
    expect(list.next()).toBe(middle);
    list.setState(middle, 'in-progress');
    expect(list.next()).toBe(high);
  });

  it('are forgotten with their pair', () => {
    const list = checklist();
    const pair = list.form(local(), remote(), true) ?? expect.fail();
    list.trigger(pair);
    list.remove(pair);
    expect([list.next(), list.active, list.pairs.length]).toEqual([null, 0, 0]);
  });
});
