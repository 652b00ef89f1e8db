// Looks for everything in a text, however it is written: the one place where the finders meet.
import { BASE64_HEAD, SHORTEST_BASE64, fromBase64, isBase64 } from './base64.ts';
import { blockAt, tidied } from './blocks.ts';
import { findCandidates } from './candidates.ts';
import type { Context, Draft, SdpDraft } from './draft.ts';
import { findInJson } from './json.ts';
import { findInLine } from './one-line.ts';
import { cutLines, readableLines, treeLines } from './text-lines.ts';
import type { TextLine } from './text-lines.ts';
import { wholeOf } from './whole.ts';
import { sideWord, typeWord } from './words.ts';

/** Texts within texts are looked at so deep. */
const DEEPEST = 6;

const WORTH =
  /[a-z](?:=|%(?:25)*3[dD]|\\+u003[dD]|&(?:#|equals))|candidate|\([vma]\): ?|(?<![\w+/-])(?:ey|ew|W|dj0w)[\w+/-]{38}/;

/** Looks for descriptions and candidates, and adds them to `out` in the order of the text. */
export function scan(text: string, context: Context, out: Draft[]): void {
  if (context.depth > DEEPEST || !WORTH.test(text)) return;
  if (isJson(text, context, out)) return;
  const cut = cutLines(text, context.line);
  const tree = treeLines(text, cut);
  const raw = tree ?? cut;
  const lines = readableLines(text, raw);
  let from = 0;
  if (tree === null) {
    const whole = wholeOf(lines, context.own);
    if (whole !== null) {
      const { lines: tidy, mended } = context.own
        ? { lines: whole.lines, mended: [] }
        : tidied(whole.lines);
      const isBare = whole.isBare && mended.length === 0;
      out.push(
        draftOf(tidy, isBare || context.own, {
          ...context,
          mended: [...context.mended, ...mended],
        }),
      );
      from = whole.next;
    }
  }
  new LineScan(text, lines, tree === null ? context : { ...context, mended: ['tree'] }, out).from(
    from,
  );
}

/** What socket libraries put before their JSON. */
const FRAME = /^\s*(?:\d{1,4}(?:\/[^,\s"]{0,60},)?|a|data:)?\s*(?=["[{])/;

function isJson(text: string, context: Context, out: Draft[]): boolean {
  const frame = FRAME.exec(text);
  if (frame === null) return false;
  const before = out.length;
  const inner: Context = { ...context, from: 'json' };
  const end = findInJson(text, frame[0].length, startLine(frame[0]), text.length, inner, out, scan);
  if (end >= 0 && text.slice(end).trim() === '') return true;
  out.length = before;
  return false;
}

function startLine(before: string): number {
  return before.split(/\r\n|\n|\r/).length;
}

function draftOf(lines: readonly TextLine[], keepsEnds: boolean, context: Context): SdpDraft {
  return {
    kind: 'sdp',
    type: context.type,
    sdp: lines.map(({ text, end }) => text + (keepsEnds ? end : '\r\n')).join(''),
    from: context.from,
    where: lines[0]?.number ?? 1,
    lines: lines.map(({ number }) => number),
    hasOwnEnds: context.own,
    mended: context.mended,
    side: context.side,
    peer: null,
  };
}

/** Goes through the lines of a text once. */
class LineScan {
  readonly #text: string;
  readonly #lines: readonly TextLine[];
  readonly #context: Context;
  readonly #out: Draft[];
  /** So many characters may still be read as JSON over several lines: a failed try costs. */
  #budget: number;

  constructor(text: string, lines: readonly TextLine[], context: Context, out: Draft[]) {
    this.#text = text;
    this.#lines = lines;
    this.#context = context;
    this.#out = out;
    this.#budget = 3 * text.length + 1000;
  }

  from(first: number): void {
    for (let at = first; at < this.#lines.length;) {
      const text = this.#lines[at]?.text ?? '';
      at = this.#json(at) ?? (WORTH.test(text) ? (this.#base64(at) ?? this.#line(at)) : at + 1);
    }
  }

  /** JSON that begins in this line. Gives the line to go on with where something was found in it. */
  #json(at: number): number | null {
    const line = this.#lines[at];
    if (line === undefined) return null;
    if (!line.text.includes('{') && !line.text.includes('[')) return null;
    const before = this.#out.length;
    let searched = line.start;
    const stop = line.start + line.text.length;
    let end = -1;
    for (let tries = 0; tries < 4 && this.#budget > 0; tries += 1) {
      const open = nextOpen(line.text, searched - line.start);
      if (open === -1) break;
      const start = line.start + open;
      if (this.#text.charAt(start) !== line.text.charAt(open)) break;
      const prefix = line.text.slice(Math.max(0, open - 200), open);
      const found = this.#out.length;
      const read = findInJson(
        this.#text,
        start,
        line.number,
        Math.min(this.#text.length, start + this.#budget),
        { ...this.#context, side: sideWord(prefix) ?? this.#context.side },
        this.#out,
        scan,
      );
      if (read < 0) {
        this.#budget -= -1 - read - start;
        searched = start + 1;
      } else {
        this.#complete(found, at, prefix);
        searched = read;
        if (this.#out.length > found) end = read;
        if (read >= stop) break;
      }
    }
    if (end === -1 || this.#out.length === before) return null;
    let next = at + 1;
    while (next < this.#lines.length && (this.#lines[next]?.start ?? 0) < end) next += 1;
    return next;
  }

  #complete(from: number, at: number, prefix: string): void {
    for (const draft of this.#out.slice(from)) {
      if (this.#context.from !== 'json') draft.from = 'log';
      if (draft.kind === 'sdp') draft.type ??= this.#typeBefore(at, prefix);
    }
  }

  #base64(at: number): number | null {
    const line = this.#lines[at];
    const text = line?.text ?? '';
    if (text.length < SHORTEST_BASE64) return null;
    const before = this.#out.length;
    let next = at + 1;
    for (const match of text.matchAll(BASE64_HEAD)) {
      let word = match[0];
      // Mails and terminals break it over lines.
      if (match.index + word.length === text.trimEnd().length && !word.endsWith('=')) {
        while (isBase64(this.#lines[next]?.text.trim() ?? '')) {
          word += this.#lines[next]?.text.trim() ?? '';
          next += 1;
        }
      }
      const inner = fromBase64(word) ?? fromBase64(match[0]);
      if (inner === null) continue;
      const prefix = text.slice(Math.max(0, match.index - 200), match.index);
      const start = this.#out.length;
      const { from, depth, mended } = this.#context;
      const context: Context = {
        ...this.#context,
        from: from === 'json' ? 'json' : 'log',
        line: line?.number ?? 1,
        own: true,
        mended: [...mended, 'base64'],
        depth: depth + 1,
      };
      scan(inner, context, this.#out);
      this.#complete(start, at, prefix);
    }
    return this.#out.length > before ? next : null;
  }

  #line(at: number): number {
    const line = this.#lines[at];
    if (line === undefined) return at + 1;
    const inLine = line.text.includes('v=0') ? findInLine(line.text) : [];
    let from = 0;
    for (const one of inLine) {
      const prefix = line.text.slice(Math.max(from, one.from - 200), one.from);
      const behind = line.text.slice(one.to, one.to + 60);
      const told = typeWord(
        /^\W{0,12}type\W{0,12}(?:pr)?(?:offer|answer)/i.exec(behind)?.[0] ?? '',
      );
      this.#candidates(line.text.slice(from, one.from), at);
      const count = one.sdp.split(/\r\n|\n|\r/).length - (/[\r\n]$/.test(one.sdp) ? 1 : 0);
      this.#out.push({
        kind: 'sdp',
        type: this.#context.type ?? this.#typeBefore(at, prefix) ?? told,
        sdp: one.sdp,
        from: this.#context.from === 'json' ? 'json' : 'log',
        where: line.number,
        lines: Array.from({ length: count }, () => line.number),
        hasOwnEnds: one.hasOwnEnds,
        mended: [...this.#context.mended, ...one.mended],
        side: sideWord(prefix) ?? this.#sideAbove(at),
        peer: null,
      });
      from = one.to;
    }
    if (inLine.length > 0) {
      this.#candidates(line.text.slice(from), at);
      return at + 1;
    }
    const block = blockAt(this.#lines, at);
    if (block === null) {
      this.#candidates(line.text, at);
      return at + 1;
    }
    this.#block(block, at);
    return block.next;
  }

  #block(block: NonNullable<ReturnType<typeof blockAt>>, at: number): void {
    if (block.lines.every(({ text }) => text.startsWith('a=candidate:'))) {
      for (let each = at; each < block.next; each += 1) {
        this.#candidates(this.#lines[each]?.text ?? '', each);
      }
      return;
    }
    const { own, from, mended } = this.#context;
    const isPlain = block.isBare && from !== 'json' && mended.length === 0;
    const draft = draftOf(block.lines, block.isBare || own, {
      ...this.#context,
      from: from === 'json' ? 'json' : isPlain ? 'plain' : 'log',
      mended: [...mended, ...block.mended],
    });
    if (!block.isFragment) draft.type ??= this.#typeBefore(at, block.prefix);
    draft.side ??= sideWord(block.prefix.slice(-200)) ?? this.#sideAbove(at);
    this.#out.push(draft);
  }

  #candidates(text: string, at: number): void {
    if (!text.includes('candidate:')) return;
    const around = (from: number) =>
      [from, from + 1, from + 2]
        .map((line) => this.#lines[line]?.text.slice(0, 100) ?? '')
        .join('\n');
    const number = this.#lines[at]?.number ?? 1;
    const found = findCandidates(
      text,
      number,
      () => [around(at - 3), around(at + 1)],
      this.#context,
    );
    for (const each of found) this.#out.push(each);
  }

  /** What the words just before say of the type: in the same line, else in the three lines above. */
  #typeBefore(at: number, prefix: string): SdpDraft['type'] {
    return typeWord(prefix.slice(-200)) ?? typeWord(this.#above(at));
  }

  #sideAbove(at: number): SdpDraft['side'] {
    return this.#context.side ?? sideWord(this.#above(at));
  }

  #above(at: number): string {
    return this.#lines
      .slice(Math.max(0, at - 3), at)
      .map(({ text }) => text.slice(-200))
      .join('\n');
  }
}

function nextOpen(text: string, from: number): number {
  const open = /[{[](?=\s{0,9}(?:["{[\]}]|$))/g;
  open.lastIndex = from;
  return open.exec(text)?.index ?? -1;
}
