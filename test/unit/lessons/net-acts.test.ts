// The acts of a network that changes, walked in their lessons: what they say is what the run shows, and the restart helps.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acts } from '../../../src/app/walk/act-registry.ts';
import { overwriteGetLocale } from '../../../src/i18n/paraglide/runtime.js';
import { lessonOf } from '../../../src/lessons/acts.ts';
import { wordCount } from '../../../src/lessons/call/words.ts';
import { NET_LESSONS, type NetLesson } from '../../../src/lessons/net/lessons.ts';
import { frameAt, type Trace } from '../../../src/trace/trace.ts';
import { LessonRun } from '../call/lesson-run.ts';
import { expectWhole, inLocale, LOCALES } from './whole.ts';

afterAll(() => {
  overwriteGetLocale(() => 'en');
});

const lessons = NET_LESSONS.filter(({ acts: following }) => following.length > 0);

function captionsOf(trace: Trace): readonly string[] {
  return trace.steps
    .filter(({ act }) => act.number > 1)
    .map((step) => {
      const lesson = lessonOf(step.act);
      const first = trace.steps.find(({ act }) => act.number === step.act.number) ?? step;
      const end = trace.stepEnd(step.number);
      const begin = trace.stepBegin(step.number);
      const moment = {
        ...{ trace, step },
        start: frameAt(trace, trace.stepBegin(first.number)),
        before: frameAt(trace, begin),
        after: frameAt(trace, end),
        events: trace.events.slice(begin, end),
      };
      return lesson.caption(moment).body;
    });
}

describe.each(lessons.map((lesson) => [lesson.id, lesson] as const))('%s', (_id, lesson) => {
  let trace: Trace;
  beforeAll(async () => {
    const walk = new LessonRun(lesson);
    await walk.whole();
    ({ trace } = walk.run);
  }, 60_000);

  test('both sides fail in its first act, and are connected again after the second', () => {
    const states = (number: number) => {
      const { caller, callee } = frameAt(trace, trace.stepEnd(number));
      return [caller.states.connectionState, callee.states.connectionState];
    };
    const lastOf = (act: number) =>
      trace.steps.findLast(({ act: of }) => of.number === act)?.number ?? 0;
    expect(states(lastOf(1))).toEqual(['connected', 'connected']);
    expect(states(lastOf(2))).toEqual(['failed', 'failed']);
    expect(states(lastOf(3))).toEqual(['connected', 'connected']);
    const [from, to] = [trace.stepEnd(lastOf(1)), trace.stepEnd(lastOf(2))];
    const kinds = trace.events.slice(from, to).map(({ kind }) => kind);
    expect(kinds).not.toContain('message');
    expect(kinds).not.toContain('negotiation-needed');
  });

  test.each(LOCALES)('its captions are whole and short (%s)', (locale) => {
    inLocale(locale, () => {
      for (const body of captionsOf(trace)) {
        expectWhole(body, locale);
        expect(body).not.toMatch(/leave_|expire_|undefined|null|NaN|``|\{|\}/);
        expect(wordCount(body), body).toBeLessThanOrEqual(60);
      }
    });
  });
});

test('what the network has not what it takes for is not offered there', async () => {
  const plain = NET_LESSONS.find(({ id }) => id === 'two-routers') as NetLesson;
  const walk = new LessonRun(plain);
  await walk.call();
  const never = acts().filter(({ script }) =>
    script.sides.every((side) => script.obstacle(walk.run.state, side) === 'not-here'),
  );
  expect(never.map(({ script }) => script.id)).toEqual(['leave-wifi', 'expire-mapping']);
});
