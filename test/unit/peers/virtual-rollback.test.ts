// The virtual peer's descriptions over time: what a rollback puts back, and which offers stay good (WebRTC 1.0 §4.4.1.5).
import { describe, expect, test } from 'vitest';
import type { DescriptionInit } from '../../../src/peers/connection.ts';
import type { VirtualPeer } from '../../../src/peers/virtual.ts';
import { load, negotiate, settled, World } from './virtual-world.ts';

const audio = { audio: true, video: false, data: false };
const both = { audio: true, video: true, data: false };

function ufragOf(description: DescriptionInit | null): string | undefined {
  return /a=ice-ufrag:(.*)\r/.exec(description?.sdp ?? '')?.[1];
}

/** How often a side was asked to negotiate. */
function asked(world: World, side: string): number {
  return world.log.filter((line) => line === `${side} negotiationneeded`).length;
}

test('a remote offer that is rolled back takes its transceivers and tracks with it', async () => {
  const { caller, callee } = new World().peers;
  load(caller, both, 5, false);
  const streams: MediaStream[] = [];
  callee.addEventListener('track', (event) => streams.push(...event.streams));
  await callee.setRemoteDescription(await caller.createOffer());
  const transceivers = callee.getTransceivers();
  const [stream] = streams;
  expect(stream?.getTracks()).toHaveLength(2);
  const lost: string[] = [];
  stream?.addEventListener('removetrack', ({ track }) => lost.push(track.kind));
  await callee.setRemoteDescription({ type: 'rollback' });
  expect(lost).toEqual(['audio', 'video']);
  expect(stream?.getTracks()).toEqual([]);
  expect(callee.getTransceivers()).toEqual([]);
  expect(transceivers.map(({ mid, currentDirection }) => [mid, currentDirection])).toEqual([
    ...[[null, 'stopped'] as const, [null, 'stopped'] as const],
  ]);
});

test('but a transceiver that addTrack has taken stays', async () => {
  const { caller, callee } = new World().peers;
  load(caller, both, 5, false);
  await callee.setRemoteDescription(await caller.createOffer());
  load(callee, audio, 6, false);
  await callee.setRemoteDescription({ type: 'rollback' });
  const [kept, ...others] = callee.getTransceivers();
  expect(others).toEqual([]);
  expect(kept).toMatchObject({ mid: null, direction: 'sendrecv', currentDirection: null });
});

test('an offer taken back for the other side’s passes through stable', async () => {
  const world = new World();
  const { caller, callee } = world.peers;
  load(caller, audio, 5, false);
  load(callee, audio, 6, false);
  await caller.setLocalDescription();
  const offer = await callee.createOffer();
  const seen: (string | null | undefined)[] = [];
  caller.addEventListener('signalingstatechange', () => {
    seen.push(caller.signalingState, caller.pendingLocalDescription?.type);
    // What is called in between waits for the offer.
    if (caller.signalingState === 'stable')
      void caller.addIceCandidate().then(() => seen.push('added'));
  });
  await caller.setRemoteDescription(offer);
  await settled();
  expect(seen).toEqual(['stable', undefined, 'have-remote-offer', undefined, 'added']);
  await world.run(world.now);
  expect(asked(world, 'caller')).toBe(0);
});

test('the rollback stays where the offer is no description', async () => {
  const { caller } = new World().peers;
  await caller.setLocalDescription();
  const set = caller.setRemoteDescription({ type: 'offer', sdp: 'nonsense' });
  await expect(set).rejects.toThrow(DOMException);
  expect(caller.signalingState).toBe('stable');
  expect(caller.localDescription).toBe(null);
});

describe('[[LastCreatedOffer]]', () => {
  test('stays good over a rollback of the other side’s offer, and of itself', async () => {
    const { caller, callee } = new World().peers;
    load(caller, audio, 5, false);
    load(callee, audio, 6, false);
    const offer = await caller.createOffer();
    await caller.setRemoteDescription(await callee.createOffer());
    await caller.createAnswer();
    await caller.setRemoteDescription({ type: 'rollback' });
    await caller.setLocalDescription(offer);
    await caller.setLocalDescription({ type: 'rollback' });
    expect(caller.getTransceivers()[0]?.mid).toBe(null);
    await caller.setLocalDescription(offer);
    expect(caller.localDescription?.sdp).toBe(offer.sdp);
    await callee.setRemoteDescription(offer);
    await callee.setLocalDescription();
    await caller.setRemoteDescription(callee.localDescription ?? { type: 'answer' });
    expect(caller.signalingState).toBe('stable');
  });

  test('is what setLocalDescription() means while it says what is to be said', async () => {
    const { caller, callee } = new World().peers;
    load(caller, audio, 5, false);
    const offer = await caller.createOffer();
    await caller.setLocalDescription();
    expect(caller.localDescription?.sdp).toBe(offer.sdp);
    await callee.setRemoteDescription(offer);
    const answer = await callee.createAnswer();
    load(callee, audio, 6, false);
    await callee.setLocalDescription();
    expect(callee.localDescription?.sdp).not.toBe(answer.sdp);
  });

  test('is no good once an answer was set', async () => {
    const { caller, callee } = new World().peers;
    load(caller, audio, 5, false);
    const [offer] = await negotiate(caller, callee);
    await expect(caller.setLocalDescription(offer)).rejects.toEqual(
      expect.objectContaining({ name: 'InvalidModificationError' }),
    );
  });
});

test('gathering begins anew after the first offer was rolled back (§5.6.3)', async () => {
  const world = new World();
  const { caller } = world.peers;
  load(caller, audio, 5, false);
  const states: string[] = [];
  caller.addEventListener('icegatheringstatechange', () => states.push(caller.iceGatheringState));
  await caller.setLocalDescription();
  await world.run();
  await caller.setLocalDescription({ type: 'rollback' });
  await world.run();
  await caller.setLocalDescription();
  await world.run();
  expect(states).toEqual(['gathering', 'complete', 'new', 'gathering', 'complete']);
  const candidates = caller.localDescription?.sdp.match(/a=candidate/g);
  expect(candidates).toHaveLength(1);
});

describe('restartIce() (§4.4.1.5, [[LocalIceCredentialsToReplace]])', () => {
  async function inCall(): Promise<World> {
    const world = new World();
    world.trickle();
    load(world.peers.caller, audio, 5, false);
    await negotiate(world.peers.caller, world.peers.callee);
    await world.run();
    return world;
  }
  const ufrags = ({ caller, callee }: World['peers']) =>
    [caller, callee].map((peer: VirtualPeer) => ufragOf(peer.localDescription));

  test('does nothing before anything was described', async () => {
    const world = new World();
    world.peers.caller.restartIce();
    await world.run();
    expect(asked(world, 'caller')).toBe(0);
  });

  test('in have-local-offer waits for the answer, and then asks', async () => {
    const world = new World();
    const { caller, callee } = world.peers;
    load(caller, audio, 5, false);
    await caller.setLocalDescription();
    const first = ufragOf(caller.localDescription);
    caller.restartIce();
    await callee.setRemoteDescription(caller.localDescription ?? { type: 'offer' });
    await callee.setLocalDescription();
    await caller.setRemoteDescription(callee.localDescription ?? { type: 'answer' });
    await world.run();
    expect(asked(world, 'caller')).toBe(1);
    const [offer] = await negotiate(caller, callee);
    expect(ufragOf(offer)).not.toBe(first);
  });

  test('outlives a rollback, and does not change the credentials before it is answered', async () => {
    const world = await inCall();
    const { caller, callee } = world.peers;
    const before = ufrags(world.peers);
    const count = asked(world, 'caller');
    caller.restartIce();
    await caller.setLocalDescription();
    expect(ufragOf(caller.localDescription)).not.toBe(before[0]);
    await caller.setLocalDescription({ type: 'rollback' });
    expect(ufrags(world.peers)).toEqual(before);
    await world.run();
    expect(asked(world, 'caller')).toBe(count + 1);
    await negotiate(caller, callee);
    await world.run();
    const after = ufrags(world.peers);
    for (const at of [0, 1]) expect(after[at]).not.toBe(before[at]);
    expect(caller.connectionState).toBe('connected');
  });

  test('is satisfied by a restart of the other side', async () => {
    const world = await inCall();
    const { caller, callee } = world.peers;
    callee.restartIce();
    await callee.setLocalDescription();
    caller.restartIce();
    await caller.setRemoteDescription(callee.localDescription ?? { type: 'offer' });
    await caller.setLocalDescription();
    await callee.setRemoteDescription(caller.localDescription ?? { type: 'answer' });
    const after = ufrags(world.peers);
    const count = asked(world, 'caller');
    await world.run();
    await negotiate(caller, callee);
    expect(ufrags(world.peers)).toEqual(after);
    expect(asked(world, 'caller')).toBe(count);
  });
});
