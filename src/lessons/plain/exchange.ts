// The steps that every exchange of an offer and an answer has, in plain words.
import { m } from '../../i18n/paraglide/messages.js';

/** What such a step does, in a few words; null where its state change or its arrow says it. */
export function exchangePlain(kind: string): string | null {
  switch (kind) {
    case 'create-offer':
      return m.plain_create_offer();
    case 'set-local-offer':
      return m.plain_set_local_offer();
    case 'create-answer':
      return m.plain_create_answer();
    case 'receive-answer':
      return m.plain_receive_answer();
    default:
      return null;
  }
}
