// The lessons of acts, by the act's id. The call's is always there; others are added with the acts themselves.
import { m } from '../i18n/paraglide/messages.js';
import { exchangePill, type ActLesson } from './act.ts';
import { callLesson } from './call/lesson.ts';
import { exchangePlain } from './plain/exchange.ts';

const LESSONS = new Map<string, ActLesson>([[callLesson.act, callLesson]]);

/** Adds the lesson of an act, or puts another in its place. */
export function teachAct(lesson: ActLesson): void {
  LESSONS.set(lesson.act, lesson);
}

/** The lesson of an act; one without explanations where this program knows none, as for an act of a newer one. */
export function lessonOf({ id }: { readonly id: string }): ActLesson {
  return LESSONS.get(id) ?? unknownAct(id);
}

function unknownAct(id: string): ActLesson {
  return {
    act: id,
    group: 'agree',
    name: () => id,
    about: () => '',
    brief: () => '',
    stepTitle: ({ kind }) => kind,
    next: ({ kind }) => kind,
    caption: ({ step }) => ({ title: step.kind, body: m.act_unknown() }),
    waiting: () => null,
    notes: () => '',
    code: () => ({ caller: [], callee: [] }),
    pill: ({ step }) => exchangePill(step.kind),
    plain: ({ step }) => exchangePlain(step.kind),
  };
}
