// The machine of an act: every path through it, for any steps, and what runs by itself.
import fc from 'fast-check';
import { adjacencyMapToArray, getAdjacencyMap, getShortestPaths } from 'xstate/graph';
import { createActor } from 'xstate';
import type { SnapshotFrom } from 'xstate';
import { describe, expect, test } from 'vitest';
import { actMachine, stepOfAct } from '../../machines/exchange.ts';
import { CALL_ACT } from '../../src/rtc/steps.ts';
import type { Act, PlannedStep } from '../../src/rtc/steps.ts';
import { follow, place, startMachine } from './steps-run.ts';
import type { Options } from './steps-run.ts';

type Snapshot = SnapshotFrom<ReturnType<typeof actMachine>>;

const byValue = { serializeState: (snapshot: Snapshot) => JSON.stringify(snapshot.value) };

const step = (kind: string, side: PlannedStep['side']): PlannedStep => ({
  ...{ kind, side, phase: 'signaling' },
});

/** A later exchange, as the callee offers it. */
const EXCHANGE: Act = {
  id: 'share-screen',
  by: 'callee',
  steps: [
    step('capture-screen', 'callee'),
    step('set-local-offer', 'callee'),
    step('set-local-answer', 'caller'),
    step('send-answer', 'caller'),
    step('set-remote-answer', 'callee'),
  ],
};
/** An act in which no answer is set. */
const PLAIN: Act = { id: 'plain', by: null, steps: [step('one', 'both'), step('two', 'caller')] };
const SINGLE: Act = { id: 'single', by: 'caller', steps: [step('one', 'caller')] };

const start = (act: Act, options?: Options) =>
  startMachine((given) => createActor(actMachine(act).provide(given)), options);

const ready = ({ steps: [first] }: Act) => `${first?.kind ?? ''}.ready`;

describe.each([EXCHANGE, PLAIN, SINGLE, CALL_ACT])('the act $id', (act) => {
  const machine = actMachine(act);
  const paths = getShortestPaths(machine, byValue);
  const edges = adjacencyMapToArray(getAdjacencyMap(machine, byValue));
  const kinds = act.steps.map(({ kind }) => kind);

  test('has every state of every step, and its end', () => {
    const states = kinds.flatMap((kind) =>
      ['ready', 'running', 'done', 'failed'].map((progress) => `${kind}.${progress}`),
    );
    const reached = paths.map(({ state }) => place(state));
    expect(reached.sort()).toEqual([...states, 'performed', 'stopped'].sort());
  });

  test.each(paths.map((path) => [place(path.state), path] as const))(
    'leads a living actor to %s as it does on paper',
    async (_, path) => {
      await follow(start(act, { held: () => true, heldTurns: true }), path);
    },
  );

  test('leads from each step to none but the next, and only when it is done', () => {
    const passages = edges.flatMap(({ state, nextState }) => {
      const [from, to] = [stepOfAct(state, act), stepOfAct(nextState, act)];
      return from === null || to === null || from.step === to.step ? [] : [{ from, to }];
    });
    expect(new Set(passages.map(({ from }) => from.step)).size).toBe(kinds.length - 1);
    for (const { from, to } of passages) {
      expect(from.progress).toBe('done');
      expect(kinds.indexOf(to.step)).toBe(kinds.indexOf(from.step) + 1);
      expect(to.progress).not.toBe('done');
    }
  });

  test('can be stopped from anywhere', () => {
    const at = paths.map(({ state }) => state).filter((state) => stepOfAct(state, act) !== null);
    const stopped = edges.filter(({ event }) => event.type === 'STOP');
    expect(stopped.map(({ state }) => place(state)).sort()).toEqual(at.map(place).sort());
    for (const { nextState } of stopped) expect(place(nextState)).toBe('stopped');
  });

  test('stands at its last step, done, once it is performed', async () => {
    const run = start(act);
    for (const _ of kinds) await run.send({ type: 'NEXT' });
    expect(run.at()).toBe('performed');
    const end = { step: kinds.at(-1), progress: 'done' };
    expect(stepOfAct(run.machine.getSnapshot(), act)).toEqual(end);
    expect(run.actions).toEqual(kinds.flatMap((kind) => [`begins ${kind}`, `done ${kind}`]));
  });
});

describe('a clock', () => {
  test('runs what comes after set-local-answer by itself', async () => {
    const run = start(EXCHANGE);
    for (const kind of ['capture-screen', 'set-local-offer', 'set-local-answer']) {
      expect(run.at()).toBe(`${kind}.ready`);
      await run.send({ type: 'NEXT' });
    }
    expect(run.at()).toBe('performed');
  });

  test('goes on after a step that failed was tried again', async () => {
    const run = start(EXCHANGE, { held: (kind) => kind === 'send-answer' });
    for (let k = 0; k < 3; k += 1) await run.send({ type: 'NEXT' });
    await run.end({ thrown: new Error('no') });
    expect(run.at()).toBe('send-answer.failed');
    await run.send({ type: 'NEXT' });
    expect(run.at()).toBe('send-answer.failed');
    await run.send({ type: 'RETRY' });
    await run.end();
    expect(run.at()).toBe('performed');
  });

  test('starts nowhere in an act that sets no answer', async () => {
    const run = start(PLAIN);
    await run.send({ type: 'NEXT' });
    expect(run.at()).toBe('two.ready');
  });

  test('is said with a tag', () => {
    const machine = actMachine(EXCHANGE);
    const tagged = EXCHANGE.steps.filter(({ kind }) =>
      machine.getStateNodeById(kind).tags.includes('on-a-clock'),
    );
    expect(tagged.map(({ kind }) => kind)).toEqual(['send-answer', 'set-remote-answer']);
  });
});

test('a step that fails keeps its problem and can be tried again', async () => {
  const run = start(SINGLE, { held: () => true });
  await run.send({ type: 'NEXT' });
  const problem = { code: 'message-lost', error: null };
  await run.end({ thrown: problem });
  expect([run.at(), run.problems]).toEqual(['one.failed', [problem]]);
  await run.send({ type: 'RETRY' });
  expect(run.machine.getSnapshot().context.problem).toBeNull();
  await run.end();
  expect(run.actions).toEqual(['begins one', 'failed one', 'begins one', 'done one']);
});

test('STOP ends the work of a step, and nothing comes of it', async () => {
  const run = start(EXCHANGE, { held: () => true });
  await run.send({ type: 'NEXT' });
  const [work] = run.work;
  expect(work?.signal.aborted).toBe(false);
  await run.send({ type: 'STOP' });
  expect(work?.signal.aborted).toBe(true);
  await run.end();
  expect([run.at(), run.actions]).toEqual(['stopped', ['begins capture-screen']]);
  expect(stepOfAct(run.machine.getSnapshot(), EXCHANGE)).toBeNull();
});

test('any act at all runs its steps in order', async () => {
  const kind = fc.constantFrom('a', 'b', 'c', 'set-local-answer', 'd', 'e');
  const any = fc.uniqueArray(kind, { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(any, async (kinds) => {
      const act: Act = { id: 'any', by: null, steps: kinds.map((each) => step(each, 'both')) };
      const run = start(act);
      expect(run.at()).toBe(ready(act));
      const clock = kinds.indexOf('set-local-answer');
      const asked = clock === -1 ? kinds.length : clock + 1;
      for (let k = 0; k < asked; k += 1) {
        expect(run.at()).toBe(`${kinds[k] ?? ''}.ready`);
        await run.send({ type: 'NEXT' });
      }
      expect(run.at()).toBe('performed');
      expect(run.actions).toEqual(kinds.flatMap((each) => [`begins ${each}`, `done ${each}`]));
    }),
    { numRuns: 50 },
  );
});
