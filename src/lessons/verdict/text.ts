// A verdict and its findings in words, in the language in force.
import type { ProblemLevel } from '../../sdp/problem.ts';
import type { Finding, Verdict } from '../../sdp/verdict.ts';

/** The verdict in one sentence, and the reason where it needs one. Both in the lessons' markup. */
export interface SummaryText {
  readonly title: string;
  readonly more: string | null;
}

/** A finding in words, in the lessons' markup, but for the code. */
export interface FindingText {
  readonly title: string;
  readonly why: string;
  /** What Chromium and Firefox did with such a text; `null` where they were not asked. */
  readonly browsers: string | null;
  readonly remedy: { readonly text: string; readonly code: string | null } | null;
  /** The lesson or act that shows it happen. */
  readonly see: { readonly label: string; readonly address: string } | null;
}

/** The verdict in words. */
export function summaryText({ summary }: Verdict): SummaryText {
  return { title: summary.id, more: null };
}

/** A finding in words. */
export function findingText({ id }: Finding): FindingText {
  return { title: id, why: '', browsers: null, remedy: null, see: null };
}

/** How bad it is, in words. */
export function weightText(weight: ProblemLevel): string {
  return weight;
}
