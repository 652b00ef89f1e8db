// What a log puts before each line of a description, and what it leaves behind it.
import { isStrong } from './forms.ts';

/** A line of SDP behind something else. */
export interface Stripped {
  readonly prefix: string;
  readonly sdp: string;
}

/** Before a line that another begins: quotes, indents and comment signs. */
const DECORATION = /^[\s>|"'`*#/+:,(-]*$/;
/** So many places of a line are tried. */
const TRIES = 4;

/** True where a prefix says nothing. */
export function isDecoration(prefix: string): boolean {
  return DECORATION.test(prefix);
}

/** A prefix with its digits made alike: the time goes on from line to line. */
export function shapeOf(prefix: string): string {
  return prefix
    .replace(/(?<![A-Za-z\d])(?=[a-f]*\d)[a-f\d]{6,}/gi, '0')
    .replace(/\d+/g, '0')
    .replace(/[ \t]{2,}/g, ' ');
}

/** Where lines could begin in a line: the first few places. */
export function* places(text: string): Generator<number> {
  let count = 0;
  for (const match of text.matchAll(/(?<![A-Za-z0-9])[a-z]=/g)) {
    yield match.index;
    count += 1;
    if (count === TRIES) return;
  }
}

/** The line of SDP in a line, where what stands before it is of one of these shapes, or says nothing. */
export function strip(text: string, shapes: readonly string[]): Stripped | null {
  if (/^[a-z]=/.test(text)) return { prefix: '', sdp: codesOff(text) };
  for (const at of places(text)) {
    const prefix = text.slice(0, at);
    if (isDecoration(prefix)) return { prefix, sdp: trimmed(text.slice(at), prefix) };
    const shape = shapeOf(prefix);
    if (shapes.some((each) => each === shape || (shape.length > 3 && each.startsWith(shape)))) {
      return { prefix, sdp: trimmed(text.slice(at), prefix) };
    }
  }
  return null;
}

/** The line of SDP that begins by its own form, whatever stands before it. */
export function stripStrong(text: string): Stripped | null {
  for (const at of places(text)) {
    const prefix = text.slice(0, at);
    if (isStrong(text, at)) return { prefix, sdp: trimmed(text.slice(at), prefix) };
  }
  return null;
}

const CODES = ['#015#012', '#012', '#015', '\\r', '\\n', '^M$', '^M', '↵', '⏎', '␍', '␊', '␤', '¶'];

/** Without what a quoted line ends with: `\r\n" +`. */
export function trimmed(sdp: string, prefix: string): string {
  let text = codesOff(sdp.trimEnd());
  const quote = prefix.trimEnd().at(-1) ?? '';
  if (quote === '' || !'"\'`'.includes(quote)) return text;
  let to = text.length;
  while (to > 0 && '+,;)]}\\ \t.&'.includes(text.charAt(to - 1))) to -= 1;
  if (text.charAt(to - 1) === quote) text = codesOff(text.slice(0, to - 1));
  return text;
}

function codesOff(text: string): string {
  let end = text;
  while (/[25rnM$↵⏎␍␊␤¶]$/.test(end.slice(-1))) {
    const code = CODES.find((each) => end.endsWith(each));
    if (code === undefined) return end;
    end = end.slice(0, -code.length);
    while (code.startsWith('\\') && end.endsWith('\\')) end = end.slice(0, -1);
  }
  return end;
}
