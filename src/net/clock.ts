// The virtual clock: what is due, in the order of its time, and at the same time in the order it was put in.

/** A queue of timed things. It knows no time but what it is given. */
export class Clock<Item> {
  // A binary heap in three arrays: no object for each entry.
  readonly #times: number[] = [];
  readonly #orders: number[] = [];
  readonly #items: Item[] = [];
  #order = 0;

  get size(): number {
    return this.#items.length;
  }

  /** When the first is due, in ms; null when there is none. */
  get next(): number | null {
    return this.#times[0] ?? null;
  }

  /** Puts one in. Any order of times will do. */
  add(time: number, item: Item): void {
    const times = this.#times;
    const orders = this.#orders;
    const items = this.#items;
    let at = times.length;
    // The newest has the highest order, so a parent of the same time stays where it is.
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const parentTime = times[parent];
      if (parentTime === undefined || parentTime <= time) break;
      times[at] = parentTime;
      orders[at] = orders[parent] ?? 0;
      items[at] = items[parent] as Item;
      at = parent;
    }
    times[at] = time;
    orders[at] = this.#order;
    items[at] = item;
    this.#order += 1;
  }

  /** Takes the first out if it is due; null when nothing is. */
  take(now: number): Item | null {
    const due = this.#times[0];
    if (due === undefined || due > now) return null;
    const first = this.#items[0] as Item;
    const time = this.#times.pop() ?? 0;
    const order = this.#orders.pop() ?? 0;
    const item = this.#items.pop() as Item;
    if (this.#times.length > 0) this.#sink(time, order, item);
    return first;
  }

  /** Lets one find its place from the top down. */
  #sink(time: number, order: number, item: Item): void {
    const times = this.#times;
    const orders = this.#orders;
    const items = this.#items;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      const left = times[child];
      if (left === undefined) break;
      const right = times[child + 1];
      let childTime = left;
      if (
        right !== undefined &&
        (right < left || (right === left && (orders[child + 1] ?? 0) < (orders[child] ?? 0)))
      ) {
        child += 1;
        childTime = right;
      }
      const childOrder = orders[child] ?? 0;
      if (time < childTime || (time === childTime && order < childOrder)) break;
      times[at] = childTime;
      orders[at] = childOrder;
      items[at] = items[child] as Item;
      at = child;
    }
    times[at] = time;
    orders[at] = order;
    items[at] = item;
  }
}
