// Which sections of a text are open before the reader has folded or unfolded any.
import type { SdpDocument } from '../../sdp/parse.ts';

/** A text of so few lines needs no folding. */
const SHORT = 24;

/**
 * A short text is open. Of a long one the session is, if nothing is new or everything is; else what has new lines.
 * @param freshIn how many new lines each section has, by its index
 * @param fresh how many the text has
 */
export function opensByItself(
  { lines }: SdpDocument,
  index: number,
  freshIn: ReadonlyMap<number, number>,
  fresh: number,
): boolean {
  if (lines.length <= SHORT) return true;
  if (fresh === 0 || fresh === lines.length) return index === 0;
  return freshIn.has(index);
}

/** How many of these lines each section has, by its index; a section without any is not in it. */
export function countBySection(
  { lines }: SdpDocument,
  numbers: ReadonlySet<number>,
): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const number of numbers) {
    const section = lines[number - 1]?.section ?? 0;
    counts.set(section, (counts.get(section) ?? 0) + 1);
  }
  return counts;
}

/**
 * Which lines are to be seen of a section that opened by itself, for what is new in it: the rest folds away.
 * @param told the numbers of the lines that are new, picked, or belong with what is
 * @returns null where every line is
 */
export function seenByItself(
  { lines }: SdpDocument,
  index: number,
  freshIn: ReadonlyMap<number, number>,
  fresh: number,
  told: ReadonlySet<number>,
): ReadonlySet<number> | null {
  const isWhole = lines.length <= SHORT || fresh === lines.length || !freshIn.has(index);
  return isWhole ? null : told;
}
