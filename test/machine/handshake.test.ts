// The handshake machine: every path through it, what is seen on the way, and what its actors are told.
import { createActor, type SnapshotFrom } from 'xstate';
import {
  adjacencyMapToArray,
  getAdjacencyMap,
  getShortestPaths,
  getStateNodes,
} from 'xstate/graph';
import { describe, expect, test } from 'vitest';
import { stepOfAct } from '../../machines/exchange.ts';
import { handshakeMachine } from '../../machines/handshake.ts';
import { CALL_ACT, CALL_STEPS, callStep } from '../../src/rtc/steps.ts';
import { allDone, follow, place, startMachine } from './steps-run.ts';
import type { Options } from './steps-run.ts';

type Snapshot = SnapshotFrom<typeof handshakeMachine>;

const byValue = { serializeState: (snapshot: Snapshot) => JSON.stringify(snapshot.value) };
const stepOf = (snapshot: Snapshot) => stepOfAct(snapshot, CALL_ACT);
const kinds = CALL_STEPS.map(({ kind }) => kind);

const start = (options?: Options) =>
  startMachine((given) => createActor(handshakeMachine.provide(given)), options);

/** The work of that step is held, and every turn goes by at once. */
const heldAt = (number: number) => ({ held: (name: string) => name === kinds[number - 1] });

/** Runs up to `ready` of a step that waits for NEXT. */
async function startAt(number: number, options: Options = {}) {
  const run = start(options);
  for (let step = 1; step < number; step++) await run.send({ type: 'NEXT' });
  return run;
}

describe('the steps', () => {
  test('are those of the table, in its order, with its facts', () => {
    const keys = getStateNodes(handshakeMachine)
      .filter(({ path }) => path.length === 2 && path[0] === 'call')
      .map(({ key }) => key);
    expect(keys).toEqual([...kinds, 'connected']);
    const nodes = kinds.map((kind) => handshakeMachine.getStateNodeById(kind));
    expect(nodes.map(({ key, meta }) => ({ ...meta, kind: key }))).toEqual([...CALL_STEPS]);
  });

  test('carry the name that their work goes by', () => {
    const work = kinds.map((kind) => {
      const { running } = handshakeMachine.getStateNodeById(kind).states;
      return running?.invoke.map(({ src, id, input }) => ({ src, id, input }));
    });
    expect(work).toEqual(kinds.map((kind) => [{ src: 'work', id: kind, input: { step: kind } }]));
  });

  test('fail with a clear word when no work is provided', async () => {
    const machine = createActor(handshakeMachine).start();
    machine.send({ type: 'NEXT' });
    await allDone();
    expect(machine.getSnapshot().context.problem?.error?.message).toBe('provide me');
  });
});

describe('every path', () => {
  const paths = getShortestPaths(handshakeMachine, byValue);
  const edges = adjacencyMapToArray(getAdjacencyMap(handshakeMachine, byValue));

  test('reaches every state there is', () => {
    const steps = kinds.flatMap((kind) =>
      ['ready', 'running', 'done', 'failed'].map((p) => `${kind}.${p}`),
    );
    const reached = paths.map(({ state }) => place(state));
    expect(reached.sort()).toEqual([...steps, 'connected', 'stopped'].sort());
  });

  test.each(paths.map((path) => [place(path.state), path] as const))(
    'leads a living actor to %s as it does on paper',
    async (_, path) => {
      await follow(start({ held: () => true, heldTurns: true }), path);
    },
  );

  test('leads from each step to none but the next, and only when it is done', () => {
    const passages = edges.flatMap(({ state, nextState }) => {
      const [from, to] = [stepOf(state), stepOf(nextState)];
      return from === null || to === null || from.step === to.step ? [] : [{ from, to }];
    });
    expect(new Set(passages.map(({ from }) => from.step)).size).toBe(13);
    for (const { from, to } of passages) {
      expect(from.progress).toBe('done');
      expect(callStep(to.step)?.number).toBe((callStep(from.step)?.number ?? 0) + 1);
      expect(to.progress).not.toBe('done');
    }
  });

  test('can be stopped from anywhere', () => {
    const calls = paths.map(({ state }) => state).filter((state) => stepOf(state) !== null);
    const stopped = edges.filter(({ event }) => event.type === 'STOP');
    expect(stopped.map(({ state }) => place(state)).sort()).toEqual(calls.map(place).sort());
    for (const { nextState } of stopped) expect(place(nextState)).toBe('stopped');
  });
});

describe('NEXT', () => {
  test('runs exactly one step, up to step 10', async () => {
    const run = start();
    for (let number = 1; number < 10; number++) {
      await run.send({ type: 'NEXT' });
      expect(run.actions).toHaveLength(2 * number);
      expect(run.at()).toBe(`${kinds[number] ?? ''}.ready`);
    }
  });

  test('does nothing while a step runs', async () => {
    const run = await startAt(3, heldAt(3));
    await run.send({ type: 'NEXT' }, { type: 'NEXT' }, { type: 'NEXT' });
    await run.end();
    expect(run.at()).toBe('set-local-offer.ready');
  });

  test('does nothing at a step that failed', async () => {
    const run = await startAt(1, heldAt(1));
    await run.send({ type: 'NEXT' });
    await run.end({ thrown: new Error() });
    await run.send({ type: 'NEXT' });
    expect(run.at()).toBe('capture-caller.failed');
  });

  test('just when a step is done is neither lost nor counted twice', async () => {
    const run = start({ held: (name) => name === 'add-tracks', heldTurns: true });
    await run.send({ type: 'NEXT' });
    expect(run.at()).toBe('capture-caller.done');
    // The turn that NEXT overtook comes late, and must not count.
    await run.send({ type: 'NEXT' }, { type: 'TURN' });
    expect(run.at()).toBe('add-tracks.running');
    await run.end();
    expect(run.at()).toBe('add-tracks.done');
    await run.send({ type: 'TURN' });
    expect(run.at()).toBe('create-offer.ready');
    await run.send({ type: 'TURN' });
    expect(run.at()).toBe('create-offer.ready');
  });
});

describe('what is seen', () => {
  test('is every step, ready or wanted at once, then running, then done', async () => {
    const run = await startAt(11);
    const expected = kinds.flatMap((kind) => [`${kind}.ready`, `${kind}.running`, `${kind}.done`]);
    expect(run.seen.filter((at, i) => at !== run.seen[i - 1])).toEqual([...expected, 'connected']);
  });

  test('is running and done even when NEXT comes at every chance', async () => {
    const run = start();
    const answered = new Set<string>();
    run.machine.subscribe((snapshot) => {
      const at = place(snapshot);
      if (!at.endsWith('.done') || answered.has(at)) return;
      answered.add(at);
      run.machine.send({ type: 'NEXT' });
    });
    await run.send({ type: 'NEXT' });
    const steps = kinds.flatMap((kind) => [`${kind}.running`, `${kind}.done`]);
    expect(run.seen.filter((at, i) => at !== run.seen[i - 1] && !at.endsWith('.ready'))).toEqual([
      ...steps,
      'connected',
    ]);
  });

  test('is told to the actions in the same order', async () => {
    const run = await startAt(11);
    expect(run.actions).toEqual(kinds.flatMap((kind) => [`begins ${kind}`, `done ${kind}`]));
  });

  test('is where the call stands', async () => {
    const run = await startAt(7);
    expect(stepOf(run.machine.getSnapshot())).toEqual({
      step: 'set-remote-offer',
      progress: 'ready',
    });
    await run.send({ type: 'NEXT' }, { type: 'NEXT' }, { type: 'NEXT' });
    const done = await startAt(11);
    expect(stepOf(done.machine.getSnapshot())).toEqual({ step: 'connect', progress: 'done' });
    await done.send({ type: 'STOP' });
    expect(stepOf(done.machine.getSnapshot())).toBeNull();
  });
});

describe('after step 10', () => {
  test('it runs on to the end by itself', async () => {
    const run = await startAt(10);
    expect(run.at()).toBe('set-local-answer.ready');
    await run.send({ type: 'NEXT' });
    expect(run.at()).toBe('connected');
  });

  test.each([11, 12, 13, 14])('it runs on after step %i was tried again', async (number) => {
    const run = await startAt(10, heldAt(number));
    await run.send({ type: 'NEXT' });
    await run.end({ thrown: new Error() });
    expect(run.at()).toBe(`${kinds[number - 1] ?? ''}.failed`);
    await run.send({ type: 'RETRY' });
    await run.end();
    expect(run.at()).toBe('connected');
  });

  test('it says so with a tag', () => {
    const tagged = CALL_STEPS.filter(({ kind }) =>
      handshakeMachine.getStateNodeById(kind).tags.includes('on-a-clock'),
    );
    expect(tagged.map(({ number }) => number)).toEqual([11, 12, 13, 14]);
  });
});

describe('a step that fails', () => {
  const failed = async (number: number, thrown: unknown) => {
    const run = await startAt(Math.min(number, 10), heldAt(number));
    await run.send({ type: 'NEXT' });
    await run.end({ thrown });
    return run;
  };

  test.each(CALL_STEPS.map(({ number, kind }) => [kind, number] as const))(
    '%s waits, and can be tried again until it works',
    async (id, number) => {
      const run = await failed(number, new Error('no'));
      expect(run.at()).toBe(`${id}.failed`);
      await run.send({ type: 'RETRY' });
      expect(run.at()).toBe(`${id}.running`);
      expect(run.machine.getSnapshot().context.problem).toBeNull();
      await run.end({ thrown: new Error('no') });
      await run.send({ type: 'RETRY' });
      await run.end();
      expect(run.actions.filter((action) => action.endsWith(` ${id}`))).toEqual([
        ...[`begins ${id}`, `failed ${id}`, `begins ${id}`, `failed ${id}`],
        ...[`begins ${id}`, `done ${id}`],
      ]);
    },
  );

  const error = { name: 'NotAllowedError', message: 'Permission denied' };

  test('keeps a problem that has a name', async () => {
    const problem = { code: 'camera-denied', error };
    const run = await failed(1, { ...problem, stack: 'not plain' });
    expect(run.machine.getSnapshot().context).toEqual({ problem });
    expect(run.problems).toEqual([problem]);
  });

  test('keeps one with no exception behind it', async () => {
    const run = await failed(12, { code: 'message-lost', error: null });
    expect(run.problems).toEqual([{ code: 'message-lost', error: null }]);
  });

  test.each([
    ['an exception', new DOMException(error.message, error.name), error],
    ['an error', new TypeError('x'), { name: 'TypeError', message: 'x' }],
    ['text', 'broken', { name: 'Error', message: 'broken' }],
    ['nothing', undefined, { name: 'Error', message: 'undefined' }],
    ['a number for a code', { code: 8, error: null }, { name: 'Error', message: '' }],
    ['an object', { code: 'EPIPE' }, { name: 'Error', message: '' }],
  ])('calls %s unexpected, and keeps what it said', async (_, thrown, expected) => {
    const run = await failed(4, thrown);
    expect(run.problems).toEqual([{ code: 'unexpected', error: expected }]);
  });

  test('keeps nothing that is not plain data', async () => {
    const run = await failed(2, { code: 'ice-failed', error: new TypeError('x') });
    const { problem } = run.machine.getSnapshot().context;
    expect(Object.getPrototypeOf(problem?.error)).toBe(Object.prototype);
    expect(JSON.parse(JSON.stringify(problem))).toEqual(problem);
  });
});

describe('STOP', () => {
  test.each(CALL_STEPS.map(({ number, kind }) => [kind, number] as const))(
    'stops the work of %s',
    async (_, number) => {
      const run = await startAt(Math.min(number, 10), heldAt(number));
      await run.send({ type: 'NEXT' });
      const [work] = run.work;
      expect(work?.signal.aborted).toBe(false);
      await run.send({ type: 'STOP' });
      expect(work?.signal.aborted).toBe(true);
      const before = run.actions.length;
      work?.resolve();
      await allDone();
      expect(run.at()).toBe('stopped');
      expect(run.actions).toHaveLength(before);
    },
  );

  test('is final', async () => {
    const run = start();
    await run.send({ type: 'STOP' });
    expect(run.at()).toBe('stopped');
    expect(run.machine.getSnapshot().status).toBe('done');
  });

  test('works when the call is connected', async () => {
    const run = await startAt(11);
    await run.send({ type: 'STOP' });
    expect(run.at()).toBe('stopped');
  });
});
