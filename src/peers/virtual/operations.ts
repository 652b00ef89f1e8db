// The operations chain: calls that set or make descriptions run one after the other (WebRTC 1.0 §4.4.1.2).

/** The chain of one connection. */
export class Operations {
  #tail: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  readonly #isClosed: () => boolean;
  readonly #emptied: () => void;

  /** @param emptied told each time the last operation is done */
  constructor(isClosed: () => boolean, emptied: () => void) {
    this.#isClosed = isClosed;
    this.#emptied = emptied;
  }

  get isEmpty(): boolean {
    return this.#waiting === 0;
  }

  /** Runs an operation after those before it. As in the specification, nothing settles after `close()`. */
  run<T>(operation: () => T | Promise<T>): Promise<T> {
    this.#waiting += 1;
    const run = this.#tail.then(() =>
      this.#isClosed() ? new Promise<never>(() => undefined) : operation(),
    );
    const done = () => {
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#emptied();
    };
    this.#tail = run.then(done, done);
    return run;
  }
}
