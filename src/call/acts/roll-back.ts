// Rolling back by hand: an offer is set, and taken back before anybody has heard of it.
import { exchangeSteps, SIDES, type PlannedStep } from '../../rtc/steps.ts';
import { needsStanding, type ActScript } from '../act.ts';
import { exchangeWork } from '../exchange-work.ts';

export const rollBack: ActScript = {
  id: 'roll-back',
  sides: SIDES,
  plan: (by, settings = {}) => {
    const screen: readonly PlannedStep[] = [
      { kind: 'capture-screen', side: by, phase: 'fetching' },
      { kind: 'add-track', side: by, phase: 'fetching' },
    ];
    return {
      id: 'roll-back',
      by,
      settings,
      steps: [
        ...(settings['what'] === 'offer' ? [] : screen),
        ...exchangeSteps(by).filter(({ kind }) =>
          ['create-offer', 'set-local-offer'].includes(kind),
        ),
        { kind: 'roll-back', side: by, phase: 'signaling' },
      ],
    };
  },
  // It is what gets a side out that hangs in have-local-offer.
  obstacle: needsStanding,
  work: ({ call, by }) => ({
    'capture-screen': () => call.captureScreen(by, 'made-up'),
    'add-track': (signal) => call.addScreen(by, signal),
    ...exchangeWork(call, call.exchange(by)),
    'roll-back': (signal) => {
      const end = call.ends[by];
      // What lost its section with the offer is asked for again.
      const isUnplaced = () => end.peer.getTransceivers().some(({ mid }) => mid === null);
      return call.needing(by, signal, () => end.rollBack(), isUnplaced);
    },
  }),
};
