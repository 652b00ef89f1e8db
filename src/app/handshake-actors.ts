// What the handshake machine is given: the call's work as its actors, the recorder as its actions.
import { createActor, fromPromise, type ActorRefFrom, type AnyActorRef } from 'xstate';
import { handshakeMachine } from '../../machines/handshake.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { Side } from '../trace/step.ts';
import type { Call } from './call.ts';

type System = AnyActorRef['system'];

/** What one handshake works on. */
interface Workplace {
  readonly call: Call;
  readonly recorder: Recorder;
  readonly hangsUp: () => Side;
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

const actor = (work: (workplace: Workplace, signal: AbortSignal) => Promise<void> | void) =>
  fromPromise<unknown>(async ({ system, signal }) => {
    await work(at(system), signal);
  });

const machine = handshakeMachine.provide({
  actors: {
    captureCaller: actor(({ call }) => call.capture('caller')),
    addTracks: actor(({ call }) => {
      call.addTracks('caller');
    }),
    createOffer: actor(({ call }) => call.createOffer()),
    setLocalOffer: actor(({ call }) => call.setLocalOffer()),
    gatherCandidates: actor(({ call }, signal) => call.gather('caller', signal)),
    sendOffer: actor(({ call }) => call.sendOffer()),
    setRemoteOffer: actor(({ call }) => call.setRemoteOffer()),
    captureCallee: actor(({ call }) => call.captureCallee()),
    createAnswer: actor(({ call }) => call.createAnswer()),
    setLocalAnswer: actor(({ call }, signal) => call.setLocalAnswer(signal)),
    sendAnswer: actor(({ call }) => {
      call.sendAnswer();
    }),
    receiveAnswer: actor((workplace, signal) => {
      workplace.receiving += 1;
      return workplace.call.receiveAnswer(workplace.receiving > 1, signal);
    }),
    setRemoteAnswer: actor(({ call }) => call.setRemoteAnswer()),
    connect: actor(({ call }, signal) => call.connect(signal)),
    hangUp: actor(({ call, hangsUp }) => call.hangUp(hangsUp())),
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

/**
 * A handshake with its effects, not started yet.
 * @param hangsUp whose wish it was, asked when the call is hung up
 */
export function createHandshake(
  call: Call,
  recorder: Recorder,
  hangsUp: () => Side,
): ActorRefFrom<typeof handshakeMachine> {
  const handshake = createActor(machine);
  workplaces.set(handshake.system, { call, recorder, hangsUp, receiving: 0 });
  return handshake;
}
