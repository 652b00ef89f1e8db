// Where each lesson was left in this page, so that whoever comes back finds it there.
import type { Place } from './link.ts';

/** A place that was left. */
export interface LeftPlace {
  readonly place: Place;
  /** The walk whose recording is looked at again; null where the lesson is walked anew as far as that. */
  readonly walk: string | null;
}

/** The places that were left, by what was walked. */
export class LeftPlaces {
  readonly #byWalk = new Map<string, LeftPlace>();

  /** Keeps where a walk was left; null for one that had not begun. */
  leave(what: Pick<Place, 'lesson' | 'settings'>, left: LeftPlace | null): void {
    if (left === null) this.#byWalk.delete(keyOf(what));
    else this.#byWalk.set(keyOf(what), left);
  }

  /** Where a walk was left; null where it was not. */
  find(what: Pick<Place, 'lesson' | 'settings'>): LeftPlace | null {
    return this.#byWalk.get(keyOf(what)) ?? null;
  }
}

/** Whether a link names what is walked and no place in it. */
export function isBare({ act, step, event }: Place): boolean {
  return act === null && step === null && event === null;
}

/** Whether both are places in the same lesson, told the same. */
export function isSameLesson(
  one: Pick<Place, 'lesson' | 'settings'>,
  other: Pick<Place, 'lesson' | 'settings'>,
): boolean {
  return keyOf(one) === keyOf(other);
}

function keyOf({ lesson, settings }: Pick<Place, 'lesson' | 'settings'>): string {
  return `${lesson}?${settings}`;
}
