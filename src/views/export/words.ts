// What an exported ladder says, in the reader's language: handed in, so that the drawings know no language.
import type { StatePath } from '../../trace/reading.ts';
import type { ActFrame, StepFrame } from '../../trace/script.ts';
import type { RowArrow } from '../ladder/rows.ts';

/** The words of an exported ladder. */
export interface LadderWords {
  readonly caller: string;
  readonly signaling: string;
  readonly callee: string;
  /** Each step's title. */
  readonly step: (step: StepFrame) => string;
  /** An act's name, and how many steps it has. */
  readonly act: (act: ActFrame) => string;
  /** What an arrow is, and how many messages it stands for. */
  readonly arrow: (arrow: RowArrow) => string;
  /** How far an arrow's messages have come, such as "lost". */
  readonly life: (at: RowArrow['at']) => string;
  /** A state machine's name, as short as fits. */
  readonly machine: (machine: StatePath['machine']) => string;
  /** What stands in for a call that was not made, such as "instead of getUserMedia()". */
  readonly insteadOf: (call: string) => string;
  /** Where there is nothing to capture. */
  readonly nothing: string;
  /** What the last row says when it is done, and when it failed. */
  readonly flows: string;
  readonly failed: string;
}
