// Who tells a recording's moments: nobody until the lessons are loaded, which have the words for them.
import type { Trace } from '../../trace/trace.ts';
import type { Moment } from './moment.ts';

/** Finds the moments of a step, by its number in the recording. Both are cheap to ask again. */
export interface MomentTeller {
  /** The moments with their words, in the reader's language; none where the step is told as one. */
  momentsOf(trace: Trace, step: number): readonly Moment[];
  /** Where they are looked at, in order: the cursor of each. */
  momentStops(trace: Trace, step: number): readonly number[];
}

const NOBODY: MomentTeller = { momentsOf: () => [], momentStops: () => [] };

let teller = NOBODY;

/** From here on this one tells the moments. */
export function tellMoments(by: MomentTeller): void {
  teller = by;
}

/** The moments of a step that is over, in the reader's language; none where it is told as one. */
export function momentsOf(trace: Trace, step: number): readonly Moment[] {
  return teller.momentsOf(trace, step);
}

/** Where the moments of a step are looked at: the cursor of each, in order. */
export function momentStops(trace: Trace, step: number): readonly number[] {
  return teller.momentStops(trace, step);
}
