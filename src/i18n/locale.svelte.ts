// Which language the screen is in: one piece of state that every message reads.
import type { locales } from './paraglide/runtime.js';
import { baseLocale, isLocale, overwriteGetLocale } from './paraglide/runtime.js';

/** `en` or `ko`. */
export type Locale = (typeof locales)[number];

let current = $state<Locale>(baseLocale);
overwriteGetLocale(() => current);

/** The language now; reading it in a template follows its changes. */
export function getLocale(): Locale {
  return current;
}

/** Changes the language of every message at once. What is no known language is ignored. */
export function setLocale(locale: string): void {
  if (isLocale(locale)) current = locale;
}
