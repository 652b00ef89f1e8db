// What the handshake machine is given: the call's work as its actors, the recorder as its actions.
import { createActor, fromPromise, type ActorRefFrom, type AnyActorRef } from 'xstate';
import { handshakeMachine } from '../../machines/handshake.ts';
import { callStep, type CallStepKind } from '../rtc/steps.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { Call } from './call.ts';

type System = AnyActorRef['system'];

/** What one handshake works on. */
interface Workplace {
  readonly call: Call;
  readonly recorder: Recorder;
  /** The machine runs a failed step's actor again: from the second time on it has to be told. */
  receiving: number;
}

// Making the machine costs as much as walking it, so it is made once; each handshake finds its work by
// its system, which is its own.
const workplaces = new WeakMap<System, Workplace>();

function at(system: System): Workplace {
  const workplace = workplaces.get(system);
  if (workplace === undefined) throw new Error('The handshake was not made by createHandshake.');
  return workplace;
}

/** What each step really does. */
const WORK: Readonly<
  Record<CallStepKind, (workplace: Workplace, signal: AbortSignal) => Promise<void> | void>
> = {
  'capture-caller': ({ call }) => call.capture('caller'),
  'add-tracks': ({ call }) => {
    call.addTracks('caller');
  },
  'create-offer': ({ call }) => call.createOffer(),
  'set-local-offer': ({ call }) => call.setLocalOffer(),
  'gather-candidates': ({ call }, signal) => call.gather('caller', signal),
  'send-offer': ({ call }) => call.sendOffer(),
  'set-remote-offer': ({ call }) => call.setRemoteOffer(),
  'capture-callee': ({ call }) => call.captureCallee(),
  'create-answer': ({ call }) => call.createAnswer(),
  'set-local-answer': ({ call }, signal) => call.setLocalAnswer(signal),
  'send-answer': ({ call }) => {
    call.sendAnswer();
  },
  'receive-answer': (workplace, signal) => {
    workplace.receiving += 1;
    return workplace.call.receiveAnswer(workplace.receiving > 1, signal);
  },
  'set-remote-answer': ({ call }) => call.setRemoteAnswer(),
  connect: ({ call }, signal) => call.connect(signal),
};

const machine = handshakeMachine.provide({
  actors: {
    work: fromPromise<unknown, { readonly step: string }>(async ({ input, system, signal }) => {
      const step = callStep(input.step);
      if (step !== null) await WORK[step.kind](at(system), signal);
    }),
  },
  actions: {
    stepBegins: ({ system }, { step }) => {
      at(system).recorder.begin(step);
    },
    stepDone: ({ system }, { step }) => {
      at(system).recorder.done(step);
    },
    stepFailed: ({ system }, { step, problem }) => {
      at(system).recorder.fail(step, problem);
    },
  },
});

/** A handshake with its effects, not started yet. */
export function createHandshake(
  call: Call,
  recorder: Recorder,
): ActorRefFrom<typeof handshakeMachine> {
  const handshake = createActor(machine);
  workplaces.set(handshake.system, { call, recorder, receiving: 0 });
  return handshake;
}
