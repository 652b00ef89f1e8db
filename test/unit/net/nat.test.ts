// A NAT's table against the words of RFC 4787 and RFC 5382.
import { describe, expect, it, test } from 'vitest';
import type { NatBehaviour } from '../../../src/net/description.ts';
import { NAT_RULES, type NatRule } from '../../../src/rtc/nat.ts';
import { Nat, type NatRefusal, type Translation } from '../../../src/net/nat.ts';
import type { Endpoint, Packet, TcpFlag } from '../../../src/net/packet.ts';
import { seeded } from '../../../src/net/random.ts';
import { end, natOf } from './nets.ts';

const OUTSIDE = '198.51.100.1';
const inside = end('10.0.0.5', 5000);
const y1 = end('192.0.2.1', 1000);
const y1OtherPort = end('192.0.2.1', 1001);
const y2 = end('192.0.2.2', 1000);

const packet = (source: Endpoint, destination: Endpoint, flag: TcpFlag | null = null): Packet => ({
  ...{ id: 1, protocol: flag === null ? 'udp' : 'tcp', source, destination, flag },
  payload: new Uint8Array(0),
});
const make = (more: Partial<NatBehaviour> = {}) => new Nat(natOf(more), OUTSIDE, seeded(3));
const passed = (done: Translation | NatRefusal): Translation => {
  if (typeof done === 'string') throw new Error(done);
  return done;
};
const out = (nat: Nat, remote: Endpoint, now = 0, from = inside): Endpoint =>
  passed(nat.handleOutbound(now, packet(from, remote))).packet.source;
const comesIn = (nat: Nat, remote: Endpoint, to: Endpoint, now = 0): boolean | NatRefusal => {
  const done = nat.handleInbound(now, packet(remote, to));
  return typeof done === 'string' ? done : true;
};

// RFC 4787 §4.1: which packets share a mapping.
const SHARED: Record<NatRule, { port: boolean; address: boolean }> = {
  'endpoint-independent': { port: true, address: true },
  'address-dependent': { port: true, address: false },
  'address-and-port-dependent': { port: false, address: false },
};

test.each(NAT_RULES)('%s mapping', (mapping) => {
  for (const portPreservation of [true, false]) {
    const nat = make({ mapping, portPreservation });
    const first = out(nat, y1);
    expect(first.address).toBe(OUTSIDE);
    expect(out(nat, y1)).toEqual(first);
    expect(out(nat, y1OtherPort).port === first.port).toBe(SHARED[mapping].port);
    expect(out(nat, y2).port === first.port).toBe(SHARED[mapping].address);
    expect(out(nat, y1, 0, end('10.0.0.6', 5000)).port).not.toBe(first.port);
    const rows = nat.bindings(0);
    expect(new Set(rows.map((row) => row.outside.port)).size).toBe(rows.length);
    const mappedFor = {
      'endpoint-independent': null,
      'address-dependent': { address: y1.address, port: null },
      'address-and-port-dependent': y1,
    };
    expect(rows[0]?.mappedFor).toEqual(mappedFor[mapping]);
  }
});

// RFC 4787 §5: from whom a packet may come in through the mapping that a packet to Y1 has made.
const ADMITTED: Record<NatRule, { port: boolean; address: boolean }> = {
  'endpoint-independent': { port: true, address: true },
  'address-dependent': { port: true, address: false },
  'address-and-port-dependent': { port: false, address: false },
};

describe.each(NAT_RULES)('%s mapping', (mapping) => {
  it.each(NAT_RULES)('with %s filtering', (filtering) => {
    const nat = make({ mapping, filtering });
    const mapped = out(nat, y1);
    const admits = (is: boolean) => (is ? true : 'filtered');
    expect(comesIn(nat, y1, mapped)).toBe(true);
    expect(comesIn(nat, y1OtherPort, mapped)).toBe(admits(ADMITTED[filtering].port));
    expect(comesIn(nat, y2, mapped)).toBe(admits(ADMITTED[filtering].address));
    expect(comesIn(nat, y1, end(OUTSIDE, mapped.port === 9 ? 10 : 9))).toBe('no-mapping');
    const inward = passed(nat.handleInbound(0, packet(y1, mapped)));
    expect(inward.packet).toMatchObject({ source: y1, destination: inside });

    // A packet to Y2 opens what it goes out through, and nothing else.
    const other = out(nat, y2);
    expect(comesIn(nat, y2, other)).toBe(true);
    const isOpen = filtering === 'endpoint-independent' || mapping === 'endpoint-independent';
    expect(comesIn(nat, y2, mapped)).toBe(admits(isOpen));
    expect(comesIn(nat, y1, other)).toBe(admits(isOpen));
  });
});

describe('ports (RFC 4787 §4.2)', () => {
  it('keeps the inside port where it is free, and takes another where it isn’t', () => {
    const nat = make({ portPreservation: true });
    expect(out(nat, y1).port).toBe(5000);
    const other = out(nat, y1, 0, end('10.0.0.6', 5000)).port;
    expect(other).not.toBe(5000);
    expect(other).toBeGreaterThanOrEqual(1024);
  });

  it('gives other ports without preservation, the same for the same seed', () => {
    const ports = Array.from({ length: 50 }, (_, at) => end('10.0.0.5', 2000 + at));
    const [one, other] = [make(), make()];
    const given = ports.map((from) => out(one, y1, 0, from).port);
    expect(given).toEqual(ports.map((from) => out(other, y1, 0, from).port));
    expect(new Set(given).size).toBe(50);
    expect(given.filter((port, at) => port === 2000 + at)).toEqual([]);
  });

  it('has well-known ports for well-known ones, and refuses when they run out', () => {
    const nat = make();
    const hosts = Array.from({ length: 1024 }, (_, at) => end(`10.0.${at >> 8}.${at & 255}`, 53));
    const done = hosts.map((from) => nat.handleOutbound(0, packet(from, y1)));
    const ports = done.flatMap((each) => (typeof each === 'string' ? [] : each.packet.source.port));
    expect(new Set(ports).size).toBe(1023);
    expect(Math.max(...ports)).toBe(1023);
    expect(done.at(-1)).toBe('no-port');
  });

  it('gives TCP and UDP ports of their own', () => {
    const nat = make({ portPreservation: true });
    expect(out(nat, y1).port).toBe(5000);
    const tcp = passed(nat.handleOutbound(0, packet(inside, y1, 'syn')));
    expect([tcp.packet.source.port, tcp.created]).toEqual([5000, true]);
  });
});

describe('hairpinning (RFC 4787 §6)', () => {
  const neighbour = end('10.0.0.6', 6000);

  it('turns a packet around, with the sender’s outside endpoint as its source', () => {
    const nat = make({ hairpinning: true, filtering: 'endpoint-independent' });
    const seen = out(nat, y1, 0, neighbour);
    const turned = passed(nat.handleOutbound(0, packet(inside, seen)));
    expect(turned).toMatchObject({ direction: 'hairpin', created: true });
    expect(turned.packet).toMatchObject({ source: out(nat, y1), destination: neighbour });
  });

  it('filters as if it came from outside', () => {
    const nat = make({ hairpinning: true });
    const [seen, other] = [out(nat, y1), out(nat, y1, 0, neighbour)];
    expect(nat.handleOutbound(0, packet(inside, other))).toBe('filtered');
    expect(passed(nat.handleOutbound(0, packet(neighbour, seen))).packet.destination).toEqual(
      inside,
    );
    expect(passed(nat.handleOutbound(0, packet(inside, other))).direction).toBe('hairpin');
    expect(nat.handleOutbound(0, packet(inside, end(OUTSIDE, 9)))).toBe('no-mapping');
  });

  it('refuses it where it can’t, and makes no row', () => {
    const nat = make({ filtering: 'endpoint-independent' });
    const seen = out(nat, y1, 0, neighbour);
    expect(nat.handleOutbound(0, packet(inside, seen))).toBe('no-hairpinning');
    expect(nat.bindings(0)).toHaveLength(1);
  });
});

describe('lifetime (RFC 4787 §4.3)', () => {
  it('is prolonged by what goes out and not by what comes in', () => {
    const nat = make({ lifetime: 1000 });
    const mapped = out(nat, y1, 0);
    expect(out(nat, y1, 900)).toEqual(mapped);
    expect(comesIn(nat, y1, mapped, 1800)).toBe(true);
    expect(nat.bindings(1899)).toMatchObject([{ since: 0, until: 1900, sentTo: [y1] }]);
    expect(comesIn(nat, y1, mapped, 1900)).toBe('no-mapping');
    expect(nat.bindings(1900)).toEqual([]);
  });

  it('tells of the end once, when it is due', () => {
    const nat = make({ lifetime: 1000 });
    out(nat, y1, 0);
    out(nat, y1, 900);
    for (let steps = 0; steps < 9; steps += 1) {
      const due = nat.pollTimeout();
      if (due === null) break;
      expect(due).toBeLessThanOrEqual(1900);
      nat.handleTimeout(due);
      if (due < 1900) expect(nat.pollEnded()).toBeNull();
    }
    expect(nat.pollTimeout()).toBeNull();
    expect(nat.pollEnded()?.until).toBe(1900);
    expect(nat.pollEnded()).toBeNull();
  });

  it('forgets its filters with the mapping', () => {
    const nat = make({ lifetime: 1000, portPreservation: true });
    const mapped = out(nat, y1, 0);
    out(nat, y2, 1500);
    expect(comesIn(nat, y1, mapped, 1600)).toBe('filtered');
    expect(nat.bindings(1600)).toMatchObject([{ id: 2, sentTo: [y2] }]);
  });

  it('ends all rows in a reboot or under another mapping rule', () => {
    const nat = make();
    const mapped = out(nat, y1);
    nat.setBehaviour(natOf({ filtering: 'endpoint-independent' }));
    expect(comesIn(nat, y2, mapped)).toBe(true);
    nat.setBehaviour(natOf({ mapping: 'address-dependent' }));
    expect(nat.bindings(0)).toEqual([]);
    expect(nat.pollEnded()?.outside).toEqual(mapped);
    out(nat, y1);
    nat.reset();
    expect([nat.bindings(0), nat.pollTimeout()]).toEqual([[], null]);
  });
});

describe('TCP (RFC 5382)', () => {
  const HOUR = 3_600_000;
  const opened = (nat: Nat) => {
    const mapped = passed(nat.handleOutbound(0, packet(inside, y1, 'syn'))).packet.source;
    passed(nat.handleInbound(10, packet(y1, mapped, 'syn-ack')));
    passed(nat.handleOutbound(20, packet(inside, y1, 'ack')));
    return mapped;
  };

  it('lets no SYN in without a mapping or past the filter', () => {
    const nat = make();
    expect(nat.handleInbound(0, packet(y1, end(OUTSIDE, 80), 'syn'))).toBe('no-mapping');
    expect(nat.handleInbound(0, packet(y2, opened(nat), 'syn'))).toBe('filtered');
  });

  it('keeps an open connection for two hours and four minutes of silence (§5)', () => {
    const nat = make({ lifetime: 1000 });
    const mapped = opened(nat);
    expect(nat.handleInbound(2 * HOUR, packet(y1, mapped, 'data'))).toBeTypeOf('object');
    expect(nat.bindings(0)).toMatchObject([{ until: 2 * HOUR + 7_440_000 }]);
  });

  it.each([
    ['FINs of both sides', ['fin', 'fin'] as const],
    ['a reset', ['rst'] as const],
  ])('lets a connection go four minutes after %s', (_, flags) => {
    const nat = make();
    const mapped = opened(nat);
    for (const [at, flag] of flags.entries()) {
      if (at === 0) passed(nat.handleOutbound(1000, packet(inside, y1, flag)));
      else passed(nat.handleInbound(1000, packet(y1, mapped, flag)));
    }
    expect(nat.bindings(0)).toMatchObject([{ until: 241_000 }]);
    for (let due = nat.pollTimeout(); due !== null; due = nat.pollTimeout()) nat.handleTimeout(due);
    expect(nat.pollEnded()?.until).toBe(241_000);
  });

  it('keeps the mapping of two connections while one is open', () => {
    const nat = make();
    const mapped = opened(nat);
    passed(nat.handleOutbound(1000, packet(inside, y2, 'syn')));
    passed(nat.handleInbound(1000, packet(y2, mapped, 'rst')));
    expect(nat.bindings(0)).toMatchObject([{ until: 20 + 7_440_000, sentTo: [y1, y2] }]);
  });
});
