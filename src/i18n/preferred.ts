// Which of the app's languages a reader prefers: known before the program is there.
import type { locales } from './paraglide/runtime.js';

// Written out, since the module that has them comes with the messages. The type allows no others.
const LOCALES: typeof locales = ['en', 'ko'];

/** The first of the reader's languages that there is, else English. */
export function preferredLocale(languages: readonly string[]): (typeof LOCALES)[number] {
  for (const language of languages) {
    const base = language.split('-')[0]?.toLowerCase();
    const known = LOCALES.find((locale) => locale === base);
    if (known !== undefined) return known;
  }
  return LOCALES[0];
}
