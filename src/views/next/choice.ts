// What can be done at the end of an act, as data.
import type { ActSetting } from '../../lessons/act.ts';
import type { Side } from '../../rtc/steps.ts';

/** An act that may come next. */
export interface ActChoice {
  readonly id: string;
  readonly name: string;
  /** In a few words, and how many steps it has. */
  readonly brief: string;
  readonly steps: number;
  readonly about: string;
  /** Why it can't be done now; `null` where it can. */
  readonly why: string | null;
  /** Who may do it. */
  readonly sides: readonly Side[];
  /** What else is chosen before it begins; none for most. */
  readonly settings: readonly ActSetting[];
}

/** How many ways on there are beside the acts: see `waysOf`. */
export const OTHER_WAYS = 3;
