// Hanging up without a word, between virtual peers: what the other side sees, in which order, and when.
import { expect, test } from 'vitest';
import { hangUp } from '../../../src/call/acts/hang-up.ts';
import { hangUpLesson } from '../../../src/lessons/hang-up/lesson.ts';
import { NET_LESSONS } from '../../../src/lessons/net/lessons.ts';
import { otherSide, SIDES } from '../../../src/rtc/steps.ts';
import { frameAt } from '../../../src/trace/trace.ts';
import { LessonRun } from './lesson-run.ts';
import { captionsOf } from './told.ts';

const [lesson] = NET_LESSONS.filter(({ id }) => id === 'two-routers');

test.each(SIDES)('the %s closes without a word', async (by) => {
  if (lesson === undefined) throw new Error('There is no such lesson.');
  const lessonRun = new LessonRun(lesson);
  const { run } = lessonRun;
  await lessonRun.call();
  const { trace } = run;
  const before = trace.length;
  const span = await lessonRun.perform(hangUp, by, { how: 'silent' });
  expect(run.progress).toMatchObject({ failed: false, final: true });
  const events = trace.events.slice(before);
  expect(events.filter(({ kind }) => kind === 'message')).toEqual([]);
  const other = otherSide(by);
  const at = (kind: string) => {
    const step = trace.steps.find((each) => each.number >= span.first && each.kind === kind);
    return frameAt(trace, trace.stepEnd(step?.number ?? 0));
  };
  expect(at('close-own')[by].states.connectionState).toBe('closed');
  expect(at('close-own')[other].states.connectionState).toBe('connected');
  expect(at('hear-close')[other].channel?.state).toBe('closed');
  expect(at('hear-silence')[other].states.connectionState).toBe('disconnected');
  expect(at('hear-failure')[other].states.connectionState).toBe('failed');
  for (const side of SIDES) {
    expect(at('close-other')[side].states.connectionState).toBe('closed');
  }
  const told = captionsOf(trace, hangUpLesson, span);
  expect(told['hear-silence']).toMatch(/[\d.]+ s after/);
  expect(told['hear-failure']).toMatch(/[\d.]+ s after/);
});
