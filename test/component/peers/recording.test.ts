// Two recorded peers in a real browser: what the record of a whole call holds, and what set what off.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openBrowserPeer, supportsWebRtc } from '../../../src/peers/browser.ts';
import { synthetic } from '../../../src/peers/media.ts';
import type { Capture } from '../../../src/peers/media.ts';
import { recordNew, recordPeer } from '../../../src/peers/recording.ts';
import { connect, MemoryTape, newSession, openEnd } from './call.ts';
import type { End } from './call.ts';

let tape: MemoryTape;
let caller: End;
let callee: End;
let media: { caller: Capture; callee: Capture };

beforeEach(() => {
  tape = new MemoryTape();
  const session = newSession();
  caller = openEnd(session, 'caller', tape);
  callee = openEnd(session, 'callee', tape);
  media = {
    caller: synthetic('caller', { audio: true, video: true, label: 'Caller' }),
    callee: synthetic('callee', { audio: true, video: true, label: 'Callee' }),
  };
});

afterEach(async () => {
  await caller.close();
  await callee.close();
  media.caller.stop();
  media.callee.stop();
});

test('the browser has WebRTC', () => {
  expect(supportsWebRtc()).toBe(true);
});

test('making a peer writes its call and its four first states', () => {
  const call = tape.call('caller', 'constructor');
  expect(call).toMatchObject({ on: 'RTCPeerConnection', args: [{ iceServers: [] }] });
  const states = tape.of('caller', 'state');
  expect(states.map(({ machine, from, to, cause }) => [machine, from, to, cause])).toEqual([
    ['signalingState', null, 'stable', call.n],
    ['iceGatheringState', null, 'new', call.n],
    ['iceConnectionState', null, 'new', call.n],
    ['connectionState', null, 'new', call.n],
  ]);
});

test('every state of a whole call is written, each after the call that set it off', async () => {
  await connect(caller, callee, media);

  expect(tape.states('caller', 'signalingState')).toEqual(['stable', 'have-local-offer', 'stable']);
  expect(tape.states('callee', 'signalingState')).toEqual([
    'stable',
    'have-remote-offer',
    'stable',
  ]);
  for (const side of ['caller', 'callee'] as const) {
    expect(tape.states(side, 'connectionState')).toEqual(['new', 'connecting', 'connected']);
    expect(tape.states(side, 'iceConnectionState').slice(0, 3)).toEqual([
      'new',
      'checking',
      'connected',
    ]);
    const [, ...changes] = tape.of(side, 'state').filter((e) => e.machine === 'signalingState');
    const methods = changes.map(({ cause }) => tape.events.find(({ n }) => n === cause));
    const setting =
      side === 'caller'
        ? ['setLocalDescription', 'setRemoteDescription']
        : ['setRemoteDescription', 'setLocalDescription'];
    expect(methods).toMatchObject(setting.map((method) => ({ kind: 'call', side, method })));
    // Each state comes before its call has come back.
    for (const { n, cause } of changes) {
      const back = tape.of(side, 'return').find(({ call }) => call === cause);
      expect(back?.n).toBeGreaterThan(n);
    }
    // Gathering, and what it finds, follows from setting the local description.
    const local = tape.call(side, 'setLocalDescription').n;
    const found = tape.of(side, 'candidate').filter(({ at }) => at === 'found');
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ cause }) => cause === local)).toBe(true);
    const [, gathering] = tape.of(side, 'state').filter((e) => e.machine === 'iceGatheringState');
    expect(gathering).toMatchObject({ to: 'gathering', cause: local });
    // The path's states have causes on their own side: a call, or the state before.
    const path = tape
      .of(side, 'state')
      .filter((e) => e.from !== null && /^(?:iceConnection|connection)State$/.test(e.machine));
    for (const { cause, n } of path) {
      expect(cause).toBeLessThan(n);
      expect(tape.events.find((event) => event.n === cause)).toMatchObject({ side });
    }
  }
});

test('the slots are written with the call that filled them', async () => {
  await connect(caller, callee, media);
  const slots = (side: 'caller' | 'callee', method: string) =>
    tape
      .causedBy(tape.call(side, method).n)
      .filter((event) => event.kind === 'description')
      .map(({ slot, description }) => [slot, description?.type ?? null]);
  expect(slots('caller', 'setLocalDescription')).toEqual([['pendingLocal', 'offer']]);
  expect(slots('callee', 'setRemoteDescription')).toEqual([['pendingRemote', 'offer']]);
  expect(slots('callee', 'setLocalDescription')).toEqual([
    ['currentLocal', 'answer'],
    ['currentRemote', 'offer'],
    ['pendingRemote', null],
  ]);
  expect(slots('caller', 'setRemoteDescription')).toEqual([
    ['currentLocal', 'offer'],
    ['currentRemote', 'answer'],
    ['pendingLocal', null],
  ]);
});

test('candidates grow a description, and flush writes it as the browser has it', async () => {
  await connect(caller, callee, media);
  caller.peer.flush();
  const grown = tape.of('caller', 'description').filter(({ cause }) => {
    return tape.events.find(({ n }) => n === cause)?.kind === 'candidate';
  });
  expect(grown.length).toBeGreaterThan(0);
  const newest = tape.of('caller', 'description').filter(({ slot }) => slot === 'currentLocal');
  expect(newest.at(-1)?.description?.sdp).toBe(caller.peer.currentLocalDescription?.sdp);
  const written = tape.events.length;
  caller.peer.flush();
  expect(tape.events.length).toBe(written);
});

test('created descriptions, tracks and transceivers are in the record', async () => {
  await connect(caller, callee, media);
  const offer = tape.of('caller', 'return').find(({ method }) => method === 'createOffer');
  expect(offer?.result).toMatchObject({ type: 'offer', sdp: /^v=0\r\n/ });
  const [added] = tape.of('caller', 'call').filter(({ method }) => method === 'addTrack');
  const [audio] = media.caller.stream.getAudioTracks();
  expect(added?.args).toEqual([
    { kind: 'audio', id: audio?.id, label: audio?.label },
    { id: media.caller.stream.id },
  ]);
  const remote = tape.of('callee', 'track');
  expect(remote.filter(({ at }) => at === 'added')).toMatchObject(
    ['audio', 'video'].map((kind) => ({
      origin: 'remote',
      media: kind,
      streams: [media.caller.stream.id],
      cause: tape.call('callee', 'setRemoteDescription').n,
    })),
  );
  await vi.waitUntil(() => tape.of('callee', 'track').some(({ at }) => at === 'unmuted'));
  expect(tape.of('caller', 'transceivers').at(-1)?.transceivers).toMatchObject([
    { mid: '0', media: 'audio', direction: 'sendrecv', currentDirection: 'sendrecv' },
    { mid: '1', media: 'video', direction: 'sendrecv', currentDirection: 'sendrecv' },
  ]);
  const accepted = tape.of('callee', 'candidate').filter(({ at }) => at === 'added');
  expect(accepted.length).toBeGreaterThan(0);
});

test('close() fires no event, and its changes are written all the same, once', async () => {
  await connect(caller, callee, media);
  caller.peer.close();
  caller.peer.close();
  const [first] = tape.of('caller', 'call').filter(({ method }) => method === 'close');
  const closed = tape.of('caller', 'state').filter(({ to }) => to === 'closed');
  expect(closed.map(({ machine }) => machine)).toEqual([
    'signalingState',
    'iceConnectionState',
    'connectionState',
  ]);
  expect(closed.every(({ cause }) => cause === first?.n)).toBe(true);
  const ended = () => tape.of('caller', 'track').filter(({ at }) => at === 'ended');
  await vi.waitUntil(() => ended().length === 2);
  expect(ended().every(({ cause }) => cause === first?.n)).toBe(true);
});

test('a candidate before the remote description is an InvalidStateError in the record', async () => {
  const candidate = {
    candidate: 'candidate:1 1 udp 2113937151 192.0.2.1 50000 typ host',
    sdpMid: '0',
    sdpMLineIndex: 0,
    usernameFragment: null,
  };
  await expect(caller.peer.addIceCandidate(candidate)).rejects.toMatchObject({
    name: 'InvalidStateError',
  });
  const call = tape.call('caller', 'addIceCandidate');
  expect(call.args).toEqual([candidate]);
  expect(tape.causedBy(call.n)).toMatchObject([
    { kind: 'candidate', at: 'rejected', candidate },
    { kind: 'exception', call: call.n, error: { name: 'InvalidStateError' } },
  ]);
});

test('a call in the wrong state is written with its exception and moves no state', async () => {
  await expect(caller.peer.createAnswer()).rejects.toThrow();
  await expect(
    caller.peer.setRemoteDescription({ type: 'answer', sdp: 'v=0\r\n' }),
  ).rejects.toThrow();
  expect(tape.of('caller', 'exception').map(({ method }) => method)).toEqual([
    'createAnswer',
    'setRemoteDescription',
  ]);
  expect(tape.of('caller', 'state')).toHaveLength(4);
  expect(tape.of('caller', 'description')).toEqual([]);
});

test('credentials never get to the tape, not even in an error', () => {
  const secret = 'sesame';
  const server = { urls: 'turn:turn.example', username: secret, credential: secret };
  const made = recordNew('caller', tape, [server], () => openBrowserPeer([server]));
  made.close();
  const bad = [{ urls: `turn:${secret}@bad host`, username: secret, credential: secret }];
  expect(() => recordNew('caller', tape, bad, () => openBrowserPeer(bad))).toThrow();
  expect(tape.of('caller', 'exception')).toMatchObject([
    { method: 'constructor', error: { name: 'SyntaxError' } },
  ]);
  expect(JSON.stringify(tape.events)).not.toContain(secret);
});

test('a burst of candidates is one later reading', async () => {
  const tasks: (() => void)[] = [];
  const one = recordPeer(openBrowserPeer([]), 'caller', tape, {
    timers: { setTimeout: (task) => tasks.push(task), clearTimeout: () => undefined },
  });
  try {
    one.createDataChannel('chat');
    await one.setLocalDescription();
    const found = () => tape.of('caller', 'candidate').filter(({ at }) => at === 'found');
    await vi.waitUntil(() => found().some(({ candidate }) => candidate === null));
    expect(tasks).toHaveLength(1);
    expect(tape.of('caller', 'description')).toHaveLength(1);
    for (const task of tasks) task();
    expect(tape.of('caller', 'description')).toMatchObject([
      { slot: 'pendingLocal' },
      { slot: 'pendingLocal', cause: found().at(-1)?.n },
    ]);
  } finally {
    one.close();
  }
});
