// Two lists whose items are paired, as one list that reads well: what left, what came, and what moved.

/** A place in the joint list. */
export interface Place {
  /** The index in the list before; `null` for what is new. */
  readonly before: number | null;
  /** The index in the list after; `null` for what is gone. */
  readonly after: number | null;
  /** Paired, but not where it stood among the others. */
  readonly isMoved: boolean;
}

/**
 * Joins two lists. Takes their lengths and, for each index after, its counterpart before or `null`; no counterpart may be
 * named twice. The joint list is in the order of the list after; what is gone stands behind the last pair
 * before it that has not moved. As few pairs as can be count as moved. O(n log n).
 */
export function joinLists(
  beforeLength: number,
  counterparts: readonly (number | null)[],
): readonly Place[] {
  const steady = longestRising(counterparts);
  const paired = new Set(counterparts);
  const stops = counterparts.filter((before, after) => before !== null && steady.has(after));
  const places: Place[] = [];
  let next = 0;
  let stop = 0;
  // All that is gone before the next pair that stands: right behind the last one, so that what is new follows it.
  const leave = () => {
    const limit = stops[stop] ?? beforeLength;
    stop += 1;
    for (; next < limit; next += 1) {
      if (!paired.has(next)) places.push({ before: next, after: null, isMoved: false });
    }
  };
  leave();
  for (const [after, before] of counterparts.entries()) {
    const isSteady = steady.has(after);
    places.push({ before, after, isMoved: before !== null && !isSteady });
    if (isSteady) leave();
  }
  return places;
}

/** The indices of a longest subsequence of numbers that rises; `null` is no part of it. */
function longestRising(numbers: readonly (number | null)[]): ReadonlySet<number> {
  // ends[k]: the index with the least number that a rising run of k + 1 numbers can end in.
  const ends: number[] = [];
  const previous = new Map<number, number>();
  const at = (index: number | undefined) => (index === undefined ? null : numbers[index]) ?? -1;
  for (const [index, number] of numbers.entries()) {
    if (number === null) continue;
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at(ends[middle]) < number) low = middle + 1;
      else high = middle;
    }
    const before = ends[low - 1];
    if (before !== undefined) previous.set(index, before);
    ends[low] = index;
  }
  const chosen = new Set<number>();
  for (let index = ends.at(-1); index !== undefined; index = previous.get(index)) chosen.add(index);
  return chosen;
}
