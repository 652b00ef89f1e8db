// A moment: a part of a step that deserves a look of its own, as it is found in a recording.
import type { Side } from '../../rtc/steps.ts';

/** How a moment ends for what it is about. */
export type MomentOutcome = 'plain' | 'good' | 'bad';

/** What stands for a moment in a row: its packets on their way, a message, what flows, or words alone. */
export type MomentRow = 'packets' | 'message' | 'flow' | 'text';

/** A moment of a step. Plain data: its words are found by its kind. */
export interface Moment {
  /** Its name in links, unique in its step: `first-drop`. */
  readonly name: string;
  /** Its place in the step, from 1, and how many there are. */
  readonly ordinal: number;
  readonly total: number;
  /** The events it is made of: after `from`, up to `cursor`, where it is looked at. */
  readonly from: number;
  readonly cursor: number;
  /** Whose doing it is; null for both or for the network. */
  readonly side: Side | null;
  /** The ids of the packets it is about, the first one foremost; none where it is about no packet. */
  readonly packets: readonly number[];
  readonly outcome: MomentOutcome;
  /** What happens, as a title: "The caller's NAT drops the check". */
  readonly title: string;
  /** What the learner is told, at most 60 words, in the lessons' markup. */
  readonly body: string;
  /** The same in a few words, for the ladder's row and for the button that leads to it. */
  readonly short: string;
  readonly row: MomentRow;
  /** What its row says where that is more than `short`, in the lessons' markup; else null. */
  readonly line: string | null;
  /** How the call stands, at the other end of the row; null where that is not told. */
  readonly stands: string | null;
}
