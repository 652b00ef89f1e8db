// Notes on how a material could be read, counted.
import type { Note } from './dump.ts';

/** Counts notes by their code. */
export class Notes {
  readonly #counts = new Map<Note['code'], number>();

  /** Once more. */
  add(code: Note['code']): void {
    this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1);
  }

  /** All that was noted. */
  get list(): readonly Note[] {
    return [...this.#counts].map(([code, count]) => ({ code, count }));
  }
}
