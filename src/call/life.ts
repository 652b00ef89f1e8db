// How long something lasts: a run, a walk, a wish. What belongs to it ends with it, and so does what comes too late.

/** A span of time that things belong to. */
export class Life {
  readonly #stopping = new AbortController();
  readonly #ends = new Set<() => void>();

  /** Aborts as soon as nothing new may come. */
  readonly signal: AbortSignal = this.#stopping.signal;

  /** Nothing new may come any more. */
  get isOver(): boolean {
    return this.signal.aborted;
  }

  /** Takes something in. `end` is called once, when this life ends: at once if it is over already. */
  owns(end: () => void): void {
    if (this.isOver) attempt(end);
    else this.#ends.add(end);
  }

  /** From now on nothing new may come. What is there stays until `end`: a call still says goodbye. */
  stop(): void {
    this.#stopping.abort();
  }

  /** Ends everything that belongs to this life, in the order in which it came. */
  end(): void {
    this.stop();
    const ends = [...this.#ends];
    this.#ends.clear();
    for (const end of ends) attempt(end);
  }
}

/** One end that fails must not keep the others from ending; it is reported like anything that nobody caught. */
function attempt(end: () => void): void {
  try {
    end();
  } catch (thrown) {
    reportError(thrown);
  }
}
