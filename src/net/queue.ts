// What waits to be polled, first in, first out.

/** A queue whose every step costs the same, however much waits. */
export class Queue<Item> {
  #items: Item[] = [];
  #head = 0;

  add(item: Item): void {
    this.#items.push(item);
  }

  /** The first, taken out; null when nothing waits. */
  take(): Item | null {
    const items = this.#items;
    if (this.#head === items.length) return null;
    const item = items[this.#head] as Item;
    this.#head += 1;
    if (this.#head === items.length) {
      this.#items = [];
      this.#head = 0;
    } else if (this.#head === 1024) {
      this.#items = items.slice(1024);
      this.#head = 0;
    }
    return item;
  }
}
