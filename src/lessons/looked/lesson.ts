// What lessons of acts that look have in common: what they wait for, and the pill and plain words of a look.
import { m } from '../../i18n/paraglide/messages.js';
import { exchangePill, plainPill, type ActLesson, type Pill, type PillSource } from '../act.ts';
import { exchangePlain } from '../plain/exchange.ts';

/** A look's kind of step begins so. */
export const isLook = (kind: string) => kind.startsWith('see-');

/** What a step waits for: a look for its second, the others for little. */
export const waitingLook: ActLesson['waiting'] = ({ step, after }) =>
  after.progress === 'running' && isLook(step.kind) ? m.looked_waiting() : null;

/** The pills of an act: its own calls, by the kinds of its steps, those of an exchange, and looks. */
export function pillsOf(calls: Readonly<Record<string, string>>): (source: PillSource) => Pill {
  return ({ step: { kind } }) => {
    const call = Object.hasOwn(calls, kind) ? calls[kind] : undefined;
    if (call !== undefined) return plainPill(call);
    return isLook(kind) ? plainPill('getStats()') : exchangePill(kind);
  };
}

/** The plain words beside them. */
export function plainOf(
  words: Readonly<Record<string, () => string>>,
): (source: PillSource) => string | null {
  return ({ step: { kind } }) => {
    const say = Object.hasOwn(words, kind) ? words[kind] : undefined;
    if (say !== undefined) return say();
    return isLook(kind) ? m.looked_plain() : exchangePlain(kind);
  };
}
