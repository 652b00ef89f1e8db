// A list that never changes: append and set give a new one, which shares with the old all it can.

/** Elements to a block. An append copies one block, and one more at every 32nd, 1024th, … element. */
const WIDTH = 32;

/**
 * A persistent list of objects. Its full blocks are the elements of another such list, and so on up, so that
 * `append`, `set` and `at` cost O(log₃₂ length) and two versions share all blocks but those on the
 * way to what differs.
 */
export class List<T extends object> implements Iterable<T> {
  readonly #blocks: List<readonly T[]> | null;
  /** The elements after the last full block: none only in the empty list, and `WIDTH` at the most. */
  readonly #rest: readonly T[];
  /** How many elements it has. */
  readonly length: number;

  private constructor(blocks: List<readonly T[]> | null, rest: readonly T[]) {
    this.#blocks = blocks;
    this.#rest = rest;
    this.length = (blocks === null ? 0 : blocks.length * WIDTH) + rest.length;
  }

  /** The list of these elements. */
  static of<T extends object>(...elements: readonly T[]): List<T> {
    return elements.reduce((list, element) => list.append(element), new List<T>(null, []));
  }

  /** The element at an index, from 0; `undefined` where there is none. */
  at(index: number): T | undefined {
    if (!this.#has(index)) return undefined;
    const from = this.length - this.#rest.length;
    if (index >= from) return this.#rest[index - from];
    return this.#blocks?.at(Math.floor(index / WIDTH))?.[index % WIDTH];
  }

  /** The list with one more element at its end. */
  append(element: T): List<T> {
    if (this.#rest.length < WIDTH) return new List(this.#blocks, [...this.#rest, element]);
    return new List(this.#blocks?.append(this.#rest) ?? List.of(this.#rest), [element]);
  }

  /**
   * The list with another element at an index; this list itself when it is there already.
   * Throws `RangeError` for an index that is not 0 to `length - 1`.
   */
  set(index: number, element: T): List<T> {
    if (!this.#has(index)) throw new RangeError(`no element ${index} in a list of ${this.length}`);
    if (this.at(index) === element) return this;
    const from = this.length - this.#rest.length;
    if (index >= from) return new List(this.#blocks, this.#rest.with(index - from, element));
    const at = Math.floor(index / WIDTH);
    const block = this.#blocks?.at(at) ?? [];
    return new List(this.#blocks?.set(at, block.with(index % WIDTH, element)) ?? null, this.#rest);
  }

  /**
   * The elements that are not the same as those at the same indices of another list, or have none
   * there. Blocks that the two share are not looked into.
   * @param same whether two elements that are two objects are the same all the same
   */
  changedFrom(other: List<T>, same: (a: T, b: T) => boolean = Object.is): readonly T[] {
    return this.#unlike(other, same).map(([, element]) => element);
  }

  #unlike(
    other: List<T>,
    same: (a: T, b: T) => boolean,
  ): readonly (readonly [index: number, element: T])[] {
    if (this === other) return [];
    const unlike: (readonly [number, T])[] = [];
    const compare = (from: number, block: readonly T[]) => {
      for (const [k, element] of block.entries()) {
        const there = other.at(from + k);
        if (there === undefined || !same(there, element)) unlike.push([from + k, element]);
      }
    };
    if (this.#blocks !== null) {
      const blocks = this.#blocks.#unlike(other.#blocks ?? EMPTY, Object.is);
      for (const [at, block] of blocks) compare(at * WIDTH, block);
    }
    compare(this.length - this.#rest.length, this.#rest);
    return unlike;
  }

  *[Symbol.iterator](): Generator<T, undefined> {
    if (this.#blocks !== null) {
      for (const block of this.#blocks) for (const element of block) yield element;
    }
    for (const element of this.#rest) yield element;
  }

  #has(index: number): boolean {
    return Number.isInteger(index) && index >= 0 && index < this.length;
  }
}

/** The list of nothing: it can stand for a list of anything. */
export const EMPTY: List<never> = List.of();
