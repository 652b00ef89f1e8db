// Two virtual peers call each other: all that a call can carry, trickled or not, over good wires and bad ones.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seeded } from '../../../src/net/random.ts';
import type { DataChannel } from '../../../src/peers/connection.ts';
import { recordNew } from '../../../src/peers/recording.ts';
import { extractStats } from '../../../src/trace/report.ts';
import { parseSdp } from '../../../src/sdp/parse.ts';
import { problemsOf } from '../../../src/sdp/problems.ts';
import type { EventBody } from '../../../src/trace/event.ts';
import { CARRIES, load, negotiate, settled, SIDES, World } from './virtual-world.ts';
import type { Fate } from './virtual-world.ts';

const both = { audio: true, video: true, data: true };
const name = (carry: object) => JSON.stringify(carry);

function wrongIn(sdp: string | undefined, type: 'offer' | 'answer'): readonly string[] {
  return problemsOf(parseSdp(sdp ?? ''), { type })
    .filter(({ level }) => level === 'wrong')
    .map(({ id, line }) => `${id} ${String(line)}`);
}

describe.each(CARRIES)('a call with %o', (carry) => {
  const isEmpty = !carry.audio && !carry.video && !carry.data;

  test.each([true, false])(`trickled: %s`, async (trickled) => {
    const world = new World(3);
    const { caller, callee } = world.peers;
    if (trickled) world.trickle();
    load(caller, carry, 5, true);
    await settled();
    if (trickled) await negotiate(caller, callee, () => load(callee, carry, 6, false));
    else {
      await caller.setLocalDescription();
      await world.run(1);
      const offer = caller.localDescription;
      if (offer === null) throw new Error('no offer');
      expect(offer.sdp.includes('a=candidate:')).toBe(!isEmpty);
      await callee.setRemoteDescription(offer);
      load(callee, carry, 6, false);
      await callee.setLocalDescription();
      await world.run(2);
      if (callee.localDescription === null) throw new Error('no answer');
      await caller.setRemoteDescription(callee.localDescription);
    }
    await world.run();
    for (const side of SIDES) {
      const peer = world.peers[side];
      expect(peer.signalingState).toBe('stable');
      expect(peer.iceGatheringState).toBe(isEmpty ? 'new' : 'complete');
      expect(peer.connectionState).toBe(isEmpty ? 'new' : 'connected');
      // By itself an answer to an offer of nothing looks as if its sections were lost.
      expect(wrongIn(peer.localDescription?.sdp, side === 'caller' ? 'offer' : 'answer')).toEqual(
        isEmpty && side === 'callee' ? ['no-media null'] : [],
      );
      const kinds = (['audio', 'video'] as const).filter((kind) => carry[kind]);
      expect(peer.getTransceivers().map(({ currentDirection }) => currentDirection)).toEqual(
        kinds.map(() => 'sendrecv'),
      );
      for (const kind of kinds) {
        expect(world.log).toContain(`${side} track ${kind}`);
        expect(world.log).toContain(`${side} unmute ${kind}`);
      }
    }
    expect(world.log.includes('callee datachannel chat'), name(carry)).toBe(carry.data);
    expect(world.sent.length > 0).toBe(!isEmpty);
  });
});

test('the events of a call come in the order of the specification', async () => {
  const world = new World();
  world.trickle();
  load(world.peers.caller, { audio: true, video: false, data: false }, 5, true);
  await world.run(world.now);
  await negotiate(world.peers.caller, world.peers.callee);
  await world.run();
  const of = (side: string) =>
    world.log.filter((line) => line.startsWith(side)).map((line) => line.slice(side.length + 1));
  expect(of('caller')).toEqual([
    'negotiationneeded',
    'signalingstatechange have-local-offer',
    'signalingstatechange stable',
    'icegatheringstatechange gathering',
    'icecandidate one',
    'icecandidate end',
    'icegatheringstatechange complete',
    'icecandidate null',
    'iceconnectionstatechange checking',
    'connectionstatechange connecting',
    'iceconnectionstatechange connected',
    'connectionstatechange connected',
  ]);
  expect(of('callee').slice(0, 3)).toEqual([
    'signalingstatechange have-remote-offer',
    'track audio',
    'signalingstatechange stable',
  ]);
});

test('the same seed gives the same bytes, another seed others', async () => {
  const bytes = async (seed: number) => {
    const world = new World(seed);
    world.trickle();
    load(world.peers.caller, both, 5, true);
    await negotiate(world.peers.caller, world.peers.callee);
    await world.run();
    return world.sent.map(({ at, payload }) => `${at} ${Buffer.from(payload).toString('hex')}`);
  };
  expect(await bytes(1)).toEqual(await bytes(1));
  expect(await bytes(1)).not.toEqual(await bytes(2));
});

test('DTLS: six flights from the answerer on, each with a true record header', async () => {
  const world = new World();
  world.trickle();
  load(world.peers.caller, both, 5, true);
  await negotiate(world.peers.caller, world.peers.callee);
  await world.run();
  const handshakes = world.sent.filter(({ payload }) => payload[0] === 22 || payload[0] === 20);
  expect(handshakes.map(({ from, payload }) => [from, payload[0], payload[13]])).toEqual([
    ['callee', 22, 1],
    ['caller', 22, 3],
    ['callee', 22, 1],
    ['caller', 22, 2],
    ['callee', 22, 11],
    ['caller', 20, 1],
  ]);
  for (const { payload } of handshakes) expect([...payload.subarray(1, 3)]).toEqual([0xfe, 0xfd]);
});

test.each(['offer', 'answer'] as const)(
  'a false fingerprint in the %s fails DTLS',
  async (which) => {
    const world = new World();
    const { caller, callee } = world.peers;
    world.trickle();
    load(caller, both, 5, true);
    const forge = (sdp = '') =>
      sdp.replace(
        /(a=fingerprint:sha-256 )(..)/g,
        (_all, head: string, byte: string) => head + (byte === '00' ? '01' : '00'),
      );
    const offer = await caller.createOffer();
    await caller.setLocalDescription(offer);
    await callee.setRemoteDescription({
      type: 'offer',
      sdp: which === 'offer' ? forge(offer.sdp) : (offer.sdp ?? ''),
    });
    const answer = await callee.createAnswer();
    await callee.setLocalDescription(answer);
    await caller.setRemoteDescription({
      type: 'answer',
      sdp: which === 'answer' ? forge(answer.sdp) : (answer.sdp ?? ''),
    });
    await world.run();
    for (const side of SIDES) {
      expect(world.peers[side].iceConnectionState).toBe('connected');
      expect(world.peers[side].connectionState).toBe('failed');
      expect(extractStats(await world.peers[side].getStats()).transport?.dtlsState).toBe('failed');
    }
  },
);

test('statistics are read by the program as a browser’s are', async () => {
  const world = new World();
  world.trickle();
  load(world.peers.caller, both, 5, true);
  await negotiate(world.peers.caller, world.peers.callee, () => {
    load(world.peers.callee, both, 6, false);
  });
  await world.run();
  const caller = extractStats(await world.peers.caller.getStats());
  const callee = extractStats(await world.peers.callee.getStats());
  expect(caller.pair).toMatchObject({ state: 'succeeded', nominated: true, rtt: 20 });
  expect(caller.pair?.local).toMatchObject({ type: 'host', address: '192.0.2.1', port: 50_000 });
  expect(caller.transport).toMatchObject({
    ...{ dtlsState: 'connected', dtlsRole: 'server', iceRole: 'controlling', tlsVersion: 'FEFD' },
    ...{ dtlsCipher: null, remoteFingerprint: callee.transport?.localFingerprint },
  });
  expect(caller.transport?.localFingerprint).toBe(callee.transport?.remoteFingerprint);
  expect(caller.counters.bytesSent).toBe(callee.counters.bytesReceived);
  expect(caller.counters.bytesSent).toBeGreaterThan(6 * 680);
  expect(callee.counters.packetsLost).toBe(0);
});

/** A wire that loses, doubles and delays by chance. */
function badWire(seed: number, loss: number): Fate {
  const random = seeded(seed);
  return ({ at }) => {
    const times = random.next() < loss ? 0 : random.next() < 0.2 ? 2 : 1;
    return Array.from({ length: times }, () => at + 5 + random.below(200));
  };
}

test('over a wire that loses, doubles and reorders, the call connects and every message arrives once, in order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer(),
      fc.double({ min: 0, max: 0.2, noNaN: true }),
      async (seed, loss) => {
        const world = new World(seed, badWire(seed, loss));
        const { caller, callee } = world.peers;
        world.trickle();
        const channel = caller.createDataChannel('chat');
        const messages = Array.from({ length: 20 }, (_, at) => `${at} ${'x'.repeat(at * 150)}`);
        channel.addEventListener('open', () => {
          for (const message of messages) channel.send(message);
        });
        const got: unknown[] = [];
        callee.addEventListener('datachannel', ({ channel: theirs }) => {
          theirs.addEventListener('message', ({ data }) => got.push(data));
        });
        await negotiate(caller, callee);
        await world.run(world.now + 2_000_000);
        expect(got).toEqual(messages);
        expect(channel.bufferedAmount).toBe(0);
      },
    ),
    { numRuns: 25 },
  );
});

test('with half of all packets lost, a call connects or fails with a name', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const world = new World(seed, badWire(seed, 0.5));
      const { caller, callee } = world.peers;
      world.trickle();
      const channel = caller.createDataChannel('chat');
      await negotiate(caller, callee);
      await world.run(world.now + 2_000_000);
      expect(['connected', 'failed']).toContain(caller.connectionState);
      if (caller.connectionState === 'failed') return;
      expect(['open', 'closed']).toContain(channel.readyState);
    }),
    { numRuns: 20 },
  );
});

test('a data channel: both ways, text, bytes, nothing, and closed', async () => {
  const world = new World();
  const { caller, callee } = world.peers;
  world.trickle();
  const channel = caller.createDataChannel('chat');
  expect(() => {
    channel.send('early');
  }).toThrow(expect.objectContaining({ name: 'InvalidStateError' }));
  const got: unknown[] = [];
  let theirs: DataChannel | null = null;
  callee.addEventListener('datachannel', ({ channel: other }) => {
    theirs = other;
    other.addEventListener('message', ({ data }) => {
      got.push(data);
      if (typeof data === 'string') other.send(`${data}!`);
    });
    for (const type of ['open', 'closing', 'close'] as const) {
      other.addEventListener(type, () => got.push(type));
    }
  });
  const heard: unknown[] = [];
  channel.addEventListener('message', ({ data }) => heard.push(data));
  channel.addEventListener('close', () => heard.push('close'));
  await negotiate(caller, callee);
  await world.run();
  expect(channel.id).toBe(1);
  expect(theirs).toMatchObject({ label: 'chat', id: 1, readyState: 'open' });
  channel.bufferedAmountLowThreshold = 10;
  channel.addEventListener('bufferedamountlow', () => heard.push('low'));
  channel.send('a');
  channel.send('');
  const bytes = new Uint8Array(100_000).fill(7);
  channel.send(bytes.buffer);
  expect(channel.bufferedAmount).toBe(100_001);
  expect(() => {
    channel.send(new ArrayBuffer(262_145));
  }).toThrow(TypeError);
  await world.run();
  expect(channel.bufferedAmount).toBe(0);
  expect(got).toEqual(['open', 'a', '', bytes.buffer]);
  expect(heard).toEqual(['a!', '!', 'low']);
  channel.close();
  expect(channel.readyState).toBe('closing');
  await world.run();
  expect(got.slice(-2)).toEqual(['closing', 'close']);
  expect(heard.at(-1)).toBe('close');
});

test('a virtual peer is recorded as any other', async () => {
  const world = new World();
  const events: { readonly n: number; readonly body: EventBody }[] = [];
  const tape = {
    write: (body: EventBody) => events.push({ n: events.length + 1, body }),
  };
  const recorded = recordNew('callee', tape, [], () => world.peers.callee, {
    timers: {
      setTimeout: (task) => {
        task();
      },
      clearTimeout: () => undefined,
    },
  });
  world.trickle();
  load(world.peers.caller, both, 5, true);
  const offer = await world.peers.caller.createOffer();
  await world.peers.caller.setLocalDescription(offer);
  await recorded.setRemoteDescription(offer);
  const answer = await recorded.createAnswer();
  await recorded.setLocalDescription(answer);
  await world.peers.caller.setRemoteDescription(answer);
  await world.run();
  recorded.close();
  const told = (kind: EventBody['kind']) => events.filter(({ body }) => body.kind === kind).length;
  const tracks = events.flatMap(({ body }) => (body.kind === 'track' ? [body.at] : []));
  expect(tracks.sort()).toEqual(['added', 'added', 'ended', 'ended', 'unmuted', 'unmuted']);
  expect(told('exception')).toBe(0);
  // Open, and closed with the connection.
  expect(told('channel')).toBe(2);
  const states = events.flatMap(({ body }) =>
    body.kind === 'state' && body.machine === 'connectionState' ? [body.to] : [],
  );
  expect(states).toEqual(['new', 'connecting', 'connected', 'closed']);
});

test('close() is silent here, and the other side hears that DTLS has ended', async () => {
  const world = new World();
  const { caller, callee } = world.peers;
  world.trickle();
  const channel = caller.createDataChannel('chat');
  load(caller, { audio: true, video: false, data: false }, 5, false);
  await negotiate(caller, callee);
  await world.run();
  const before = world.log.length;
  const remote = callee.getTransceivers()[0]?.receiver.track;
  callee.close();
  await world.run();
  expect(world.log.slice(before).filter((line) => line.startsWith('callee'))).toEqual([]);
  expect(callee).toMatchObject({
    ...{ signalingState: 'closed', iceConnectionState: 'closed', connectionState: 'closed' },
  });
  expect(remote?.readyState).toBe('ended');
  expect(channel.readyState).toBe('closed');
  expect(extractStats(await caller.getStats()).transport?.dtlsState).toBe('closed');
});

test('connectionState follows ICE: disconnected, connected again, failed', async () => {
  const world = new World();
  const { caller, callee } = world.peers;
  world.trickle();
  load(caller, both, 5, true);
  await negotiate(caller, callee);
  await world.run();
  const seen: string[] = [];
  for (const state of ['disconnected', 'connected', 'completed', 'failed'] as const) {
    world.agents.caller?.become(state);
    caller.handleTimeout(world.now);
    seen.push(`${caller.iceConnectionState} ${caller.connectionState}`);
  }
  expect(seen).toEqual([
    'disconnected disconnected',
    'connected connected',
    'completed connected',
    'failed failed',
  ]);
});
