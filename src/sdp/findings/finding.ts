// A finding about one description or about an offer and its answer, as data: what, how bad, where, and who refuses it.
import type { ProblemLevel } from '../problem.ts';
import type { FindingId, Findings } from './pair-problem.ts';
import type { Reactions } from './reactions.ts';

/** Which of the texts: `alone` is one whose type is not known. */
export type TextRole = 'offer' | 'answer' | 'alone';

export type { FindingId, Findings } from './pair-problem.ts';

/** What a finding leads to: a lesson or an act that shows it happen. */
export type Sight =
  | 'call'
  | 'same-router'
  | 'two-routers'
  | 'symmetric-both'
  | 'no-way'
  | 'udp-blocked'
  | 'hold'
  | 'prefer-codec'
  | 'pranswer'
  | 'restart-ice'
  | 'add-channel'
  | 'quality';

/** One finding. */
export type Finding<Id extends FindingId = FindingId> = {
  readonly [Each in Id]: {
    readonly id: Each;
    readonly weight: ProblemLevel;
    readonly params: Findings[Each];
    /** The numbers of its lines in each text, from 1; empty where it is about what is not there. */
    readonly lines: Readonly<Record<TextRole, readonly number[]>>;
    /** Places, from 0, in the lists of candidates that were attached to the texts. */
    readonly candidates: Readonly<Record<TextRole, readonly number[]>>;
    /** The text it is about; `null` where it is about both. */
    readonly role: TextRole | null;
    /** What browsers did when they were given such a text; `null` where they were not asked. */
    readonly reactions: Reactions | null;
    readonly sight: Sight | null;
  };
}[Id];
