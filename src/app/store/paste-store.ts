// What the browser keeps of the page for foreign SDP.
import { quietly } from './store.ts';

const PASTE = 'peerglass:paste';
/** Texts longer than this, in characters, are not kept: the browser would refuse them. */
const LONGEST_PASTE = 2_000_000;

/** Keeps the texts of the page for foreign SDP, in this tab only. */
export function keepPaste(texts: { readonly first: string; readonly second: string }): void {
  quietly(() => {
    const text = JSON.stringify([texts.first, texts.second]);
    if (text.length > LONGEST_PASTE) sessionStorage.removeItem(PASTE);
    else sessionStorage.setItem(PASTE, text);
  });
}

/** The texts that were on that page before a reload. */
export function readPaste(): { readonly first: string; readonly second: string } | null {
  const kept: unknown = quietly(
    () => JSON.parse(sessionStorage.getItem(PASTE) ?? 'null') as unknown,
  );
  const [first, second] = Array.isArray(kept) ? (kept as readonly unknown[]) : [];
  return typeof first === 'string' && typeof second === 'string' ? { first, second } : null;
}
