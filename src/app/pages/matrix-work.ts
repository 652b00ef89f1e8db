// What the page of the matrix and its worker say to each other.
import type { LabSettings } from '../../lessons/net/lab-settings.ts';
import type { Outcome } from '../../views/matrix/cell.ts';

/** Asks for both tables, with TURN and without. The cell that is chosen comes first, then its table. */
export type Job = LabSettings;

/** A cell that is known. */
export interface Cell {
  readonly turn: boolean;
  /** Its place, by `natPairAt`. */
  readonly at: number;
  readonly outcome: Outcome;
}

/** What the worker tells. After `done` and `failed` it takes another job. */
export type Report =
  | { readonly type: 'cells'; readonly cells: readonly Cell[] }
  | { readonly type: 'done' }
  | {
      readonly type: 'failed';
      readonly error: { readonly name: string; readonly message: string };
    };
