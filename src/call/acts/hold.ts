// Putting the other side on hold, and taking up the call again: the directions of all sections, offered and answered.
import { receives } from '../../rtc/direction.ts';
import { exchangeSteps, SIDES, type Side } from '../../rtc/steps.ts';
import type { PeerFrame } from '../../trace/frame.ts';
import { needsCall, type ActScript } from '../act.ts';
import type { Call } from '../call.ts';
import { exchangeWork } from '../exchange-work.ts';
import { look } from '../look.ts';

/** The sections in which nothing is taken, though they are open. */
const heldSections = ({ transceivers }: PeerFrame) =>
  transceivers.filter(({ direction }) => direction === 'inactive' || direction === 'sendonly');

/** Turns each open section of a side. */
function turn(call: Call, by: Side, to: (isSent: boolean) => RTCRtpTransceiverDirection): void {
  for (const transceiver of call.ends[by].peer.getTransceivers()) {
    const { direction, sender } = transceiver;
    if (direction !== 'stopped') transceiver.direction = to(sender.track !== null);
  }
}

export const hold: ActScript = {
  id: 'hold',
  sides: SIDES,
  plan: (by, settings = {}) => ({
    ...{ id: 'hold', by, settings },
    steps: [
      { kind: 'turn-away', side: by, phase: 'communication' },
      ...exchangeSteps(by),
      { kind: 'see-held', side: 'both', phase: 'communication' },
    ],
  }),
  obstacle: (state, by) => {
    const peer = state.frame[by];
    const isReceiving = peer.transceivers.some(({ direction }) => receives(direction));
    if (heldSections(peer).length > 0 && !isReceiving) return needsCall(state) ?? 'on-hold';
    return needsCall(state) ?? (isReceiving ? null : 'nothing-sent');
  },
  work: ({ call, by, settings }) => ({
    'turn-away': (signal) =>
      call.needing(by, signal, () => {
        const isSending = settings['how'] === 'sendonly';
        turn(call, by, (isSent) => (isSending && isSent ? 'sendonly' : 'inactive'));
      }),
    ...exchangeWork(call, call.exchange(by)),
    'see-held': (signal) => look(call, signal),
  }),
};

export const resume: ActScript = {
  id: 'resume',
  sides: SIDES,
  plan: (by, settings = {}) => ({
    ...{ id: 'resume', by, settings },
    steps: [
      { kind: 'turn-back', side: by, phase: 'communication' },
      ...exchangeSteps(by),
      { kind: 'see-resumed', side: 'both', phase: 'communication' },
    ],
  }),
  obstacle: (state, by) =>
    needsCall(state) ?? (heldSections(state.frame[by]).length > 0 ? null : 'not-on-hold'),
  work: ({ call, by }) => ({
    'turn-back': (signal) =>
      call.needing(by, signal, () => {
        turn(call, by, (isSent) => (isSent ? 'sendrecv' : 'recvonly'));
      }),
    ...exchangeWork(call, call.exchange(by)),
    'see-resumed': (signal) => look(call, signal),
  }),
};
