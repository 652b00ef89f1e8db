// The lessons walked with real agents, NATs and servers: each ends as it says, by the pair that it is about.
import { expect, test } from 'vitest';
import { NET_LESSONS, netLessonById } from '../../../src/lessons/net/lessons.ts';
import type { NetLessonId } from '../../../src/lessons/net/lessons.ts';
import { PORT_RESTRICTED } from '../../../src/lessons/net/behaviours.ts';
import { twoHomes } from '../../../src/lessons/net/networks.ts';
import { punching, wayOut } from '../../../src/lessons/net/way.ts';
import { NAT_RULES } from '../../../src/rtc/nat.ts';
import type { DropRule } from '../../../src/net/event.ts';
import { untilOf, walk } from './net-walk.ts';
import type { Walk } from './net-walk.ts';

function walkOf(id: NetLessonId, seed = 1, stop?: number): Walk {
  const lesson = netLessonById(id);
  if (lesson === null) throw new Error(`no lesson ${id}`);
  return walk(lesson, stop ?? untilOf(lesson), seed);
}

/** Where packets were dropped, and by which rule. */
function dropsOf({ events }: Walk): ReadonlySet<string> {
  return new Set(
    events.flatMap((each) => (each.type === 'dropped' ? [`${each.at} ${each.rule}`] : [])),
  );
}

test.each(NET_LESSONS)('$id connects or fails as it says, whatever the seed', (lesson) => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const { states, settled, agents } = walk(lesson, untilOf(lesson), seed);
    expect(settled).not.toBeNull();
    const reached = states.caller.map(([, state]) => state);
    expect(reached.includes('connected'), String(seed)).toBe(lesson.expect === 'connected');
    const ends = [agents.caller.connection, agents.callee.connection];
    const good = lesson.end === 'connected' ? ['connected', 'completed'] : ['failed'];
    for (const end of ends) expect(good).toContain(end);
    if (lesson.expect === 'connected') expect(settled).toBeLessThan(1500);
    else expect(settled).toBeLessThan(16_000);
  }
});

test.each<[NetLessonId, string, string]>([
  ['same-router', 'host', 'host'],
  ['two-routers', 'srflx', 'srflx'],
  ['symmetric-one', 'prflx', 'srflx'],
  ['nat-behind-nat', 'srflx', 'srflx'],
])('%s: the call goes from a %s to a %s candidate', (id, local, remote) => {
  const { agents } = walkOf(id);
  expect(agents.caller.selected?.local.type).toBe(local);
  expect(agents.caller.selected?.remote.type).toBe(remote);
});

test.each<[NetLessonId]>([['symmetric-both'], ['udp-blocked']])('%s: a relay carries it', (id) => {
  for (const seed of [1, 2, 3]) {
    const pair = walkOf(id, seed).agents.caller.selected;
    expect([pair?.local.type, pair?.remote.type]).toContain('relay');
  }
});

test.each<[NetLessonId, string, DropRule]>([
  ['symmetric-one', 'caller-router', 'filtered'],
  ['symmetric-both', 'callee-router', 'filtered'],
  ['no-way', 'caller-router', 'filtered'],
  ['udp-blocked', 'caller-router', 'firewall-udp'],
  ['no-hairpin', 'carrier', 'no-hairpinning'],
  ['mapping-expires', 'caller-router', 'no-mapping'],
  ['mapping-expires', 'callee-router', 'filtered'],
])('%s: %s drops by the rule %s', (id, at, rule) => {
  expect(dropsOf(walkOf(id))).toContain(`${at} ${rule}`);
});

test('nothing of the one lesson’s trouble is in the other', () => {
  expect(dropsOf(walkOf('nat-behind-nat'))).not.toContain('carrier no-hairpinning');
  const path = walkOf('same-router').agents.caller.selected;
  expect(path?.remote.address).toBe('192.168.1.11');
});

test('a UDP-blocked office reaches its relay over TCP, port 443, and nothing else leaves it', () => {
  const { events } = walkOf('udp-blocked');
  const out = events.flatMap((each) =>
    each.type === 'forwarded' &&
    each.at === 'caller-router' &&
    each.translation?.direction === 'out'
      ? [`${each.packet.protocol} ${String(each.packet.destination.port)}`]
      : [],
  );
  expect(new Set(out)).toEqual(new Set(['tcp 443']));
});

test('the phone is disconnected when it leaves, and connected again after the restart', () => {
  const { states, settled, agents } = walkOf('network-change');
  expect(states.caller.map(([, state]) => state)).toEqual([
    ...['checking', 'connected', 'disconnected', 'checking', 'connected'],
  ]);
  const again = states.caller.at(-1)?.[0] ?? 0;
  expect(again - (settled ?? 0)).toBeGreaterThan(5000);
  expect(again - (settled ?? 0)).toBeLessThan(6000);
  expect(agents.caller.selected?.local.address).toBe('198.51.100.99');
});

test('a mapping that ends between two consent checks breaks the call off, and consent runs out', () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const { states, settled, events } = walkOf('mapping-expires', seed, 39_900);
    expect(states.caller.map(([, state]) => state).slice(-2)).toEqual(['disconnected', 'failed']);
    const failed = states.caller.at(-1)?.[0] ?? 0;
    // RFC 7675 §5.1: 30 s after the last answer.
    expect(failed - (settled ?? 0)).toBeGreaterThan(29_000);
    expect(failed - (settled ?? 0)).toBeLessThan(45_000);
    expect(events.some((each) => each.type === 'expired' && each.at === 'caller-router')).toBe(
      true,
    );
  }
});

test('with STUN alone, what connects of the nine by nine NATs is what can be opened', () => {
  const base = netLessonById('two-routers');
  if (base === null) throw new Error('no lesson');
  const kinds = NAT_RULES.flatMap((mapping) =>
    NAT_RULES.map((filtering) => ({ ...PORT_RESTRICTED, mapping, filtering })),
  );
  for (const [place, caller] of kinds.entries()) {
    for (const callee of kinds.slice(place)) {
      const network = twoHomes({ nat: caller }, { nat: callee });
      const { states } = walk({ ...base, network }, 0);
      const isConnected = states.caller.some(([, state]) => state === 'connected');
      const canBe = punching(wayOut(network, 'caller'), wayOut(network, 'callee')) === 'open';
      expect(isConnected, JSON.stringify([caller, callee])).toBe(canBe);
    }
  }
});
