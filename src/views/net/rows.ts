// A row of a NAT's table in words: for how long it is.
import { formatNumber } from '../../i18n/format.ts';
import { m } from '../../i18n/paraglide/messages.js';
import type { Binding } from '../../net/event.ts';

/** How long it lives unless it is used again. @param t now, in ms */
export function leftText({ until }: Pick<Binding, 'until'>, t: number): string {
  const seconds = Math.max(0, (until - t) / 1000);
  const maximumFractionDigits = seconds < 10 ? 1 : 0;
  return m.net_left({ seconds: formatNumber(seconds, { maximumFractionDigits }) });
}
