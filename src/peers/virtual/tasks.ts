// The tasks that a peer has queued: one runs at a time, and what it sets off settles before the next (HTML §8.1.7.3).

/** A queue of tasks. */
export class Tasks {
  readonly #queue: (() => void)[] = [];
  readonly #wake: () => void;

  /** @param wake told that there is something to run */
  constructor(wake: () => void) {
    this.#wake = wake;
  }

  get isEmpty(): boolean {
    return this.#queue.length === 0;
  }

  add(task: () => void): void {
    this.#queue.push(task);
    this.#wake();
  }

  /** Runs the oldest one. */
  runOne(): void {
    this.#queue.shift()?.();
  }

  clear(): void {
    this.#queue.length = 0;
  }
}
