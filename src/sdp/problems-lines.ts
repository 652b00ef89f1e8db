// Problems that lines have by themselves: their form, their order, their level and their ends.
import { nearMisses } from './findings/near-miss.ts';
import { strictLine } from './findings/strict.ts';
import { partsOf } from './explain.ts';
import type { LineParts } from './explain.ts';
import { isFragment } from './parse.ts';
import type { SdpDocument, SdpLine, SdpSection } from './parse.ts';
import type { ProblemOptions, Report } from './problem.ts';
import { breathe, type Breath } from './breath.ts';

/** The order that RFC 8866 §5 asks for, of the session's lines and of a section's. */
const ORDER = ['vosiuepcbtrzka', 'micbka'] as const;

/** The largest number that a part may say. */
const LIMITS: Readonly<Record<string, number>> = {
  port: 65_535,
  'candidate-port': 65_535,
  'rtcp-port': 65_535,
  'sctp-port': 65_535,
  'payload-type': 127,
  // RFC 8285 §5: 1 to 255 on the wire, 4096 to 4351 for those whose number is still to be chosen.
  'extension-id': 4351,
  ssrc: 2 ** 32 - 1,
  // RFC 8839 §5.1.
  component: 256,
  priority: 2 ** 31 - 1,
};

/** Finds them, and can be left between two lines. */
export function* lineProblems(
  document: SdpDocument,
  { from = 'plain' }: ProblemOptions,
  report: Report,
): Generator<Breath> {
  const { lines, sections } = document;
  if (lines.length === 0) {
    report('empty', 'wrong', null, {});
    return;
  }
  if (isFragment(document)) {
    report('fragment', 'note', null, {});
  } else {
    const [session] = sections;
    for (const type of ['v', 'o', 's', 't'] as const) {
      if (session?.lines.some((line) => line.type === type) !== true) {
        report('missing-line', 'wrong', null, { type });
      }
    }
  }
  lineEnds(lines, from === 'json', report);
  for (const section of sections) order(section, report);
  for (const [at, line] of lines.entries()) {
    ofLine(line, isFragment(document), report);
    yield* breathe(at);
  }
}

/** A whole text of JSON that has lost its last end has a problem of its own. */
function lineEnds(lines: readonly SdpLine[], isJson: boolean, report: Report): void {
  for (const [end, text] of [
    ['lf', '\n'],
    ['cr', '\r'],
    ['none', ''],
  ] as const) {
    const these = lines.filter((line) => line.end === text);
    const [first] = these;
    if (first !== undefined && !(end === 'none' && isJson)) {
      report('line-end', 'note', first.number, { end, count: these.length });
    }
  }
}

/** The first line that stands too late; there is no use in naming all that follow. */
function order({ index, lines }: SdpSection, report: Report): void {
  const wanted = index === 0 ? ORDER[0] : ORDER[1];
  let farthest = 0;
  for (const { type, number } of lines) {
    // r= belongs to the t= before it, and another t= may follow (RFC 8866 §5.10).
    const at = type === null || type === 'r' ? -1 : wanted.indexOf(type);
    if (at === -1) continue;
    if (at < farthest) {
      const after = wanted.charAt(farthest);
      // Of the session, browsers read v, o, s and t in their order; the rest wherever it stands.
      if (index === 0 && 'vost'.includes(type ?? '')) {
        report('order', 'wrong', number, { type: type ?? '', after });
      } else report('order-section', 'note', number, { type: type ?? '', after });
      return;
    }
    farthest = at;
  }
}

function ofLine(line: SdpLine, isPart: boolean, report: Report): void {
  const { number, text, section } = line;
  const { ruleId, rule, parts, missing } = partsOf(line);
  if (hasBinary(text)) report('binary', 'suspicious', number, {});
  if (ruleId === 'no-line') {
    report('no-line', 'wrong', number, { blank: text.trim() === '' ? 'yes' : 'no' });
    return;
  }
  nearMisses(line, report);
  if (ruleId === 'unknown-type') {
    report('unknown-type', 'wrong', number, {});
    return;
  }
  strictLine(line, report);
  // What a quoted piece was a part of is not known.
  const isOutside = rule.at === 'media' && section === 0 && !isPart;
  if (rule.at === 'session' ? section > 0 : isOutside) {
    report('level', 'suspicious', number, { wanted: rule.at === 'session' ? 'session' : 'media' });
  }
  obsolete(line, parts, report);
  // A candidate that does not read has a problem of its own.
  if (ruleId !== 'candidate') {
    const [lacking] = missing;
    const bad = parts.find(({ isMalformed }) => isMalformed);
    if (lacking !== undefined) {
      report('malformed', 'wrong', number, { missing: 'yes', part: lacking });
    } else if (bad !== undefined) {
      report('malformed', 'wrong', number, { missing: 'no', part: bad.part });
    }
  }
  ranges(parts, number, report);
}

function ranges(parts: LineParts['parts'], line: number, report: Report): void {
  for (const { part, text, isMalformed } of parts) {
    const limit = Object.hasOwn(LIMITS, part) ? (LIMITS[part] ?? null) : null;
    if (limit === null || isMalformed || !/^\d+$/.test(text)) continue;
    if (Number(text) > limit) {
      report('range', 'wrong', line, { value: text.slice(0, 40), limit });
      return;
    }
  }
}

function obsolete(line: SdpLine, parts: LineParts['parts'], report: Report): void {
  const { number, name, type } = line;
  const proto = parts.filter(({ part }) => part === 'protocol').map(({ text }) => text);
  if (name === 'sctpmap') report('obsolete', 'note', number, { what: 'sctpmap' });
  if (name === 'crypto') report('obsolete', 'suspicious', number, { what: 'crypto' });
  if (type === 'm' && proto.join('/') === 'DTLS/SCTP') {
    report('obsolete', 'note', number, { what: 'dtls-sctp' });
  }
  if (name === 'ice-options' && parts.some(({ text }) => text === 'google-ice')) {
    report('obsolete', 'note', number, { what: 'google-ice' });
  }
  const [, attribute] = parts;
  if (name === 'ssrc' && (attribute?.text === 'mslabel' || attribute?.text === 'label')) {
    report('obsolete', 'note', number, { what: 'mslabel' });
  }
}

/** Control characters, and what decoding leaves of bytes that were no UTF-8. Tabs occur in the wild. */
function hasBinary(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if ((code < 32 && code !== 9) || code === 127 || code === 0xfffd) return true;
  }
  return false;
}
