// What the handshake machine is given: the call's work as its actors, the recorder as its actions.
import { fromPromise } from 'xstate';
import { handshakeMachine } from '../../machines/handshake.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { Side } from '../trace/step.ts';
import type { Call } from './call.ts';

type Work = (signal: AbortSignal) => Promise<void> | void;

const actor = (work: Work) =>
  fromPromise<unknown>(async ({ signal }) => {
    await work(signal);
  });

/**
 * The handshake machine with its effects.
 * @param hangsUp whose wish it was, asked when the call is hung up
 */
export function realHandshake(call: Call, recorder: Recorder, hangsUp: () => Side) {
  // The machine runs a failed step's actor again: from the second time on it has to be told.
  let receiving = 0;
  return handshakeMachine.provide({
    actors: {
      captureCaller: actor(() => call.capture('caller')),
      addTracks: actor(() => {
        call.addTracks('caller');
      }),
      createOffer: actor(() => call.createOffer()),
      setLocalOffer: actor(() => call.setLocalOffer()),
      gatherCandidates: actor((signal) => call.gather('caller', signal)),
      sendOffer: actor(() => call.sendOffer()),
      setRemoteOffer: actor(() => call.setRemoteOffer()),
      captureCallee: actor(() => call.captureCallee()),
      createAnswer: actor(() => call.createAnswer()),
      setLocalAnswer: actor((signal) => call.setLocalAnswer(signal)),
      sendAnswer: actor(() => {
        call.sendAnswer();
      }),
      receiveAnswer: actor((signal) => {
        receiving += 1;
        return call.receiveAnswer(receiving > 1, signal);
      }),
      setRemoteAnswer: actor(() => call.setRemoteAnswer()),
      connect: actor((signal) => call.connect(signal)),
      hangUp: actor(() => call.hangUp(hangsUp())),
    },
    actions: {
      stepBegins: (_, { step }) => {
        recorder.begin(step);
      },
      stepDone: (_, { step }) => {
        recorder.done(step);
      },
      stepFailed: (_, { step, problem }) => {
        recorder.fail(step, problem);
      },
    },
  });
}
