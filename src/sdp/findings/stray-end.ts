// What is left of escaped line ends: an `r`, an `n` or a dot at the end of every line.
import { parseSdp } from '../parse.ts';
import type { SdpDocument } from '../parse.ts';

/** What every line ends in, how many do, and the text without it. */
export interface StrayEnd {
  readonly end: string;
  readonly count: number;
  readonly cleaned: SdpDocument;
}

/** Longest first: `\r\n` ends in `n` too. */
const ENDS = ['\\r\\n', '\\r', '\\n', '#015', '.', 'rn', 'r', 'n'] as const;

/** Fewer lines than this may end alike by chance. */
const LEAST = 4;

/** What all lines of a text end in, or `null`. The lines of the cleaned text have the same numbers. */
export function strayEnd(document: SdpDocument): StrayEnd | null {
  const lines = document.lines.filter(({ text }) => text.trim() !== '');
  if (lines.length < LEAST) return null;
  const end = ENDS.find((each) => lines.every(({ text }) => text.endsWith(each)));
  if (end === undefined) return null;
  const texts = document.lines.map(({ text, end: lineEnd }) => {
    const isStray = text.endsWith(end);
    return `${isStray ? text.slice(0, -end.length) : text}${lineEnd}`;
  });
  return { end, count: lines.length, cleaned: parseSdp(texts.join('')) };
}
