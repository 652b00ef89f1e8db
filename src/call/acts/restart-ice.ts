// Restarting ICE: new credentials and a new path for a call that stands. Or the call of the API alone, which starts nothing.
import { exchangeSteps, SIDES } from '../../rtc/steps.ts';
import { needsStanding, type ActScript } from '../act.ts';
import { QUIET_TIME } from '../call.ts';
import { exchangeWork } from '../exchange-work.ts';

export const restartIceAct: ActScript = {
  id: 'restart-ice',
  sides: SIDES,
  plan: (by, settings = {}) => ({
    id: 'restart-ice',
    by,
    settings,
    steps: [
      { kind: 'ask-restart', side: by, phase: 'connection' },
      ...(settings['how'] === 'alone'
        ? ([{ kind: 'wait-for-offer', side: 'both', phase: 'connection' }] as const)
        : ([
            ...exchangeSteps(by),
            { kind: 'new-path', side: 'both', phase: 'communication' },
          ] as const)),
    ],
  }),
  // It is what gets a call out whose path has failed.
  obstacle: needsStanding,
  work: ({ call, by }) => ({
    'ask-restart': (signal) =>
      call.needing(by, signal, () => {
        call.ends[by].peer.restartIce();
      }),
    'wait-for-offer': (signal) => call.pause(QUIET_TIME, signal),
    ...exchangeWork(call, call.exchange(by)),
    'new-path': (signal) => call.newPath(signal),
  }),
};
