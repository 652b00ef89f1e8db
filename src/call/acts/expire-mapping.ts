// The mapping expires: a NAT forgets the row of a call that has fallen silent. Nothing is negotiated.
import { forgetfulNats } from '../../net/access.ts';
import { needsCall, type ActScript } from '../act.ts';
import { untilBoth, untilSeen } from './network-work.ts';

/** RFC 7675 §5.1: the longest pause between two checks of an idle pair, in ms. */
const LONGEST_PAUSE = 6000;
/** How long a mapping is waited for, and how long the states, in virtual ms: consent lives for 30 s. */
const EXPIRING = 30_000;
const GIVING_UP = 60_000;

export const expireMapping: ActScript = {
  id: 'expire-mapping',
  sides: ['caller'],
  plan: (by) => ({
    id: 'expire-mapping',
    by,
    steps: [
      { kind: 'fall-silent', side: 'both', phase: 'connection' },
      { kind: 'go-unanswered', side: 'both', phase: 'connection' },
      { kind: 'give-up', side: 'both', phase: 'connection' },
    ],
  }),
  obstacle(state) {
    const { network } = state.frame;
    const nats = network === null ? [] : forgetfulNats(network.description, LONGEST_PAUSE);
    return nats.length === 0 ? 'not-here' : needsCall(state);
  },
  work: ({ call }) => ({
    'fall-silent': (signal) =>
      untilSeen(call, () => call.network?.hasForgotten() === true, EXPIRING, signal),
    'go-unanswered': (signal) => untilBoth(call, ['disconnected', 'failed'], GIVING_UP, signal),
    'give-up': (signal) => untilBoth(call, ['failed'], GIVING_UP, signal),
  }),
};
