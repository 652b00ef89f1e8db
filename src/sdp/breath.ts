// Long work that can be left for a while: it yields a breath after every so many things.

/** A place where the work may be left; what it holds is nothing. */
export type Breath = undefined;

/** How many things are done between two breaths: some tenths of a millisecond's worth. */
const EVERY = 64;

/** Yields after every so many things. Takes how many came before this one. */
export function* breathe(index: number): Generator<Breath> {
  if (index % EVERY === EVERY - 1) yield;
}
