// How a NAT judged a packet, in one line: what it looked at, and what came of it.
import { m } from '../../i18n/paraglide/messages.js';
import type { NatBehaviour } from '../../net/description.ts';
import { dropText } from './drop.ts';
import type { Judged } from './tables.ts';

/**
 * The sentence, with slots for the packet's source and destination.
 * @param id the packet's
 */
export function judgement(
  { is, hop }: Judged,
  { filtering }: NatBehaviour,
  id: number,
  [from, to]: readonly [string, string],
): string {
  if (is === 'let-in') {
    return filtering === 'endpoint-independent'
      ? m.net_judged_anyone({ id, from })
      : m.net_judged_in({ id, from });
  }
  const { rule } = hop;
  if (rule === 'filtered') return m.net_judged_filtered({ id, from });
  if (rule === 'no-mapping') return m.net_judged_no_row({ id, to });
  if (rule === 'no-hairpinning') return m.net_judged_no_hairpin({ id });
  return rule === null ? m.net_packet({ id }) : `${m.net_packet({ id })}: ${dropText(rule)}`;
}
