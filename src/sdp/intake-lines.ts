// SDP in lines of text: by itself, behind what a log puts before each line, or escaped within one line.
import type { FoundSdp } from './found.ts';

/** As far as these finders tell. */
export type Draft = Pick<FoundSdp, 'type' | 'sdp' | 'from' | 'where'>;

/** One line of the material. */
interface TextLine {
  readonly text: string;
  /** Its end in the material. */
  readonly end: string;
}

/** A `v=0` with something that ends a line behind it: a real line end, or an escaped one. */
const BEGINNING = /(?:^|[^A-Za-z0-9])v=0\s*(?:[\r\n]|\\+[rn]|["'`,]|$)/m;

/** True where a description begins somewhere in the text. */
export function holdsSdp(text: string): boolean {
  return BEGINNING.test(text);
}

/** The last of the words offer, answer and pranswer in a text, or `null`. */
export function typeWord(text: string): FoundSdp['type'] {
  const last = [...text.toLowerCase().matchAll(/(?<![a-z])(offer|answer|pranswer)(?![a-z])/g)].at(
    -1,
  );
  const word = last?.[1];
  return word === 'offer' || word === 'answer' || word === 'pranswer' ? word : null;
}

/** Finds descriptions line by line. With `allowsFragment`, a section or a candidate by itself is one too. */
export function findInLines(text: string, allowsFragment: boolean): readonly Draft[] {
  const lines = cutLines(text);
  const found: Draft[] = [];
  for (let at = 0; at < lines.length;) {
    const line = lines[at];
    if (line === undefined) break;
    const escaped = line.text.includes('v=0\\') ? inOneLine(lines, at) : [];
    for (const each of escaped) found.push(each);
    const block = escaped.length > 0 ? null : blockAt(lines, at);
    if (block !== null) found.push(block.found);
    at = block === null ? at + 1 : block.next;
  }
  return found.length > 0 || !allowsFragment ? found : fragments(lines);
}

function cutLines(text: string): readonly TextLine[] {
  const pieces = text.split(/(\r\n|\n|\r)/);
  const lines: TextLine[] = [];
  for (let at = 0; at < pieces.length; at += 2) {
    const line = { text: pieces[at] ?? '', end: pieces[at + 1] ?? '' };
    if (line.text !== '' || line.end !== '') lines.push(line);
  }
  return lines;
}

/** What the words just before say of the type: in the same line, else in the three lines above. */
function typeBefore(lines: readonly TextLine[], at: number, prefix: string): FoundSdp['type'] {
  const above = lines.slice(Math.max(0, at - 3), at).map(({ text }) => text.slice(-200));
  return typeWord(prefix.slice(-200)) ?? typeWord(above.join('\n'));
}

/** Escaped descriptions in a line: `v=0\r\n…` up to the quote that ends the string, or to the line's end. */
function inOneLine(lines: readonly TextLine[], at: number): Draft[] {
  const text = lines[at]?.text ?? '';
  const found: Draft[] = [];
  let from = 0;
  for (const match of text.matchAll(/(?<![A-Za-z0-9])v=0(\\+)(?:r\\+n|n|r)/g)) {
    if (match.index < from) continue;
    const depth = match[1]?.length ?? 1;
    const end = endOfString(text, match.index, depth);
    const before = typeBefore(
      lines,
      at,
      text.slice(Math.max(from, match.index - 200), match.index),
    );
    const after = text.slice(end, end + 60);
    const type = before ?? typeWord(/^\W*type\W*(?:pr)?(?:offer|answer)/i.exec(after)?.[0] ?? '');
    const sdp = unescape(text.slice(match.index, end), depth);
    from = end;
    // A string of one line is the first of several that are quoted line by line.
    if (/[\r\n][^\r\n]/.test(sdp)) found.push({ type, sdp, from: 'log', where: at + 1 });
  }
  return found;
}

/** The first quote that is escaped less deeply than the line ends are; a quote within the SDP is escaped more. */
function endOfString(text: string, from: number, depth: number): number {
  let slashes = 0;
  for (let at = from; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\') slashes += 1;
    else {
      if ((character === '"' || character === "'" || character === '`') && slashes < depth) {
        return at - slashes;
      }
      slashes = 0;
    }
  }
  return text.length;
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

/** What stands before and behind the SDP in a line of a log, and the SDP itself. */
interface Stripped {
  readonly prefix: string;
  readonly sdp: string;
  readonly isBare: boolean;
}

/** What a log puts before a line is shorter. */
const LONGEST_PREFIX = 300;

const START = /(?<![A-Za-z0-9])v=0(?=\s*(?:$|["'`,\\]))/;
/** Before a line that another begins: quotes, indents and comment signs. */
const DECORATION = /^[\s>|"'`*#/+:,-]*$/;

function strip(text: string, shape: string): Stripped | null {
  if (/^[a-z]=/.test(text)) return { prefix: '', sdp: text, isBare: true };
  for (const match of text.slice(0, LONGEST_PREFIX).matchAll(/(?<![A-Za-z0-9])[a-z]=/g)) {
    const prefix = text.slice(0, match.index);
    if (shapeOf(prefix) === shape || DECORATION.test(prefix)) {
      return { prefix, sdp: trimmed(text.slice(match.index), prefix), isBare: false };
    }
  }
  return null;
}

/** A prefix with its digits made alike: the time goes on from line to line. */
function shapeOf(prefix: string): string {
  return prefix.replace(/\d+/g, '0').replace(/\s+/g, ' ');
}

/** Without what a quoted line ends with: `\r\n" +`. */
function trimmed(sdp: string, prefix: string): string {
  if (!/["'`]\s*$/.test(prefix)) return sdp.trimEnd();
  return sdp.trimEnd().replace(/(?:\\r|\\n)*["'`]?\s*[+,;)]*$/, '');
}

/** A description whose `v=0` stands in this line, and the line to go on with. */
function blockAt(lines: readonly TextLine[], at: number): { found: Draft; next: number } | null {
  const first = lines[at]?.text ?? '';
  const start = START.exec(first);
  if (start === null || start.index > LONGEST_PREFIX) return null;
  const prefix = first.slice(0, start.index);
  const shape = shapeOf(prefix);
  const taken: TextLine[] = [];
  let isBare = true;
  let next = at;
  for (let blank = 0; next < lines.length && blank < 2; next += 1) {
    const line = lines[next];
    if (line === undefined) break;
    const stripped = strip(line.text, shape);
    if (stripped === null) {
      // A log may put a blank line between any two.
      if (line.text.trim() !== '') break;
      blank += 1;
      continue;
    }
    if (next > at && stripped.sdp.trimEnd() === 'v=0') break;
    isBare &&= stripped.isBare && blank === 0;
    blank = 0;
    taken.push({ text: stripped.sdp, end: line.end });
  }
  if (taken.length < 2) return null;
  const sdp = isBare
    ? taken.map(({ text, end }) => text + end).join('')
    : taken.map(({ text }) => `${text}\r\n`).join('');
  const type = typeBefore(lines, at, prefix);
  return { found: { type, sdp, from: isBare ? 'plain' : 'log', where: at + 1 }, next };
}

const FRAGMENT = /^\s*(?:m=\S+ \d+|a=[a-z]|(?:a=)?candidate:\S)/;

/** Lines of SDP that no `v=` begins: each run of them that begins with m=, with a=, or with a candidate. */
function fragments(lines: readonly TextLine[]): readonly Draft[] {
  const found: Draft[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    if (!FRAGMENT.test(lines[at]?.text ?? '')) continue;
    const where = at + 1;
    let sdp = '';
    for (; at < lines.length; at += 1) {
      const line = lines[at];
      if (line === undefined || !/^\s*(?:[a-z]=|candidate:)/.test(line.text)) break;
      const text = line.text.trim();
      sdp += (text.startsWith('candidate:') ? `a=${text}` : text) + line.end;
    }
    found.push({ type: null, sdp, from: 'plain', where });
  }
  return found;
}
