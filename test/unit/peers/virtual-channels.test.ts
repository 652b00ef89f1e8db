// The virtual peer's data channels: how they are made, opened and ended (WebRTC 1.0 §6).
import { describe, expect, test } from 'vitest';
import type { DataChannel } from '../../../src/peers/connection.ts';
import type { VirtualPeer } from '../../../src/peers/virtual.ts';
import { negotiate, World } from './virtual-world.ts';

async function inCall(): Promise<World> {
  const world = new World();
  world.trickle();
  world.peers.caller.createDataChannel('first');
  await negotiate(world.peers.caller, world.peers.callee);
  await world.run();
  return world;
}

function incoming(peer: VirtualPeer): DataChannel[] {
  const found: DataChannel[] = [];
  peer.addEventListener('datachannel', ({ channel }) => found.push(channel));
  return found;
}

test('what a channel is asked to be goes to the other side in band (RFC 8832 §5.1)', async () => {
  const world = await inCall();
  const found = incoming(world.peers.callee);
  world.peers.caller.createDataChannel('a', { ordered: false, maxRetransmits: 2, protocol: 'p' });
  world.peers.caller.createDataChannel('b', { maxPacketLifeTime: 300 });
  await world.run();
  expect(found).toMatchObject([
    { label: 'a', ordered: false, maxRetransmits: 2, maxPacketLifeTime: null, protocol: 'p' },
    { label: 'b', ordered: true, maxRetransmits: null, maxPacketLifeTime: 300, negotiated: false },
  ]);
});

test('a second channel needs no negotiation, and is open only when its event says so', async () => {
  const world = await inCall();
  const asked = () => world.log.filter((line) => line.endsWith('negotiationneeded')).length;
  const before = asked();
  const channel = world.peers.caller.createDataChannel('second');
  expect(channel.readyState).toBe('connecting');
  expect(channel.id).not.toBe(null);
  const states: string[] = [];
  channel.addEventListener('open', () => states.push(channel.readyState));
  await world.run();
  expect(states).toEqual(['open']);
  expect(asked()).toBe(before);
});

test('a negotiated channel is made by both, and no message opens it', async () => {
  const world = await inCall();
  const found = incoming(world.peers.callee);
  const [mine, theirs] = [world.peers.caller, world.peers.callee].map((peer) =>
    peer.createDataChannel('agreed', { negotiated: true, id: 7 }),
  );
  const heard: unknown[] = [];
  theirs?.addEventListener('message', ({ data }) => heard.push(data));
  await world.run();
  expect([mine, theirs]).toMatchObject([
    { id: 7, readyState: 'open', negotiated: true },
    { id: 7, readyState: 'open', negotiated: true },
  ]);
  mine?.send('hello');
  await world.run();
  expect(heard).toEqual(['hello']);
  expect(found).toEqual([]);
});

describe('createDataChannel refuses', () => {
  test.each([
    ['two limits', { maxRetransmits: 1, maxPacketLifeTime: 1 }],
    ['an agreement without an id', { negotiated: true }],
    ['the id that stands for none', { negotiated: true, id: 65_535 }],
    ['an id that is too large', { id: 65_536 }],
  ] as const)('%s', (_, options) => {
    expect(() => new World().peers.caller.createDataChannel('', options)).toThrow(TypeError);
  });

  test('an id that is taken', () => {
    const { caller } = new World().peers;
    const options = { negotiated: true, id: 3 };
    caller.createDataChannel('', options);
    expect(() => caller.createDataChannel('', options)).toThrow(
      expect.objectContaining({ name: 'OperationError' }) as Error,
    );
  });
});

test('a blob is read first, and what is sent after it comes after it', async () => {
  const world = await inCall();
  const found = incoming(world.peers.callee);
  const channel = world.peers.caller.createDataChannel('blobs');
  await world.run();
  const heard: unknown[] = [];
  found[0]?.addEventListener('message', ({ data }) => heard.push(data));
  (channel as RTCDataChannel).send(new Blob(['one']));
  channel.send('two');
  expect(channel.bufferedAmount).toBe(6);
  // A blob's bytes come in tasks of the real loop.
  await new Promise((resolve) => setImmediate(resolve));
  await world.run();
  expect(heard).toEqual([new TextEncoder().encode('one').buffer, 'two']);
});

test('the association has an object once it is described, and states that are told (§6.1)', async () => {
  const world = new World();
  const { caller, callee } = world.peers;
  world.trickle();
  caller.createDataChannel('first');
  expect(caller.sctp).toBe(null);
  await caller.setLocalDescription();
  const { sctp } = caller;
  const states: string[] = [];
  sctp?.addEventListener('statechange', () => states.push(sctp.state));
  expect(sctp?.state).toBe('connecting');
  await callee.setRemoteDescription(caller.localDescription ?? { type: 'offer' });
  await callee.setLocalDescription();
  await caller.setRemoteDescription(callee.localDescription ?? { type: 'answer' });
  await world.run();
  expect(caller.sctp).toBe(sctp);
  expect(sctp).toMatchObject({ state: 'connected', maxMessageSize: 262_144, maxChannels: 65_534 });
  expect(sctp?.transport).toMatchObject({
    state: 'connected',
    iceTransport: { state: 'connected' },
  });
  callee.close();
  await world.run();
  expect(states).toEqual(['connected', 'closed']);
});

test('a channel whose other side is gone tells of an error, then of its end (§6.2.5)', async () => {
  const world = await inCall();
  const { caller, callee } = world.peers;
  const found = incoming(callee);
  caller.createDataChannel('second');
  await world.run();
  const heard: string[] = [];
  for (const type of ['error', 'close'] as const) {
    found[0]?.addEventListener(type, () => heard.push(`${type} ${String(found[0]?.readyState)}`));
  }
  caller.close();
  await world.run();
  expect(heard).toEqual(['error closed', 'close closed']);
});
