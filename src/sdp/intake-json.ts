// SDP in JSON: every string of it that holds a description, with the type that stands beside it.
import { findInLines, holdsSdp, typeWord } from './intake-lines.ts';
import type { Draft } from './intake-lines.ts';
import type { FoundSdp } from './found.ts';

/** What is still to be looked at, and what is known of where it stands. */
interface Visit {
  readonly value: unknown;
  readonly type: FoundSdp['type'];
}

/** Finds the descriptions of a JSON text. `null` where the text is no JSON, or no object, list or string. */
export function findInJson(text: string): readonly Draft[] | null {
  if (!/^\s*["[{]/.test(text)) return null;
  let whole: unknown;
  try {
    whole = JSON.parse(text);
  } catch {
    return null;
  }
  const found: Draft[] = [];
  const lineOf = lineFinder(text);
  const stack: Visit[] = [{ value: whole, type: null }];
  for (let visit = stack.pop(); visit !== undefined; visit = stack.pop()) {
    const { value, type } = visit;
    if (typeof value === 'string') ofString(value, type, lineOf, stack, found);
    else if (typeof value === 'object' && value !== null) {
      const own = 'type' in value ? typeOf(value.type) : null;
      // The last is looked at first: so they are put there the other way round.
      for (const [key, inner] of Object.entries(value).reverse()) {
        stack.push({ value: inner, type: typeOf(key) ?? own ?? type });
      }
    }
  }
  return found;
}

function typeOf(value: unknown): FoundSdp['type'] {
  return value === 'offer' || value === 'answer' || value === 'pranswer' ? value : null;
}

function ofString(
  value: string,
  type: FoundSdp['type'],
  lineOf: (value: string) => number,
  stack: Visit[],
  found: Draft[],
): void {
  if (/^\s*[[{]/.test(value)) {
    try {
      stack.push({ value: JSON.parse(value), type });
      return;
    } catch {
      // No JSON in the string: it may be SDP with something before it.
    }
  }
  // A field such as "label": "a=b" is no description; a lone candidate's is.
  const isFragment = /^(?:a=)?candidate:|^m=\w+ \d/.test(value);
  if (!holdsSdp(value) && !isFragment) return;
  const where = lineOf(value);
  for (const each of findInLines(value, isFragment)) {
    found.push({
      ...each,
      type: each.type ?? type ?? typeWord(value.slice(0, 100)),
      from: 'json',
      where,
    });
  }
}

/** Finds the line a string stands in, going on from the one before: strings come in the order of the text. */
function lineFinder(text: string): (value: string) => number {
  let at = 0;
  let counted = 0;
  let line = 1;
  let misses = 0;
  return (value) => {
    // Another way of escaping may hide it; searching on and on for what is not there would take too long.
    const index = misses > 20 ? -1 : text.indexOf(JSON.stringify(value).slice(1, -1), at);
    if (index === -1) misses += 1;
    else at = index;
    for (let next = text.indexOf('\n', counted); next !== -1 && next < at;) {
      line += 1;
      counted = next + 1;
      next = text.indexOf('\n', counted);
    }
    return line;
  };
}
