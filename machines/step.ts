// The shape of a step, written once: ready, running, then done or failed with a retry. Machines are made of these.
import { assign, fromPromise, setup } from 'xstate';
import type { ErrorInfo, Problem } from '../src/trace/event.ts';
import type { PlannedStep } from '../src/rtc/steps.ts';

/** What a machine of steps listens to. */
export type StepsEvent =
  /** Run one step. While a step runs it is ignored: the player counts the presses of somebody who presses fast. */
  | { readonly type: 'NEXT' }
  /** Run the failed step again. */
  | { readonly type: 'RETRY' }
  /** Give up, whatever runs. */
  | { readonly type: 'STOP' }
  /** What the machine says to itself when a state has been seen. */
  | { readonly type: 'TURN' };

/** How far a step has come. */
export type Progress = 'ready' | 'running' | 'done' | 'failed';

/** Everything here is plain data; peers and messages live in the closures of the actors. */
export interface StepsContext {
  /** Why the current step failed; `null` unless it did. */
  readonly problem: Problem | null;
}

/** A step that a machine can run: `number` where its plan numbers it. */
export type MachineStep = PlannedStep & { readonly number?: number };

/** Where the program puts the real work, with `.provide({ actors })`. What that resolves to is not used. */
const provideMe = fromPromise<unknown, { readonly step: string }>(() =>
  Promise.reject(new Error('provide me')),
);

/** What machines of steps share: the work of a step comes in as an actor, and each change is told by an action. */
export const steps = setup({
  types: {
    context: {} as StepsContext,
    events: {} as StepsEvent,
    tags: {} as 'on-a-clock',
    meta: {} as MachineStep,
  },
  actors: { work: provideMe },
  actions: {
    stepBegins: (_, _step: { readonly step: string }) => {},
    stepDone: (_, _step: { readonly step: string }) => {},
    stepFailed: (_, _step: { readonly step: string; readonly problem: Problem }) => {},
    /** Lets a state be seen before it is left by itself; whoever hears of it may send NEXT before the turn comes. */
    turn: ({ self }) => {
      void Promise.resolve()
        .then(() => undefined)
        .then(() => {
          if (self.getSnapshot().status === 'active') self.send({ type: 'TURN' });
        });
    },
    keepProblem: assign((_, { error }: { readonly error: unknown }) => ({
      problem: problemFrom(error),
    })),
    forgetProblem: assign({ problem: null }),
  },
});

/**
 * A step as a state.
 * @param step what it is; its kind is the state's id, the name of its work, and what the actions are told
 * @param next the id of the state that follows; one without `running` is where the machine rests
 * @param onAClock `ready` waits for nobody, because the browsers' own clocks run (house rule after step 10)
 */
export function stepState(step: MachineStep, next: MachineStep | string, onAClock = false) {
  const { kind } = step;
  const params = { step: kind };
  const after = typeof next === 'string' ? next : next.kind;
  // A NEXT that comes first runs the next step at once, so that it is neither lost nor counted twice.
  const overtaken = typeof next === 'string' ? {} : { NEXT: `#${after}.running` };
  return steps.createStateConfig({
    id: kind,
    meta: step,
    initial: 'ready',
    ...(onAClock ? { tags: 'on-a-clock' } : {}),
    states: {
      ready: onAClock
        ? { entry: 'turn', on: { TURN: 'running', NEXT: 'running' } }
        : { on: { NEXT: 'running' } },
      running: {
        entry: { type: 'stepBegins', params },
        invoke: {
          src: 'work',
          id: kind,
          input: params,
          onDone: 'done',
          onError: {
            target: 'failed',
            actions: { type: 'keepProblem', params: ({ event }) => event },
          },
        },
      },
      // Left on the next turn and never in the same one, so that a subscriber sees it.
      done: {
        entry: [{ type: 'stepDone', params }, 'turn'],
        on: { TURN: `#${after}`, ...overtaken },
      },
      failed: {
        entry: {
          type: 'stepFailed',
          params: ({ context }) => ({ step: kind, problem: problemIn(context) }),
        },
        on: { RETRY: { target: 'running', actions: 'forgetProblem' } },
      },
    },
  });
}

/**
 * Where a machine of steps stands: `null` once it was stopped. At its end it stays at the last step, done.
 * @param value the machine's value: `stopped`, or under `first` the step and its progress, or `last` at the end
 */
export function placeIn(
  value: unknown,
  last: string,
): { readonly step: string; readonly progress: Progress } | null {
  const at = isObject(value) ? Object.values(value)[0] : null;
  if (typeof at === 'string') return { step: last, progress: 'done' };
  if (!isObject(at)) return null;
  const [[step, progress] = []] = Object.entries(at);
  return step !== undefined && isProgress(progress) ? { step, progress } : null;
}

function isProgress(value: unknown): value is Progress {
  return value === 'ready' || value === 'running' || value === 'done' || value === 'failed';
}

/** An actor may reject with a problem that has a name; anything else becomes `unexpected`, its exception kept as data. */
function problemFrom(thrown: unknown): Problem {
  if (isProblem(thrown))
    return { code: thrown.code, error: thrown.error && errorInfo(thrown.error) };
  return { code: 'unexpected', error: errorInfo(thrown) };
}

function problemIn(context: StepsContext): Problem {
  return context.problem ?? problemFrom(undefined);
}

function errorInfo(thrown: unknown): ErrorInfo {
  if (!isObject(thrown)) return { name: 'Error', message: String(thrown) };
  const { name, message } = thrown;
  return {
    name: typeof name === 'string' ? name : 'Error',
    message: typeof message === 'string' ? message : '',
  };
}

/** A `DOMException` has a `code` too, but it is a number, and no `error`. */
function isProblem(thrown: unknown): thrown is Problem {
  return (
    isObject(thrown) &&
    typeof thrown['code'] === 'string' &&
    (thrown['error'] === null || isObject(thrown['error']))
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
