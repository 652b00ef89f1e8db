// The lesson of the call with what is said of each moment, what comes after its first step, and its code.
import { callStep } from '../../rtc/steps.ts';
import type { ActLesson, ActMoment } from '../act.ts';
import { caption, captionFacts, waitingFor, type CaptionFacts } from './caption.ts';
import { codeFor } from './code.ts';
import { callLesson } from './lesson.ts';
import { nextOf } from './next.ts';

function factsOf({ trace, step, before, after, events }: ActMoment): CaptionFacts {
  const { options } = trace.header;
  return captionFacts({
    ...{ options, trace, before, after, events },
    step: callStep(step.kind)?.kind ?? null,
  });
}

export const toldCallLesson: ActLesson = {
  ...callLesson,
  caption: (moment) => caption(factsOf(moment)),
  next: ({ kind }, options) => nextOf(kind, options),
  code: (options) => codeFor(options),
  waiting: (moment) => waitingFor(factsOf(moment)),
};
