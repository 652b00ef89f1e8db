// No longer sharing a screen: the track is removed and its section stays, or the transceiver is stopped for good.
import { exchangeSteps, SIDES } from '../../rtc/steps.ts';
import { needsCall, type ActScript } from '../act.ts';
import { exchangeWork } from '../exchange-work.ts';
import { look } from '../look.ts';
import { screenSections, screenTransceiver } from '../sending.ts';

export const stopSharing: ActScript = {
  id: 'stop-sharing',
  sides: SIDES,
  plan: (by, settings = {}) => ({
    ...{ id: 'stop-sharing', by, settings },
    steps: [
      {
        kind: settings['how'] === 'stop' ? 'stop-transceiver' : 'remove-track',
        side: by,
        phase: 'communication',
      },
      ...exchangeSteps(by),
      { kind: 'see-stopped', side: 'both', phase: 'communication' },
    ],
  }),
  obstacle: (state, by) =>
    needsCall(state) ?? (screenSections(state.frame[by]).length > 0 ? null : 'no-screen'),
  work: ({ call, by }) => ({
    'remove-track': async (signal) => {
      await call.needing(by, signal, () => {
        call.ends[by].peer.removeTrack(screenTransceiver(call, by).sender);
      });
      call.endScreen(by);
    },
    'stop-transceiver': async (signal) => {
      await call.needing(by, signal, () => {
        screenTransceiver(call, by).stop();
      });
      call.endScreen(by);
    },
    ...exchangeWork(call, call.exchange(by)),
    'see-stopped': (signal) => look(call, signal),
  }),
};
