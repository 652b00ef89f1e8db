// What any address of the app says before the program is there: which page it is of, and in which language.

/** The pages beside the call's, as links name them. */
const PAGES = ['lessons', 'sdp', 'matrix'] as const;

/** The page that a link's part from `#` on names; the call's, where it names none. */
export function pageOf(hash: string): 'call' | (typeof PAGES)[number] {
  const name = /^#?\/(\w+)(?:$|[?/])/.exec(hash)?.[1];
  return PAGES.find((page) => page === name) ?? 'call';
}

/** The language that any link of the app may ask for; null for none. */
export function langOf(hash: string): string | null {
  return new URLSearchParams(/\?(.*)$/s.exec(hash)?.[1] ?? '').get('lang');
}

/** Whether a link's part from `#` on leads to the start of a call in this browser, before its first step. */
export function isStart(hash: string): boolean {
  return /^#?(?:\/(?:call\/?)?)?(?:\?.*)?$/s.test(hash);
}

/** A link's part from `#` on, as it asks for a language; null for none. */
export function inLanguage(hash: string, lang: string | null): string {
  const [way = '', query = ''] = hash.split(/\?(.*)/s);
  const asked = new URLSearchParams(query);
  if (lang === null) asked.delete('lang');
  else asked.set('lang', lang);
  const text = asked.toString();
  return text === '' ? way : `${way}?${text}`;
}

/** Whether a link's part from `#` on leads to the walk of a cell of the matrix. */
export function isCell(hash: string): boolean {
  return /^#\/lab(?:$|[?/])/.test(hash);
}
