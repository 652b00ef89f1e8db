// Swapping the camera: another track in the place of the one that is being sent, without a word to the other side.
import { SIDES } from '../../rtc/steps.ts';
import { needsCall, type ActScript } from '../act.ts';
import { look } from '../look.ts';
import { capturedTrack, isHeard, ownSections, ownTransceiver } from '../sending.ts';

export const swapCamera: ActScript = {
  id: 'swap-camera',
  sides: SIDES,
  plan: (by, settings = {}) => ({
    ...{ id: 'swap-camera', by, settings },
    steps: [
      { kind: 'capture-other', side: by, phase: 'fetching' },
      { kind: 'replace-track', side: by, phase: 'communication' },
      { kind: 'see-swapped', side: 'both', phase: 'communication' },
    ],
  }),
  obstacle: (state, by) => {
    const peer = state.frame[by];
    const video = ownSections(peer).find(({ media }) => media === 'video');
    const isSent = video !== undefined && isHeard(peer, video);
    return needsCall(state) ?? (isSent ? null : 'no-video');
  },
  work: ({ call, by }) => ({
    'capture-other': () => call.captureOther(by),
    'replace-track': async () => {
      const transceiver = ownTransceiver(call, by, 'video');
      const { sender } = transceiver;
      const before = sender.track;
      await sender.replaceTrack(capturedTrack(call, by, transceiver));
      // The camera that is no longer sent is let go of; the sound goes on.
      for (const each of call.ends[by].retired.splice(0)) each.stop();
      before?.stop();
      call.changed();
    },
    'see-swapped': (signal) => look(call, signal),
  }),
};
