// How long a text takes to read.
import type { Locale } from '../../i18n/locale.svelte.ts';

const WORDS_A_MINUTE = 200;
const SYLLABLES_A_MINUTE = 500;
const SHORTEST = 2500;

/** How many words a text has when the spaces are counted; its markup counts for nothing. */
export function wordCount(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/**
 * The time a text takes to read, in milliseconds, at least 2.5 s. English goes by words. In Korean a syllable
 * is the unit, and what else stands there, such as API names and numbers, is read as words.
 */
export function readingTime(text: string, locale: Locale): number {
  const syllables = locale === 'ko' ? (text.match(/\p{Script=Hangul}/gu) ?? []).length : 0;
  const words = wordCount(locale === 'ko' ? text.replaceAll(/\p{Script=Hangul}/gu, ' ') : text);
  const minutes = words / WORDS_A_MINUTE + syllables / SYLLABLES_A_MINUTE;
  return Math.max(SHORTEST, Math.round(minutes * 60_000));
}
