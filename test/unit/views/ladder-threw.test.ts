// A call that throws is told apart in the ladder, also where its step does not fail with it.
import { expect, test } from 'vitest';
import { glare } from '../../../src/call/acts/glare.ts';
import { NET_LESSONS } from '../../../src/lessons/net/lessons.ts';
import { ladderRows } from '../../../src/views/ladder/rows.ts';
import { LessonRun } from '../call/lesson-run.ts';

test('of two offers that cross, the rows whose calls threw say so, and no other', async () => {
  const [lesson] = NET_LESSONS;
  if (lesson === undefined) throw new Error('There are no lessons.');
  const made = new LessonRun(lesson);
  await made.call();
  const { first } = await made.perform(glare, 'caller');
  const { trace } = made.run;
  const threw = ladderRows(trace, trace.frameAt(trace.length))
    .filter((row) => row.threw)
    .map(({ step }) => step.number);
  const thrown = trace.events.flatMap((event) => (event.kind === 'exception' ? [event.step] : []));
  expect(thrown.length).toBeGreaterThan(0);
  expect(thrown.every((step) => step >= first)).toBe(true);
  expect(threw).toEqual([...new Set(thrown)]);
});
