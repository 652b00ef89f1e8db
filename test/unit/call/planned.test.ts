// Acts that are planned to follow: they are walked one after the other, and what can't be done is passed over.
import { expect, test, vi } from 'vitest';
import type { ActScript } from '../../../src/call/act.ts';
import { hangUp } from '../../../src/call/acts/hang-up.ts';
import { shareScreen } from '../../../src/call/acts/share-screen.ts';
import { NET_LESSONS } from '../../../src/lessons/net/lessons.ts';
import { CALL_STEPS } from '../../../src/rtc/steps.ts';
import { LessonRun } from './lesson-run.ts';

const soon = { timeout: 30_000, interval: 1 };

/** An act that nothing allows. */
const never: ActScript = { ...shareScreen, id: 'never', obstacle: () => 'not-up' };

/** A call in the first lesson, at its end. */
async function calledRun() {
  const [lesson] = NET_LESSONS;
  if (lesson === undefined) throw new Error('There are no lessons.');
  const made = new LessonRun(lesson);
  await made.call();
  return made.run;
}

test('planned acts are steps to come, and follow one after the other', async () => {
  const run = await calledRun();
  const sharing = shareScreen.plan('callee').steps.length;
  run.plan([
    { script: shareScreen, by: 'callee', settings: {} },
    { script: hangUp, by: 'caller', settings: {} },
  ]);
  const total = CALL_STEPS.length + sharing + hangUp.plan('caller').steps.length;
  expect(run.trace.steps.map(({ number }) => number)).toEqual(
    Array.from({ length: total }, (_, at) => at + 1),
  );
  expect(run.trace.steps.at(-1)).toMatchObject({
    kind: 'close',
    act: { number: 3, id: 'hang-up' },
  });
  expect(run.progress).toMatchObject({ over: true, final: false });
  for (let step = CALL_STEPS.length + 1; step <= total; step += 1) {
    expect(run.next()).toEqual([]);
    await vi.waitUntil(() => run.progress.settled >= step, soon);
  }
  expect(run.progress.final).toBe(true);
  expect(run.trace.acts.map(({ id, by }) => [id, by])).toEqual([
    ['call', null],
    ['share-screen', 'callee'],
    ['hang-up', 'caller'],
  ]);
});

test('one that can’t be done is passed over, and another that is chosen ends the plan', async () => {
  const run = await calledRun();
  run.plan([
    { script: never, by: 'caller', settings: {} },
    { script: shareScreen, by: 'caller', settings: {} },
    { script: hangUp, by: 'caller', settings: {} },
  ]);
  expect(run.next()).toMatchObject([{ script: { id: 'never' }, obstacle: 'not-up' }]);
  expect(run.trace.acts.at(-1)?.id).toBe('share-screen');
  expect(run.planned).toBe(1);
  run.perform(hangUp, 'callee', {});
  expect(run.planned).toBe(0);
  await vi.waitUntil(
    () => run.progress.settled === run.trace.steps.length - 1 || run.progress.final,
    soon,
  );
  expect(run.trace.steps.at(-1)?.act).toMatchObject({ id: 'hang-up', by: 'callee' });
});

test('a plan made before the call begins stands through it', () => {
  const [lesson] = NET_LESSONS;
  if (lesson === undefined) throw new Error('There are no lessons.');
  const { run } = new LessonRun(lesson);
  run.plan([{ script: shareScreen, by: 'caller', settings: {} }]);
  const total = CALL_STEPS.length + shareScreen.plan('caller').steps.length;
  run.next();
  expect(run.trace.steps).toHaveLength(total);
});

test('who asks for a step that has begun by itself does not ask for the next act', async () => {
  const run = await calledRun();
  run.plan([{ script: shareScreen, by: 'caller', settings: {} }]);
  expect(run.next(CALL_STEPS.length)).toEqual([]);
  expect(run.trace.acts).toHaveLength(1);
  expect(run.planned).toBe(1);
  run.next(CALL_STEPS.length + 1);
  expect(run.trace.acts).toHaveLength(2);
});

test('where none of them can be done, the act at hand stays at its end', async () => {
  const run = await calledRun();
  run.plan([{ script: never, by: 'caller', settings: {} }]);
  expect(run.next()).toHaveLength(1);
  expect(run.progress).toMatchObject({ final: true, settled: CALL_STEPS.length });
  expect(run.trace.steps).toHaveLength(CALL_STEPS.length);
});
