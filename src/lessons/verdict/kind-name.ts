// The name of a kind of media, in words.
import { m } from '../../i18n/paraglide/messages.js';

/** Such as `audio`; takes the word of an m= line. */
export function kindName(kind: string): string {
  return m.verdict_kind({ kind });
}
