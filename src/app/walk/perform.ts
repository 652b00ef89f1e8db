// Performing an act: its machine says when, its work what, and the recorder writes down both.
import { createActor, fromPromise, type Actor, type AnyActorRef } from 'xstate';
import { actMachine, stepOfAct } from '../../../machines/exchange.ts';
import { handshakeMachine } from '../../../machines/handshake.ts';
import type { Progress } from '../../../machines/step.ts';
import type { ActWork } from '../../call/act.ts';
import { CALL_ACT, type Act } from '../../rtc/steps.ts';
import type { Recorder } from '../../trace/recorder.ts';

type System = AnyActorRef['system'];

/** What one performance works on. */
interface Workplace {
  readonly act: Act;
  readonly work: ActWork;
  readonly recorder: Recorder;
  /** Whether the act is in the recording: it begins there with its first step. */
  begun: boolean;
  /** How often each step has been run: from the second time on it is told. */
  readonly runs: Map<string, number>;
}

// Making a machine costs as much as walking it, so each is made once; a performance finds its work by its system,
// which is its own.
const workplaces = new WeakMap<System, Workplace>();

function at(system: System): Workplace {
  const workplace = workplaces.get(system);
  if (workplace === undefined) throw new Error('The machine was not started by perform.');
  return workplace;
}

const implementations = {
  actors: {
    work: fromPromise<unknown, { readonly step: string }>(async ({ input, system, signal }) => {
      const { work, runs } = at(system);
      const before = runs.get(input.step) ?? 0;
      runs.set(input.step, before + 1);
      await work[input.step]?.(signal, before > 0);
    }),
  },
  actions: {
    stepBegins: ({ system }: { readonly system: System }, { step }: { readonly step: string }) => {
      const place = at(system);
      if (place.begun) place.recorder.begin(step);
      else place.recorder.beginAct(place.act);
      place.begun = true;
    },
    stepDone: ({ system }: { readonly system: System }, { step }: { readonly step: string }) => {
      at(system).recorder.done(step);
    },
    stepFailed: (
      { system }: { readonly system: System },
      {
        step,
        problem,
      }: { readonly step: string; readonly problem: Parameters<Recorder['fail']>[1] },
    ) => {
      at(system).recorder.fail(step, problem);
    },
  },
};

const call = handshakeMachine.provide(implementations);
const made = new Map<string, ReturnType<typeof actMachine>>();

function machineOf(act: Act, runsOnAfter: string | undefined) {
  if (act.id === CALL_ACT.id) return call;
  const key = JSON.stringify(act);
  const machine = made.get(key) ?? actMachine(act, runsOnAfter).provide(implementations);
  made.set(key, machine);
  return machine;
}

/** An act that is being performed. */
export class Performance {
  readonly act: Act;
  readonly #actor: Actor<ReturnType<typeof machineOf>>;

  /**
   * Stands before the act's first step.
   * @param changed told when a step begins, is done or fails
   * @param runsOnAfter the step from whose end on the others wait for nobody; as in every exchange unless told
   */
  constructor(
    act: Act,
    work: ActWork,
    recorder: Recorder,
    changed: () => void,
    runsOnAfter?: string,
  ) {
    this.act = act;
    this.#actor = createActor(machineOf(act, runsOnAfter));
    workplaces.set(this.#actor.system, { act, work, recorder, begun: false, runs: new Map() });
    this.#actor.start();
    // Once it stands: who is told may ask where.
    this.#actor.subscribe(changed);
  }

  /** Where it stands; `null` once it was stopped. */
  get place(): { readonly step: string; readonly progress: Progress } | null {
    return stepOfAct(this.#actor.getSnapshot(), this.act);
  }

  /** All its steps are done. */
  get isOver(): boolean {
    const { place } = this;
    return place?.progress === 'done' && place.step === this.act.steps.at(-1)?.kind;
  }

  /** Runs one more step. */
  next(): void {
    this.#actor.send({ type: 'NEXT' });
  }

  /** Runs the failed step again. */
  retry(): void {
    this.#actor.send({ type: 'RETRY' });
  }

  /** Gives the act up: what runs is aborted. */
  stop(): void {
    this.#actor.send({ type: 'STOP' });
    this.#actor.stop();
  }
}
