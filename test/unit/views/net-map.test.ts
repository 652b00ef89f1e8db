// Where a network's parts are drawn, and a packet's way over them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NetworkDescription } from '../../../src/net/description.ts';
import { mapLayout } from '../../../src/views/net/layout.ts';
import { wayOf } from '../../../src/views/net/way.ts';
import type { Hop } from '../../../src/trace/net-frame.ts';
import { at, OPEN, routerOf, segmentOf } from '../net/nets.ts';
import { carrierGrade, office, oneHome, phone, PORT_RESTRICTED, twoNats } from './net-call.ts';

const NETWORKS: Readonly<Record<string, NetworkDescription>> = {
  'two NATs': twoNats(PORT_RESTRICTED, PORT_RESTRICTED),
  office: office(),
  'one home': oneHome(),
  carrier: carrierGrade(true),
  phone: phone(),
};
const named = (network: NetworkDescription, width = 540) => {
  const layout = mapLayout(network, width);
  const node = (id: string) => {
    const found = layout.nodes.find((each) => each.id === id);
    if (found === undefined) throw new Error(`no ${id}`);
    return found;
  };
  return { layout, node };
};
const hop = (where: string, more: Partial<Hop> = {}): Hop => ({
  ...{ n: 1, t: 0, where, at: 'forwarded', rule: null, translation: null },
  ...{ source: { address: '', port: 1 }, destination: { address: '', port: 1 } },
  ...more,
});

describe.each(Object.entries(NETWORKS))('%s', (_, network) => {
  it.each([358, 496, 900])('is drawn whole, nothing over another, %i wide', (width) => {
    const { layout, node } = named(network, width);
    expect(layout.nodes).toHaveLength(network.hosts.length + network.routers.length);
    expect(layout.segments).toHaveLength(network.segments.length);
    for (const one of layout.nodes) {
      expect(one.x).toBeGreaterThan(15);
      expect(one.x).toBeLessThan(layout.width - 15);
      expect(one.y - one.half).toBeGreaterThanOrEqual(0);
      expect(one.y + one.half).toBeLessThanOrEqual(layout.height);
      for (const other of layout.nodes) {
        if (other === one) continue;
        const isApart = Math.abs(one.x - other.x) >= 30 || Math.abs(one.y - other.y) >= 30;
        expect(isApart, `${one.id}, ${other.id}`).toBe(true);
      }
    }
    expect(node('caller').x).toBeLessThan(node('callee').x);
    expect(node('stun').y).toBeLessThan(node('caller').y);
  });
});

describe('a packet’s way', () => {
  it('goes over the segments that its places share', () => {
    const { layout, node } = named(twoNats(PORT_RESTRICTED, PORT_RESTRICTED));
    const [caller, router, stun] = [node('caller'), node('caller-router'), node('stun')];
    const way = wayOf(layout, [hop('caller'), hop('caller-router'), hop('stun')]);
    expect(way.at).toMatchObject({ x: stun.x, y: stun.y });
    expect(way.node?.id).toBe('stun');
    expect(way.legs).toHaveLength(2);
    expect(way.legs[0]).toMatch(
      new RegExp(`^M${caller.x} ${caller.y}L.*L${router.x} ${router.y}$`),
    );
    const internet = layout.segments.find(({ id }) => id === 'internet');
    expect(way.legs[1]).toContain(`L${stun.x} ${internet?.y ?? NaN}L`);
  });

  it('ends on the segment where chance lost it, and nowhere for a place that is not drawn', () => {
    const { layout, node } = named(twoNats(PORT_RESTRICTED, PORT_RESTRICTED));
    const lost = wayOf(layout, [hop('caller'), hop('caller-lan', { at: 'dropped' })]);
    const lan = layout.segments.find(({ id }) => id === 'caller-lan');
    expect(lost.node).toBeNull();
    expect(lost.at).toEqual({ x: node('caller').x, y: lan?.y });
    expect(wayOf(layout, [hop('nowhere')])).toEqual({ legs: [], at: null, node: null });
  });
});

describe('any network', () => {
  it('is drawn, also one with a loop or with a host that is on nothing', () => {
    const segment = fc.constantFrom('a', 'b', 'c', 'internet', 'none');
    const role = fc.constantFrom('caller', 'callee', 'stun', 'turn', 'other' as const);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(role, fc.array(segment, { maxLength: 3 })), { maxLength: 6 }),
        fc.array(fc.tuple(segment, segment), { maxLength: 5 }),
        fc.integer({ min: 0, max: 1200 }),
        (hosts, routers, width) => {
          const network: NetworkDescription = {
            segments: ['a', 'b', 'c', 'internet'].map((id) => segmentOf(id, ['10.0.0.0/8'])),
            hosts: hosts.map(([each, on], k) => ({
              ...{ id: `h${k}`, role: each, interfaces: on.map((id) => at(id, '10.0.0.1')) },
            })),
            routers: routers.map(([inside, outside], k) =>
              routerOf(`r${k}`, at(inside, '10.0.0.1'), at(outside, '10.0.0.2'), {
                firewall: OPEN,
              }),
            ),
          };
          const { nodes, width: wide, height } = mapLayout(network, width);
          expect(wide).toBeGreaterThanOrEqual(width);
          expect(Number.isFinite(height)).toBe(true);
          const ids = nodes.map(({ id }) => id);
          expect(new Set(ids).size).toBe(ids.length);
          for (const { x, y } of nodes) expect(Number.isFinite(x + y)).toBe(true);
        },
      ),
    );
  });
});
