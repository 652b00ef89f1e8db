// Why a packet went no further, in words.
import { m } from '../../i18n/paraglide/messages.js';
import type { DropRule } from '../../net/event.ts';
import { SLOTS } from './sentence.ts';

/**
 * The rule in a sentence without its full stop.
 * @param from the packet's source where it was dropped
 * @param to its destination; by default both are slots of `sentence.ts`, 0 and 1
 */
export function dropText(rule: DropRule, from: string = SLOTS[0], to: string = SLOTS[1]): string {
  switch (rule) {
    case 'lost':
      return m.net_drop_lost();
    case 'no-mapping':
      return m.net_drop_no_mapping({ to });
    case 'filtered':
      return m.net_drop_filtered({ from });
    case 'no-hairpinning':
      return m.net_drop_no_hairpinning({ to });
    case 'firewall-udp':
      return m.net_drop_firewall_udp();
    case 'firewall-tcp':
      return m.net_drop_firewall_tcp({ to });
    case 'firewall-inbound':
      return m.net_drop_firewall_inbound({ from });
    case 'no-route':
      return m.net_drop_no_route({ to });
    case 'no-socket':
      return m.net_drop_no_socket({ to });
    case 'hop-limit':
      return m.net_drop_hop_limit();
    case 'no-port':
      return m.net_drop_no_port();
  }
}
