// The marks of the small timeline: the steps of the act that is looked at, and the moments of its step. Pure.
import type { Moment } from '../../lessons/moments/moment.ts';
import type { StepFrame } from '../../trace/script.ts';

/** A mark: a step, or a moment of the step that is looked at. */
export type Mark =
  | { readonly kind: 'step'; readonly number: number; readonly at: number }
  | { readonly kind: 'moment'; readonly cursor: number; readonly at: number };

/** The marks, and where things stand, from 0 to 1. */
export interface Marks {
  readonly marks: readonly Mark[];
  /** Where the walk is. */
  readonly now: number;
  /** How far the act has come that is recorded. */
  readonly had: number;
}

/** What is looked at. */
export interface MarksInput {
  readonly steps: readonly StepFrame[];
  /** The step that is looked at; null before the first. */
  readonly step: StepFrame | null;
  /** The newest step that has begun, by its number. */
  readonly head: number;
  readonly moments: readonly Moment[];
  readonly moment: Moment | null;
}

/** All marks at the same distance: a step of many moments takes the room that it takes in a lecture. */
export function timelineMarks({ steps, step, head, moments, moment }: MarksInput): Marks {
  const act = step?.act.number ?? steps[0]?.act.number;
  const inAct = steps.filter((each) => each.act.number === act);
  const inStep = moments.length > 1 ? moments : [];
  // The last moment is the end of its step, and the step's dot is its first.
  const places = inAct.flatMap((each): readonly (StepFrame | Moment)[] =>
    each.number === step?.number ? [each, ...inStep.slice(1)] : [each],
  );
  const part = (index: number) => (places.length < 2 ? 0 : index / (places.length - 1));
  const marks = places.map((place, index): Mark =>
    'cursor' in place
      ? { kind: 'moment', cursor: place.cursor, at: part(index) }
      : { kind: 'step', number: place.number, at: part(index) },
  );
  const stepAt = places.findIndex((each) => 'number' in each && each.number === step?.number);
  const momentAt = moment === null ? -1 : places.indexOf(moment);
  const headAt = places.findLastIndex((each) => 'number' in each && each.number <= head);
  return {
    marks,
    now: part(Math.max(0, momentAt === -1 ? stepAt : momentAt)),
    had: part(Math.max(0, headAt, momentAt)),
  };
}
