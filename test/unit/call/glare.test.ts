// Both sides offer at once, between virtual peers: naive and perfect, for each polite side and each order of arrival.
import { describe, expect, test } from 'vitest';
import { glare } from '../../../src/call/acts/glare.ts';
import { glareLesson } from '../../../src/lessons/glare/lesson.ts';
import { NET_LESSONS } from '../../../src/lessons/net/lessons.ts';
import { otherSide, SIDES, type Side } from '../../../src/rtc/steps.ts';
import type { TraceEvent } from '../../../src/trace/event.ts';
import { frameAt } from '../../../src/trace/trace.ts';
import { LessonRun } from './lesson-run.ts';
import { captionsOf } from './told.ts';

const [lesson] = NET_LESSONS.filter(({ id }) => id === 'two-routers');

async function glared(by: Side, settings: Readonly<Record<string, string>>) {
  if (lesson === undefined) throw new Error('There is no such lesson.');
  const lessonRun = new LessonRun(lesson);
  const { run } = lessonRun;
  await lessonRun.call();
  const before = frameAt(run.trace, run.trace.length);
  const span = await lessonRun.perform(glare, by, settings);
  const { trace } = run;
  return {
    ...{ lessonRun, run, trace, span },
    events: trace.events.slice(before.cursor),
    after: frameAt(trace, trace.length),
  };
}

/** What a side's signalingState went through, step by step. */
const states = (events: readonly TraceEvent[], side: Side) =>
  events.flatMap((event) =>
    event.kind === 'state' && event.machine === 'signalingState' && event.side === side
      ? [event.to]
      : [],
  );

const ORDERS = SIDES.flatMap((polite) => SIDES.map((first) => ({ polite, first })));

describe.each(ORDERS)('polite: $polite, first: $first', ({ polite, first }) => {
  const impolite = otherSide(polite);

  test.each(SIDES)('with perfect negotiation both tracks arrive, by the %s', async (by) => {
    const { run, trace, span, events, after } = await glared(by, {
      ...{ how: 'perfect', polite, first },
    });
    expect(run.progress).toMatchObject({ failed: false, final: true });
    // The polite side takes its offer back for the other's, and offers again.
    expect(states(events, polite)).toEqual([
      ...['have-local-offer', 'stable', 'have-remote-offer', 'stable'],
      ...['have-local-offer', 'stable'],
    ]);
    expect(states(events, impolite)).toEqual([
      ...['have-local-offer', 'stable', 'have-remote-offer', 'stable'],
    ]);
    expect(
      events.flatMap((event) =>
        event.kind === 'call' && event.method === 'ignoreOffer' ? [event.side] : [],
      ),
    ).toEqual([impolite]);
    expect(events.filter(({ kind }) => kind === 'problem' || kind === 'exception')).toEqual([]);
    for (const side of SIDES) {
      const arrived = [...after[side].tracks].filter(
        ({ origin, at }) => origin === 'remote' && at === 'unmuted',
      );
      expect(arrived).toHaveLength(3);
      const kinds = (after[side].slots.currentLocal?.sdp ?? '').match(/^m=\w+/gm);
      expect(kinds).toHaveLength(5);
      expect(after[side].states.signalingState).toBe('stable');
    }
    const told = captionsOf(trace, glareLesson, span);
    const [took, ignored] = [told['take-first'], told['take-second']];
    expect(polite === first ? ignored : took).toContain('gives up its own');
    expect(polite === first ? took : ignored).toContain('ignores');
    expect(told['media-flows']).toContain('both arrived');
    run.abandon();
  });
});

describe.each(SIDES)('first: %s', (first) => {
  const second = otherSide(first);

  test.each(SIDES)('naive, by the %s: neither answer fits, and the call is stuck', async (by) => {
    const { run, trace, span, events, after } = await glared(by, { how: 'naive', first });
    expect(run.progress).toMatchObject({ failed: false, final: true });
    const thrown = events.flatMap((event) =>
      event.kind === 'exception'
        ? [[event.side, trace.step(event.step)?.kind, event.error.name, event.error.message]]
        : [],
    );
    expect(thrown).toEqual([
      [first, 'early-answer', 'InvalidStateError', expect.stringContaining('have-remote-offer')],
      [second, 'late-answer', 'InvalidStateError', expect.stringContaining('stable')],
      [otherSide(by), 'take-again', 'InvalidAccessError', expect.stringContaining('order')],
    ]);
    // Each has told the other what went wrong.
    const errors = events.filter(
      (event) => event.kind === 'message' && event.at === 'posted' && event.type === 'error',
    );
    expect(errors).toHaveLength(3);
    for (const side of SIDES) {
      expect([...after[side].tracks].filter(({ at }) => at === 'unmuted')).toHaveLength(2);
      expect(after[side].states.connectionState).toBe('connected');
    }
    expect(after[by].states.signalingState).toBe('have-local-offer');
    const told = captionsOf(trace, glareLesson, span);
    expect(told['early-answer']).toContain('in `have-remote-offer`');
    expect(told['late-answer']).toContain('Neither new track has arrived.');
    expect(told['take-again']).toContain('InvalidAccessError');
    run.abandon();
  });
});
