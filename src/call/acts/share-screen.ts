// Sharing a screen: one more track in a call that stands, which has to be agreed on.
import { exchangeSteps, otherSide, SIDES } from '../../rtc/steps.ts';
import { needsCall, type ActScript } from '../act.ts';
import { exchangeWork } from '../exchange-work.ts';

export const shareScreen: ActScript = {
  id: 'share-screen',
  sides: SIDES,
  plan: (by) => ({
    id: 'share-screen',
    by,
    steps: [
      { kind: 'capture-screen', side: by, phase: 'fetching' },
      { kind: 'add-track', side: by, phase: 'fetching' },
      ...exchangeSteps(by),
      { kind: 'media-flows', side: 'both', phase: 'communication' },
    ],
  }),
  obstacle: needsCall,
  work: ({ call, by, settings }) => ({
    'capture-screen': () =>
      call.captureScreen(by, settings['screen'] === 'own' ? 'own' : 'made-up'),
    'add-track': (signal) => call.addScreen(by, signal),
    ...exchangeWork(call, call.exchange(by)),
    'media-flows': (signal) => call.arrives(otherSide(by), signal),
  }),
};
