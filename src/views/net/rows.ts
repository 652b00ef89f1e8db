// A NAT's table in words: who may use each row, and for how long.
import { formatNumber } from '../../i18n/format.ts';
import { m } from '../../i18n/paraglide/messages.js';
import type { NatBehaviour } from '../../net/description.ts';
import type { Binding } from '../../net/event.ts';
import { addressAndPort } from '../tabs/ice/pair-table.ts';

/** To whom the row carries packets: the one that it was made for, as far as the mapping looks. */
export function outText({ mappedFor }: Binding): string {
  if (mappedFor === null) return m.net_anyone();
  const { address, port } = mappedFor;
  return port === null ? m.net_any_port({ address }) : addressAndPort({ address, port }, '');
}

/** Who may send in through the row, as far as the filter looks. */
export function inTexts({ sentTo }: Binding, { filtering }: NatBehaviour): readonly string[] {
  if (filtering === 'endpoint-independent') return [m.net_anyone()];
  const texts =
    filtering === 'address-dependent'
      ? sentTo.map(({ address }) => m.net_any_port({ address }))
      : sentTo.map((each) => addressAndPort(each, ''));
  return texts.length === 0 ? [m.net_nobody()] : [...new Set(texts)];
}

/** How long it lives unless it is used again. @param t now, in ms */
export function leftText({ until }: Pick<Binding, 'until'>, t: number): string {
  const seconds = Math.max(0, (until - t) / 1000);
  const maximumFractionDigits = seconds < 10 ? 1 : 0;
  return m.net_left({ seconds: formatNumber(seconds, { maximumFractionDigits }) });
}
