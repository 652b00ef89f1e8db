// The words that the sentences of moments are made with: people, NATs, numbers, capitals.
import { formatNumber } from '../../i18n/format.ts';
import { m } from '../../i18n/paraglide/messages.js';
import { otherSide, type Side } from '../../rtc/steps.ts';
import type { Whose } from './whose.ts';

/** What is said of a moment. */
export interface MomentWords {
  readonly title: string;
  readonly body: string;
  readonly short: string;
  readonly line?: string;
  readonly stands?: string;
}

/** A sentence or a title begins with a capital. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The words for a side and for the other one; with a capital where a sentence begins with them. */
export function people(by: Side) {
  const [who, other] = [m.moment_side({ side: by }), m.moment_side({ side: otherSide(by) })];
  return { who, Who: capital(who), other, Other: capital(other) };
}

/** The words for a NAT; '' where there is none. */
export function natWords(nat: Whose | null) {
  if (nat === null) return { nat: '', Nat: '' };
  const text = m.moment_nat({ of: nat.of, id: nat.of === 'other' ? nat.id : '' });
  return { nat: text, Nat: capital(text) };
}

/** A state that has changed, as a row says it. */
export function stateLine(who: Side | 'both', from: string, to: string): string {
  return m.moment_state_line({ who, from, to });
}

/** Sentences one after the other; what does not hold is null. */
export function join(...sentences: readonly (string | null)[]): string {
  return sentences.filter((sentence) => sentence !== null && sentence !== '').join(' ');
}

/** A number as it is read. */
export function number(value: number): string {
  return formatNumber(value);
}
