// Light or dark, and the language: the same on every page of the app, and kept.
import { getLocale, setLocale } from '../i18n/locale.svelte.ts';
import { firstLocale, firstTheme } from './first-look.ts';
import { keepLocale, keepTheme } from './store/store.ts';

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

/** Starts with what was asked for or kept, else with what the system and the browser prefer. */
export function startLook(): void {
  useTheme(firstTheme());
  useLocale(firstLocale());
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
