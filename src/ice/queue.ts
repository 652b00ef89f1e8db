// A queue with a bound: what is put in is taken out in order, and what does not fit is lost.

/** First in, first out. */
export class Queue<Item> {
  #items: Item[] = [];
  #head = 0;
  readonly #limit: number;

  /** @param limit how many items wait at most */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Gives false, and does nothing, when the queue is full. */
  put(item: Item): boolean {
    if (this.#items.length - this.#head >= this.#limit) return false;
    this.#items.push(item);
    return true;
  }

  /** The oldest, which leaves; null when there is none. */
  take(): Item | null {
    const item = this.#items[this.#head];
    if (item === undefined) return null;
    this.#head += 1;
    if (this.#head === this.#items.length) {
      this.#items = [];
      this.#head = 0;
    }
    return item;
  }

  /** The one that was put in last and still waits. */
  get last(): Item | null {
    return this.#head === this.#items.length ? null : (this.#items.at(-1) ?? null);
  }
}
