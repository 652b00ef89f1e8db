// A verdict and its findings in words, in the language in force.
import { m } from '../../i18n/paraglide/messages.js';
import { getLocale } from '../../i18n/paraglide/runtime.js';
import type { ProblemLevel } from '../../sdp/problem.ts';
import type { Finding, FindingId, Findings, Summary, Verdict } from '../../sdp/verdict.ts';
import { plain, plainParams } from '../ice/plain.ts';
import { PROBLEM_WORDS } from '../sdp/problems.ts';
import { PAIR_WORDS } from './pair-words.ts';
import { remedyCode } from './remedies.ts';
import { sightText } from './sights.ts';
import type { Words } from './words.ts';

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
  /** What helps, in words, in code, or in both. */
  readonly remedy: { readonly text: string; readonly code: string | null } | null;
  /** The lesson or act that shows it happen. */
  readonly see: { readonly label: string; readonly address: string } | null;
}

/** How bad it is, in words. */
export function weightText(weight: ProblemLevel): string {
  return m.verdict_weight({ weight });
}

const WORDS: { readonly [Id in FindingId]: Words<Findings[Id]> } = {
  ...PROBLEM_WORDS,
  ...PAIR_WORDS,
};

/** A finding in words. */
export function findingText<Id extends FindingId>(finding: Finding<Id>): FindingText {
  const { id, reactions, sight } = finding;
  const { title, why, fix } = WORDS[id];
  const params: Findings[Id] = plainParams(finding.params);
  const code = remedyCode(finding);
  const help = fix?.(params) ?? (code === null ? null : m.verdict_fix());
  return {
    ...{ title: title(params), why: why(params) },
    browsers: reactions === null ? null : m.verdict_browsers({ ...reactions }),
    remedy: help === null ? null : { text: help, code },
    see: sight === null ? null : sightText(sight),
  };
}

/** The verdict in words. */
export function summaryText({ summary }: Verdict): SummaryText {
  return { title: titleOf(summary), more: moreOf(summary) };
}

/** A title as the end of a sentence: in English it begins with a small letter, unless it begins with a name. */
function ending(finding: Finding | null): string {
  const title = finding === null ? '' : findingText(finding).title;
  if (getLocale() !== 'en' || !/^[A-Z](?:[a-z]| )/.test(title)) return title;
  return title.charAt(0).toLowerCase() + title.slice(1);
}

function titleOf({ id, params, cause }: Summary): string {
  switch (id) {
    case 'nothing':
      return m.verdict_nothing();
    case 'fragment':
      return m.verdict_fragment();
    case 'refused':
      return m.verdict_refused({ ...params, cause: ending(cause) });
    case 'other-offer':
      return cause === null ? m.verdict_other_offer() : findingText(cause).title;
    case 'no-path':
      return m.verdict_no_path({ cause: ending(cause) });
    case 'no-keys':
      return m.verdict_no_keys({ cause: ending(cause) });
    case 'no-media':
      return m.verdict_no_media();
    case 'kind-lost':
      return m.verdict_kind_lost(params);
    case 'wrong':
      return m.verdict_wrong({ ...many(params.count), cause: ending(cause) });
    case 'one-way':
      return m.verdict_one_way({ ...params, said: plain(params.said) });
    case 'suspicious':
      return m.verdict_suspicious({ ...many(params.count), cause: ending(cause) });
    case 'fine':
      return m.verdict_fine();
  }
}

const many = (count: number) => ({ count, many: count === 1 ? 'no' : 'yes' });

function moreOf({ id, params, cause }: Summary): string | null {
  switch (id) {
    case 'fragment':
      return m.verdict_fragment_more();
    case 'one-way':
      return m.verdict_one_way_more({ sender: params.sender });
    case 'fine':
      return m.verdict_fine_more({ role: params.role });
    case 'other-offer':
      return cause === null ? m.verdict_other_offer_more() : findingText(cause).why;
    case 'nothing':
    case 'refused':
    case 'no-path':
    case 'no-keys':
    case 'no-media':
    case 'kind-lost':
    case 'wrong':
    case 'suspicious':
      return cause === null ? null : findingText(cause).why;
  }
}
