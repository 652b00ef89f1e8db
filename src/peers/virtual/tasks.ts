// The tasks that a peer has queued: one runs at a time, and what it sets off settles before the next (HTML §8.1.7.3).

/** A task. False says that nobody heard of what it did, so nothing can come of it. */
export type Task = () => unknown;

/** A queue of tasks. */
export class Tasks {
  readonly #queue: Task[] = [];
  readonly #wake: () => void;

  /** @param wake told that there is something to run */
  constructor(wake: () => void) {
    this.#wake = wake;
  }

  get isEmpty(): boolean {
    return this.#queue.length === 0;
  }

  add(task: Task): void {
    this.#queue.push(task);
    this.#wake();
  }

  /** Runs the oldest one, and with it those before the next that somebody hears of. */
  runOne(): void {
    for (let task = this.#queue.shift(); task !== undefined; task = this.#queue.shift()) {
      if (task() !== false) return;
    }
  }

  clear(): void {
    this.#queue.length = 0;
  }
}
