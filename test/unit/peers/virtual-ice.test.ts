// Two virtual peers over real agents: the whole of a call, by both profiles, with a restart and a lost path.
import { describe, expect, test } from 'vitest';
import type { IceProfile } from '../../../src/ice/agent-port.ts';
import { createIceAgent } from '../../../src/ice/agent.ts';
import type { Random } from '../../../src/net/random.ts';
import { extractStats } from '../../../src/trace/report.ts';
import { load, negotiate, settled, SIDES, World } from './virtual-world.ts';
import type { Fate } from './virtual-world.ts';

const both = { audio: true, video: true, data: true };

function worldOf(profile: IceProfile, seed: number, fate?: Fate): World {
  const make = (random: Random, address: string) =>
    createIceAgent({
      ...{ profile, random, servers: [], policy: 'all' },
      interfaces: [{ name: 'eth0', address }],
    });
  const world = new World(seed, fate, undefined, make);
  world.trickle();
  return world;
}

describe.each(['rfc8445', 'chromium'] as const)('the %s profile', (profile) => {
  test('connects, with statistics of the pair', async () => {
    const world = worldOf(profile, 3);
    const { caller, callee } = world.peers;
    load(caller, both, 5, true);
    await negotiate(caller, callee, () => {
      load(callee, both, 6, false);
    });
    await world.run(3000);
    for (const side of SIDES) {
      expect(world.peers[side].connectionState).toBe('connected');
      expect(world.log).toContain(`${side} unmute video`);
    }
    const { pair, transport, pairs } = extractStats(await caller.getStats());
    expect(pair).toMatchObject({ state: 'succeeded', nominated: true, rtt: 20 });
    expect(transport).toMatchObject({ iceRole: 'controlling', dtlsState: 'connected' });
    expect(pairs.filter(({ selected }) => selected)).toHaveLength(1);
    expect(world.log).toContain('callee datachannel chat');
  });

  test('an ICE restart gathers anew and stays connected', async () => {
    const world = worldOf(profile, 4);
    const { caller, callee } = world.peers;
    load(caller, both, 5, true);
    await negotiate(caller, callee);
    await world.run(3000);
    const before = world.log.length;
    caller.restartIce();
    await settled();
    await negotiate(caller, callee);
    await world.run(8000);
    const after = world.log.slice(before);
    for (const side of SIDES) {
      expect(world.peers[side].connectionState).toBe('connected');
      expect(world.peers[side].iceGatheringState).toBe('complete');
      expect(after).toContain(`${side} icecandidate one`);
      expect(after).toContain(`${side} icecandidate end`);
    }
  });

  test('a wire that goes dead ends in failed', async () => {
    let isDead = false;
    const world = worldOf(profile, 5, ({ at }) => (isDead ? [] : [at + 10]));
    const { caller, callee } = world.peers;
    load(caller, both, 5, true);
    await negotiate(caller, callee);
    await world.run(3000);
    isDead = true;
    await world.run(120_000);
    for (const side of SIDES) expect(world.peers[side].connectionState).toBe('failed');
  });

  test('no wire at all ends in failed', async () => {
    const world = worldOf(profile, 6, () => []);
    load(world.peers.caller, both, 5, true);
    await negotiate(world.peers.caller, world.peers.callee);
    await world.run(120_000);
    for (const side of SIDES) expect(world.peers[side].connectionState).toBe('failed');
  });
});
