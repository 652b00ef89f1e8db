// Lines that follow each other in a text and are one description, or a part of one.
import type { Mending } from '../found.ts';
import { isDecoration, places, shapeOf, strip, stripStrong, trimmed } from './prefix.ts';
import type { Stripped } from './prefix.ts';
import type { TextLine } from './text-lines.ts';

/** Lines of one description. */
export interface Block {
  readonly lines: readonly TextLine[];
  /** True where each line of the material is one of the description, with nothing before it. */
  readonly isBare: boolean;
  readonly isFragment: boolean;
  readonly prefix: string;
  readonly mended: readonly Mending[];
  /** The line to go on with. */
  readonly next: number;
}

/** So many lines of somebody else may stand between two of a log. */
const ALIENS = 3;

/** The block that begins in this line, or `null`. */
export function blockAt(lines: readonly TextLine[], at: number): Block | null {
  const text = lines[at]?.text ?? '';
  const whole = beginning(text);
  const first = whole ?? stripStrong(text);
  if (first === null) return null;
  const shapes = [shapeOf(first.prefix)];
  const taken: TextLine[] = [];
  let isBare = true;
  let next = at;
  let gap = 2;
  let blank = 0;
  for (let now = at; now < lines.length && now - next <= gap + ALIENS; now += 1) {
    const line = lines[now];
    if (line === undefined) break;
    const stripped = now === at ? first : follow(line.text, shapes, taken.length);
    if (stripped === null) {
      if (line.text.trim() === '' || isDecoration(line.text)) blank += 1;
      else if (isBare || now - next - blank >= ALIENS || first.prefix === '') break;
      if (blank >= gap) break;
      continue;
    }
    if (now > at && /^v=\d\S?$/.test(stripped.sdp.trimEnd())) break;
    isBare &&= stripped.prefix === '' && blank === 0;
    // Where a log spaces its lines widely, it does so between all.
    if (taken.length === 1) gap = Math.max(gap, blank + 1);
    blank = 0;
    taken.push({ ...line, text: stripped.sdp });
    next = now + 1;
  }
  const isFragment = whole === null;
  if (taken.length < 2 && (!isFragment || !isDecoration(first.prefix))) return null;
  const { lines: tidy, mended } = tidied(taken);
  return {
    lines: tidy,
    isBare: isBare && mended.length === 0,
    isFragment,
    prefix: first.prefix,
    mended,
    next,
  };
}

/** `v=0` at the end of a line, with what a tool may leave behind it. */
function beginning(text: string): Stripped | null {
  const at = text.lastIndexOf('v=0');
  if (at === -1 || /[A-Za-z0-9]/.test(text.charAt(at - 1))) return null;
  const rest = text.slice(at + 3).trimEnd();
  if (rest.length > 24) return null;
  const isEnd =
    /^(?:rn?|\.{1,2})?$/.test(rest) ||
    /^[^A-Za-z0-9]*(?:(?:\\+[rn]|#01[25]|\^M\$?)[^A-Za-z0-9]*)*$/.test(rest);
  if (!isEnd) return null;
  const prefix = text.slice(0, at);
  const sdp = trimmed(text.slice(at), prefix);
  return { prefix, sdp: /^v=0(?:rn?|\.{1,2}|[,;|\\])?$/.test(sdp) ? sdp : 'v=0' };
}

/** A line that goes on. The second shows what the log puts before all but the first. */
function follow(text: string, shapes: string[], count: number): Stripped | null {
  const stripped = strip(text, shapes);
  if (stripped !== null || count !== 1) return stripped;
  for (const at of places(text)) {
    if (!text.startsWith('o=', at)) continue;
    const prefix = text.slice(0, at);
    shapes.push(shapeOf(prefix));
    return { prefix, sdp: trimmed(text.slice(at), prefix) };
  }
  return null;
}

const TAILS: readonly (readonly [string, Mending | null])[] = [
  ['rn', 'stray-r'],
  ['r', 'stray-r'],
  ['..', 'dots'],
  ['.', 'dots'],
  [',', null],
  [';', null],
  ['|', null],
  ['\\', null],
];

/** Without what all lines end with. */
export function tidied(lines: readonly TextLine[]): {
  readonly lines: readonly TextLine[];
  readonly mended: readonly Mending[];
} {
  if (lines.length < 3) return { lines, mended: [] };
  for (const [tail, mending] of TAILS) {
    // The last may be cut off.
    const without = lines.filter(({ text }) => !text.endsWith(tail)).length;
    if (without > (lines.length > 8 ? 1 : 0)) continue;
    const cut = lines.map((line) =>
      line.text.endsWith(tail) ? { ...line, text: line.text.slice(0, -tail.length) } : line,
    );
    return { lines: cut, mended: mending === null ? [] : [mending] };
  }
  return { lines, mended: [] };
}
