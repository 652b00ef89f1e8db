// The virtual peer by RFC 9429: what may be called when, glare, mirrored and rejected sections, renegotiation.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DescriptionInit } from '../../../src/peers/connection.ts';
import type { VirtualPeer } from '../../../src/peers/virtual.ts';
import type { SignalingState } from '../../../src/rtc/signaling-state.ts';
import { SIGNALING_STATES } from '../../../src/rtc/signaling-state.ts';
import { negotiate as agreedOn } from '../../../src/sdp/negotiation.ts';
import { parseSdp } from '../../../src/sdp/parse.ts';
import { problemsOf } from '../../../src/sdp/problems.ts';
import { browserFixtures } from '../sdp/fixtures.ts';
import { CARRIES, load, negotiate, World } from './virtual-world.ts';

const both = { audio: true, video: true, data: true };

/** Two peers of which the first has something to say. */
function pair(): readonly [VirtualPeer, VirtualPeer] {
  const { caller, callee } = new World().peers;
  load(caller, both, 5, true);
  load(callee, { audio: true, video: false, data: false }, 6, false);
  return [caller, callee];
}

/** Brings a peer into a state. Gives it, an offer and an answer of its other side that fit it. */
async function inState(state: SignalingState): Promise<readonly [VirtualPeer, VirtualPeer]> {
  const [peer, other] = pair();
  switch (state) {
    case 'stable':
      break;
    case 'have-local-offer':
      await peer.setLocalDescription();
      break;
    case 'have-remote-offer':
      await peer.setRemoteDescription(await other.createOffer());
      break;
    case 'have-local-pranswer': {
      await peer.setRemoteDescription(await other.createOffer());
      const { sdp = '' } = await peer.createAnswer();
      await peer.setLocalDescription({ type: 'pranswer', sdp });
      break;
    }
    case 'have-remote-pranswer': {
      await peer.setLocalDescription();
      await other.setRemoteDescription(peer.localDescription ?? { type: 'offer' });
      const { sdp = '' } = await other.createAnswer();
      await peer.setRemoteDescription({ type: 'pranswer', sdp });
      break;
    }
    case 'closed':
      peer.close();
  }
  expect(peer.signalingState).toBe(state);
  return [peer, other];
}

/** An answer to what the peer has offered; else to an offer of another. */
async function answerTo(peer: VirtualPeer): Promise<string> {
  const [other, third] = pair();
  const offer = peer.pendingLocalDescription ?? (await third.createOffer());
  await other.setRemoteDescription({ type: 'offer', sdp: offer.sdp ?? '' });
  return (await other.createAnswer()).sdp ?? '';
}

const CALLS = {
  createOffer: (peer: VirtualPeer) => peer.createOffer(),
  createAnswer: (peer: VirtualPeer) => peer.createAnswer(),
  'setLocal()': (peer: VirtualPeer) => peer.setLocalDescription(),
  'setLocal(offer)': (peer: VirtualPeer) => peer.setLocalDescription({ type: 'offer' }),
  'setLocal(answer)': (peer: VirtualPeer) => peer.setLocalDescription({ type: 'answer' }),
  'setLocal(pranswer)': (peer: VirtualPeer) => peer.setLocalDescription({ type: 'pranswer' }),
  'setLocal(rollback)': (peer: VirtualPeer) => peer.setLocalDescription({ type: 'rollback' }),
  'setRemote(offer)': async (peer: VirtualPeer, other: VirtualPeer) => {
    await peer.setRemoteDescription(await freshOffer(peer, other));
  },
  'setRemote(answer)': async (peer: VirtualPeer) =>
    peer.setRemoteDescription({ type: 'answer', sdp: await answerTo(peer) }),
  'setRemote(pranswer)': async (peer: VirtualPeer) =>
    peer.setRemoteDescription({ type: 'pranswer', sdp: await answerTo(peer) }),
  'setRemote(rollback)': (peer: VirtualPeer) => peer.setRemoteDescription({ type: 'rollback' }),
  'addIceCandidate()': (peer: VirtualPeer) => peer.addIceCandidate(),
} as const;
type Call = keyof typeof CALLS;

/** An offer that fits a peer: of the other side, or the one that it has, again. */
async function freshOffer(peer: VirtualPeer, other: VirtualPeer): Promise<DescriptionInit> {
  const pending = peer.pendingRemoteDescription;
  if (pending?.type === 'offer') return pending;
  return other.signalingState === 'stable' ? other.createOffer() : pair()[0].createOffer();
}

const I = 'InvalidStateError';
/** The state after each call, or the exception: in the order of SIGNALING_STATES. */
const TABLE: Readonly<Record<Call, readonly [string, string, string, string, string, string]>> = {
  createOffer: ['stable', 'have-local-offer', I, I, I, I],
  createAnswer: [I, I, 'have-remote-offer', 'have-local-pranswer', I, I],
  'setLocal()': ['have-local-offer', 'have-local-offer', 'stable', 'stable', I, I],
  'setLocal(offer)': ['have-local-offer', 'have-local-offer', I, I, I, I],
  'setLocal(answer)': [I, I, 'stable', 'stable', I, I],
  'setLocal(pranswer)': [I, I, 'have-local-pranswer', 'have-local-pranswer', I, I],
  'setLocal(rollback)': [I, 'stable', 'stable', I, I, I],
  'setRemote(offer)': ['have-remote-offer', 'have-remote-offer', 'have-remote-offer', I, I, I],
  'setRemote(answer)': [I, 'stable', I, I, 'stable', I],
  'setRemote(pranswer)': [I, 'have-remote-pranswer', I, I, 'have-remote-pranswer', I],
  'setRemote(rollback)': [I, 'stable', 'stable', I, I, I],
  'addIceCandidate()': [
    ...([I, I, 'have-remote-offer', 'have-local-pranswer', 'have-remote-pranswer', I] as const),
  ],
};

describe.each(Object.keys(CALLS) as Call[])('%s', (call) => {
  test.each(SIGNALING_STATES)('in %s', async (state) => {
    const [peer, other] = await inState(state);
    const before = { local: peer.localDescription, remote: peer.remoteDescription };
    const outcome = await CALLS[call](peer, other).then(
      () => peer.signalingState,
      (error: unknown) => (error as Error).name,
    );
    expect(outcome).toBe(TABLE[call][SIGNALING_STATES.indexOf(state)]);
    if (outcome !== I) return;
    expect(peer.signalingState).toBe(state);
    expect({ local: peer.localDescription, remote: peer.remoteDescription }).toEqual(before);
  });
});

test('glare: the polite side rolls back, and both come to one call', async () => {
  const world = new World();
  const { caller, callee } = world.peers;
  world.trickle();
  load(caller, { audio: true, video: false, data: false }, 5, false);
  load(callee, both, 6, true);
  await Promise.all([caller.setLocalDescription(), callee.setLocalDescription()]);
  // The caller is polite: the callee's offer takes the place of its own.
  await caller.setRemoteDescription(callee.localDescription ?? { type: 'offer' });
  expect(caller.pendingLocalDescription).toBe(null);
  expect(caller.getTransceivers().map(({ mid }) => mid)).toEqual(['0', '1']);
  await caller.setLocalDescription();
  await callee.setRemoteDescription(caller.localDescription ?? { type: 'answer' });
  await world.run();
  for (const peer of [caller, callee]) expect(peer.connectionState).toBe('connected');
  expect(callee.getTransceivers().map((each) => each.currentDirection)).toEqual([
    ...['sendrecv', 'sendonly'],
  ]);
});

test('a rollback puts everything back', async () => {
  const [peer, other] = pair();
  const transceivers = () =>
    peer.getTransceivers().map(({ mid, currentDirection }) => [mid, currentDirection]);
  await peer.setRemoteDescription(await other.createOffer());
  const [, made] = [peer, (await inState('have-remote-offer'))[0]];
  expect(made.signalingState).toBe('have-remote-offer');
  await peer.setRemoteDescription({ type: 'rollback' });
  expect(transceivers()).toEqual([
    [null, null],
    [null, null],
  ]);
  expect(peer.remoteDescription).toBe(null);
  const bare = new World(9).peers.callee;
  await bare.setRemoteDescription(await pair()[0].createOffer());
  const track = bare.getTransceivers()[0]?.receiver.track;
  expect(bare.getTransceivers()).toHaveLength(2);
  await bare.setLocalDescription({ type: 'rollback' });
  expect(bare.getTransceivers()).toHaveLength(0);
  expect(track?.readyState).toBe('ended');
});

test.each(CARRIES)('an answer mirrors its offer: %o', async (carry) => {
  const { caller, callee } = new World().peers;
  load(caller, carry, 5, true);
  const [offer, answer] = await negotiate(caller, callee);
  const [theirs, ours] = [parseSdp(offer.sdp ?? ''), parseSdp(answer.sdp ?? '')];
  const heads = (sdp: typeof theirs) =>
    sdp.sections.slice(1).map(({ mid, media }) => [mid, media?.kind, media?.proto]);
  expect(heads(ours)).toEqual(heads(theirs));
  const { sections, transports } = agreedOn(theirs, ours);
  for (const section of sections)
    expect(section).toMatchObject({ outcome: 'accepted', problems: [] });
  expect(transports).toHaveLength(sections.length === 0 ? 0 : 1);
});

test('what the other side can’t speak is rejected, and the rest connects', async () => {
  const world = new World();
  const { caller, callee } = world.peers;
  world.trickle();
  load(caller, both, 5, true);
  const offer = await caller.createOffer();
  await caller.setLocalDescription(offer);
  const sdp = (offer.sdp ?? '').replaceAll(/(VP8|H264)\//g, 'VP10/');
  await callee.setRemoteDescription({ type: 'offer', sdp });
  const answer = await callee.createAnswer();
  await callee.setLocalDescription(answer);
  expect(answer.sdp).toContain('\r\nm=video 0 UDP/TLS/RTP/SAVPF 96 97 102 103\r\n');
  expect(answer.sdp).toContain('\r\na=group:BUNDLE 0 2\r\n');
  await caller.setRemoteDescription(answer);
  expect(caller.getTransceivers().map(({ mid }) => mid)).toEqual(['0']);
  await world.run();
  expect(caller.connectionState).toBe('connected');
  // The rejected place is taken again (RFC 9429 §5.2.2).
  load(caller, { audio: false, video: true, data: false }, 7, false);
  const again = await caller.createOffer();
  expect(parseSdp(again.sdp ?? '').sections.map(({ mid }) => mid)).toEqual([null, '0', '3', '2']);
});

test('a provisional answer is taken, and the final one settles', async () => {
  const [peer] = await inState('have-remote-pranswer');
  expect(peer.pendingRemoteDescription?.type).toBe('pranswer');
  expect(peer.currentRemoteDescription).toBe(null);
  const [answerer] = await inState('have-local-pranswer');
  await answerer.setLocalDescription();
  expect(answerer.currentLocalDescription?.type).toBe('answer');
  expect(answerer.pendingLocalDescription).toBe(null);
});

test('tracks that come and go are negotiated anew, and told of', async () => {
  const world = new World();
  const { caller, callee } = world.peers;
  world.trickle();
  load(caller, { audio: true, video: false, data: false }, 5, true);
  await world.run(world.now);
  await negotiate(caller, callee);
  await world.run();
  const asked = () => world.log.filter((line) => line === 'caller negotiationneeded').length;
  expect(asked()).toBe(1);
  load(caller, { audio: false, video: true, data: false }, 6, true);
  await world.run(world.now);
  expect(asked()).toBe(2);
  await negotiate(caller, callee);
  await world.run();
  expect(world.log).toContain('callee unmute video');
  const [audio] = caller.getTransceivers();
  const heard = callee.getTransceivers()[0]?.receiver.track;
  if (audio === undefined) throw new Error('no transceiver');
  expect(heard?.muted).toBe(false);
  caller.removeTrack(audio.sender);
  await world.run(world.now);
  expect(asked()).toBe(3);
  await negotiate(caller, callee);
  expect(heard?.muted).toBe(true);
  expect(audio.direction).toBe('recvonly');
  expect(audio.currentDirection).toBe('inactive');
  audio.stop();
  await world.run(world.now);
  const [offer] = await negotiate(caller, callee);
  expect(offer.sdp).toContain('\r\nm=audio 0 ');
  expect(caller.getTransceivers()).toHaveLength(1);
  expect(callee.getTransceivers()).toHaveLength(1);
  await world.run(world.now);
  expect(asked()).toBe(4);
});

test('an ICE restart has new credentials on both sides', async () => {
  const world = new World();
  const { caller, callee } = world.peers;
  world.trickle();
  load(caller, both, 5, true);
  const first = await negotiate(caller, callee);
  await world.run();
  const ufrag = (each: DescriptionInit) => /a=ice-ufrag:(.*)\r/.exec(each.sdp ?? '')?.[1];
  const plain = await negotiate(caller, callee);
  expect(plain.map(ufrag)).toEqual(first.map(ufrag));
  await world.run();
  caller.restartIce();
  await world.run(world.now);
  expect(world.log.at(-1)).toBe('caller negotiationneeded');
  const second = await negotiate(caller, callee);
  await world.run();
  for (const side of [0, 1] as const) expect(ufrag(second[side])).not.toBe(ufrag(first[side]));
  expect(caller.localDescription?.sdp).toContain(` ufrag ${String(ufrag(second[0]))}\r\n`);
  const third = await caller.createOffer({ iceRestart: true });
  expect(ufrag(third)).not.toBe(ufrag(second[0]));
  expect(ufrag(await caller.createOffer({ iceRestart: true }))).toBe(ufrag(third));
});

test('candidates: refused too early or for nowhere, kept in the text', async () => {
  const [peer, other] = pair();
  const candidate = 'candidate:1 1 udp 2113937151 192.0.2.9 9000 typ host';
  const add = (init: object) =>
    peer.addIceCandidate(init).then(
      () => 'added',
      (error: unknown) => (error as Error).name,
    );
  expect(await add({ candidate, sdpMid: '0' })).toBe('InvalidStateError');
  expect(await add({ candidate })).toBe('TypeError');
  await peer.setRemoteDescription(await other.createOffer());
  expect(await add({ candidate, sdpMid: 'x' })).toBe('OperationError');
  expect(await add({ candidate, sdpMLineIndex: 7 })).toBe('OperationError');
  expect(await add({ candidate: 'candidate:nonsense', sdpMid: '0' })).toBe('OperationError');
  expect(await add({ candidate, sdpMid: '0', usernameFragment: 'old' })).toBe('OperationError');
  expect(await add({ candidate, sdpMid: '0' })).toBe('added');
  expect(await add({ candidate, sdpMLineIndex: 0 })).toBe('added');
  expect(await add({ candidate: '', sdpMid: '0' })).toBe('added');
  const sdp = peer.remoteDescription?.sdp ?? '';
  expect(sdp.split(candidate)).toHaveLength(2);
  expect(sdp).toContain('a=end-of-candidates\r\n');
});

test.each([
  ['', 'OperationError'],
  ['hello', 'OperationError'],
  ['v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio\r\n', 'OperationError'],
  [
    'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=rtcp-mux\r\n',
    'InvalidAccessError',
  ],
])('%j is refused', async (sdp, name) => {
  const [peer] = pair();
  await expect(peer.setRemoteDescription({ type: 'offer', sdp })).rejects.toMatchObject({ name });
  expect(peer.signalingState).toBe('stable');
});

test('an answer to something else, and SDP that was not made here, are refused', async () => {
  const [peer, other] = pair();
  await peer.setLocalDescription();
  const [third] = pair();
  const foreign = new World(4).peers.caller;
  foreign.createDataChannel('x');
  await third.setRemoteDescription(await foreign.createOffer());
  const answer = await third.createAnswer();
  await expect(peer.setRemoteDescription(answer)).rejects.toMatchObject({
    name: 'InvalidAccessError',
  });
  const { sdp = '' } = await other.createOffer();
  await expect(
    other.setLocalDescription({ type: 'offer', sdp: sdp.replace('opus', 'ogg') }),
  ).rejects.toMatchObject({ name: 'InvalidModificationError' });
});

test.each(browserFixtures.filter(({ type }) => type === 'offer'))(
  'an offer of a browser is answered: $name',
  async ({ sdp }) => {
    const { callee } = new World().peers;
    load(callee, both, 6, false);
    await callee.setRemoteDescription({ type: 'offer', sdp });
    const { sdp: answer = '' } = await callee.createAnswer();
    await callee.setLocalDescription();
    const { sections } = agreedOn(parseSdp(sdp), parseSdp(answer));
    for (const section of sections) expect(section.problems).toEqual([]);
    expect(wrongIn(answer)).toEqual([]);
  },
);

function wrongIn(sdp: string): readonly string[] {
  return problemsOf(parseSdp(sdp))
    .filter(({ level }) => level === 'wrong')
    .map(({ id }) => id);
}

test('no sequence of calls leaves the table, and all SDP is right', async () => {
  const names = Object.keys(CALLS) as Call[];
  const extra = ['track', 'channel', 'stop', 'restart'] as const;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...names, ...extra), { minLength: 1, maxLength: 25 }),
      async (calls) => {
        const [peer, other] = pair();
        for (const [at, call] of calls.entries()) {
          const before = peer.signalingState;
          if (call === 'track')
            load(peer, { audio: false, video: true, data: false }, 100 + at, false);
          else if (call === 'channel') peer.createDataChannel('more');
          else if (call === 'stop') peer.getTransceivers()[0]?.stop();
          else if (call === 'restart') peer.restartIce();
          else {
            const outcome = await CALLS[call](peer, other).then(
              () => peer.signalingState,
              (error: unknown) => (error as Error).name,
            );
            const wanted = TABLE[call][SIGNALING_STATES.indexOf(before)];
            // A description of somebody else may not fit what is there by now.
            const isForeign = call.startsWith('setRemote') && outcome === 'InvalidAccessError';
            const isEarly = call === 'addIceCandidate()' && peer.remoteDescription !== null;
            if (!isForeign && !isEarly) expect(outcome, `${call} in ${before}`).toBe(wanted);
            if (outcome.endsWith('Error') && !isForeign) expect(peer.signalingState).toBe(before);
          }
          for (const each of [peer.localDescription, peer.remoteDescription]) {
            if (each !== null) expect(wrongIn(each.sdp)).toEqual([]);
          }
        }
      },
    ),
    { numRuns: 60 },
  );
});
