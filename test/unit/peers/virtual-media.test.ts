// The virtual peer's transceivers, senders and their parameters (WebRTC 1.0 §5).
import { describe, expect, test } from 'vitest';
import { seeded } from '../../../src/net/random.ts';
import { VirtualSender, virtualStream } from '../../../src/peers/virtual.ts';
import type { VirtualPeer } from '../../../src/peers/virtual.ts';
import { load, negotiate, World } from './virtual-world.ts';

const both = { audio: true, video: true };

/** A track that can be sent. */
function trackOf(kind: 'audio' | 'video', seed = 8): MediaStreamTrack {
  const stream = virtualStream(seeded(seed), both);
  const track = stream.getTracks().find((each) => each.kind === kind);
  if (track === undefined) throw new Error('no track');
  return track;
}

function named(name: string): unknown {
  return expect.objectContaining({ name });
}

/** The payload types of the first m= line, by the names of their codecs. */
function codecsIn(sdp: string | undefined): readonly string[] {
  const [, section = ''] = (sdp ?? '').split(/^m=/m);
  return [...section.matchAll(/a=rtpmap:\d+ ([^/]+)/g)].map(([, name = '']) => name);
}

describe('addTransceiver (§5.1)', () => {
  test('takes a kind or a track, with a direction, streams and encodings', () => {
    const { caller } = new World().peers;
    const stream = virtualStream(seeded(8), both);
    const [audio] = stream.getAudioTracks();
    if (audio === undefined) throw new Error('no track');
    const one = caller.addTransceiver('video', { direction: 'recvonly' });
    const other = caller.addTransceiver(audio, { streams: [stream, stream] });
    expect(caller.getTransceivers()).toEqual([one, other]);
    expect(caller.getSenders()).toEqual([one.sender, other.sender]);
    expect(caller.getReceivers()).toEqual([one.receiver, other.receiver]);
    expect([one.sender.track, one.direction, one.currentDirection, one.mid]).toEqual([
      ...[null, 'recvonly', null, null],
    ]);
    expect(other.sender.track).toBe(audio);
    expect(other.sender.streams).toEqual([stream.id]);
    expect(one.receiver.track).toMatchObject({ kind: 'video', muted: true, readyState: 'live' });
  });

  test.each([
    ['text', {}, TypeError],
    ['audio', { direction: 'stopped' }, TypeError],
    ['video', { sendEncodings: [{ rid: 'a' }, {}] }, TypeError],
    ['video', { sendEncodings: [{ rid: 'a' }, { rid: 'a' }] }, TypeError],
    ['video', { sendEncodings: [{ rid: 'no-hyphen' }] }, TypeError],
    ['video', { sendEncodings: [{ scaleResolutionDownBy: 0.5 }] }, RangeError],
  ] as const)('refuses %s with %o', (kind, init, error) => {
    const { caller } = new World().peers;
    const add = caller.addTransceiver.bind(caller) as (kind: string, init: object) => void;
    expect(() => {
      add(kind, init);
    }).toThrow(error);
    expect(caller.getTransceivers()).toEqual([]);
  });

  test('is for no offer to take: only what addTrack made is (RFC 9429 §5.10)', async () => {
    const { caller, callee } = new World().peers;
    caller.addTransceiver('audio');
    callee.addTransceiver('audio');
    await callee.setRemoteDescription(await caller.createOffer());
    expect(callee.getTransceivers().map(({ mid }) => mid)).toEqual([null, '0']);
  });
});

test('addTrack takes a sender that never sent, and none that did (§5.1)', async () => {
  const { caller, callee } = new World().peers;
  const idle = caller.addTransceiver('audio', { direction: 'recvonly' });
  expect(caller.addTrack(trackOf('audio'))).toBe(idle.sender);
  expect(idle.direction).toBe('sendrecv');
  await negotiate(caller, callee);
  caller.removeTrack(idle.sender);
  expect(idle.direction).toBe('recvonly');
  expect(caller.addTrack(trackOf('audio', 9))).not.toBe(idle.sender);
});

test('stop() rejects the section in an offer, and makes it inactive in an answer (§5.4)', async () => {
  const world = new World();
  const { caller, callee } = world.peers;
  load(caller, { audio: true, video: true, data: false }, 5, false);
  load(callee, { audio: true, video: true, data: false }, 6, false);
  await negotiate(caller, callee, () => callee.getTransceivers()[0]?.stop());
  const [stopping] = callee.getTransceivers();
  expect(stopping?.direction).toBe('stopped');
  expect(stopping?.currentDirection).toBe('inactive');
  expect(stopping?.receiver.track.readyState).toBe('ended');
  expect(caller.getTransceivers()[0]?.currentDirection).toBe('inactive');
  await world.run(world.now);
  expect(world.log).toContain('callee negotiationneeded');
  const [offer] = await negotiate(callee, caller);
  expect(offer.sdp).toContain('m=audio 0 ');
  expect(stopping?.currentDirection).toBe('stopped');
  for (const peer of [caller, callee]) expect(peer.getTransceivers()).toHaveLength(1);
});

test('replaceTrack needs no negotiation, and the description goes on naming the first track (§5.2)', async () => {
  const world = new World();
  const { caller, callee } = world.peers;
  world.trickle();
  const first = trackOf('audio');
  const sender = caller.addTrack(first);
  await negotiate(caller, callee);
  await world.run();
  const asked = world.log.filter((line) => line.endsWith('negotiationneeded')).length;
  const second = trackOf('audio', 9);
  await sender.replaceTrack(second);
  expect(sender.track).toBe(second);
  await world.run();
  expect(world.log.filter((line) => line.endsWith('negotiationneeded'))).toHaveLength(asked);
  expect((await caller.createOffer()).sdp).toContain(`a=msid:- ${first.id}\r\n`);
  await expect(sender.replaceTrack(trackOf('video'))).rejects.toThrow(TypeError);
  caller.close();
  await expect(sender.replaceTrack(null)).rejects.toEqual(named('InvalidStateError'));
});

test('setStreams asks for negotiation, and moves the track to other streams there (§5.2)', async () => {
  const world = new World();
  const { caller, callee } = world.peers;
  const [one, other] = [1, 2].map((seed) => virtualStream(seeded(seed), both));
  if (one === undefined || other === undefined) throw new Error('no stream');
  const sender = caller.addTrack(trackOf('audio'), one);
  const seen: (readonly MediaStream[])[] = [];
  callee.addEventListener('track', ({ streams }) => seen.push(streams));
  await negotiate(caller, callee);
  const [[before] = []] = seen;
  const lost: string[] = [];
  before?.addEventListener('removetrack', () => lost.push('removetrack'));
  sender.setStreams(other);
  await world.run(world.now);
  expect(world.log).toContain('caller negotiationneeded');
  await negotiate(caller, callee);
  expect(seen.map((streams) => streams.map(({ id }) => id))).toEqual([[one.id], [other.id]]);
  expect(lost).toEqual(['removetrack']);
  expect(before?.getTracks()).toEqual([]);
});

describe('parameters (§5.2)', () => {
  async function inCall(): Promise<readonly [World, VirtualSender, VirtualPeer]> {
    const world = new World();
    const { caller, callee } = world.peers;
    world.trickle();
    const sender = caller.addTrack(trackOf('video'));
    await negotiate(caller, callee);
    await world.run();
    return [world, sender, caller];
  }

  test('say what was negotiated', async () => {
    const [, sender] = await inCall();
    const { codecs, encodings, rtcp } = sender.getParameters();
    expect(codecs[0]).toEqual({ payloadType: 96, mimeType: 'video/VP8', clockRate: 90_000 });
    expect(encodings).toEqual([{ active: true }]);
    expect(rtcp.reducedSize).toBe(true);
  });

  test('are set once for each reading, and only where they may be changed', async () => {
    const [, sender] = await inCall();
    const set = (change: (parameters: RTCRtpSendParameters) => void) => {
      const parameters = sender.getParameters();
      change(parameters);
      return sender.setParameters(parameters);
    };
    await set(({ encodings: [encoding] }) => {
      if (encoding !== undefined) encoding.maxBitrate = 100_000;
    });
    expect(sender.getParameters().encodings).toEqual([{ active: true, maxBitrate: 100_000 }]);
    const old = sender.getParameters();
    await sender.setParameters(old);
    await expect(sender.setParameters(old)).rejects.toEqual(named('InvalidStateError'));
    await expect(set(({ codecs }) => codecs.pop())).rejects.toEqual(
      named('InvalidModificationError'),
    );
    const scaled = set(({ encodings: [encoding] }) => {
      if (encoding !== undefined) encoding.scaleResolutionDownBy = 0.5;
    });
    await expect(scaled).rejects.toThrow(RangeError);
  });

  test('switch the media off, and on', async () => {
    const [world, sender, caller] = await inCall();
    const sent = async () => {
      const types: string[] = [];
      (await caller.getStats()).forEach(({ type }) => types.push(type as string));
      return types.includes('outbound-rtp');
    };
    expect(await sent()).toBe(true);
    for (const active of [false, true]) {
      const parameters = sender.getParameters();
      parameters.encodings = [{ active }];
      await sender.setParameters(parameters);
      await world.run();
      expect(await sent()).toBe(active);
    }
  });
});

describe('setCodecPreferences (§5.4)', () => {
  const capable = VirtualSender.getCapabilities('video')?.codecs ?? [];
  const h264 = capable.filter(({ mimeType }) => /h264|rtx/i.test(mimeType));

  test('orders an offer, an answer, and what is sent', async () => {
    const world = new World();
    const { caller, callee } = world.peers;
    const transceiver = caller.addTransceiver(trackOf('video'));
    expect(codecsIn((await caller.createOffer()).sdp)).toEqual(['VP8', 'rtx', 'H264', 'rtx']);
    transceiver.setCodecPreferences([...h264, ...capable]);
    expect(codecsIn((await caller.createOffer()).sdp)).toEqual(['H264', 'rtx', 'VP8', 'rtx']);
    const [, answer] = await negotiate(caller, callee, () => {
      callee.getTransceivers()[0]?.setCodecPreferences(h264);
    });
    expect(codecsIn(answer.sdp)).toEqual(['H264', 'rtx']);
    expect(transceiver.sender.getParameters().codecs.map(({ mimeType }) => mimeType)).toEqual([
      ...['video/H264', 'video/rtx'],
    ]);
    transceiver.setCodecPreferences([]);
    // Offered again, what was agreed on comes first, with its numbers, and nothing is left out (RFC 9429 §5.2.2).
    const again = (await caller.createOffer()).sdp;
    expect(codecsIn(again)).toEqual(['H264', 'rtx', 'VP8', 'rtx']);
    expect(again).toMatch(/m=video \d+ \S+ 102 103 96 97\r/);
  });

  test('refuses codecs that are not there, and repair alone', () => {
    const transceiver = new World().peers.caller.addTransceiver('video');
    const strange = { mimeType: 'video/piper', clockRate: 90_000 };
    const rtx = capable.filter(({ mimeType }) => mimeType === 'video/rtx');
    for (const codecs of [[strange], [...capable, strange], rtx]) {
      expect(() => {
        transceiver.setCodecPreferences(codecs);
      }).toThrow(named('InvalidModificationError'));
    }
  });
});

test('a section without a=msid belongs to one stream without a name (RFC 9429 §5.10)', async () => {
  const { caller, callee } = new World().peers;
  caller.addTrack(trackOf('audio'));
  const { sdp = '' } = await caller.createOffer();
  const counts: number[] = [];
  callee.addEventListener('track', ({ streams }) => counts.push(streams.length));
  await callee.setRemoteDescription({ type: 'offer', sdp: sdp.replace(/a=msid:.*\r\n/, '') });
  await callee.setRemoteDescription({ type: 'rollback' });
  await callee.setRemoteDescription({ type: 'offer', sdp });
  expect(counts).toEqual([1, 0]);
});

test.each([
  ['a payload type that RTCP would be taken for', /(m=audio \d+ \S+) 111(?=[^]*)/, '$1 72'],
  ['a ufrag with another character', /a=ice-ufrag:../, 'a=ice-ufrag:$!'],
] as const)('%s is refused', async (_, found, put) => {
  const { caller, callee } = new World().peers;
  caller.addTrack(trackOf('audio'));
  const { sdp = '' } = await caller.createOffer();
  const changed = sdp.replace(found, put).replace('a=rtpmap:111 ', 'a=rtpmap:72 ');
  await expect(callee.setRemoteDescription({ type: 'offer', sdp: changed })).rejects.toEqual(
    named('InvalidAccessError'),
  );
});

test.each([
  ['max-bundle', true],
  ['balanced', false],
] as const)('with %s, sections offered share a transport: %s', async (bundlePolicy, isShared) => {
  const { caller, callee } = new World(1, undefined, { bundlePolicy }).peers;
  const [one, other] = (['audio', 'video'] as const).map((kind) => caller.addTransceiver(kind));
  expect(one?.sender.transport).toBe(null);
  await caller.setLocalDescription();
  const offered = other?.sender.transport;
  expect(offered === one?.sender.transport).toBe(isShared);
  await callee.setRemoteDescription(caller.localDescription ?? { type: 'offer' });
  await callee.setLocalDescription();
  await caller.setRemoteDescription(callee.localDescription ?? { type: 'answer' });
  expect(other?.receiver.transport).toBe(one?.receiver.transport);
  expect(offered?.state).toBe(isShared ? 'new' : 'closed');
});
