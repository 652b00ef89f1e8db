// Places across the ladder: from the stage's axis to the way from one lifeline to the other.
import { PERSON_X } from '../stage/person-x.ts';

/** Where a place of the axis is on the way from the caller's lifeline to the callee's: 0 to 1. */
export function partOf(x: number): number {
  return (x - PERSON_X.caller) / (PERSON_X.callee - PERSON_X.caller);
}
