// `npm run machine`: what it prints is code that stands alone, and is the handshake machine.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Script } from 'node:vm';
import { parseSync } from 'vite';
import { beforeAll, expect, test } from 'vitest';
import { createActor, createMachine, fromPromise } from 'xstate';
import { getStateNodes } from 'xstate/graph';
import { handshakeMachine } from '../../machines/handshake.ts';
import { perfectMachine } from '../../machines/perfect.ts';
import { rootPath } from '../../scripts/run.js';
import { CALL_STEPS } from '../../src/rtc/steps.ts';
import { startMachine } from './steps-run.ts';

const IMPORT = "import { createMachine } from 'xstate';\n";
const kinds = CALL_STEPS.map(({ kind }) => kind);

/** What it is told with can't be printed: a function picks it from the context. */
const TELL_NOTHING = { actions: { stepFailed: () => undefined } };

let text = '';

beforeAll(async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/machine.js'], {
    cwd: rootPath,
  });
  text = stdout;
}, 60_000);

/** The machine that the text makes. The import of a module needs a module; the rest is one expression. */
function printed(): typeof handshakeMachine {
  const make: unknown = new Script(
    `(createMachine) => ${text.slice(IMPORT.length).trim()}`,
  ).runInThisContext();
  return (make as (create: typeof createMachine) => typeof handshakeMachine)(createMachine);
}

test('it is one import and one call', () => {
  expect(text.startsWith(IMPORT)).toBe(true);
  expect(parseSync('handshake.js', text).program.body.map(({ type }) => type)).toEqual([
    'ImportDeclaration',
    'ExpressionStatement',
  ]);
});

test('it has the 14 states in order, each with what it is and what it does', () => {
  const steps = (machine: typeof handshakeMachine) =>
    getStateNodes(machine).map((node) => ({
      ...{ id: node.id, path: node.path, meta: node.meta as unknown, tags: node.tags },
      events: Object.keys(node.on),
      entry: node.entry.map((action) => (action as { readonly type: string }).type),
      invoke: node.invoke.map(({ src, id }) => [src, id]),
    }));
  const machine = printed();
  const names = steps(machine).filter(({ path }) => path.length === 2 && path[0] === 'call');
  expect(names.map(({ path }) => path[1])).toEqual([...kinds, 'connected']);
  expect(steps(machine)).toEqual(steps(handshakeMachine));
});

test('perfect negotiation is printed too, and runs', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['scripts/machine.js', 'perfect'],
    { cwd: rootPath },
  );
  const make: unknown = new Script(
    `(createMachine) => ${stdout.slice(IMPORT.length).trim()}`,
  ).runInThisContext();
  const machine = (make as (create: typeof createMachine) => ReturnType<typeof createMachine>)(
    createMachine,
  );
  expect(Object.keys(machine.states)).toEqual(Object.keys(perfectMachine.states));
  const actor = createActor(
    machine.provide({
      actors: { takeOffer: fromPromise(() => Promise.resolve()) },
      guards: { isPolite: () => false, isNeeded: () => false },
    }),
  ).start();
  actor.send({ type: 'OFFER' });
  expect(actor.getSnapshot().value).toBe('takingOffer');
}, 60_000);

test('it runs in XState: every step in its turn, and one that failed again', async () => {
  const run = startMachine((given) => createActor(printed().provide(given).provide(TELL_NOTHING)), {
    held: (name) => name === 'create-offer',
    heldTurns: true,
  });
  for (const kind of kinds) {
    expect(run.at()).toBe(`${kind}.ready`);
    await run.send({ type: 'NEXT' });
    if (kind === 'create-offer') {
      expect(run.at()).toBe(`${kind}.running`);
      await run.end({ thrown: new Error('no') });
      expect(run.at()).toBe(`${kind}.failed`);
      await run.send({ type: 'RETRY' });
      await run.end();
    }
    expect(run.at()).toBe(`${kind}.done`);
    await run.send({ type: 'TURN' });
  }
  expect(run.at()).toBe('connected');
});
