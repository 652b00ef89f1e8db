// What the record holds of calls on senders, transceivers, tracks and channels, with what follows from each.
import { beforeEach, expect, test } from 'vitest';
import { setEnabled } from '../../../src/peers/local-track.ts';
import { recordPeer, type RecordedPeer } from '../../../src/peers/recording.ts';
import { virtualStream } from '../../../src/peers/virtual.ts';
import { seeded } from '../../../src/net/random.ts';
import type { Side } from '../../../src/rtc/steps.ts';
import type { EventBody } from '../../../src/trace/event.ts';
import { World } from './virtual-world.ts';

type Written = EventBody & { readonly n: number; readonly cause: number | null };

let events: Written[];
let world: World;
let peers: Readonly<Record<Side, RecordedPeer>>;
const tape = {
  write(body: EventBody, cause: number | null = null): number {
    const n = events.length + 1;
    events.push({ ...body, n, cause });
    return n;
  },
};

/** An exchange, offered by the caller. */
async function exchange(): Promise<void> {
  const { caller, callee } = peers;
  await caller.setLocalDescription();
  await callee.setRemoteDescription(caller.localDescription ?? { type: 'offer' });
  await callee.setLocalDescription();
  await caller.setRemoteDescription(callee.localDescription ?? { type: 'answer' });
  await world.run();
}

const stream = virtualStream(seeded(1), { audio: true, video: true });

beforeEach(async () => {
  events = [];
  world = new World();
  world.trickle();
  const record = (side: Side) =>
    recordPeer(world.peers[side], side, tape, {
      timers: { setTimeout: () => undefined, clearTimeout: () => undefined },
    });
  peers = { caller: record('caller'), callee: record('callee') };
  for (const track of stream.getTracks()) peers.caller.addTrack(track, stream);
  await exchange();
  events.length = 0;
});

/** What is written since: calls with their sections and arguments, and what became of tracks and transceivers. */
const told = () =>
  events.flatMap((event): unknown => {
    switch (event.kind) {
      case 'call':
        return [[event.side, event.on, event.method, event.mid ?? null, ...event.args]];
      case 'exception':
        return [[event.side, event.method, event.error.name]];
      case 'track':
        return [[event.side, event.origin, event.media, event.at]];
      case 'negotiation-needed':
        return [[event.side, 'needed', events[(event.cause ?? 0) - 1]?.kind]];
      case 'transceivers':
        return [
          [
            event.side,
            ...event.transceivers.map(
              (each) =>
                `${each.mid ?? '-'} ${each.direction} ${each.currentDirection ?? '-'} ${each.sending === null ? 'nothing' : 'a track'}`,
            ),
          ],
        ];
      case 'binding':
      case 'candidate':
      case 'candidate-error':
      case 'channel':
      case 'data':
      case 'description':
      case 'hang-up':
      case 'note':
      case 'ignored':
      case 'message':
      case 'network':
      case 'packet':
      case 'pair':
      case 'pairs':
      case 'problem':
      case 'return':
      case 'rtp':
      case 'state':
      case 'stats':
      case 'transport':
        return [];
    }
  });

function video() {
  const [, transceiver] = peers.caller.getTransceivers();
  if (transceiver === undefined) throw new Error('There is no section for video.');
  return transceiver;
}

test('a sender and a transceiver are the same object each time', () => {
  const { caller } = peers;
  expect(caller.getTransceivers()[1]).toBe(video());
  expect(caller.getSenders()[1]).toBe(video().sender);
});

test('a track is switched off, and replaced: nothing is negotiated', async () => {
  const [, track] = stream.getTracks();
  if (track === undefined) throw new Error('There is no track.');
  setEnabled(tape, 'caller', track, false);
  expect(track.enabled).toBe(false);
  setEnabled(tape, 'caller', track, true);
  await video().sender.replaceTrack(null);
  await world.run();
  const [off] = events;
  expect(events[2]).toMatchObject({ kind: 'track', cause: off?.n, id: track.id });
  expect(told()).toEqual([
    ['caller', 'MediaStreamTrack', 'enabled', null, false],
    ['caller', 'local', 'video', 'disabled'],
    ['caller', 'MediaStreamTrack', 'enabled', null, true],
    ['caller', 'local', 'video', 'enabled'],
    ['caller', 'RTCRtpSender', 'replaceTrack', '1', null],
    ['caller', '0 sendrecv sendonly a track', '1 sendrecv sendonly nothing'],
  ]);
});

test('a direction is set: it is asked for, and the other side hears that the track is muted', async () => {
  video().direction = 'inactive';
  await world.run();
  expect(told()).toEqual([
    ['caller', 'RTCRtpTransceiver', 'direction', '1', 'inactive'],
    ['caller', '0 sendrecv sendonly a track', '1 inactive sendonly a track'],
    ['caller', 'needed', 'call'],
  ]);
  events.length = 0;
  await exchange();
  expect(told()).toContainEqual(['callee', 'remote', 'video', 'muted']);
  const muted = events.find((event) => event.kind === 'track');
  expect(events[(muted?.cause ?? 0) - 1]).toMatchObject({ method: 'setRemoteDescription' });
  events.length = 0;
  video().direction = 'sendrecv';
  await exchange();
  expect(told()).toContainEqual(['callee', 'remote', 'video', 'unmuted']);
});

test('a track is removed by its sender, and a transceiver is stopped', async () => {
  const { caller } = peers;
  caller.removeTrack(video().sender);
  expect(told()).toMatchObject([
    ['caller', 'RTCPeerConnection', 'removeTrack', null, { interface: 'RTCRtpSender' }],
    ['caller', '0 sendrecv sendonly a track', '1 recvonly sendonly nothing'],
  ]);
  events.length = 0;
  video().stop();
  await exchange();
  expect(told()).toContainEqual(['caller', 'RTCRtpTransceiver', 'stop', '1']);
  expect(told()).toContainEqual(['callee', 'remote', 'video', 'ended']);
});

test('parameters are read and set, and codecs are preferred, by their names', async () => {
  const { sender } = video();
  await expect(
    sender.setParameters({ ...sender.getParameters(), encodings: [] }),
  ).rejects.toThrow();
  const parameters = sender.getParameters();
  for (const encoding of parameters.encodings) encoding.maxBitrate = 100_000;
  await sender.setParameters(parameters);
  video().setCodecPreferences([]);
  const set = { encodings: [{ active: true, maxBitrate: 100_000 }] };
  expect(told()).toMatchObject([
    ['caller', 'RTCRtpSender', 'getParameters', '1'],
    ['caller', 'RTCRtpSender', 'setParameters', '1', { encodings: [] }],
    ['caller', 'setParameters', 'InvalidModificationError'],
    ['caller', 'RTCRtpSender', 'getParameters', '1'],
    ['caller', 'RTCRtpSender', 'setParameters', '1', set],
    ['caller', 'RTCRtpTransceiver', 'setCodecPreferences', '1', []],
  ]);
});

test('a channel is written with its place and its options', async () => {
  peers.caller.createDataChannel('first');
  peers.caller.createDataChannel('second', { ordered: false, maxRetransmits: 2 });
  await exchange();
  const channels = (side: Side) =>
    events.flatMap((event) => (event.kind === 'channel' && event.side === side ? [event] : []));
  const second = { ordered: false, maxRetransmits: 2, maxPacketLifeTime: null, negotiated: false };
  for (const side of ['caller', 'callee'] as const) {
    const open = channels(side).filter(({ state }) => state === 'open');
    expect(open.map(({ nth, label }) => [nth, label])).toEqual([
      [1, 'first'],
      [2, 'second'],
    ]);
    expect(open[1]?.options).toEqual(second);
  }
});
