// The finished records that the browser keeps, in IndexedDB.
import { createStore, del, get, keys, set, type UseStore } from 'idb-keyval';

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
