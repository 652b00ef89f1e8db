// The phone leaves the Wi-Fi: its address is gone, and with it every pair. Nothing is negotiated.
import { wayOfMoving } from '../../net/access.ts';
import { SIDES } from '../../rtc/steps.ts';
import { needsCall, type ActScript } from '../act.ts';
import { untilBoth } from './network-work.ts';

/** How long ICE of either side may take to give up, in virtual ms: longer than consent lives. */
const GIVING_UP = 45_000;
/** How long the phone is without any network, in virtual ms. */
const OFFLINE = 500;

export const leaveWifi: ActScript = {
  id: 'leave-wifi',
  sides: SIDES,
  plan: (by) => ({
    id: 'leave-wifi',
    by,
    steps: [
      { kind: 'leave-network', side: by, phase: 'connection' },
      { kind: 'join-network', side: by, phase: 'connection' },
      { kind: 'wait-for-failure', side: 'both', phase: 'connection' },
    ],
  }),
  obstacle(state, by) {
    const { network } = state.frame;
    const way = network === null ? null : wayOfMoving(network.description, by);
    return way === null ? 'not-here' : needsCall(state);
  },
  work({ call, by }) {
    const { network } = call;
    const way = network === null ? null : wayOfMoving(network.description, by);
    return {
      'leave-network': async (signal) => {
        if (network === null || way === null) return;
        network.change({ type: 'interface-down', host: way.host, name: way.wifi.name });
        await call.pause(OFFLINE, signal);
      },
      'join-network': async (signal) => {
        if (network === null || way === null) return;
        network.change({ type: 'interface-up', host: way.host, attachment: way.next });
        await call.pause(OFFLINE, signal);
      },
      'wait-for-failure': (signal) => untilBoth(call, ['failed'], GIVING_UP, signal),
    };
  },
};
