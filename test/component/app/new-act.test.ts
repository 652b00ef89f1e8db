// An act is its script and its lesson: added by these alone it is offered, performed, explained, drawn and linked.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { addAct } from '../../../src/app/walk/act-registry.ts';
import { actChoices, NOT_LIVE } from '../../../src/app/walk/rehearsal.svelte.ts';
import { Screen } from '../../../src/app/screen.svelte.ts';
import { needsCall, type ActScript } from '../../../src/call/act.ts';
import { plainPill, type ActLesson } from '../../../src/lessons/act.ts';
import { lines } from '../../../src/lessons/code-line.ts';
import { CALL_STEPS, otherSide, SIDES, type Side } from '../../../src/rtc/steps.ts';
import { frameAt } from '../../../src/trace/trace.ts';
import { ladderRows } from '../../../src/views/ladder/rows.ts';

/** How many reports each side has read. */
const read: Record<Side, number> = { caller: 0, callee: 0 };

const script: ActScript = {
  id: 'compare-stats',
  sides: SIDES,
  plan: (by) => ({
    id: 'compare-stats',
    by,
    steps: [
      { kind: 'read-own-stats', side: by, phase: 'communication' },
      { kind: 'read-other-stats', side: otherSide(by), phase: 'communication' },
    ],
  }),
  obstacle: needsCall,
  work: ({ call, by }) => {
    const look = async (side: Side) => {
      const report = await call.ends[side].peer.getStats();
      report.forEach(() => {
        read[side] += 1;
      });
    };
    return {
      'read-own-stats': () => look(by),
      'read-other-stats': () => look(otherSide(by)),
    };
  },
};

const lesson: ActLesson = {
  act: 'compare-stats',
  group: 'path',
  name: () => 'Compare both reports',
  about: () => 'Each side reads what it knows of the path.',
  brief: () => 'Two reports',
  stepTitle: ({ kind }) => `Title of ${kind}`,
  next: ({ kind }) => kind,
  caption: ({ step }) => ({ title: `Title of ${step.kind}`, body: `The ${step.side} reads.` }),
  waiting: () => null,
  notes: () => 'Why do they differ?',
  code: () => ({
    caller: lines('read-own-stats', 'await pc.getStats();'),
    callee: lines('read-other-stats', 'await pc.getStats();'),
  }),
  pill: () => plainPill('getStats()'),
  plain: () => null,
};

addAct({ script, lesson });

const patience = { timeout: 60_000, interval: 20 };
const CALL = CALL_STEPS.length;

let screen: Screen;
beforeAll(async () => {
  history.replaceState(null, '', '#/two-routers');
  screen = new Screen();
  await screen.start();
});
afterAll(() => {
  screen.session.renew();
});

test('a small act of its own is walked after a call', async () => {
  const { session } = screen;
  /** The call that is walked, and what feeds it. */
  const state = () => session.rehearsal?.state ?? NOT_LIVE;
  const choice = () => actChoices(state(), true).find(({ id }) => id === script.id);
  expect(choice()).toMatchObject({
    name: 'Compare both reports',
    sides: SIDES.map((side) => ({ side })),
  });
  expect(choice()?.why).not.toBeNull();

  session.walk.move({ type: 'SEEK_STEP', step: CALL });
  await vi.waitUntil(() => state().up && session.walk.number === CALL, patience);
  await vi.waitUntil(() => choice()?.why === null, patience);

  session.rehearsal?.perform(script.id, 'callee');
  await vi.waitUntil(() => session.walk.number === CALL + 1 && !session.walk.atEnd, patience);
  await vi.waitUntil(() => read.callee > 0, patience);
  expect(session.walk.caption).toMatchObject({
    title: 'Title of read-own-stats',
    body: 'The callee reads.',
  });
  session.walk.move({ type: 'NEXT' });
  await vi.waitUntil(() => session.walk.number === CALL + 2 && session.walk.atEnd, patience);
  expect(read.caller).toBeGreaterThan(0);
  expect(session.walk.caption.body).toBe('The caller reads.');

  const { trace } = session.walk;
  const rows = ladderRows(trace, frameAt(trace, trace.length)).slice(CALL);
  expect(rows.map(({ step, side, call, when }) => [step.kind, side, call, when])).toEqual([
    ['read-own-stats', 'callee', 'getStats()', 'past'],
    ['read-other-stats', 'caller', 'getStats()', 'now'],
  ]);
  expect(trace.acts.map(({ id }) => id)).toEqual(['call', 'compare-stats']);
  expect(new URL(screen.shareLink({ atStep: true, sameTab: true, lang: 'en' })).hash).toMatch(
    /^#\/two-routers\/compare-stats\/read-other-stats\?by=callee/,
  );
});

test('and its link leads back to it', async () => {
  const { session } = screen;
  session.walk.move({ type: 'SEEK_STEP', step: 3 });
  await vi.waitUntil(() => session.walk.number === 3, patience);
  session.goToAct([{ id: script.id, by: 'callee', settings: {} }], 'read-own-stats');
  await vi.waitUntil(() => session.walk.number === CALL + 1, patience);
  expect(session.walk.caption.title).toBe('Title of read-own-stats');
});
