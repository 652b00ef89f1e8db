// How the page looks before the program is there: its theme, its language, and whether index.html shows the start page.
import { preferredLocale } from '../i18n/preferred.ts';
import { isStart, langOf } from './links/page.ts';
import { readLocale, readTheme, rememberedWalk } from './store/store.ts';

/** What was kept, else what the system prefers. */
export function firstTheme(): 'light' | 'dark' {
  return readTheme() ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
}

/** What the address asks for, else what was kept, else what the browser prefers. */
export function firstLocale(): string {
  return preferredLocale(
    [langOf(location.hash), readLocale(), ...navigator.languages].filter((each) => each !== null),
  );
}

/** Puts the look in force that the page will have, and shows the start page of index.html where it will be seen. */
export function lookAtOnce(): void {
  const page = document.documentElement;
  page.dataset['theme'] = firstTheme();
  page.lang = firstLocale();
  const comesBack = history.state !== null || rememberedWalk() !== null;
  const isCall = typeof RTCPeerConnection === 'function';
  if (isCall && !comesBack && isStart(location.hash)) showPicture(page.lang);
}

let scene: Element | null = null;

/** The picture of the start page is shown, and its stage and ladder still stand for the real ones. */
export function hasPicture(): boolean {
  return scene !== null;
}

/** Its stage and ladder, once: they stand where the real ones will. Nothing where no picture was shown. */
export function takePicture(): readonly Node[] {
  const nodes = scene === null ? [] : [...scene.childNodes];
  scene = null;
  return nodes;
}

/** Shows the start page in a language. Until the program comes it can be read, and not used. */
function showPicture(locale: string): void {
  const picture = document.querySelector<HTMLElement>(`.start-picture[lang="${locale}"]`);
  if (picture === null) return;
  for (const each of picture.querySelectorAll<HTMLElement>('[data-style]')) {
    each.style.cssText = each.dataset['style'] ?? '';
  }
  scene = picture.querySelector('.whole');
  picture.hidden = false;
}
