// The handshake machine: every path through it, what is seen on the way, and what its actors are told.
import { createActor, fromPromise, transition } from 'xstate';
import {
  adjacencyMapToArray,
  getAdjacencyMap,
  getShortestPaths,
  getStateNodes,
} from 'xstate/graph';
import { describe, expect, test } from 'vitest';
import {
  connectionMachine,
  gatheringMachine,
  handshakeMachine,
  stepOf,
  tellIce,
} from '../../machines/handshake.ts';
import type { HandshakeEvent, HandshakeSnapshot, IceNews } from '../../machines/handshake.ts';
import { CALL_STEPS, stepAt, stepNumber } from '../../src/rtc/steps.ts';
import type { Side } from '../../src/rtc/steps.ts';

const byValue = { serializeState: (snapshot: HandshakeSnapshot) => JSON.stringify(snapshot.value) };
const ids = CALL_STEPS.map(({ id }) => id);

/** Promises settle, and what they set off, before this does. */
const allDone = () => new Promise((resolve) => setImmediate(resolve));

/** Where a snapshot stands, as short text: `create-offer.running`, `connected`, `ended`. */
function place({ value }: HandshakeSnapshot): string {
  if (typeof value === 'string') return value;
  const at = value.call;
  return typeof at === 'string' ? at : Object.entries(at).flat().join('.');
}

/** Work that is under way, for the test to end. */
interface Work {
  readonly name: string;
  readonly signal: AbortSignal;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

interface Options {
  /** Names of the actors that wait for the test; all others resolve at once. */
  readonly held?: (name: string) => boolean;
  /** Turns wait for the test to send them. */
  readonly heldTurns?: boolean;
}

/** A machine that is running, with everything that it does written down. */
function start({ held = () => false, heldTurns = false }: Options = {}) {
  const work: Work[] = [];
  const actions: string[] = [];
  const problems: unknown[] = [];
  const seen: string[] = [];
  const actor = (name: string) =>
    fromPromise<unknown>(({ signal }) => {
      if (!held(name)) return Promise.resolve();
      return new Promise<void>((resolve, reject) => work.push({ name, signal, resolve, reject }));
    });
  const machine = createActor(
    handshakeMachine.provide({
      actors: {
        captureCaller: actor('captureCaller'),
        addTracks: actor('addTracks'),
        createOffer: actor('createOffer'),
        setLocalOffer: actor('setLocalOffer'),
        gatherCandidates: actor('gatherCandidates'),
        sendOffer: actor('sendOffer'),
        setRemoteOffer: actor('setRemoteOffer'),
        captureCallee: actor('captureCallee'),
        createAnswer: actor('createAnswer'),
        setLocalAnswer: actor('setLocalAnswer'),
        sendAnswer: actor('sendAnswer'),
        receiveAnswer: actor('receiveAnswer'),
        setRemoteAnswer: actor('setRemoteAnswer'),
        connect: actor('connect'),
        hangUp: actor('hangUp'),
      },
      actions: {
        ...(heldTurns ? { turn: () => undefined } : {}),
        stepBegins: (_, { step }) => void actions.push(`begins ${step}`),
        stepDone: (_, { step }) => void actions.push(`done ${step}`),
        stepFailed: (_, { step, problem }) => {
          actions.push(`failed ${step}`);
          problems.push(problem);
        },
      },
    }),
  );
  machine.subscribe((snapshot) => seen.push(place(snapshot)));
  machine.start();
  return {
    machine,
    work,
    actions,
    problems,
    seen,
    at: () => place(machine.getSnapshot()),
    send: async (...events: HandshakeEvent[]) => {
      for (const event of events) machine.send(event);
      await allDone();
    },
    /** Ends the newest work. */
    end: async (error?: { readonly thrown: unknown }) => {
      const newest = work.pop();
      if (newest === undefined) throw new Error('nothing is under way');
      if (error === undefined) newest.resolve();
      else newest.reject(error.thrown);
      await allDone();
      return newest;
    },
  };
}

/** The work of that step is held, and every turn goes by at once. */
const heldAt = (number: number) => ({ held: (name: string) => name === camel(number) });
const camel = (number: number) =>
  (stepAt(number)?.id ?? '').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

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
    expect(keys).toEqual([...ids, 'connected']);
    const nodes = ids.map((id) => handshakeMachine.getStateNodeById(id));
    expect(nodes.map(({ key, meta }) => ({ id: key, ...meta }))).toEqual([...CALL_STEPS]);
  });

  test('carry a name that the actors of the program go by', () => {
    const work = CALL_STEPS.map(({ id }) => {
      const { running } = handshakeMachine.getStateNodeById(id).states;
      return running?.invoke.map(({ src }) => src);
    });
    expect(work).toEqual(CALL_STEPS.map(({ number }) => [camel(number)]));
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
    const steps = ids.flatMap((id) =>
      ['ready', 'running', 'done', 'failed'].map((p) => `${id}.${p}`),
    );
    const reached = paths.map(({ state }) => place(state));
    expect(reached.sort()).toEqual([...steps, 'connected', 'hangingUp', 'ended'].sort());
  });

  test.each(paths.map((path) => [place(path.state), path] as const))(
    'leads a living actor to %s as it does on paper',
    async (_, path) => {
      const run = start({ held: () => true, heldTurns: true });
      for (const { event, state } of path.steps.slice(1)) {
        const { type }: { type: string } = event;
        if (type.startsWith('xstate.done.actor.')) await run.end();
        else if (type.startsWith('xstate.error.actor.')) await run.end({ thrown: new Error() });
        else await run.send(event);
        expect(run.at()).toBe(place(state));
      }
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
      expect(stepNumber(to.step)).toBe(stepNumber(from.step) + 1);
      expect(to.progress).not.toBe('done');
    }
  });

  test('can be hung up from anywhere', () => {
    const calls = paths.map(({ state }) => state).filter((state) => stepOf(state) !== null);
    const hungUp = edges.filter(({ event }) => event.type === 'HANG_UP');
    expect(hungUp.map(({ state }) => place(state)).sort()).toEqual(calls.map(place).sort());
    for (const { nextState } of hungUp) expect(place(nextState)).toBe('hangingUp');
  });
});

describe('NEXT', () => {
  test('runs exactly one step, up to step 10', async () => {
    const run = start();
    for (let number = 1; number < 10; number++) {
      await run.send({ type: 'NEXT' });
      expect(run.actions).toHaveLength(2 * number);
      expect(run.at()).toBe(`${stepAt(number + 1)?.id}.ready`);
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
    const run = start({ held: (name) => name === 'addTracks', heldTurns: true });
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
    const expected = ids.flatMap((id) => [`${id}.ready`, `${id}.running`, `${id}.done`]);
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
    const steps = ids.flatMap((id) => [`${id}.running`, `${id}.done`]);
    expect(run.seen.filter((at, i) => at !== run.seen[i - 1] && !at.endsWith('.ready'))).toEqual([
      ...steps,
      'connected',
    ]);
  });

  test('is told to the actions in the same order', async () => {
    const run = await startAt(11);
    expect(run.actions).toEqual(ids.flatMap((id) => [`begins ${id}`, `done ${id}`]));
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
    await done.send({ type: 'HANG_UP' });
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
    expect(run.at()).toBe(`${stepAt(number)?.id}.failed`);
    await run.send({ type: 'RETRY' });
    await run.end();
    expect(run.at()).toBe('connected');
  });

  test('it says so with a tag', () => {
    const tagged = CALL_STEPS.filter(({ id }) =>
      handshakeMachine.getStateNodeById(id).tags.includes('on-a-clock'),
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

  test.each(CALL_STEPS.map(({ number, id }) => [id, number] as const))(
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

describe('hanging up', () => {
  test.each(CALL_STEPS.map(({ number, id }) => [id, number] as const))(
    'stops the work of %s',
    async (_, number) => {
      const run = await startAt(Math.min(number, 10), heldAt(number));
      await run.send({ type: 'NEXT' });
      const [work] = run.work;
      expect(work?.signal.aborted).toBe(false);
      await run.send({ type: 'HANG_UP' });
      expect(work?.signal.aborted).toBe(true);
      const before = run.actions.length;
      work?.resolve();
      await allDone();
      expect(run.at()).toBe('ended');
      expect(run.actions).toHaveLength(before);
    },
  );

  test.each([
    ['resolves', undefined],
    ['rejects', { thrown: new Error('no') }],
  ])('ends the call when closing %s', async (_, error) => {
    const run = start({ held: (name) => name === 'hangUp' });
    await run.send({ type: 'HANG_UP' });
    expect(run.at()).toBe('hangingUp');
    await run.send({ type: 'HANG_UP' }, { type: 'NEXT' });
    expect(run.at()).toBe('hangingUp');
    await run.end(error);
    expect(run.at()).toBe('ended');
    expect(run.machine.getSnapshot().status).toBe('done');
  });

  test('works when the call is connected', async () => {
    const run = await startAt(11);
    await run.send({ type: 'HANG_UP' });
    expect(run.at()).toBe('ended');
  });
});

describe('ICE', () => {
  const gathering = ['new', 'gathering', 'complete'];
  const connection = [
    ...['new', 'checking', 'connected', 'completed', 'disconnected', 'failed', 'closed'],
  ];
  const sides: Side[] = ['caller', 'callee'];
  const news = sides.flatMap((side): IceNews[] => [
    ...gathering.map((state) => ({ side, machine: 'iceGatheringState', state }) as const),
    ...connection.map((state) => ({ side, machine: 'iceConnectionState', state }) as const),
  ]);
  /** The states of the four machines beside the steps, as `{ 'caller.iceGatheringState': 'new', … }`. */
  const iceOf = ({ children }: HandshakeSnapshot) =>
    Object.fromEntries(
      sides.flatMap((side) =>
        ['iceGatheringState', 'iceConnectionState'].map((machine) => {
          const snapshot = children[`${side}.${machine}`]?.getSnapshot();
          return [`${side}.${machine}`, snapshot && 'value' in snapshot ? snapshot.value : null];
        }),
      ),
    );

  /** Every state of a machine, and what each of its events makes of it. */
  function edgesOf(machine: typeof gatheringMachine | typeof connectionMachine) {
    const known = machine.events.map((type) => ({ type }));
    const from = known.map(({ type }) => machine.resolveState({ value: type }));
    return from.flatMap((state) =>
      known.map((event) => ({ event, nextState: transition(machine, state, event)[0] })),
    );
  }

  test.each([
    ['iceGatheringState', gatheringMachine, gathering],
    ['iceConnectionState', connectionMachine, connection],
  ] as const)('%s has all its states, and follows from any to any', (_, machine, states) => {
    expect(Object.keys(machine.states)).toEqual(states);
    const edges = edgesOf(machine);
    expect(edges).toHaveLength(states.length ** 2);
    for (const { event, nextState } of edges) expect(nextState.value).toBe(event.type);
  });

  test('is told apart by side and by machine, and leaves the step alone', () => {
    const run = start();
    for (const each of news) {
      const before = run.machine.getSnapshot();
      const ice = iceOf(before);
      tellIce(run.machine, each);
      expect(iceOf(run.machine.getSnapshot())).toEqual({
        ...ice,
        [`${each.side}.${each.machine}`]: each.state,
      });
      expect(stepOf(run.machine.getSnapshot())).toEqual(stepOf(before));
    }
  });

  test('goes on while a step runs, and does not disturb it', async () => {
    const run = await startAt(5, heldAt(5));
    await run.send({ type: 'NEXT' });
    for (const each of news) tellIce(run.machine, each);
    await allDone();
    expect(run.at()).toBe('gather-candidates.running');
    expect(run.work.map(({ signal }) => signal.aborted)).toEqual([false]);
    expect(iceOf(run.machine.getSnapshot())['callee.iceConnectionState']).toBe('closed');
  });

  test('is left as it is by a state that no specification knows', () => {
    const run = start();
    const before = run.machine.getSnapshot();
    tellIce(run.machine, { side: 'caller', machine: 'iceConnectionState', state: 'bored' });
    expect(iceOf(run.machine.getSnapshot())).toEqual(iceOf(before));
    expect(run.machine.getSnapshot().value).toEqual(before.value);
  });

  test('says nothing once the call is over', async () => {
    const run = start();
    await run.send({ type: 'HANG_UP' });
    tellIce(run.machine, { side: 'caller', machine: 'iceConnectionState', state: 'closed' });
    expect(run.at()).toBe('ended');
  });
});
