// A machine of steps that is running, with everything that it does written down. Any machine made of `stepState`.
import { fromPromise } from 'xstate';
import type { StateValue } from 'xstate';
import { expect } from 'vitest';
import type { actMachine } from '../../machines/exchange.ts';
import type { StepsEvent } from '../../machines/step.ts';

/** What a machine of steps is given; the same for all of them. */
type Given = Parameters<ReturnType<typeof actMachine>['provide']>[0];

/** An actor of a machine of steps. */
interface StepsActor {
  readonly subscribe: (next: (snapshot: { readonly value: StateValue }) => void) => unknown;
  readonly start: () => unknown;
  readonly send: (event: StepsEvent) => void;
  readonly getSnapshot: () => { readonly value: StateValue };
}

/** Promises settle, and what they set off, before this does. */
export const allDone = () => new Promise((resolve) => setImmediate(resolve));

/** Where a snapshot stands, as short text: `create-offer.running`, `connected`, `stopped`. */
export function place({ value }: { readonly value: StateValue }): string {
  if (typeof value === 'string') return value;
  const [at] = Object.values(value);
  return typeof at === 'object'
    ? Object.entries(at)
        .map(([step, progress]) => `${step}.${progress as string}`)
        .join('.')
    : (at ?? '');
}

/** Work that is under way, for the test to end. */
interface Work {
  readonly name: string;
  readonly signal: AbortSignal;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export interface Options {
  /** Kinds of steps whose work waits for the test; that of all others resolves at once. */
  readonly held?: (name: string) => boolean;
  /** Turns wait for the test to send them. */
  readonly heldTurns?: boolean;
}

/**
 * Starts a machine.
 * @param make the actor, with what it is given
 */
export function startMachine<A extends StepsActor>(
  make: (given: Given) => A,
  { held = () => false, heldTurns = false }: Options = {},
) {
  const work: Work[] = [];
  const actions: string[] = [];
  const problems: unknown[] = [];
  const seen: string[] = [];
  const actor = make({
    actors: {
      work: fromPromise<unknown, { readonly step: string }>(({ input: { step }, signal }) => {
        if (!held(step)) return Promise.resolve();
        return new Promise<void>((resolve, reject) =>
          work.push({ name: step, signal, resolve, reject }),
        );
      }),
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
  });
  actor.subscribe((snapshot) => seen.push(place(snapshot)));
  actor.start();
  return {
    machine: actor,
    work,
    actions,
    problems,
    seen,
    at: () => place(actor.getSnapshot()),
    send: async (...events: readonly StepsEvent[]) => {
      for (const event of events) actor.send(event);
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

interface Path {
  readonly steps: readonly {
    readonly state: { readonly value: StateValue };
    readonly event: { readonly type: string };
  }[];
}

/** Takes a path of the graph with a living machine, whose work and turns are held, and compares at each state. */
export async function follow(
  run: Pick<ReturnType<typeof startMachine>, 'at' | 'end' | 'send'>,
  path: Path,
): Promise<void> {
  for (const { event, state } of path.steps.slice(1)) {
    const { type } = event;
    if (type.startsWith('xstate.done.actor.')) await run.end();
    else if (type.startsWith('xstate.error.actor.')) await run.end({ thrown: new Error() });
    else await run.send({ type } as StepsEvent);
    expect(run.at()).toBe(place(state));
  }
}
