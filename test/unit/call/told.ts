// What is said of an act that was performed: its captions, held to their length.
import { expect } from 'vitest';
import type { ActLesson, ActMoment } from '../../../src/lessons/act.ts';
import { expectWhole, inLocale, LOCALES } from '../lessons/whole.ts';
import { frameAt, type Trace } from '../../../src/trace/trace.ts';

const MOST_WORDS = 60;

/** The moment at the end of a step. */
export function momentAt(trace: Trace, number: number): ActMoment {
  const step = trace.steps[number - 1];
  if (step === undefined) throw new Error('There is no such step.');
  const at = (end: number) => frameAt(trace, trace.stepEnd(end));
  return {
    ...{ trace, step, events: trace.reading.ofStep(number, trace.length) },
    ...{ start: at(step.act.first - 1), before: at(number - 1), after: at(number) },
  };
}

/**
 * The English captions of the steps from one to another, by their kinds. In each language they are whole and not long.
 */
export function captionsOf(
  trace: Trace,
  lesson: ActLesson,
  { first, last }: { readonly first: number; readonly last: number },
): Readonly<Record<string, string>> {
  const told: Record<string, string> = {};
  for (const locale of [...LOCALES].reverse()) {
    inLocale(locale, () => {
      for (let number = first; number <= last; number += 1) {
        const moment = momentAt(trace, number);
        const { step } = moment;
        const { title, body } = lesson.caption(moment);
        told[step.kind] = body;
        expect(body.split(/\s+/).length, `${step.kind}: ${body}`).toBeLessThanOrEqual(MOST_WORDS);
        const notes = lesson.notes(step);
        const next = lesson.next(step, trace.header.options);
        if (typeof notes !== 'string') throw new Error('These notes are at hand.');
        for (const text of [title, body, next, notes]) expectWhole(text, locale);
      }
    });
  }
  return told;
}
