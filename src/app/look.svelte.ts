// Light or dark, and the language: the same on every page of the app, and kept.
import { getLocale, preferredLocale, setLocale } from '../i18n/locale.svelte.ts';
import { keepLocale, keepTheme, readLocale, readTheme } from './store.ts';

export type Theme = 'light' | 'dark';

let theme = $state<Theme>('light');

/** The theme in force. */
export function getTheme(): Theme {
  return theme;
}

function useTheme(wanted: Theme): void {
  theme = wanted;
  document.documentElement.dataset['theme'] = wanted;
}

/** Puts a language in force without keeping it: a link may ask for one. */
export function useLocale(locale: string): void {
  setLocale(locale);
  document.documentElement.lang = getLocale();
}

/**
 * Starts with what was kept, else with what the system and the browser prefer.
 * @param asked the language that the link asks for; null for none
 */
export function startLook(asked: string | null): void {
  useTheme(readTheme() ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'));
  useLocale(asked ?? readLocale() ?? preferredLocale(navigator.languages));
}

/** Light to dark and back, and keeps it. */
export function switchTheme(): void {
  useTheme(theme === 'light' ? 'dark' : 'light');
  keepTheme(theme);
}

/** Changes the language, and keeps it. */
export function speak(locale: string): void {
  useLocale(locale);
  keepLocale(getLocale());
}
