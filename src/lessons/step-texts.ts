// The texts of an act's steps: a title, what leads there, sentences from facts, and notes, each kind of step its own.
import { otherSide, type Side } from '../rtc/steps.ts';
import type { StepFrame } from '../trace/script.ts';
import type { ActLesson, ActMoment } from './act.ts';

/** Who does the act, and who is on the other side. */
export interface Who {
  readonly by: Side;
  readonly other: Side;
}

/** The texts of one kind of step. */
export interface StepTexts<Facts> {
  readonly title: (who: Who) => string;
  readonly next: (who: Who) => string;
  /** Sentences in reading order; what does not hold in this run is `null`. */
  readonly body: (facts: Facts) => readonly (string | null)[];
  readonly notes: () => string;
}

/** A sentence where it holds, and none where it doesn't. */
export function when(holds: boolean, say: () => string): string | null {
  return holds ? say() : null;
}

/** Who does the act that a step belongs to. */
export function whoOf({ act }: Pick<StepFrame, 'act'>): Who {
  const by = act.by ?? 'caller';
  return { by, other: otherSide(by) };
}

/**
 * What an act's lesson says of its steps.
 * @param texts by the kinds of its steps
 * @param factsOf takes what captions may speak of from the recording
 * @param whose whom titles speak of; who does the act unless told
 */
export function toldSteps<Facts>(
  texts: Readonly<Record<string, StepTexts<Facts>>>,
  factsOf: (moment: ActMoment) => Facts,
  whose: (step: StepFrame) => Who = whoOf,
): Pick<ActLesson, 'stepTitle' | 'next' | 'caption' | 'notes'> {
  const of = ({ kind }: StepFrame) => (Object.hasOwn(texts, kind) ? (texts[kind] ?? null) : null);
  const titleOf = (step: StepFrame) => of(step)?.title(whose(step)) ?? step.kind;
  return {
    stepTitle: titleOf,
    next: (step) => of(step)?.next(whose(step)) ?? step.kind,
    caption: (moment) => ({
      title: titleOf(moment.step),
      body: (of(moment.step)?.body(factsOf(moment)) ?? [])
        .filter((piece) => piece !== null)
        .join(' '),
    }),
    notes: (step) => of(step)?.notes() ?? '',
  };
}
