// The states of perfect negotiation in words.
import { m } from '../../i18n/paraglide/messages.js';

const STATES: Readonly<Record<string, () => string>> = {
  stable: m.perfect_stable,
  makingOffer: m.perfect_making_offer,
  haveLocalOffer: m.perfect_local_offer,
  takingOffer: m.perfect_taking_offer,
  makingAnswer: m.perfect_making_answer,
  takingAnswer: m.perfect_taking_answer,
  closed: m.perfect_closed,
};

/** What an end does in a state, in a sentence with the lessons' markup; '' for a state that is none. */
export function perfectText(state: string): string {
  return (Object.hasOwn(STATES, state) ? STATES[state]?.() : undefined) ?? '';
}
