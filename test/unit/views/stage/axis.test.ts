// Where people, NATs and servers stand across the column.
import { describe, expect, it } from 'vitest';
import { labNetwork } from '../../../../src/lessons/net/lab.ts';
import { DEFAULT_LAB } from '../../../../src/lessons/net/lab-settings.ts';
import { carrierGrade, ONE_HOME, PHONE } from '../../../../src/lessons/net/networks.ts';
import { wayOfMoving } from '../../../../src/net/access.ts';
import type { NetworkDescription } from '../../../../src/net/description.ts';
import { axesOf } from '../../../../src/views/stage/axis.ts';

const moving = wayOfMoving(PHONE, 'caller');
if (moving === null) throw new Error('There is no way out of the Wi-Fi.');
const CELL_INTERFACE = moving.next;

const PIXELS = 840;

function places(description: NetworkDescription): Record<string, number> {
  return Object.fromEntries(axesOf(description).map(({ id, x }) => [id, Math.round(x * PIXELS)]));
}

function heads(description: NetworkDescription): readonly string[] {
  return axesOf(description)
    .filter(({ isHead }) => isHead)
    .map(({ name }) => name);
}

const PEOPLE = { caller: 144, callee: 696 };

describe('the axis', () => {
  it('has nothing where there is no network', () => {
    expect(axesOf(null)).toEqual([]);
  });

  it('puts two homes with a NAT each around the internet', () => {
    const network = labNetwork(DEFAULT_LAB);
    expect(places(network)).toMatchObject({
      ...PEOPLE,
      ...{ 'caller-router': 320, 'callee-router': 520, internet: 420, stun: 420 },
      ...{ 'caller-lan': 232, 'callee-lan': 608 },
    });
    expect(heads(network)).toEqual(['Caller', 'NAT', 'internet', 'NAT', 'Callee']);
  });

  it('makes room for a relay', () => {
    const network = labNetwork({ ...DEFAULT_LAB, turn: true });
    expect(places(network)).toMatchObject({
      ...PEOPLE,
      ...{ 'caller-router': 304, 'callee-router': 536, turn: 420, stun: 420, internet: 420 },
    });
    expect(heads(network)).toEqual(['Caller', 'NAT', 'TURN', 'NAT', 'Callee']);
  });

  it("puts a carrier's NAT between the NATs behind it", () => {
    const network = carrierGrade(true);
    expect(places(network)).toMatchObject({
      ...PEOPLE,
      ...{ 'caller-router': 304, carrier: 420, 'callee-router': 536, 'carrier-net': 420 },
    });
    expect(heads(network)).toEqual(['Caller', 'NAT', 'carrier’s NAT', 'NAT', 'Callee']);
  });

  it('puts the router of one home in the middle', () => {
    expect(places(ONE_HOME)).toMatchObject({ ...PEOPLE, router: 420, home: 420 });
    expect(heads(ONE_HOME)).toEqual(['Caller', 'NAT', 'Callee']);
  });

  it('keeps both ways out of a phone at one place, whichever is used', () => {
    const moved = (interfaces: readonly (typeof CELL_INTERFACE)[]): NetworkDescription => ({
      ...PHONE,
      hosts: PHONE.hosts.map((host) => (host.role === 'caller' ? { ...host, interfaces } : host)),
    });
    for (const network of [PHONE, moved([]), moved([CELL_INTERFACE])]) {
      expect(places(network)).toMatchObject({
        ...PEOPLE,
        ...{ 'wifi-router': 304, 'cell-gateway': 304, 'callee-router': 536 },
      });
      expect(heads(network)).toEqual(['Caller', 'NAT', 'internet', 'NAT', 'Callee']);
    }
  });
});
