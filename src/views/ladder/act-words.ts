// How an act ended, in a word or two.
import { m } from '../../i18n/paraglide/messages.js';
import type { ActState } from './rows.ts';

/** What stands beside the name of an act that the cursor is not in. */
export function actOutcome(state: ActState): string {
  switch (state.is) {
    case 'future':
      return m.act_later();
    case 'now':
      return m.row_now();
    case 'done':
      return m.act_done();
    case 'connected':
      return m.act_connected();
    case 'closed':
      return m.act_closed();
    case 'failed':
      return m.act_failed({ number: state.at.ordinal });
    case 'given-up':
      return m.act_given_up({ number: state.at.ordinal });
  }
}
