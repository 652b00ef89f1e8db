// What the tests of several lessons share: a text's language, and that it is whole.
import { expect } from 'vitest';
import { overwriteGetLocale } from '../../../src/i18n/paraglide/runtime.js';

export const LOCALES = ['en', 'ko'] as const;
export type Locale = (typeof LOCALES)[number];

/** Runs in a language, and leaves the messages in it. */
export function inLocale<T>(locale: Locale, say: () => T): T {
  overwriteGetLocale(() => locale);
  return say();
}

/** That a text is there, has no open place or mark, and is in its language. */
export function expectWhole(text: string, locale: Locale) {
  expect(text).not.toBe('');
  // The one call that is given null.
  expect(text.replaceAll('replaceTrack(null)', '')).not.toMatch(
    /[{}]|undefined|null|NaN|\b(states|ice|agreed)_[a-z]| {2}/,
  );
  expect(text.split('**').length % 2, text).toBe(1);
  expect(text.split('`').length % 2, text).toBe(1);
  if (locale === 'ko') expect(text).toMatch(/\p{Script=Hangul}/u);
  else expect(text).not.toMatch(/\p{Script=Hangul}/u);
}
