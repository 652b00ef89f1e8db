// Descriptions in one line: with their line ends written out, replaced by something else, or lost.
import type { Mending } from '../found.ts';
import { cutLost } from './forms.ts';

/** A description in one line, and from where to where it stands there. */
export interface InLine {
  readonly sdp: string;
  readonly from: number;
  readonly to: number;
  readonly hasOwnEnds: boolean;
  readonly mended: readonly Mending[];
}

const BEGIN = /(?<![A-Za-z0-9])v=0(?![0-9.]*[0-9])/g;
/** What tools write for the end of a line. */
const END = /(?:#015)?#012|#015|\^M\$?|[↵⏎␤¶]|␍␊?|␊|<CR><LF>|\[CR\]\[LF\]|\[CRLF\]|\r\n?|\n/;
const ESCAPED = /(\\+)(?:r\\+n|n|r)/y;
const ENDS = new RegExp(`^${END.source}`);
const QUOTES = '"\'`';

/** Finds them. In time that grows with the line’s length. */
export function findInLine(text: string): readonly InLine[] {
  const found: InLine[] = [];
  let from = 0;
  for (const match of text.matchAll(BEGIN)) {
    if (match.index < from) continue;
    const one = escaped(text, match.index) ?? joined(text, match.index);
    if (one === null) continue;
    found.push(one);
    from = one.to;
  }
  return found;
}

function escaped(text: string, from: number): InLine | null {
  ESCAPED.lastIndex = from + 3;
  const match = ESCAPED.exec(text);
  if (match === null) return null;
  const depth = match[1]?.length ?? 1;
  let sdp = '';
  let to = from;
  // A program’s listing quotes each line by itself: 'v=0\r\n' + 'o=…'.
  for (let start: number | null = from; start !== null;) {
    to = endOfString(text, start, depth);
    sdp += unescape(text.slice(start, to), depth);
    start = nextPiece(text, to);
  }
  // A string of one line is the first of several that are quoted line by line.
  return /[\r\n][^\r\n]/.test(sdp) ? { sdp, from, to, hasOwnEnds: true, mended: [] } : null;
}

/** The first quote that is escaped less deeply than the line ends are; a quote within the SDP is escaped more. */
function endOfString(text: string, from: number, depth: number): number {
  let slashes = 0;
  for (let at = from; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\') slashes += 1;
    else {
      if (QUOTES.includes(character) && slashes < depth) return at - slashes;
      slashes = 0;
    }
  }
  return text.length;
}

const PIECE = /\\*["'`]\s{0,20}[+,.&]?\s{0,20}\\*["'`](?=[a-z]=)/y;

function nextPiece(text: string, at: number): number | null {
  PIECE.lastIndex = at;
  const match = PIECE.exec(text);
  return match === null ? null : at + match[0].length;
}

function unescape(text: string, depth: number): string {
  const slashes = '\\'.repeat(depth);
  return text
    .replaceAll(`${slashes}r`, '\r')
    .replaceAll(`${slashes}n`, '\n')
    .replaceAll(`${slashes}t`, '\t')
    .replaceAll(`${slashes}/`, '/')
    .replaceAll(`${slashes}"`, '"');
}

/** Whatever stands between `v=0` and the next line is what stands between all of them. */
function joined(text: string, from: number): InLine | null {
  const head = text.slice(from + 3, from + 400);
  const known = ENDS.exec(head)?.[0] ?? null;
  const between = known ?? /^(.{0,24}?)o=[^=]{3,200}? IN IP/.exec(head)?.[1] ?? null;
  if (between === null || (known !== null && !/^[a-z]=/.test(head.slice(known.length))))
    return null;
  const to = endOfText(text, from);
  const region = text.slice(from, to);
  if (between.trim() === '' && known === null) {
    const lines = cutLost(region);
    return made(lines, from, to, ['ends-lost']);
  }
  const lines = known === null ? cutAt(region, between) : region.split(new RegExp(END, 'g'));
  const isReal = known !== null && /^[\r\n]/.test(known);
  const stray = /^rn?$/.test(between) ? (['stray-r'] as const) : [];
  const dots = /^\.+$/.test(between) ? (['dots'] as const) : [];
  const list = /["'],\s*["']$/.test(between) ? (['list'] as const) : [];
  if (isReal) return { sdp: onlyLines(region), from, to, hasOwnEnds: true, mended: [] };
  return made(lines, from, to, [...stray, ...dots, ...list]);
}

/** Without what follows the last line of SDP. */
function onlyLines(region: string): string {
  const pieces = region.split(/(?<=\n|\r(?!\n))/);
  while (pieces.length > 1 && !/^[a-z]=/.test(pieces.at(-1) ?? '')) pieces.pop();
  return pieces.join('');
}

function made(
  lines: readonly string[],
  from: number,
  to: number,
  mended: readonly Mending[],
): InLine | null {
  const kept = lines.map((line) => line.trim()).filter((line) => line !== '');
  if (kept.length < 2) return null;
  return { sdp: `${kept.join('\r\n')}\r\n`, from, to, hasOwnEnds: false, mended };
}

/** The quote that closes the one before the description; else the text’s end. */
function endOfText(text: string, from: number): number {
  let before = from - 1;
  const quote = text.charAt(before);
  if (quote === '' || !QUOTES.includes(quote)) return text.length;
  let depth = 0;
  for (before -= 1; text.charAt(before) === '\\'; before -= 1) depth += 1;
  let slashes = 0;
  for (let at = from; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\') slashes += 1;
    else {
      if (character === quote && slashes <= depth) {
        const next = nextPiece(text, at - slashes);
        if (next === null) return at - slashes;
        at = next - 1;
      }
      slashes = 0;
    }
  }
  return text.length;
}

function cutAt(region: string, between: string): string[] {
  const lines: string[] = [];
  for (const piece of region.split(between)) {
    const last = lines.at(-1);
    // Where no line begins behind it, it stands in a value, or ends the last.
    if (last === undefined || /^[a-z]=/.test(piece)) lines.push(piece);
    else if (/^[\s"'`\])}>;,]|^$/.test(piece)) break;
    else lines[lines.length - 1] = last + between + piece;
  }
  return lines;
}
