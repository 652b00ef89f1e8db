// Perfect negotiation as it is drawn: the machine that runs, and the way of each end as the recording shows it.
import { expect, test } from 'vitest';
import { perfectMachine } from '../../../machines/perfect.ts';
import { glare } from '../../../src/call/acts/glare.ts';
import { perfectPath, politeOf } from '../../../src/lessons/glare/perfect-path.ts';
import { PERFECT_MACHINE } from '../../../src/lessons/states/machines.ts';
import { NET_LESSONS } from '../../../src/lessons/net/lessons.ts';
import { SIDES, type Side } from '../../../src/rtc/steps.ts';
import { LessonRun } from './lesson-run.ts';

test('the drawing has the states and ways of the machine, no more and no fewer', () => {
  const { states } = perfectMachine.root;
  expect(PERFECT_MACHINE.states.map(({ id }) => id).toSorted()).toEqual(
    Object.keys(states).toSorted(),
  );
  const ways = new Set<string>();
  for (const [from, { transitions, always }] of Object.entries(states)) {
    for (const { target = [] } of [...[...transitions.values()].flat(), ...(always ?? [])]) {
      for (const { key } of target) ways.add(`${from} ${key}`);
    }
  }
  ways.add('* closed');
  expect(PERFECT_MACHINE.edges.map(({ from, to }) => `${from ?? '*'} ${to}`).toSorted()).toEqual(
    [...ways].toSorted(),
  );
});

test.each(SIDES)('where the %s is polite, it takes the offer that collides', async (polite) => {
  const lesson = NET_LESSONS.find(({ id }) => id === 'two-routers');
  if (lesson === undefined) throw new Error('There is no such lesson.');
  const lessonRun = new LessonRun(lesson);
  await lessonRun.call();
  const { trace } = lessonRun.run;
  const start = trace.length;
  await lessonRun.perform(glare, 'caller', { how: 'perfect', polite });
  const act = trace.acts.at(-1);
  expect(act === undefined ? null : politeOf(act)).toBe(polite);
  const events = trace.reading.between(start, trace.length);
  const way = (side: Side, until = events.length) =>
    perfectPath(events.slice(0, until), side, side === polite, 'stable');
  const crossed = events.findIndex(
    (event) => event.kind === 'step' && event.at === 'begin' && event.of === 'polite-answers',
  );
  for (const side of SIDES) {
    expect(way(side, crossed).ignoring).toBe(side !== polite);
    const { moves, ignoring } = way(side);
    expect(ignoring).toBe(false);
    expect(moves[0]).toMatchObject({ from: null, to: 'stable' });
    expect(moves.at(-1)?.to).toBe('stable');
    for (const { from, to } of moves.slice(1)) {
      expect(PERFECT_MACHINE.edges).toContainEqual(expect.objectContaining({ from, to }));
    }
    const collides = moves.some(
      ({ from, to }) => from === 'haveLocalOffer' && to === 'takingOffer',
    );
    expect(collides).toBe(side === polite);
  }
  lessonRun.run.abandon();
});
