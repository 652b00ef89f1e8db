// Exchanges that change nothing but the negotiation, between virtual peers: by the callee, provisional, and taken back.
import { expect, test } from 'vitest';
import type { ActScript } from '../../../src/call/act.ts';
import { calleeOffers } from '../../../src/call/acts/callee-offers.ts';
import { glare } from '../../../src/call/acts/glare.ts';
import { pranswer } from '../../../src/call/acts/pranswer.ts';
import { rollBack } from '../../../src/call/acts/roll-back.ts';
import { shareScreen } from '../../../src/call/acts/share-screen.ts';
import { calleeOffersLesson } from '../../../src/lessons/callee-offers/lesson.ts';
import { NET_LESSONS } from '../../../src/lessons/net/lessons.ts';
import { pranswerLesson } from '../../../src/lessons/pranswer/lesson.ts';
import { rollBackLesson } from '../../../src/lessons/roll-back/lesson.ts';
import { otherSide, SIDES, type Side } from '../../../src/rtc/steps.ts';
import { frameAt } from '../../../src/trace/trace.ts';
import { LessonRun } from './lesson-run.ts';
import { captionsOf } from './told.ts';

const [lesson] = NET_LESSONS.filter(({ id }) => id === 'two-routers');

async function called(): Promise<LessonRun> {
  if (lesson === undefined) throw new Error('There is no such lesson.');
  const lessonRun = new LessonRun(lesson);
  await lessonRun.call();
  return lessonRun;
}

async function performed(
  lessonRun: LessonRun,
  script: ActScript,
  by: Side,
  settings: Readonly<Record<string, string>> = {},
) {
  const { run } = lessonRun;
  const before = run.trace.length;
  const span = await lessonRun.perform(script, by, settings);
  expect(run.progress).toMatchObject({ failed: false, final: true });
  const { trace } = run;
  const events = trace.events.slice(before);
  const states = (side: Side) =>
    events.flatMap((event) =>
      event.kind === 'state' && event.machine === 'signalingState' && event.side === side
        ? [event.to]
        : [],
    );
  return { trace, span, events, states, after: frameAt(trace, trace.length) };
}

test('the callee offers, and ICE and DTLS keep their roles', async () => {
  const lessonRun = await called();
  const { trace, span, states, events } = await performed(lessonRun, calleeOffers, 'callee');
  expect(states('callee')).toEqual(['have-local-offer', 'stable']);
  expect(states('caller')).toEqual(['have-remote-offer', 'stable']);
  expect(events.filter(({ kind }) => kind === 'problem')).toEqual([]);
  const told = captionsOf(trace, calleeOffersLesson, span);
  expect(told['compare-roles']).toContain('controlling agent is still the caller');
  expect(told['compare-roles']).toContain('hasn’t changed either');
  lessonRun.run.abandon();
});

test.each(SIDES)('an offer of the %s is answered for the time being, then for good', async (by) => {
  const lessonRun = await called();
  const { trace, span, states, events, after } = await performed(lessonRun, pranswer, by);
  expect(states(by)).toEqual(['have-local-offer', 'have-remote-pranswer', 'stable']);
  expect(states(otherSide(by))).toEqual(['have-remote-offer', 'have-local-pranswer', 'stable']);
  expect(events.filter(({ kind }) => kind === 'problem')).toEqual([]);
  expect(after[by].slots).toMatchObject({ pendingLocal: null, currentRemote: { type: 'answer' } });
  captionsOf(trace, pranswerLesson, span);
  lessonRun.run.abandon();
});

test.each(SIDES)(
  'an offer of the %s is taken back, and what it held is still to come',
  async (by) => {
    const lessonRun = await called();
    const start = frameAt(lessonRun.run.trace, lessonRun.run.trace.length);
    const { trace, span, states, events, after } = await performed(lessonRun, rollBack, by);
    expect(states(by)).toEqual(['have-local-offer', 'stable']);
    expect(events.filter(({ kind }) => kind === 'message')).toEqual([]);
    expect(after[by].slots).toEqual(start[by].slots);
    const told = captionsOf(trace, rollBackLesson, span);
    expect(told['roll-back']).toContain('Mid `3` is free again. The track is still attached');
    expect(told['roll-back']).toContain('fires anew');
    // The next exchange carries it.
    const shared = await performed(lessonRun, shareScreen, otherSide(by));
    expect(shared.after[by].slots.currentLocal?.sdp.match(/^m=video/gm)).not.toBeNull();
    lessonRun.run.abandon();
  },
);

test('a side that hangs after a naive glare is let out by rolling back', async () => {
  const lessonRun = await called();
  const stuck = await performed(lessonRun, glare, 'caller', { how: 'naive' });
  expect(stuck.after.caller.states.signalingState).toBe('have-local-offer');
  const { after } = await performed(lessonRun, rollBack, 'caller', { what: 'offer' });
  expect(after.caller.states.signalingState).toBe('stable');
  lessonRun.run.abandon();
});
