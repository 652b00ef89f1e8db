// What the browser keeps at hand: choices, language and theme in localStorage, and which record this tab walks.
import { DEFAULT_CHOICES, type Choices, type ServerChoice } from '../../views/start/choices.ts';

const CHOICES = 'peerglass:choices';
const THEME = 'peerglass:theme';
const LOCALE = 'peerglass:locale';
const WALK = 'peerglass:walk';

/** Says which record this tab walks, so that a reload finds it; null for none. */
export function rememberWalk(id: string | null): void {
  quietly(() => {
    if (id === null) sessionStorage.removeItem(WALK);
    else sessionStorage.setItem(WALK, id);
  });
}

/** The record that this tab walked before the reload. */
export function rememberedWalk(): string | null {
  return quietly(() => sessionStorage.getItem(WALK));
}

/** The choices of last time, checked field by field; the defaults for what is not there. */
export function readChoices(): Choices {
  const raw = quietly(() => localStorage.getItem(CHOICES));
  if (raw === null) return DEFAULT_CHOICES;
  const kept: unknown = quietly(() => JSON.parse(raw) as unknown);
  if (typeof kept !== 'object' || kept === null) return DEFAULT_CHOICES;
  const from = new Map(Object.entries(kept));
  const flag = (key: 'audio' | 'video' | 'data' | 'trickle') => {
    const value: unknown = from.get(key);
    return typeof value === 'boolean' ? value : DEFAULT_CHOICES[key];
  };
  const servers: unknown = from.get('servers');
  return {
    // A picked file does not outlive the page: the test card stands in.
    media: from.get('media') === 'camera' ? 'camera' : 'synthetic',
    audio: flag('audio'),
    video: flag('video'),
    data: flag('data'),
    trickle: flag('trickle'),
    servers: Array.isArray(servers) ? servers.flatMap(toServer) : [],
  };
}

function toServer(value: unknown): readonly ServerChoice[] {
  if (typeof value !== 'object' || value === null) return [];
  const from = new Map<string, unknown>(Object.entries(value));
  const text = (key: string) => {
    const found = from.get(key);
    return typeof found === 'string' ? found.slice(0, 2000) : '';
  };
  return [{ url: text('url'), username: text('username'), credential: text('credential') }];
}

/** Keeps the choices, credentials of ICE servers included: they stay in this browser and go nowhere else. */
export function keepChoices(choices: Choices): void {
  quietly(() => {
    localStorage.setItem(CHOICES, JSON.stringify(choices));
  });
}

/** The theme the reader chose; null follows the system. */
export function readTheme(): 'light' | 'dark' | null {
  const theme = quietly(() => localStorage.getItem(THEME));
  return theme === 'light' || theme === 'dark' ? theme : null;
}

/** Keeps the theme. */
export function keepTheme(theme: 'light' | 'dark'): void {
  quietly(() => {
    localStorage.setItem(THEME, theme);
  });
}

/** The language the reader chose; null follows the browser. */
export function readLocale(): string | null {
  return quietly(() => localStorage.getItem(LOCALE));
}

/** Keeps the language. */
export function keepLocale(locale: string): void {
  quietly(() => {
    localStorage.setItem(LOCALE, locale);
  });
}

/** Uses storage. It can be switched off or full; the page works without it, so that is no error but a null. */
export function quietly<T>(use: () => T): T | null {
  try {
    return use();
  } catch {
    return null;
  }
}
