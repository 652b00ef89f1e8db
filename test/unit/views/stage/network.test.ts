// The network on the stage: no two texts cover each other, in any lesson and any network of the lab, at every size.
import { describe, expect, it } from 'vitest';
import { labNetwork } from '../../../../src/lessons/net/lab.ts';
import { DEFAULT_LAB } from '../../../../src/lessons/net/lab-settings.ts';
import { carrierGrade, OFFICE, ONE_HOME, PHONE } from '../../../../src/lessons/net/networks.ts';
import { wayOfMoving } from '../../../../src/net/access.ts';
import type { NetworkDescription } from '../../../../src/net/description.ts';
import { NAT_KINDS } from '../../../../src/rtc/nat.ts';
import { firstNet } from '../../../../src/trace/net-frame.ts';
import { boxOf, peopleIn } from '../../../../src/views/stage/layout.ts';
import { netLayout } from '../../../../src/views/stage/network/layout.ts';
import { netWay } from '../../../../src/views/stage/network/way.ts';
import { textAreas, wallOf } from '../../../../src/views/stage/network/words.ts';
import { netSides } from '../../../../src/views/stage/sides.ts';

const moving = wayOfMoving(PHONE, 'caller');
if (moving === null) throw new Error('There is no way out of the Wi-Fi.');
const CELL_INTERFACE = moving.next;

const onCell: NetworkDescription = {
  ...PHONE,
  hosts: PHONE.hosts.map((host) =>
    host.role === 'caller' ? { ...host, interfaces: [CELL_INTERFACE] } : host,
  ),
};

const networks: Readonly<Record<string, NetworkDescription>> = {
  home: ONE_HOME,
  office: OFFICE,
  carrier: carrierGrade(true),
  phone: PHONE,
  onCell,
  ...Object.fromEntries(
    NAT_KINDS.flatMap((_, caller) =>
      NAT_KINDS.flatMap((__, callee) =>
        [true, false].map((turn) => [
          `lab ${String(caller)} ${String(callee)} ${String(turn)}`,
          labNetwork({ ...DEFAULT_LAB, caller, callee, turn }),
        ]),
      ),
    ),
  ),
};

const SIZES = [
  [840, 384],
  [792, 384],
  [1120, 384],
  [597, 360],
  [390, 176],
] as const;

function layoutOf(network: NetworkDescription, [width, height]: (typeof SIZES)[number]) {
  const box = boxOf(width, height);
  return netLayout(network, box, peopleIn(box, netSides(network).isWide ? 'wide' : 'net'));
}

describe('the texts of a network', () => {
  for (const size of SIZES) {
    it(`do not cover each other at ${String(size[0])}`, () => {
      for (const [name, description] of Object.entries(networks)) {
        const net = firstNet({ description, lesson: '', seed: 1, profile: 'chromium' });
        const areas = textAreas(net, layoutOf(description, size), ':57056 ⟷ :55413');
        const covered = areas.flatMap((one, at) =>
          areas
            .slice(at + 1)
            .filter(
              (other) =>
                one.left < other.right &&
                other.left < one.right &&
                one.top < other.bottom &&
                other.top < one.bottom,
            )
            .map((other) => `${name}: ${one.text} / ${other.text}`),
        );
        expect(covered).toEqual([]);
        for (const { left, right } of areas) {
          expect(left, name).toBeGreaterThanOrEqual(0);
          expect(right, name).toBeLessThanOrEqual(size[0]);
        }
      }
    });
  }
});

describe('a way', () => {
  it('goes from person to person by both NATs, on one line', () => {
    const layout = layoutOf(labNetwork(DEFAULT_LAB), SIZES[0]);
    const path = ['caller', 'caller-router', 'callee-router', 'callee'];
    const { legs, at, heading } = netWay(
      layout,
      path.map((where) => ({ where })),
    );
    expect(legs).toEqual(['M236,150L320,150', 'M320,150L520,150', 'M520,150L604,150']);
    expect(at).toMatchObject({ x: 604, y: 150 });
    expect(heading).toBe(1);
  });

  it('stops at the NAT that it came to, from the side it came from', () => {
    const layout = layoutOf(labNetwork(DEFAULT_LAB), SIZES[0]);
    const way = netWay(layout, [
      { where: 'callee' },
      { where: 'callee-router' },
      { where: 'caller-router' },
    ]);
    expect(way.node?.id).toBe('caller-router');
    expect(way.heading).toBe(-1);
  });

  it("goes over the top of a carrier's NAT that turns the packet around, and comes down at the other side", () => {
    const layout = layoutOf(carrierGrade(true), SIZES[0]);
    const carrier = layout.nodes.find(({ kind }) => kind === 'carrier');
    const top = `${String(carrier?.x)},${String((carrier?.y ?? 0) - 23)}`;
    const path = ['caller', 'caller-router', 'carrier', 'callee-router', 'callee'];
    const { legs } = netWay(
      layout,
      path.map((where) => ({ where })),
    );
    expect(legs[1]?.endsWith(top)).toBe(true);
    expect(legs[2]?.startsWith(`M${top}`)).toBe(true);
    // To a server beyond it there is no loop.
    const out = netWay(
      layout,
      ['caller-router', 'carrier', 'stun'].map((where) => ({ where })),
    );
    expect(out.legs.join('')).not.toContain(top);
  });
});

describe('a wall', () => {
  it('stands where what its firewall stops comes from', () => {
    const net = firstNet({ description: OFFICE, lesson: '', seed: 1, profile: 'chromium' });
    const walls = layoutOf(OFFICE, SIZES[0]).nodes.map((node) => [node.id, wallOf(net, node)]);
    expect(Object.fromEntries(walls)).toMatchObject({
      'caller-router': 'inside',
      'callee-router': null,
    });
  });
});
