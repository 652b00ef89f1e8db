// Where both people stand, on the stage and on the ladder.
import type { Side } from '../../rtc/steps.ts';

/** Where a person's screen has its middle and their lifeline runs, as a part of the column's width. */
export const PERSON_X: Readonly<Record<Side, number>> = { caller: 144 / 840, callee: 696 / 840 };
