// A line of the code that an app would write, and the steps that light it.

/** A line of code. */
export interface CodeLine {
  readonly text: string;
  /** The kinds of the steps that light it. */
  readonly steps: readonly string[];
}

/** A line; deeper ones carry their own indentation. */
export function line(text: string, ...steps: readonly string[]): CodeLine {
  return { text, steps };
}

/** Lines of one step. */
export function lines(step: string, ...texts: readonly string[]): readonly CodeLine[] {
  return texts.map((text) => line(text, step));
}

export const BLANK = line('');

const LEAST = 3;
const WANTED = 4;
const MOST = 5;

/** Three to five lines around those that a step lights, without the indentation that they share. */
export function excerptOf(all: readonly CodeLine[], kind: string): readonly CodeLine[] {
  const isLit = (at: number) => all[at]?.steps.includes(kind) === true;
  /** How far a line is indented; -1 for a blank one and for none. */
  const depth = (at: number) => all[at]?.text.search(/\S/) ?? -1;
  // A step's own call stands last; handlers that also belong to it were set before.
  let end = all.findLastIndex((_, at) => isLit(at)) + 1;
  if (end === 0) return [];
  let start = end;
  while (isLit(start - 1)) start -= 1;
  end = Math.min(end, start + MOST);
  // Lines of the same block first, then what it stands in, and another block only when there is no choice.
  const own = depth(start);
  while (end - start < WANTED) {
    if (depth(end) >= own) end += 1;
    else if (depth(start - 1) >= 0) start -= 1;
    else if (depth(end) >= 0) end += 1;
    else if (end - start < LEAST) end += 2;
    else break;
  }
  const excerpt = all.slice(start, end);
  const depths = excerpt.filter(({ text }) => text !== '').map(({ text }) => text.search(/\S/));
  const indent = Math.min(...depths);
  return excerpt.map((each) => ({ ...each, text: each.text.slice(indent) }));
}
