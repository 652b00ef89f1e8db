// What can be done at the end of an act, as data.
import type { ActGroup, ActSetting } from '../../lessons/act.ts';
import type { Side } from '../../rtc/steps.ts';

/** An act that may come next. */
export interface ActChoice {
  readonly id: string;
  readonly group: ActGroup;
  readonly name: string;
  /** In a few words, and how many steps it has. */
  readonly brief: string;
  readonly steps: number;
  readonly about: string;
  /** Why nobody can do it now; `null` where somebody can. */
  readonly why: string | null;
  /** Who may do it, and why not now; `null` where one can. */
  readonly sides: readonly { readonly side: Side; readonly why: string | null }[];
  /** What else is chosen before it begins; none for most. */
  readonly settings: readonly ActSetting[];
}

/** How many ways on there are beside the acts: see `waysOf`. */
export const OTHER_WAYS = 3;
