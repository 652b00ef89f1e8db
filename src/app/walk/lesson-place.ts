// Where a walk stands in which lesson, and whether that lesson's end is reached.
import type { Frame } from '../../trace/frame.ts';
import type { StepFrame } from '../../trace/script.ts';
import type { LessonPlace } from '../store/progress.ts';

/** What of a walk says where it stands. */
export interface WalkPlace {
  /** The id of its network's lesson; `call` for one in this browser. */
  readonly lesson: string;
  readonly step: StepFrame | null;
  readonly frame: Pick<Frame, 'progress'>;
  /** How far into the step, 0 to 1. */
  readonly inside: number;
}

/**
 * The lesson that a walk stands in: in the first act the one it was begun for, later the act itself. Null before step 1
 * and in a network of the learner's own. A call that fails in this browser is not at its end; a network's may fail as
 * it should.
 */
export function lessonPlace({
  lesson,
  step,
  frame,
  inside,
}: WalkPlace): { readonly id: string; readonly at: LessonPlace; readonly isEnd: boolean } | null {
  if (step === null || (lesson === 'lab' && step.act.number === 1)) return null;
  const { act, kind, ordinal } = step;
  const id = act.number === 1 ? lesson : act.id;
  const isOver =
    frame.progress === 'done' || (frame.progress === 'failed' && id === lesson && id !== 'call');
  return {
    id,
    at: { step: kind, number: ordinal },
    isEnd: ordinal === act.steps.length && inside === 1 && isOver,
  };
}
