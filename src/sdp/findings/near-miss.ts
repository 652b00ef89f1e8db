// Lines that are almost right: a colon missing, a name misspelt, a comma for a space, one line inside another.
import { ATTRIBUTES } from '../grammar-attributes.ts';
import { formatParameters } from '../codecs.ts';
import { parameterId } from '../format.ts';
import { ruleOf } from '../grammar.ts';
import type { SdpLine } from '../parse.ts';
import type { Problems, Report } from '../problem.ts';
import { words } from '../sources.ts';

const NAMES: readonly string[] = Object.keys(ATTRIBUTES);
const takesValue = (name: string) =>
  Object.entries(ATTRIBUTES).some(([key, rule]) => key === name && rule.fields.length > 0);

/** Without what people leave out or put in: case, hyphens, underscores. */
const plainName = (name: string) => name.toLowerCase().replaceAll(/[-_.]/g, '');
const PLAIN: ReadonlyMap<string, string> = new Map(NAMES.map((name) => [plainName(name), name]));

/** Longer names than this are not compared letter by letter: no attribute has one. */
const LONGEST = 30;

/** Finds them in one line. */
export function nearMisses(line: SdpLine, report: Report): void {
  const { number, type, name } = line;
  if (type === null) return;
  if (name === null) {
    const lower = type.toLowerCase();
    if (type !== lower && 'vostmcab'.includes(lower)) {
      report('near-miss', 'wrong', number, {
        ...{ written: `${type}=`, wanted: `${lower}=`, how: 'spelling' },
      });
    }
  } else if (ruleOf(line).id === 'unknown-attribute') {
    const meant = meantBy(line);
    if (meant !== null) report('near-miss', 'suspicious', number, meant);
  }
  const inside = swallowedBy(line);
  if (inside !== null) report('swallowed', 'suspicious', number, { what: inside });
  const comma = commaIn(line);
  if (comma !== null) report('comma', 'suspicious', number, comma);
}

/** The attribute that an unknown one was meant to be; `null` where none is close. */
function meantBy({ value, name }: SdpLine): Problems['near-miss'] | null {
  const [whole = ''] = /^\s*[A-Za-z][\w-]*/.exec(value) ?? [];
  const word = whole.trim();
  if (word === '' || word.length > LONGEST) return null;
  const known = NAMES.includes(word);
  if (known && (whole !== word || name !== word)) {
    const after = value.charAt(whole.length);
    const isSpaced = whole !== word || value.slice(whole.length).trimStart().startsWith(':');
    if (isSpaced)
      return { written: `a=${whole}${after}`.trimEnd(), wanted: `a=${word}`, how: 'space' };
    if ((after === ' ' || after === '=') && takesValue(word)) {
      return { written: `a=${word}${after}`, wanted: `a=${word}:`, how: 'colon' };
    }
    return null;
  }
  const wanted = PLAIN.get(plainName(word)) ?? closest(word);
  return wanted === null ? null : { written: `a=${word}`, wanted: `a=${wanted}`, how: 'spelling' };
}

/** What was found for words before: a long text has the same few over and over. */
const searched = new Map<string, string | null>();
const MOST_WORDS = 500;

/** The one known name that a few letters turn a word into. Short names are too close to each other. */
function closest(word: string): string | null {
  const known = searched.get(word);
  if (known !== undefined) return known;
  if (searched.size >= MOST_WORDS) searched.clear();
  const near = search(word);
  searched.set(word, near);
  return near;
}

function search(word: string): string | null {
  const lower = word.toLowerCase();
  const near = NAMES.filter((name) => {
    // Who misspells a name rarely misses its beginning and its end.
    if (name[0] !== lower[0] && name.at(-1) !== lower.at(-1)) return false;
    const most = name.length >= 9 ? 2 : name.length >= 5 ? 1 : 0;
    return (
      most > 0 && Math.abs(name.length - lower.length) <= most && distance(name, lower) <= most
    );
  });
  return near.length === 1 ? (near[0] ?? null) : null;
}

/** How many letters are put in, left out, changed or swapped with the next. */
function distance(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row += 1) {
    const now = [row];
    for (let at = 1; at <= other.length; at += 1) {
      const same = one[row - 1] === other[at - 1];
      let least = Math.min(
        (now[at - 1] ?? 0) + 1,
        (last[at] ?? 0) + 1,
        (last[at - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1]) {
        least = Math.min(least, (before[at - 2] ?? 0) + 1);
      }
      now.push(least);
    }
    before = last;
    last = now;
  }
  return last[other.length] ?? 0;
}

/** The beginning of another line inside a line's value. */
function swallowedBy({ text, type }: SdpLine): string | null {
  // From the value's second character on: what follows the type letter is the line itself.
  for (let at = text.indexOf('=', 3); at !== -1; at = text.indexOf('=', at + 1)) {
    const letter = text.charAt(at - 1);
    const rest = text.slice(at + 1, at + 1 + LONGEST);
    if (letter === 'a') {
      const [, name = '', after = ''] = /^([a-z][a-z-]*)(:|\s|$)/.exec(rest) ?? [];
      if (!NAMES.includes(name)) continue;
      if (takesValue(name) ? after === ':' : after !== ':') return `a=${name}`;
    } else if (letter === 'm' && /^(?:audio|video|application) \d/.test(rest)) {
      return `m=${words(rest)[0] ?? ''}`;
    } else if (letter === 'c' && /^IN IP[46]/.test(rest)) {
      return 'c=IN';
    } else if (letter === 'b' && type !== 'b' && /^(?:AS|TIAS|CT):\d/.test(rest)) {
      return `b=${rest.slice(0, rest.indexOf(':'))}`;
    }
  }
  return null;
}

function commaIn({ type, name, value, argument }: SdpLine): Problems['comma'] | null {
  if (type === 'm') {
    const list = words(value).slice(3);
    const found = list.find((word) => /^\d+(,\d+)+,?$|^\d+,$/.test(word));
    return found === undefined ? null : { value: found, wanted: 'space' };
  }
  const all = words(argument ?? '');
  switch (name) {
    case 'group':
    case 'ice-options':
    case 'ssrc-group':
    case 'rtcp-fb': {
      const found = all.find((word) => /[^,],[^,]/.test(word));
      return found === undefined ? null : { value: found, wanted: 'space' };
    }
    case 'fmtp':
      for (const { name: parameter, value: said } of formatParameters(all.slice(1).join(' '))) {
        // Parameter sets are Base64 between commas.
        if (parameter.startsWith('sprop-')) continue;
        const [, next = ''] = /,\s*([A-Za-z][\w-]*)=/.exec(said) ?? [];
        if (parameterId({ name: next, value: '', from: 0, to: 0 }) !== null) {
          return { value: said, wanted: 'semicolon' };
        }
      }
      return null;
    case null:
    default:
      return null;
  }
}
