// How many lines of code fit between what is said of a moment and the tabs.
import type { CodeRoom } from './excerpt.ts';

/** What is measured, in pixels. */
export interface Measured {
  /** Of the whole reading side. */
  readonly height: number;
  /** Of what is said, and its height. */
  readonly width: number;
  readonly said: number;
  /** The size of the root's type. */
  readonly rem: number;
}

/** What must be left, in rem: the tabs' names, 120 pixels of what they show, and the space around the code. */
const RESERVED = 2.5 + 7.5 + 3.25;
/** A line of code, and a character, in rem; and the space beside them. */
const LINE = 1.375;
const CHARACTER = 0.8125 * 0.6;
const BESIDE = 2.5;

/** Room for all of it, before anything is measured. */
export const WIDE: CodeRoom = { rows: Infinity, columns: Infinity };

/** The room that is left for the code. */
export function roomBeside({ height, width, said, rem }: Measured): CodeRoom {
  return {
    rows: Math.max(1, Math.floor((height - said - RESERVED * rem) / (LINE * rem))),
    columns: Math.max(1, Math.floor((width - BESIDE * rem) / (CHARACTER * rem))),
  };
}
