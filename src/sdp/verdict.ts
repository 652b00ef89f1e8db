// What an offer and its answer, or one of them, come to: one verdict as data, and the findings by weight.
import type { Finding } from './findings/finding.ts';
import { gather } from './findings/gather.ts';
import type { Judged } from './findings/judged.ts';
import { summaryOf, type Summary } from './findings/summary.ts';

export type { Finding, FindingId, Findings, Sight, TextRole } from './findings/finding.ts';
export type { AttachedCandidate, Judged, JudgedText } from './findings/judged.ts';
export type { Reaction, Reactions } from './findings/reactions.ts';
export type { MediaKind, Summaries, Summary } from './findings/summary.ts';

/** The verdict. */
export interface Verdict {
  readonly summary: Summary;
  /** The wrong first, then what is suspicious, then what is good to know; within each, in the order of the lines. */
  readonly findings: readonly Finding[];
}

/** Judges. Total, and in time that grows with the texts' length. */
export function verdictOf(judged: Judged): Verdict {
  const { findings, agreed } = gather(judged);
  return { summary: summaryOf(judged, findings, agreed), findings };
}
