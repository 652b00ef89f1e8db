// Which lessons are done on this device, and where each was left. Without storage it lasts as long as the page.
import { formatProgress, parseProgress, visited, type Kept, type LessonPlace } from './progress.ts';
import { quietly } from './store.ts';

const KEY = 'peerglass:lessons';

/** The lessons of this device. */
class Progress {
  #kept = $state.raw<Kept>(parseProgress(quietly(() => localStorage.getItem(KEY))));

  constructor() {
    // Another tab of this browser has come further.
    addEventListener('storage', ({ key, newValue }) => {
      if (key === KEY || key === null) this.#kept = parseProgress(newValue);
    });
  }

  /** The ids of those whose end was reached. */
  get done(): ReadonlySet<string> {
    return this.#kept.done;
  }

  /** Where a lesson was left; null where it was not begun, or was left at its end. */
  left(id: string): LessonPlace | null {
    return this.#kept.left.get(id) ?? null;
  }

  /** The lesson stands at a place. @param isEnd its end is reached */
  visit(id: string, place: LessonPlace, isEnd: boolean): void {
    const kept = visited(this.#kept, id, place, isEnd);
    if (kept === this.#kept) return;
    this.#kept = kept;
    quietly(() => {
      localStorage.setItem(KEY, formatProgress(kept));
    });
  }
}

/** The one of this page: every part of it shows the same. */
export const progress = new Progress();
