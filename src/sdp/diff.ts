// What changed between two SDP texts, by meaning: a line is matched to what it was, wherever it stands now.
import { matchLines, matchSections } from './diff-match.ts';
import { joinLists } from './diff-order.ts';
import { changedWords } from './diff-words.ts';
import type { TextRange } from './diff-words.ts';
import { payloadTypeOf } from './codecs.ts';
import type { SdpDocument, SdpLine, SdpSection } from './parse.ts';

export type { TextRange } from './diff-words.ts';

/** A line and what became of it. */
export type LineDiff =
  | { readonly kind: 'same' | 'moved'; readonly before: SdpLine; readonly after: SdpLine }
  | { readonly kind: 'added'; readonly before: null; readonly after: SdpLine }
  | { readonly kind: 'removed'; readonly before: SdpLine; readonly after: null }
  | {
      readonly kind: 'changed';
      readonly before: SdpLine;
      readonly after: SdpLine;
      /** The words of `before.text` that are gone, and those of `after.text` that are new. */
      readonly removed: readonly TextRange[];
      readonly added: readonly TextRange[];
      /** It stands elsewhere, too. */
      readonly isMoved: boolean;
      /** The payload type it speaks of has another number; `null` where it has not, or speaks of none. */
      readonly renumbered: { readonly from: string; readonly to: string } | null;
    };

/** A section and what became of it. */
export interface SectionDiff {
  readonly before: SdpSection | null;
  readonly after: SdpSection | null;
  /** Matched, but at another place among the sections. */
  readonly isMoved: boolean;
  /** In the order of the section after; removed lines where they stood. */
  readonly lines: readonly LineDiff[];
}

/** How many lines of each kind. */
export type DiffCounts = Readonly<Record<LineDiff['kind'], number>>;

/** What changed between two texts. */
export interface SdpDiff {
  /** The session first, then the m= sections in the order of the text after; removed ones where they stood. */
  readonly sections: readonly SectionDiff[];
  readonly counts: DiffCounts;
  /** Some lines that are matched end differently, such as CRLF and LF. That alone changes no line here. */
  readonly endsDiffer: boolean;
}

/**
 * What changed from one text to another. Every line of both is in it exactly once. Sections are matched by their mid,
 * else by kind and order; lines by what they are about: a codec and not its number, a header extension's URI, an SSRC
 * and its attribute, a candidate's text, else the attribute's name. O(n log n) in lines; never throws.
 */
export function diffSdp(before: SdpDocument, after: SdpDocument): SdpDiff {
  const counterparts = matchSections(before, after);
  const sections = joinLists(before.sections.length, counterparts).map((place) => {
    const old = place.before === null ? null : (before.sections[place.before] ?? null);
    const fresh = place.after === null ? null : (after.sections[place.after] ?? null);
    return { before: old, after: fresh, isMoved: place.isMoved, lines: linesOf(old, fresh) };
  });
  const counts = { same: 0, moved: 0, added: 0, removed: 0, changed: 0 };
  let endsDiffer = false;
  for (const { lines } of sections) {
    for (const line of lines) {
      counts[line.kind] += 1;
      if (line.before !== null && line.after !== null && line.before.end !== line.after.end) {
        endsDiffer = true;
      }
    }
  }
  return { sections, counts, endsDiffer };
}

function linesOf(before: SdpSection | null, after: SdpSection | null): readonly LineDiff[] {
  if (before === null) {
    return (after?.lines ?? []).map((line) => ({ kind: 'added', before: null, after: line }));
  }
  if (after === null) {
    return before.lines.map((line) => ({ kind: 'removed', before: line, after: null }));
  }
  return joinLists(before.lines.length, matchLines(before, after)).flatMap((place) => {
    const old = place.before === null ? null : (before.lines[place.before] ?? null);
    const fresh = place.after === null ? null : (after.lines[place.after] ?? null);
    if (old === null) return fresh === null ? [] : [{ kind: 'added', before: null, after: fresh }];
    if (fresh === null) return [{ kind: 'removed', before: old, after: null }];
    return [lineOf(old, fresh, place.isMoved)];
  });
}

function lineOf(before: SdpLine, after: SdpLine, isMoved: boolean): LineDiff {
  if (before.text === after.text) return { kind: isMoved ? 'moved' : 'same', before, after };
  const words = changedWords(before.text, after.text);
  const [from, to] = [numberIn(before), numberIn(after)];
  const renumbered = from !== null && to !== null && from !== to ? { from, to } : null;
  return { kind: 'changed', before, after, ...words, isMoved, renumbered };
}

const ABOUT_PAYLOAD = ['rtpmap', 'fmtp', 'rtcp-fb'];

function numberIn(line: SdpLine): string | null {
  const isAbout = line.name !== null && ABOUT_PAYLOAD.includes(line.name);
  return isAbout ? payloadTypeOf(line) : null;
}

/**
 * A diff as text, one line for each line of SDP: `-` and `+` before what is gone and new, a changed line as one of
 * both, `>` before one that only moved, and a space before the rest. A header of two lines names the texts.
 */
export function diffText(
  diff: SdpDiff,
  names: { readonly before: string; readonly after: string },
): string {
  const lines = [`--- ${names.before}`, `+++ ${names.after}`];
  for (const section of diff.sections) {
    for (const line of section.lines) {
      switch (line.kind) {
        case 'same':
          lines.push(` ${line.after.text}`);
          break;
        case 'moved':
          lines.push(`>${line.after.text}`);
          break;
        case 'added':
          lines.push(`+${line.after.text}`);
          break;
        case 'removed':
          lines.push(`-${line.before.text}`);
          break;
        case 'changed':
          lines.push(`-${line.before.text}`, `+${line.after.text}`);
      }
    }
  }
  return `${lines.join('\n')}\n`;
}
