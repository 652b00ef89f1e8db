// What is kept of lessons: which are done, and where each was left. How it is read and written, and how it grows.
import { quietly } from './store.ts';

/** Where a lesson was left: the step's name in links, and its number in its act. */
export interface LessonPlace {
  readonly step: string;
  readonly number: number;
}

/** What is kept of all lessons, by their ids. */
export interface Kept {
  readonly done: ReadonlySet<string>;
  readonly left: ReadonlyMap<string, LessonPlace>;
}

const NOTHING: Kept = { done: new Set(), left: new Map() };

/** Reads what was kept. Total: what is not as it should be is left out. */
export function parseProgress(text: string | null): Kept {
  if (text === null) return NOTHING;
  const kept: unknown = quietly(() => JSON.parse(text) as unknown);
  if (typeof kept !== 'object' || kept === null) return NOTHING;
  const from = new Map<string, unknown>(Object.entries(kept));
  const done = from.get('done');
  const left = from.get('left');
  return {
    done: new Set(Array.isArray(done) ? done.filter((id) => typeof id === 'string') : []),
    left: new Map(
      typeof left === 'object' && left !== null
        ? Object.entries(left).flatMap(([id, place]: [string, unknown]) => {
            const known = toPlace(place);
            return known === null ? [] : [[id, known] as const];
          })
        : [],
    ),
  };
}

function toPlace(value: unknown): LessonPlace | null {
  if (typeof value !== 'object' || value === null) return null;
  const { step, number } = value as Readonly<Record<string, unknown>>;
  const isPlace = typeof step === 'string' && /^[a-z-]{1,40}$/.test(step);
  return isPlace && typeof number === 'number' && Number.isSafeInteger(number)
    ? { step, number }
    : null;
}

/** Writes what is kept, for `parseProgress`. */
export function formatProgress({ done, left }: Kept): string {
  return JSON.stringify({ done: [...done], left: Object.fromEntries(left) });
}

/**
 * What is kept once a lesson stands at a place; the same where that is nothing new.
 * @param isEnd its end is reached: it is done, and begins anew the next time
 */
export function visited(kept: Kept, id: string, place: LessonPlace, isEnd: boolean): Kept {
  const { done, left } = kept;
  const was = left.get(id);
  if (isEnd ? done.has(id) && was === undefined : was?.step === place.step) return kept;
  const places = new Map(left);
  if (isEnd) places.delete(id);
  else places.set(id, place);
  return { done: isEnd ? new Set([...done, id]) : done, left: places };
}
