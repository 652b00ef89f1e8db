// Cuts a list into runs, so that what did not change can be folded away around what did.

/** Neighbours that are all new (or near to what is), or all as they were. */
export interface Run<T> {
  /** Where in the list it begins. */
  readonly at: number;
  readonly items: readonly T[];
  readonly isAlike: boolean;
}

/** So many that are alike stay around something new, to see where it stands. */
const AROUND = 1;
/** A fold takes a line of its own: fewer than this are not worth one. */
const LEAST = 3;

/**
 * The runs of a list, in order; together they are the list. None of those that are alike is shorter than a fold is
 * worth.
 * @param isNew whether something is to be seen; what is beside it is, too
 */
export function runsOf<T>(
  items: readonly T[],
  isNew: (item: T, at: number) => boolean,
): readonly Run<T>[] {
  const isSeen = items.map(() => false);
  for (const [at, item] of items.entries()) {
    if (isNew(item, at)) isSeen.fill(true, Math.max(0, at - AROUND), at + AROUND + 1);
  }
  const runs: Run<T>[] = [];
  for (let from = 0; from < items.length;) {
    const isAlike = isSeen[from] === false;
    let to = from + 1;
    while (to < items.length && (isSeen[to] === false) === isAlike) to += 1;
    const last = runs.at(-1);
    const isWorth = isAlike && to - from >= LEAST;
    if (last !== undefined && !last.isAlike && !isWorth) {
      runs[runs.length - 1] = { ...last, items: [...last.items, ...items.slice(from, to)] };
    } else runs.push({ at: from, items: items.slice(from, to), isAlike: isWorth });
    from = to;
  }
  return runs;
}
