// The network's rules in words: why a packet was dropped, and how NATs map and filter.
import { m } from '../../i18n/paraglide/messages.js';
import type { NatRule } from '../../rtc/nat.ts';
import type { DropRule } from '../../net/event.ts';

const DROPS = {
  lost: 'lost',
  'no-mapping': 'mapping',
  filtered: 'filtered',
  'no-hairpinning': 'hairpin',
  'firewall-udp': 'udp',
  'firewall-tcp': 'tcp',
  'firewall-inbound': 'inbound',
  'no-route': 'route',
  'no-socket': 'socket',
  'hop-limit': 'hops',
  'no-port': 'port',
} as const satisfies Readonly<Record<DropRule, string>>;

const RULES = {
  'endpoint-independent': 'independent',
  'address-dependent': 'address',
  'address-and-port-dependent': 'port',
} as const satisfies Readonly<Record<NatRule, string>>;

/** The rule that dropped a packet, in a sentence, with its section. */
export function dropText(rule: DropRule): string {
  return m.net_note_drop({ rule: DROPS[rule] });
}

/** What a NAT's mapping looks at, in a sentence. */
export function mappingText(rule: NatRule): string {
  return m.net_note_mapping({ rule: RULES[rule] });
}

/** What a NAT's filter looks at, in a sentence. */
export function filteringText(rule: NatRule): string {
  return m.net_note_filtering({ rule: RULES[rule] });
}
