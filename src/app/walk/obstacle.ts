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
    case 'not-here':
      return m.act_not_here();
    case 'busy':
      return m.act_busy();
    case 'nothing-sent':
      return m.mute_nothing_sent();
    case 'nothing-muted':
      return m.mute_nothing_muted();
    case 'no-video':
      return m.swap_no_video();
    case 'no-screen':
      return m.stop_sharing_no_screen();
    case 'on-hold':
      return m.hold_on_hold();
    case 'not-on-hold':
      return m.hold_not_on_hold();
    case 'no-channel':
      return m.channel_no_channel();
    case 'has-channel':
      return m.channel_has_channel();
  }
}
