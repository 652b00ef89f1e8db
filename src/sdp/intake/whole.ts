// A text that is one description, or a part of one, as it stands.
import { isStrong } from './forms.ts';
import type { TextLine } from './text-lines.ts';

/** The lines of it, and the line to go on with behind it. */
export interface Whole {
  readonly lines: readonly TextLine[];
  /** True where each line stands there as it was. */
  readonly isBare: boolean;
  readonly next: number;
}

/**
 * A text that begins with its one `v=` line is a description as it stands, whatever else is in it; and nearly so
 * does one that is nothing but lines of SDP. `own`: its line ends are its own, and nothing is taken off.
 */
export function wholeOf(lines: readonly TextLine[], own: boolean): Whole | null {
  const first = lines.findIndex(({ text }) => text.trim() !== '');
  const head = lines[first]?.text.trim() ?? '';
  if (first === -1) return null;
  if (/^v=\w?\s*$/.test(head) ? head.endsWith('r') : head.startsWith('v=') || !isStart(head))
    return null;
  if (lines.some(({ text }, at) => at > first && /^\s*v=/.test(text))) return null;
  const end = endOf(lines, first);
  const body = lines.slice(first, end);
  if (body.length < 2) return null;
  const filled = body.filter(({ text }) => text.trim() !== '');
  const known = filled.filter(({ text }) => /^\s*[a-z]=/.test(text)).length;
  if (!head.startsWith('v=') && known < filled.length * 0.8) return null;
  if (filled.every(({ text }) => /^\s*(?:a=)?candidate:/.test(text))) return null;
  // Dots, stray letters and codes at the ends are for those who take them off.
  if (filled.every(({ text }) => /(?:[.r,;|\\↵]|#01[25]|\^M\$?)$/.test(text.slice(-5))))
    return null;
  if (own) return { lines: body, isBare: true, next: end };
  return { ...copied(body), next: end };
}

function isStart(head: string): boolean {
  return isStrong(head, 0) || /^[os]=\S/.test(head);
}

/** Behind the last line of SDP; what follows it at once belongs to it, what stands apart does not. */
function endOf(lines: readonly TextLine[], first: number): number {
  let last = first;
  for (let at = first; at < lines.length; at += 1) {
    if (/^\s*[A-Za-z]\s?=/.test(lines[at]?.text ?? '')) last = at;
  }
  let end = last + 1;
  while (end < lines.length) {
    const text = lines[end]?.text ?? '';
    if (text.trim() === '' || /candidate:|^\s*[[{]/.test(text)) break;
    end += 1;
  }
  return end;
}

/** Without the indents, the spaces behind and the blank lines that copying made. */
function copied(body: readonly TextLine[]): Omit<Whole, 'next'> {
  const rest = body.slice(1);
  const blank = rest.filter(({ text }) => text.trim() === '').length;
  const filled = rest.length - blank;
  const isSpaced = filled > 2 && blank >= filled * 0.8;
  const indented = rest.filter(({ text }) => /^\s+[a-z]=/.test(text)).length;
  const trailed = rest.filter(({ text }) => /\S\s$/.test(text.slice(-2))).length;
  const isIndented = indented > 1 && indented >= filled * 0.5;
  const isTrailed = trailed > 2 && trailed >= filled * 0.8;
  if (!isSpaced && !isIndented && !isTrailed) {
    const [first, ...others] = body;
    if (first === undefined) return { lines: body, isBare: true };
    // A single indent before the first line came with the copy.
    return { lines: [{ ...first, text: first.text.trimStart() }, ...others], isBare: true };
  }
  const lines = body
    .filter(({ text }) => !isSpaced || text.trim() !== '')
    .map((line) => ({
      ...line,
      text: isIndented ? line.text.trim() : isTrailed ? line.text.trimEnd() : line.text,
    }));
  return { lines, isBare: false };
}
