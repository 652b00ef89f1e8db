// Which of a step's lines of code are shown beside its explanation, and which of them are lit.
import type { CodeLine } from '../../lessons/code-line.ts';

/** How much fits: rows of text, and characters in each. */
export interface CodeRoom {
  readonly rows: number;
  readonly columns: number;
}

/** What tells how far a step has come: the call that has not returned, or what is told of a change. */
const TELLS = /\bawait |new RTCPeerConnection|connectionstatechange/;

/**
 * The lines that a step lights. Of one that has failed, or that waits for the network, no line is lit that did not run:
 * only the first that tells of it.
 * @param all the lines that are shown
 * @param kind the kind of the step
 * @param isOpen it has failed, or waits
 */
export function litLines(
  all: readonly CodeLine[],
  kind: string,
  isOpen: boolean,
): ReadonlySet<CodeLine> {
  const lit = all.filter(({ steps }) => steps.includes(kind));
  if (!isOpen) return new Set(lit);
  const telling = lit.find(({ text }) => TELLS.test(text)) ?? lit[0];
  return new Set(telling === undefined ? [] : [telling]);
}

/** How many rows a line takes where so many characters fit. */
function rowsOf({ text }: CodeLine, columns: number): number {
  return Math.max(1, Math.ceil(text.length / Math.max(1, columns)));
}

/** As many of the lines as fit: those farthest from the lit ones go first, and the lit ones stay. */
export function fitted(
  all: readonly CodeLine[],
  lit: ReadonlySet<CodeLine>,
  { rows, columns }: CodeRoom,
): readonly CodeLine[] {
  let [from, to] = [0, all.length];
  let needed = all.reduce((sum, line) => sum + rowsOf(line, columns), 0);
  const first = all.findIndex((line) => lit.has(line));
  const last = all.findLastIndex((line) => lit.has(line));
  while (needed > rows && (from < first || to - 1 > last)) {
    const isFirst = first - from > to - 1 - last;
    const gone = all[isFirst ? from : to - 1];
    if (gone === undefined) break;
    needed -= rowsOf(gone, columns);
    if (isFirst) from += 1;
    else to -= 1;
  }
  return all.slice(from, to);
}
