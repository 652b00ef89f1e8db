// The handshake: the 14 steps of a call in order. It says when; the work it is given says what.
import { CALL_STEP as step } from '../src/rtc/steps.ts';
import { steps, stepState } from './step.ts';

/** From the callee's setLocalDescription(answer) on, every browser is on a clock: Firefox's ICE gives up after 5 s. */
const ON_A_CLOCK = true;

/** The machine: effects come in with `.provide`, and each step is `ready`, `running`, then `done` or `failed`. */
export const handshakeMachine = steps.createMachine({
  id: 'handshake',
  context: { problem: null },
  initial: 'call',
  states: {
    call: {
      initial: 'capture-caller',
      // From anywhere; the work of a running step is stopped, and its signal aborts.
      on: { STOP: 'stopped' },
      states: {
        'capture-caller': stepState(step['capture-caller'], step['add-tracks']),
        'add-tracks': stepState(step['add-tracks'], step['create-offer']),
        'create-offer': stepState(step['create-offer'], step['set-local-offer']),
        'set-local-offer': stepState(step['set-local-offer'], step['gather-candidates']),
        'gather-candidates': stepState(step['gather-candidates'], step['send-offer']),
        'send-offer': stepState(step['send-offer'], step['set-remote-offer']),
        'set-remote-offer': stepState(step['set-remote-offer'], step['capture-callee']),
        'capture-callee': stepState(step['capture-callee'], step['create-answer']),
        'create-answer': stepState(step['create-answer'], step['set-local-answer']),
        'set-local-answer': stepState(step['set-local-answer'], step['send-answer']),
        'send-answer': stepState(step['send-answer'], step['receive-answer'], ON_A_CLOCK),
        'receive-answer': stepState(step['receive-answer'], step['set-remote-answer'], ON_A_CLOCK),
        'set-remote-answer': stepState(step['set-remote-answer'], step['connect'], ON_A_CLOCK),
        connect: stepState(step['connect'], 'connected', ON_A_CLOCK),
        connected: { id: 'connected' },
      },
    },
    stopped: { type: 'final' },
  },
});
