// The walk that views show, by context: one object with few names. Two parts of a page may show two walks.
import { getContext, setContext } from 'svelte';
import type { Moment } from '../lessons/moments/moment.ts';
import type { Changes } from '../trace/changes.ts';
import type { Frame } from '../trace/frame.ts';
import type { StepFrame } from '../trace/script.ts';
import type { Trace } from '../trace/trace.ts';

/** How a walk can be asked to move. */
export type WalkMove =
  | {
      readonly type:
        | 'NEXT'
        | 'BACK'
        | 'OVER'
        | 'BACK_OVER'
        | 'NEXT_EVENT'
        | 'BACK_EVENT'
        | 'FIRST'
        | 'LAST'
        | 'PLAY'
        | 'PAUSE'
        | 'TOGGLE';
    }
  /** To an event, by its number. */
  | { readonly type: 'SEEK'; readonly cursor: number }
  /** To the end of a step, by its number in the recording. */
  | { readonly type: 'SEEK_STEP'; readonly step: number }
  | { readonly type: 'MODE'; readonly mode: 'steps' | 'original' }
  | { readonly type: 'SPEED'; readonly speed: number }
  | { readonly type: 'RATE'; readonly rate: number };

/** What views see of a walk. */
export interface WalkView {
  readonly trace: Trace;
  /** How many events there are. */
  readonly length: number;
  /** Everything at the cursor, and as it was when its step began, or its moment where the step has any. */
  readonly frame: Frame;
  readonly before: Frame;
  readonly changes: Changes;
  /** The step that the cursor is in; `null` before the first. */
  readonly step: StepFrame | null;
  /** Every step that has begun, and what the newest act still plans. */
  readonly steps: readonly StepFrame[];
  /** The newest step that has begun, by its number. */
  readonly head: number;
  /** The moments of that step, and the one that the cursor is in; none where the step is one. */
  readonly moments: readonly Moment[];
  readonly moment: Moment | null;
  /** How far into the step the cursor is, 0 to 1. */
  readonly inside: number;
  /** What is said of the moment, and what a step that takes long waits for. */
  readonly caption: {
    readonly title: string;
    readonly body: string;
    readonly waiting: string | null;
  };
  readonly canNext: boolean;
  readonly canBack: boolean;
  readonly atEnd: boolean;
  /** The step that is worked on and that the learner waits for; null for none. */
  readonly waitingFor: number | null;
  readonly playing: boolean;
  readonly pace: {
    readonly mode: 'steps' | 'original';
    readonly speed: number;
    readonly rate: number;
  };
  /** A recording and nothing more. */
  readonly recorded: boolean;
  move(move: WalkMove): void;
}

/** Where a view finds the walk: another may take its place. */
export interface WalkHolder {
  readonly now: WalkView;
}

const KEY = Symbol('walk');

/** Gives the views below their walk. */
export function provideWalk(holder: WalkHolder): void {
  setContext(KEY, holder);
}

/** The walk of this part of the page. @throws Error where none was given: a view stands outside of its page */
export function useWalk(): WalkHolder {
  const holder = getContext<WalkHolder | undefined>(KEY);
  if (holder === undefined) throw new Error('There is no walk around this view.');
  return holder;
}
