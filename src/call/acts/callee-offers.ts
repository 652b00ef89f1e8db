// The callee offers: an exchange that changes nothing but who is the offerer.
import { exchangeSteps } from '../../rtc/steps.ts';
import { needsCall, type ActScript } from '../act.ts';
import { exchangeWork } from '../exchange-work.ts';

export const calleeOffers: ActScript = {
  id: 'callee-offers',
  sides: ['callee'],
  plan: (by) => ({
    id: 'callee-offers',
    by,
    steps: [...exchangeSteps(by), { kind: 'compare-roles', side: 'both', phase: 'communication' }],
  }),
  obstacle: needsCall,
  work: ({ call, by }) => ({
    ...exchangeWork(call, call.exchange(by)),
    'compare-roles': () => call.look(),
  }),
};
