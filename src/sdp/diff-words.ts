// Which words of a line changed: the places in both texts that differ.

/** A range of characters: from, up to and without to. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

/** The ranges of two texts that the other one has not. */
export interface WordChanges {
  readonly removed: readonly TextRange[];
  readonly added: readonly TextRange[];
}

interface Word extends TextRange {
  readonly text: string;
}

// Above so many comparisons all that lies between equal ends counts as changed.
const MOST_COMPARISONS = 60_000;

/** The words that differ. Words end at spaces and at the marks that SDP sets between values; the marks are words too. */
export function changedWords(before: string, after: string): WordChanges {
  const one = wordsOf(before);
  const other = wordsOf(after);
  let head = 0;
  while (head < one.length && head < other.length && one[head]?.text === other[head]?.text) {
    head += 1;
  }
  let tail = 0;
  const most = Math.min(one.length, other.length) - head;
  while (tail < most && one.at(-1 - tail)?.text === other.at(-1 - tail)?.text) tail += 1;
  const left = one.slice(head, one.length - tail);
  const right = other.slice(head, other.length - tail);
  const common = commonWords(left, right);
  return {
    removed: ranges(left.filter((word) => !common.has(word))),
    added: ranges(right.filter((word) => !common.has(word))),
  };
}

function wordsOf(text: string): readonly Word[] {
  return [...text.matchAll(/[^\s:;=/,]+|[\s\S]/g)].map((match) => ({
    text: match[0],
    from: match.index,
    to: match.index + match[0].length,
  }));
}

/** The words of a longest common subsequence, of both lists. */
function commonWords(left: readonly Word[], right: readonly Word[]): ReadonlySet<Word> {
  const common = new Set<Word>();
  if (left.length * right.length > MOST_COMPARISONS) return common;
  const width = right.length + 1;
  const lengths = new Uint32Array((left.length + 1) * width);
  const length = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = left.length - 1; row >= 0; row -= 1) {
    for (let column = right.length - 1; column >= 0; column -= 1) {
      lengths[row * width + column] =
        left[row]?.text === right[column]?.text
          ? length(row + 1, column + 1) + 1
          : Math.max(length(row + 1, column), length(row, column + 1));
    }
  }
  let [row, column] = [0, 0];
  for (;;) {
    const [one, other] = [left[row], right[column]];
    if (one === undefined || other === undefined) return common;
    if (one.text === other.text) {
      common.add(one).add(other);
      row += 1;
      column += 1;
    } else if (length(row + 1, column) >= length(row, column + 1)) row += 1;
    else column += 1;
  }
}

/** Words side by side joined to one range. */
function ranges(words: readonly Word[]): readonly TextRange[] {
  const joined: TextRange[] = [];
  for (const { from, to } of words) {
    const last = joined.at(-1);
    if (last?.to === from) joined[joined.length - 1] = { from: last.from, to };
    else joined.push({ from, to });
  }
  return joined;
}
