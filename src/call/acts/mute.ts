// Muting what a side sends, in three ways, and undoing each: only one of them is negotiated.
import { receives, sends } from '../../rtc/direction.ts';
import { exchangeSteps, SIDES, type ActSettings, type Side } from '../../rtc/steps.ts';
import { needsCall, type ActScript, type ActSetup, type ActWork } from '../act.ts';
import { exchangeWork } from '../exchange-work.ts';
import { look } from '../look.ts';
import { capturedTrack, enable, isHeard, ownSections, ownTransceiver } from '../sending.ts';

/** How it is muted. */
type How = 'enabled' | 'no-track' | 'direction';

const HOW: readonly How[] = ['enabled', 'no-track', 'direction'];
const howOf = ({ how }: ActSettings): How => HOW.find((each) => each === how) ?? 'enabled';

/** What each way does first, in either act. */
const FIRST = {
  mute: { enabled: 'disable-track', 'no-track': 'drop-track', direction: 'stop-sending' },
  unmute: { enabled: 'enable-track', 'no-track': 'put-track', direction: 'send-again' },
} as const;

function planOf(id: 'mute' | 'unmute', by: Side, settings: ActSettings) {
  const how = howOf(settings);
  const exchange = how === 'direction' ? exchangeSteps(by) : [];
  return {
    ...{ id, by, settings },
    steps: [
      { kind: FIRST[id][how], side: by, phase: 'communication' },
      ...exchange,
      { kind: `see-${id}d`, side: 'both', phase: 'communication' },
    ] as const,
  };
}

function workOf({ call, by, settings }: ActSetup): ActWork {
  const own = () => ownTransceiver(call, by, settings['what'] === 'video' ? 'video' : 'audio');
  return {
    'disable-track': () => {
      enable(call, by, own(), false);
      call.changed();
    },
    'enable-track': () => {
      enable(call, by, own(), true);
      call.changed();
    },
    'drop-track': () => own().sender.replaceTrack(null),
    'put-track': () => own().sender.replaceTrack(capturedTrack(call, by, own())),
    'stop-sending': (signal) =>
      call.needing(by, signal, () => {
        const transceiver = own();
        transceiver.direction = receives(transceiver.direction) ? 'recvonly' : 'inactive';
      }),
    'send-again': (signal) =>
      call.needing(by, signal, () => {
        const transceiver = own();
        transceiver.direction = receives(transceiver.direction) ? 'sendrecv' : 'sendonly';
      }),
    ...exchangeWork(call, call.exchange(by)),
    'see-muted': (signal) => look(call, signal),
    'see-unmuted': (signal) => look(call, signal),
  };
}

export const mute: ActScript = {
  id: 'mute',
  sides: SIDES,
  plan: (by, settings = {}) => planOf('mute', by, settings),
  obstacle: (state, by) => {
    const peer = state.frame[by];
    const isSent = ownSections(peer).some((each) => isHeard(peer, each));
    return needsCall(state) ?? (isSent ? null : 'nothing-sent');
  },
  work: workOf,
};

export const unmute: ActScript = {
  id: 'unmute',
  sides: SIDES,
  plan: (by, settings = {}) => planOf('unmute', by, settings),
  obstacle: (state, by) => {
    const peer = state.frame[by];
    const captured = new Set(
      [...peer.tracks].flatMap(({ origin, media }) => (origin === 'local' ? media : [])),
    );
    const isMuted = ownSections(peer).some(
      (each) => captured.has(each.media) && !isHeard(peer, each) && !isHeld(each.direction),
    );
    return needsCall(state) ?? (isMuted ? null : 'nothing-muted');
  },
  work: workOf,
};

/** Neither way: that is a hold, and ends in another way. */
function isHeld(direction: string): boolean {
  return !sends(direction) && !receives(direction);
}
