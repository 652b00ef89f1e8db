// Reads JSON as a row of events, with where each stands. Takes real line ends in strings, as hands paste them.

/** Told of what is read, in its order. Places are of the text; strings are without their quotes. */
export interface JsonEvents {
  readonly open: (isObject: boolean) => void;
  readonly close: () => void;
  readonly key: (from: number, to: number) => void;
  readonly string: (from: number, to: number) => void;
  readonly scalar: (from: number, to: number) => void;
}

const SCALAR = /(?:-?\d[\d.eE+-]{0,40}|true|false|null|NaN|-?Infinity)(?![\w"'])/y;

/** Reads one value that begins at `from`. Gives where it ends; where it is no JSON, minus how far it was read, minus 1. */
export function readJson(text: string, from: number, limit: number, events: JsonEvents): number {
  const stack: boolean[] = [];
  let state: 'value' | 'first' | 'key' | 'next' = 'value';
  let at = from;
  for (;;) {
    at = skipSpace(text, at);
    if (at >= limit) return -1 - at;
    const code = text.charCodeAt(at);
    const isObject = stack.at(-1);
    if (state === 'next') {
      if (code === 44) {
        state = isObject === true ? 'key' : 'value';
        at += 1;
        continue;
      }
      if (code !== (isObject === true ? 125 : 93)) return -1 - at;
    }
    if (code === 125 || code === 93) {
      // An end: of an empty one, or after a value; a comma before it is forgiven.
      if (isObject === undefined || (code === 125) !== isObject) return -1 - at;
      if (state === 'value' && isObject) return -1 - at;
      events.close();
      stack.pop();
      at += 1;
      if (stack.length === 0) return at;
      state = 'next';
    } else if ((state === 'key' || state === 'first') && isObject === true) {
      const end = code === 34 ? endOfString(text, at + 1, limit) : -1;
      if (end === -1) return -1 - limit;
      events.key(at + 1, end);
      at = skipSpace(text, end + 1);
      if (text.charCodeAt(at) !== 58) return -1 - at;
      at += 1;
      state = 'value';
    } else if (code === 34) {
      const end = endOfString(text, at + 1, limit);
      if (end === -1) return -1 - limit;
      events.string(at + 1, end);
      at = end + 1;
      if (stack.length === 0) return at;
      state = 'next';
    } else if (code === 123 || code === 91) {
      stack.push(code === 123);
      events.open(code === 123);
      at += 1;
      state = 'first';
    } else {
      SCALAR.lastIndex = at;
      const match = SCALAR.exec(text);
      if (match === null) return -1 - at;
      events.scalar(at, at + match[0].length);
      at += match[0].length;
      if (stack.length === 0) return at;
      state = 'next';
    }
  }
}

function skipSpace(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); ; code = text.charCodeAt(at)) {
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return at;
    at += 1;
  }
}

function endOfString(text: string, from: number, limit: number): number {
  for (let at = text.indexOf('"', from); at !== -1 && at < limit; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (at - 1 - slashes >= from && text.charCodeAt(at - 1 - slashes) === 92) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return -1;
}

/** What a string means, of what stands between its quotes; `null` where it is none. */
export function jsonString(raw: string): string | null {
  if (!raw.includes('\\')) return raw;
  try {
    const whole = raw.replaceAll('\r', '\\r').replaceAll('\n', '\\n').replaceAll('\t', '\\t');
    const value: unknown = JSON.parse(`"${whole}"`);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}
