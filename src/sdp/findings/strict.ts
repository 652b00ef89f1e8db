// What browsers are strict about beyond a line's form: letters, names, addresses that must be there, lost values.
import { isRejected } from '../bundle.ts';
import { isFragment } from '../parse.ts';
import type { SdpDocument, SdpLine } from '../parse.ts';
import type { ProblemOptions, Report } from '../problem.ts';

/** RFC 8866 §9: a token. */
const TOKEN = /^[!#-'*+\-.0-9A-Z^-~]+$/;

/** The longest mid that a header extension of one byte can carry (RFC 8285 §4.2). */
const LONGEST_MID = 16;

/** Finds what concerns the whole text. */
export function strictProblems(
  document: SdpDocument,
  { from = 'plain' }: ProblemOptions,
  report: Report,
): void {
  const { lines, sections } = document;
  const [session] = sections;
  const odd = lines.find(({ text }) => nonAscii(text) !== null);
  const column = odd === undefined ? null : nonAscii(odd.text);
  if (odd !== undefined && column !== null) {
    const character = String.fromCodePoint(odd.text.codePointAt(column) ?? 0);
    report('non-ascii', 'suspicious', odd.number, { character, column: column + 1 });
  }
  const last = lines.at(-1);
  if (from === 'json' && last?.end === '' && !isFragment(document)) {
    report('line-end-lost', 'wrong', last.number, {});
  }
  if (isFragment(document)) return;
  const hasAddress = (of: readonly SdpLine[]) => of.some(({ type }) => type === 'c');
  const homeless = sections.find(
    (section) =>
      section.index > 0 &&
      !isRejected(section) &&
      !hasAddress(section.lines) &&
      !hasAddress(session?.lines ?? []),
  );
  if (homeless !== undefined) {
    report('no-connection', 'wrong', homeless.lines[0]?.number ?? null, {});
  }
}

/** Finds what concerns one line. */
export function strictLine(line: SdpLine, report: Report): void {
  const { number, type, name, value } = line;
  if (type === 's' && value === '') report('empty-name', 'wrong', number, {});
  const argument = (line.argument ?? '').trim();
  if (name === 'mid' && argument !== '') {
    if (!TOKEN.test(argument)) report('mid-characters', 'wrong', number, { mid: argument });
    else if (argument.length > LONGEST_MID) {
      report('mid-length', 'wrong', number, { length: argument.length });
    }
    return;
  }
  const word = placeholderIn(line);
  if (word === null) return;
  const isNeeded = type === 'm' || type === 'c' || NEEDED.has(name ?? '');
  report('placeholder', isNeeded ? 'wrong' : 'suspicious', number, { word });
}

const NEEDED: ReadonlySet<string> = new Set([
  ...['ice-ufrag', 'ice-pwd', 'candidate', 'fingerprint', 'setup', 'rtpmap', 'group', 'extmap'],
]);

/** Where a text has its first character that is not ASCII, in UTF-16 units from 0; or `null`. */
function nonAscii(text: string): number | null {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    // What decoding leaves of bytes that were no UTF-8 is a problem of its own.
    if (code > 127 && code !== 0xfffd) return at;
  }
  return null;
}

/** What languages write for a value that is not there. */
function placeholderIn({ type, value, argument }: SdpLine): string | null {
  // Names and notes may say anything.
  if (type === null || 'siuep'.includes(type)) return null;
  const whole = (argument ?? value).trim();
  if (/^(?:null|nil|none|undefined|nan)$/i.test(whole)) return whole;
  return (
    /(?:^|[\s:=/,])(\(null\)|<nil>|<null>|undefined|NaN|\[object \w+\]|%[sdu]|\$\{\w+\}|\{\{\w+\}\})(?=$|[\s:/;,])/.exec(
      value,
    )?.[1] ?? null
  );
}
