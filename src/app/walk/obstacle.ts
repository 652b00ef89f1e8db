// Why an act can't be done now, in words.
import { m } from '../../i18n/paraglide/messages.js';
import type { Obstacle } from '../../call/act.ts';

/** A sentence for an obstacle. */
export function obstacleText(obstacle: Obstacle): string {
  switch (obstacle) {
    case 'not-live':
      return m.act_not_live();
    case 'not-up':
      return m.act_not_up();
    case 'over':
      return m.act_over();
    case 'busy':
      return m.act_busy();
  }
}
