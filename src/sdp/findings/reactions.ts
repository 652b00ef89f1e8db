// What Chromium and Firefox did with descriptions that have a finding, as measured (test/fixtures/browser-answers.json).
import type { FindingId } from './pair-problem.ts';

/** What a browser does with a description: it takes it, or refuses to set it. */
export type Reaction = 'takes' | 'refuses';

/** What both did. */
export interface Reactions {
  readonly chromium: Reaction;
  readonly firefox: Reaction;
}

/** By the finding, as a remote offer and as a remote answer; what was not asked is left out. */
type Table = Readonly<
  Partial<Record<FindingId, Readonly<Partial<Record<'offer' | 'answer', Reactions>>>>>
>;

const MEASURED: Table = {};

/** What both browsers did with a text of this type that has this finding; `null` where they were not asked. */
export function reactionsTo(id: FindingId, type: 'offer' | 'answer'): Reactions | null {
  return MEASURED[id]?.[type] ?? null;
}
