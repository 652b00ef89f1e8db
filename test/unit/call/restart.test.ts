// Restarting ICE between virtual peers, by either side: what is new, what is kept, and what the API's call alone does.
import { expect, test } from 'vitest';
import { restartIceAct } from '../../../src/call/acts/restart-ice.ts';
import { restartIceLesson } from '../../../src/lessons/restart-ice/lesson.ts';
import { NET_LESSONS } from '../../../src/lessons/net/lessons.ts';
import { otherSide, SIDES } from '../../../src/rtc/steps.ts';
import { ufragsOf } from '../../../src/sdp/ufrag.ts';
import { frameAt } from '../../../src/trace/trace.ts';
import { LessonRun } from './lesson-run.ts';
import { captionsOf } from './told.ts';

const lessonOf = (id: string) => {
  const lesson = NET_LESSONS.find((each) => each.id === id);
  if (lesson === undefined) throw new Error('There is no such lesson.');
  return lesson;
};

test.each([
  ['caller', 'two-routers', true],
  ['callee', 'symmetric-both', false],
] as const)('by the %s in %s, trickled: %s', async (by, id, trickle) => {
  const lessonRun = new LessonRun(lessonOf(id), { trickle });
  const { run } = lessonRun;
  const { trace } = run;
  await lessonRun.call();
  const before = frameAt(trace, trace.length);
  const span = await lessonRun.perform(restartIceAct, by);
  expect(run.progress).toMatchObject({ failed: false, final: true });
  const after = frameAt(trace, trace.length);
  const events = trace.events.slice(before.cursor);

  for (const side of SIDES) {
    const [was, now] = [before, after].map((frame) => frame[side].slots.currentLocal?.sdp ?? '');
    expect(new Set(ufragsOf(now ?? '')).size).toBe(1);
    expect(ufragsOf(now ?? '')[0]).not.toBe(ufragsOf(was ?? '')[0]);
    expect(after[side].states).toMatchObject({ connectionState: 'connected' });
    // The pair that carries the call is one of the new credentials.
    expect(after[side].pair?.local.port).not.toBe(before[side].pair?.local.port);
    expect(after[side].transport?.iceRole).toBe(before[side].transport?.iceRole);
  }
  expect(events.filter(({ kind }) => kind === 'problem' || kind === 'exception')).toEqual([]);
  expect(
    events.flatMap((event) =>
      event.kind === 'negotiation-needed' ? [[event.side, trace.step(event.step)?.kind]] : [],
    ),
  ).toEqual([[by, 'ask-restart']]);

  const told = captionsOf(trace, restartIceLesson, span);
  expect(told['create-offer']).toContain(ufragsOf(after[by].slots.currentLocal?.sdp ?? '')[0]);
  expect(told['create-answer']).toContain(
    ufragsOf(before[otherSide(by)].slots.currentLocal?.sdp ?? '')[0],
  );
  expect(told['new-path']).toContain(String(after[by].pair?.local.port));
  run.abandon();
});

test('restartIce() alone is seen to do nothing, and is made up for by the next offer', async () => {
  const lessonRun = new LessonRun(lessonOf('two-routers'));
  const { run } = lessonRun;
  const { trace } = run;
  await lessonRun.call();
  const before = frameAt(trace, trace.length);
  const span = await lessonRun.perform(restartIceAct, 'callee', { how: 'alone' });
  expect(run.progress).toMatchObject({ failed: false, final: true });
  const kinds = ['step', 'call', 'return', 'negotiation-needed', 'stats', 'packet'];
  const others = trace.events.slice(before.cursor).filter(({ kind }) => !kinds.includes(kind));
  expect(others).toEqual([]);
  const told = captionsOf(trace, restartIceLesson, span);
  expect(told['wait-for-offer']).toContain('No offer was made');
  expect(told['wait-for-offer']).toContain('3 seconds');

  // Once more, with an offer: the browser is not asked for it twice.
  await lessonRun.perform(restartIceAct, 'callee');
  expect(run.progress).toMatchObject({ failed: false, final: true });
  const after = frameAt(trace, trace.length);
  expect(after.callee.slots.currentLocal?.sdp).not.toContain(
    ufragsOf(before.callee.slots.currentLocal?.sdp ?? '')[0],
  );
  run.abandon();
});

test('what a lesson records is the same, however slowly it is walked', async () => {
  const recorded = async (pace: number) => {
    const lessonRun = new LessonRun(lessonOf('two-routers'), {}, undefined, pace);
    await lessonRun.call();
    await lessonRun.perform(restartIceAct, 'callee', { how: 'alone' });
    lessonRun.run.abandon();
    return lessonRun.run.trace.events;
  };
  expect(await recorded(60)).toEqual(await recorded(1));
});
