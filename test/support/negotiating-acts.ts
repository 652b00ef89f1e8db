// Every act that negotiates, in one call, and the calls of the API that make the same change between plain connections.
import type { ActScript } from '../../src/call/act.ts';
import { firstChannel } from '../../src/call/acts/add-channel.ts';
import { calleeOffers } from '../../src/call/acts/callee-offers.ts';
import { glare } from '../../src/call/acts/glare.ts';
import { hold, resume } from '../../src/call/acts/hold.ts';
import { mute, unmute } from '../../src/call/acts/mute.ts';
import { pranswer } from '../../src/call/acts/pranswer.ts';
import { preferCodec } from '../../src/call/acts/prefer-codec.ts';
import { restartIceAct } from '../../src/call/acts/restart-ice.ts';
import { rollBack } from '../../src/call/acts/roll-back.ts';
import { shareScreen } from '../../src/call/acts/share-screen.ts';
import { stopSharing } from '../../src/call/acts/stop-sharing.ts';
import type { ActSettings, Side } from '../../src/rtc/steps.ts';
import { ActRun } from './act-run.ts';
import { BareCall } from './bare-call.ts';
import { DescriptionLog } from './descriptions.ts';

/** An act, and the same by plain calls. */
interface Row {
  readonly script: ActScript;
  readonly by: Side;
  readonly settings?: ActSettings;
  readonly bare: (call: BareCall) => Promise<void>;
}

/** A change of one side, which it then offers. */
const offered =
  (by: Side, change: (call: BareCall) => void = () => undefined) =>
  async (call: BareCall): Promise<void> => {
    change(call);
    await call.exchange(by);
  };

const shared: Partial<Record<Side, RTCRtpSender>> = {};
const sharing = (by: Side): Row => ({
  ...{ script: shareScreen, by },
  bare: offered(by, (call) => {
    shared[by] = call.add(by, 'screen');
  }),
});
const senderOf = (by: Side) => {
  const sender = shared[by];
  if (sender === undefined) throw new Error(`The ${by} shares no screen.`);
  return sender;
};

/** What a call of the API may refuse, and an app then tells of. */
async function unless(call: Promise<void>, ...names: readonly string[]): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && names.includes(thrown.name)) return false;
    throw thrown;
  }
}

const pendingOf = (peer: RTCPeerConnection): RTCSessionDescription => {
  if (peer.localDescription === null) throw new Error('Nothing was offered.');
  return peer.localDescription;
};

async function answerTwice({ peers: { caller, callee } }: BareCall): Promise<void> {
  const offer = await caller.createOffer();
  await caller.setLocalDescription(offer);
  await callee.setRemoteDescription(offer);
  const { sdp = '' } = await callee.createAnswer();
  const provisional = { type: 'pranswer', sdp } as const;
  // Firefox has none.
  if (await unless(callee.setLocalDescription(provisional), 'NotSupportedError')) {
    await caller.setRemoteDescription(provisional);
  }
  const answer = await callee.createAnswer();
  await callee.setLocalDescription(answer);
  await caller.setRemoteDescription(answer);
}

/** The callee's offer arrives first; the caller is polite. */
async function meetPolitely(call: BareCall): Promise<void> {
  const { caller, callee } = call.peers;
  call.add('callee', 'screen');
  call.add('caller', 'sound');
  await callee.setLocalDescription();
  await caller.setLocalDescription();
  await caller.setRemoteDescription(pendingOf(callee));
  await caller.setLocalDescription();
  await callee.setRemoteDescription(pendingOf(caller));
  await caller.setLocalDescription();
  await callee.setRemoteDescription(pendingOf(caller));
  await callee.setLocalDescription();
  await caller.setRemoteDescription(pendingOf(callee));
}

/** Each takes the other's offer as if it had none of its own. */
async function meetNaively(call: BareCall): Promise<void> {
  const { caller, callee } = call.peers;
  call.add('caller', 'screen');
  call.add('callee', 'sound');
  const refused = ['InvalidStateError', 'InvalidAccessError', 'OperationError'];
  const first = await caller.createOffer();
  await caller.setLocalDescription(first);
  const second = await callee.createOffer();
  await callee.setLocalDescription(second);
  await callee.setRemoteDescription(first);
  const answer = await callee.createAnswer();
  await callee.setLocalDescription(answer);
  await caller.setRemoteDescription(second);
  await unless(caller.setRemoteDescription(answer), ...refused);
  const late = await caller.createAnswer();
  await caller.setLocalDescription(late);
  await unless(callee.setRemoteDescription(late), ...refused);
  const again = await caller.createOffer();
  await caller.setLocalDescription(again);
  await unless(callee.setRemoteDescription(again), ...refused);
}

const turned = (by: Side, to: (isSent: boolean) => RTCRtpTransceiverDirection) =>
  offered(by, (call) => {
    for (const transceiver of call.open(by)) {
      transceiver.direction = to(transceiver.sender.track !== null);
    }
  });
const resumed = (by: Side): Row => ({
  ...{ script: resume, by },
  bare: turned(by, (isSent) => (isSent ? 'sendrecv' : 'recvonly')),
});

/** In the order in which they are performed: some need what those before have left. */
const ROWS: Readonly<Record<string, Row>> = {
  'the first data channel': {
    ...{ script: firstChannel, by: 'caller' },
    bare: offered('caller', ({ peers }) => {
      peers.caller.createDataChannel('channel-1');
    }),
  },
  'the caller shares a screen': sharing('caller'),
  'its track is removed': {
    ...{ script: stopSharing, by: 'caller' },
    bare: offered('caller', ({ peers }) => {
      peers.caller.removeTrack(senderOf('caller'));
    }),
  },
  'the callee shares one, in the same section': sharing('callee'),
  'its transceiver is stopped': {
    ...{ script: stopSharing, by: 'callee', settings: { how: 'stop' } },
    bare: offered('callee', (call) => {
      const isIt = ({ sender }: RTCRtpTransceiver) => sender === senderOf('callee');
      call.open('callee').find(isIt)?.stop();
    }),
  },
  'the caller shares one where the stopped one was': sharing('caller'),
  hold: {
    ...{ script: hold, by: 'callee' },
    bare: turned('callee', () => 'inactive'),
  },
  resume: resumed('callee'),
  'hold, with music': {
    ...{ script: hold, by: 'caller', settings: { how: 'sendonly' } },
    bare: turned('caller', (isSent) => (isSent ? 'sendonly' : 'inactive')),
  },
  'resume after it': resumed('caller'),
  'mute by direction': {
    ...{ script: mute, by: 'caller', settings: { how: 'direction' } },
    bare: offered('caller', (call) => {
      call.first('caller', 'audio').direction = 'recvonly';
    }),
  },
  'unmute by direction': {
    ...{ script: unmute, by: 'caller', settings: { how: 'direction' } },
    bare: offered('caller', (call) => {
      call.first('caller', 'audio').direction = 'sendrecv';
    }),
  },
  'another codec': {
    ...{ script: preferCodec, by: 'callee', settings: { codec: 'vp9' } },
    bare: offered('callee', (call) => {
      const codecs = RTCRtpReceiver.getCapabilities('video')?.codecs ?? [];
      const isFirst = ({ mimeType }: RTCRtpCodec) => mimeType === 'video/VP9';
      call
        .first('callee', 'video')
        .setCodecPreferences([
          ...codecs.filter(isFirst),
          ...codecs.filter((codec) => !isFirst(codec)),
        ]);
    }),
  },
  'restart ICE': {
    ...{ script: restartIceAct, by: 'callee' },
    bare: offered('callee', ({ peers }) => {
      peers.callee.restartIce();
    }),
  },
  'the callee offers': { script: calleeOffers, by: 'callee', bare: offered('callee') },
  'a provisional answer': { script: pranswer, by: 'caller', bare: answerTwice },
  'roll back': {
    ...{ script: rollBack, by: 'caller' },
    bare: async (call) => {
      const { caller } = call.peers;
      call.add('caller', 'screen');
      await caller.setLocalDescription(await caller.createOffer());
      await caller.setLocalDescription({ type: 'rollback' });
    },
  },
  'offers cross, with perfect negotiation': {
    ...{ script: glare, by: 'callee', settings: { how: 'perfect', polite: 'caller' } },
    bare: meetPolitely,
  },
  'offers cross, and each is taken': {
    ...{ script: glare, by: 'caller', settings: { how: 'naive' } },
    bare: meetNaively,
  },
};

/** What was set in the call itself and in each act, by our acts and by plain calls. */
export type Compared = Readonly<
  Record<string, { readonly act: readonly string[]; readonly bare: readonly string[] }>
>;

/** The names of what is compared. */
export const COMPARED: readonly string[] = ['the call', ...Object.keys(ROWS)];

/** Makes one call of each kind with all acts in it. */
export async function compareDescriptions(): Promise<Compared> {
  const log = new DescriptionLog();
  const acts: Record<string, readonly string[]> = {};
  const bares: Record<string, readonly string[]> = {};
  const actRun = new ActRun();
  const bare = new BareCall();
  try {
    await actRun.connect();
    acts['the call'] = log.take();
    for (const [name, { script, by, settings }] of Object.entries(ROWS)) {
      await actRun.perform(script, by, settings);
      acts[name] = log.take();
    }
    log.renew();
    await bare.connect();
    bares['the call'] = log.take();
    for (const [name, row] of Object.entries(ROWS)) {
      await row.bare(bare);
      bares[name] = log.take();
    }
  } finally {
    log.stop();
    actRun.run.abandon();
    bare.close();
  }
  return Object.fromEntries(
    COMPARED.map((name) => [name, { act: acts[name] ?? [], bare: bares[name] ?? [] }]),
  );
}
