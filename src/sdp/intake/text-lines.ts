// The lines of a text, each with where it stands.
import { readable } from './decode.ts';

/** One line of the material. */
export interface TextLine {
  readonly text: string;
  /** Its end in the material. */
  readonly end: string;
  /** The number of the material’s line, from 1. */
  readonly number: number;
  /** Where it begins in the text. */
  readonly start: number;
}

/** Cuts a text at CRLF, LF and CR. All lines have the number `line`, or count from 1 where it is `null`. */
export function cutLines(text: string, line: number | null): TextLine[] {
  const lines: TextLine[] = [];
  let from = 0;
  let nextCr = text.indexOf('\r');
  let nextLf = text.indexOf('\n');
  while (from < text.length) {
    let to = text.length;
    let end = '';
    if (nextCr !== -1 && (nextLf === -1 || nextCr < nextLf)) {
      to = nextCr;
      end = nextLf === nextCr + 1 ? '\r\n' : '\r';
    } else if (nextLf !== -1) {
      to = nextLf;
      end = '\n';
    }
    lines.push({ text: text.slice(from, to), end, number: line ?? lines.length + 1, start: from });
    from = to + end.length;
    if (nextCr !== -1 && nextCr < from) nextCr = text.indexOf('\r', from);
    if (nextLf !== -1 && nextLf < from) nextLf = text.indexOf('\n', from);
  }
  return lines;
}

const TREE_LINE = /^[\s|+`-]*[A-Z][^():]{2,60}\(([vosiuepcbtrzkam])\)(?: \[truncated\])?: ?(.*)$/;

/** The lines of Wireshark’s tree as SDP, without the branches below each; `null` where none is in the text. */
export function treeLines(text: string, lines: readonly TextLine[]): TextLine[] | null {
  if (!/\(v\): ?0/.test(text)) return null;
  const out: TextLine[] = [];
  let depth: number | null = null;
  for (const line of lines) {
    const match = TREE_LINE.exec(line.text);
    const indent = line.text.length - line.text.trimStart().length;
    if (match !== null) {
      if (match[1] === 'v') depth = indent;
      out.push({ ...line, text: `${match[1] ?? ''}=${match[2] ?? ''}` });
    } else if (depth === null || indent <= depth) {
      depth = null;
      out.push(line);
    }
  }
  return out;
}

/** With what was written for the web, a mail or a program read; lines that a mail broke are joined. */
export function readableLines(text: string, lines: readonly TextLine[]): readonly TextLine[] {
  const isMail = /=0D=0A|=3D[^\r\n]*=0A|v=3D0/.test(text);
  if (!isMail && !/[&%\\<]/.test(text)) return lines;
  const isWhole = /=3D/.test(text);
  const out: TextLine[] = [];
  let before = '';
  let first: TextLine | null = null;
  for (const line of lines) {
    if (isMail && line.text.endsWith('=')) {
      before += line.text.slice(0, -1);
      first ??= line;
      continue;
    }
    const joined = before + line.text;
    const read = readable(joined, isMail ? (isWhole ? 'whole' : 'ends') : null);
    out.push(read === line.text ? line : { ...(first ?? line), text: read, end: line.end });
    before = '';
    first = null;
  }
  if (first !== null) out.push({ ...first, text: readable(before, 'whole') });
  return out;
}
