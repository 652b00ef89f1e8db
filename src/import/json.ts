// JSON of unknown making: how deep it goes is looked at before it is read, and what was cut off is closed.
import type { Json } from '../trace/event.ts';
import { MaterialError } from './material-error.ts';

/** The deepest nesting that is read; the deepest dump seen has 12. */
export const MAX_DEPTH = 200;

/** An object of unknown fields. */
export type Fields = Readonly<Record<string, Json>>;

/**
 * Reads JSON.
 * @throws {MaterialError} `too-deep`
 * @throws {SyntaxError} where it is none
 */
export function parseJson(text: string): Json {
  if (text.length > MAX_DEPTH && scan(text).deepest > MAX_DEPTH)
    throw new MaterialError('too-deep');
  return JSON.parse(text) as Json;
}

/** Reads JSON; `undefined` where it is none. */
export function tryJson(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What a text that was cut off still holds: everything up to the last value that is whole; `undefined` if nothing. */
export function parseCut(text: string): Json | undefined {
  const { open, comma, openAtComma } = scan(text);
  if (open === '' || comma < 0) return undefined;
  return tryJson(text.slice(0, comma) + openAtComma.toReversed().join(''));
}

/** An object; one without fields where it is something else. */
export function fieldsOf(value: Json | undefined): Fields {
  return isFields(value) ? value : {};
}

/** Whether it is an object. */
export function isFields(value: Json | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field of an object, where it is the object's own. */
export function field(value: Json | undefined, name: string): Json | undefined {
  return isFields(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** A text field; '' where it is none. */
export function textField(value: Json | undefined, name: string): string {
  const found = field(value, name);
  return typeof found === 'string' ? found : '';
}

const [QUOTE, BACKSLASH, COMMA, BRACE, BRACE_END, BRACKET, BRACKET_END] = [
  34, 92, 44, 123, 125, 91, 93,
] as const;

/** A word or a number as text; what is neither, as JSON. */
export function wordOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}

/** How deep a text's brackets go, what is open at its end, and where its last comma outside strings is. */
function scan(text: string): {
  readonly deepest: number;
  readonly open: string;
  readonly comma: number;
  readonly openAtComma: readonly string[];
} {
  const open: string[] = [];
  let openAtComma: readonly string[] = [];
  let [deepest, comma, levels] = [0, -1, 0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
    } else if (code === BRACE || code === BRACKET) {
      levels += 1;
      if (levels > deepest) deepest = levels;
      // Deeper is refused; to count on is enough to say so.
      if (levels > MAX_DEPTH) return { deepest, open: '', comma: -1, openAtComma: [] };
      open.push(code === BRACE ? '}' : ']');
    } else if (code === BRACE_END || code === BRACKET_END) {
      levels -= 1;
      open.pop();
    } else if (code === COMMA) {
      comma = at;
      if (at > text.length - CUT_SPAN) openAtComma = [...open];
    }
  }
  return { deepest, open: open.join(''), comma, openAtComma };
}

/** A value that was cut is not longer than this; what is open is written down only so far before the end. */
const CUT_SPAN = 2 ** 20;

function endOfString(text: string, from: number): number {
  let at = from;
  for (;;) {
    at = text.indexOf('"', at + 1);
    if (at < 0) return text.length;
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
}
