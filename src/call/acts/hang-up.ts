// Hanging up: one side says goodbye and both close; or one closes without a word, and the other has to find out.
import { otherSide, SIDES } from '../../rtc/steps.ts';
import type { ActScript } from '../act.ts';

export const hangUp: ActScript = {
  id: 'hang-up',
  sides: SIDES,
  plan: (by, settings = {}) => {
    const other = otherSide(by);
    return {
      id: 'hang-up',
      by,
      ...(Object.keys(settings).length === 0 ? {} : { settings }),
      steps:
        settings['how'] === 'silent'
          ? [
              { kind: 'close-own', side: by, phase: 'connection' },
              { kind: 'hear-close', side: other, phase: 'connection' },
              { kind: 'hear-silence', side: other, phase: 'connection' },
              { kind: 'hear-failure', side: other, phase: 'connection' },
              { kind: 'close-other', side: other, phase: 'connection' },
            ]
          : [
              { kind: 'say-hang-up', side: by, phase: 'signaling' },
              { kind: 'close', side: 'both', phase: 'connection' },
            ],
    };
  },
  // Who has said goodbye, and who has heard it, closes.
  runsOnAfter: 'say-hang-up',
  endsCall: true,
  // Whatever runs is given up for it.
  obstacle: ({ live, over }) => (live ? (over ? 'over' : null) : 'not-live'),
  work: ({ call, by }) => {
    const other = otherSide(by);
    return {
      'say-hang-up': () => call.sayHangUp(by),
      close: () => call.close(),
      'close-own': () => {
        call.closeEnd(by);
      },
      'hear-close': (signal) => call.hearsClose(other, signal),
      'hear-silence': (signal) => call.hearsState(other, ['disconnected', 'failed'], signal),
      'hear-failure': (signal) => call.hearsState(other, ['failed'], signal),
      'close-other': () => call.endSilently(by),
    };
  },
};
