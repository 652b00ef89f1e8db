// A line explained, as data: its rule, what each of its parts means here, and which lines belong with it.
import { ruleOf } from './grammar.ts';
import type { Rule, RuleId } from './grammar.ts';
import { kinOf } from './kin.ts';
import { CODEC_PARTS } from './meaning-codec.ts';
import { MEDIA_PARTS } from './meaning-media.ts';
import { SESSION_PARTS } from './meaning-session.ts';
import { TRANSPORT_PARTS } from './meaning-transport.ts';
import { mean } from './meaning.ts';
import type { Mean, Meaning, Place } from './meaning.ts';
import type { SdpDocument, SdpLine } from './parse.ts';
import { splitValue } from './split.ts';
import type { PartId, Split } from './split.ts';

const MEANINGS: Readonly<Record<PartId, Mean>> = {
  ...{ ...SESSION_PARTS, ...CODEC_PARTS, ...MEDIA_PARTS, ...TRANSPORT_PARTS },
  value: () => mean('value', {}),
  unexpected: () => mean('unexpected', {}),
};

const MALFORMED = mean('malformed', {});

/** A part, with what it means. */
export interface ExplainedPart {
  readonly part: PartId;
  /** In characters of the line's text, up to and without `to`. */
  readonly from: number;
  readonly to: number;
  readonly meaning: Meaning;
}

/** A line, explained. */
export interface LineExplanation {
  readonly line: SdpLine;
  readonly ruleId: RuleId;
  readonly rule: Rule;
  /** In the order of the text; none overlaps another. */
  readonly parts: readonly ExplainedPart[];
  /** The fields that the rule asks for and the line has not. */
  readonly missing: readonly PartId[];
  /** The numbers of the lines that belong with this one, from 1, ascending, without its own. */
  readonly kin: readonly number[];
}

/** A line, cut by its rule. */
export interface LineParts extends Split {
  readonly ruleId: RuleId;
  readonly rule: Rule;
}

/** What a line's text is cut into, without the meanings. */
export function partsOf(line: SdpLine): LineParts {
  const { id, rule, start } = ruleOf(line);
  return { ruleId: id, rule, ...splitValue(line.text, start, rule.fields) };
}

/**
 * Explains a line of a document, by its index from 0. Total for the indices there are; throws a RangeError for others.
 */
export function explainLine(document: SdpDocument, lineIndex: number): LineExplanation {
  const line = document.lines[lineIndex];
  const section = line === undefined ? undefined : document.sections[line.section];
  if (line === undefined || section === undefined) {
    throw new RangeError(`The document has no line ${lineIndex}.`);
  }
  const { ruleId, rule, parts, missing } = partsOf(line);
  return {
    ...{ line, ruleId, rule, missing },
    parts: parts.map(({ part, from, to, text, isMalformed }, index) => {
      const place: Place = { document, section, line, rule: ruleId, parts, index };
      const isWhole = !isMalformed || part === 'unexpected';
      return { part, from, to, meaning: isWhole ? MEANINGS[part](text, place) : MALFORMED };
    }),
    kin: kinOf(document, section, line, ruleId),
  };
}
