// A line of SDP explained in words, in the language in force.
import type { LineExplanation } from '../../sdp/explain.ts';
import type { RuleId } from '../../sdp/grammar.ts';
import { MEDIA_LINES } from './lines-media.ts';
import { SESSION_LINES } from './lines-session.ts';
import { TRANSPORT_LINES } from './lines-transport.ts';
import { partText } from './parts.ts';
import type { LineWords } from './reader.ts';

/** A line in words. */
export interface LineText {
  readonly title: string;
  /** What the line is, who reads it, and what would happen without it. */
  readonly what: string;
  readonly reader: string;
  readonly without: string;
  /** Where it is specified, such as `RFC 8866 §5.14`; `null` where no specification has it. */
  readonly spec: { readonly label: string; readonly url: string } | null;
  /** Sentences about parts of the line, in its order; `from` and `to` are characters of its text. */
  readonly parts: readonly { readonly from: number; readonly to: number; readonly text: string }[];
}

const WORDS: Readonly<Record<RuleId, LineWords>> = {
  ...SESSION_LINES,
  ...MEDIA_LINES,
  ...TRANSPORT_LINES,
};

/** Puts the explanation of a line into words. */
export function lineText({ ruleId, rule, parts }: LineExplanation): LineText {
  const { title, what, reader, without } = WORDS[ruleId];
  const { spec } = rule;
  return {
    ...{ title: title(), what: what(), reader: reader(), without: without() },
    spec:
      spec === null
        ? null
        : {
            label: spec.section === null ? spec.document : `${spec.document} §${spec.section}`,
            url: spec.url,
          },
    parts: parts.map(({ from, to, meaning }) => ({ from, to, text: partText(meaning) })),
  };
}
