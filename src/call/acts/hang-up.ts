// Hanging up: one side says goodbye, and both close.
import { SIDES } from '../../rtc/steps.ts';
import type { ActScript } from '../act.ts';

export const hangUp: ActScript = {
  id: 'hang-up',
  sides: SIDES,
  plan: (by) => ({
    id: 'hang-up',
    by,
    steps: [
      { kind: 'say-hang-up', side: by, phase: 'signaling' },
      { kind: 'close', side: 'both', phase: 'connection' },
    ],
  }),
  // Who has said goodbye, and who has heard it, closes.
  runsOnAfter: 'say-hang-up',
  endsCall: true,
  // Whatever runs is given up for it.
  obstacle: ({ live, over }) => (live ? (over ? 'over' : null) : 'not-live'),
  work: ({ call, by }) => ({
    'say-hang-up': () => call.sayHangUp(by),
    close: () => call.close(),
  }),
};
