// What Chromium 156 and Firefox 153 did with descriptions that have a finding. The tests hold this table to what
// scripts/ask-browsers.js has kept of their answers.
import type { FindingId, Findings } from './pair-problem.ts';

/** What a browser does with a description: it takes it, or refuses to set it. */
export type Reaction = 'takes' | 'refuses';

/** What both did. */
export interface Reactions {
  readonly chromium: Reaction;
  readonly firefox: Reaction;
}

const NEITHER: Reactions = { chromium: 'refuses', firefox: 'refuses' };
const BOTH: Reactions = { chromium: 'takes', firefox: 'takes' };
const ONLY_CHROMIUM: Reactions = { chromium: 'takes', firefox: 'refuses' };
const ONLY_FIREFOX: Reactions = { chromium: 'refuses', firefox: 'takes' };

/** As a remote offer, and as a remote answer; `null` where that was not asked. */
type Measured = readonly [offer: Reactions | null, answer: Reactions | null];

/** By the finding, or by the finding and the one of its parameters that makes the difference. */
const MEASURED: Readonly<Record<string, Measured>> = {
  'no-mux': [ONLY_FIREFOX, ONLY_FIREFOX],
};

/** The parameter on which it depends what browsers do. */
function keyOf(id: FindingId, params: Findings[FindingId]): string {
  if (id === 'missing-line' && 'type' in params) return `${id}:${params.type}`;
  if (id === 'no-line' && 'blank' in params) return `${id}:${params.blank}`;
  if (id === 'no-ice' && 'which' in params) return `${id}:${params.which}`;
  if (id === 'malformed' && 'part' in params) return `${id}:${params.part}`;
  if (id === 'obsolete' && 'what' in params) return `${id}:${params.what}`;
  return id;
}

/** What both browsers did with such a text; `null` where they were not asked. */
export function reactionsTo(
  id: FindingId,
  role: 'offer' | 'answer' | 'alone' | null,
  params: Findings[FindingId],
): Reactions | null {
  const key = keyOf(id, params);
  const [offer, answer] = Object.hasOwn(MEASURED, key) ? (MEASURED[key] ?? []) : [];
  // What two texts have wrong together shows when the answer is set.
  if (role !== 'alone') return (role === 'offer' ? offer : answer) ?? null;
  const isSame = offer?.chromium === answer?.chromium && offer?.firefox === answer?.firefox;
  return isSame ? (offer ?? null) : null;
}

export { BOTH, NEITHER, ONLY_CHROMIUM };
