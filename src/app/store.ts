// What the browser keeps: finished records in IndexedDB, choices in localStorage, and which record this tab walks.
import { createStore, del, get, keys, set, type UseStore } from 'idb-keyval';
import { DEFAULT_CHOICES, type Choices, type ServerChoice } from '../views/start/choices.ts';

const CHOICES = 'peerglass:choices';
const THEME = 'peerglass:theme';
const LOCALE = 'peerglass:locale';
const WALK = 'peerglass:walk';

/** How many records are kept; the oldest goes first. */
const KEEP = 12;

/** How long storage may take to give what somebody waits for, in ms. One that is broken never answers at all. */
export const STORAGE_PATIENCE = 2000;

/** Made at its first use, since a browser may refuse; and once, since each store keeps its database open. */
let store: UseStore | null = null;
const records = () => (store ??= createStore('peerglass', 'records'));

/** Keeps a record's text under its id, and drops the oldest above the limit. Rejects when the browser keeps nothing. */
export async function keepRecord(id: string, text: string, at: number): Promise<void> {
  const kept = records();
  await set(id, { at, text }, kept);
  const all = await keys<string>(kept);
  if (all.length <= KEEP) return;
  const dated = await Promise.all(
    all.map(async (key) => ({ key, at: (await get<{ at: number }>(key, kept))?.at ?? 0 })),
  );
  dated.sort((a, b) => a.at - b.at);
  await Promise.all(dated.slice(0, all.length - KEEP).map(({ key }) => del(key, kept)));
}

/** The text of a kept record, or null. Rejects when the browser lets nothing be read, or does not answer in time. */
export async function readRecord(id: string): Promise<string | null> {
  const kept = await inTime(get<{ text: string }>(id, records()));
  return typeof kept?.text === 'string' ? kept.text : null;
}

/** What storage answers, if it does so in time. */
async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new DOMException('The storage of this browser does not answer.', 'TimeoutError'));
    }, STORAGE_PATIENCE);
  });
  try {
    return await Promise.race([answer, silence]);
  } finally {
    clearTimeout(timer);
  }
}

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
