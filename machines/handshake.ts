// The handshake: the 14 steps in order, and ICE beside them. It says when; the actors it is given do the work.
import { assign, fromPromise, setup } from 'xstate';
import type { ActorRefFrom, SnapshotFrom } from 'xstate';
import type { ErrorInfo, MachineName, Problem } from '../src/trace/event.ts';
import type { Side, Step, StepId } from '../src/trace/step.ts';

/** What the handshake listens to. */
export type HandshakeEvent =
  /** Run one step. While a step runs it is ignored: who presses fast keeps count, which is the player's work. */
  | { readonly type: 'NEXT' }
  /** Run the failed step again. */
  | { readonly type: 'RETRY' }
  | { readonly type: 'HANG_UP' }
  /** What the machine says to itself when a state has been seen. */
  | { readonly type: 'TURN' };

/** The two of a connection's four state machines that are ICE's. */
export type IceMachine = Extract<MachineName, 'iceGatheringState' | 'iceConnectionState'>;

/** How far a step has come. */
export type Progress = 'ready' | 'running' | 'done' | 'failed';

/** Everything here is plain data; peers and messages live in the closures of the actors. */
export interface HandshakeContext {
  /** Why the current step failed; `null` unless it did. */
  readonly problem: Problem | null;
}

/** Stands where the program puts the real work, with `.provide({ actors })`. What that resolves to is not used. */
const provideMe = fromPromise<unknown>(() => Promise.reject(new Error('provide me')));

/** Where an ICE agent is with gathering (WebRTC 1.0 §4.3.2). It follows from any state to any that it is told. */
export const gatheringMachine = setup({
  types: { events: {} as { readonly type: string } },
}).createMachine({
  id: 'iceGatheringState',
  initial: 'new',
  on: { new: '.new', gathering: '.gathering', complete: '.complete' },
  states: { new: {}, gathering: {}, complete: {} },
});

/** Where an ICE agent is with its checks (WebRTC 1.0 §4.3.4), a machine of its own as in the specification. */
export const connectionMachine = setup({
  types: { events: {} as { readonly type: string } },
}).createMachine({
  id: 'iceConnectionState',
  initial: 'new',
  on: {
    new: '.new',
    checking: '.checking',
    connected: '.connected',
    completed: '.completed',
    disconnected: '.disconnected',
    failed: '.failed',
    closed: '.closed',
  },
  states: {
    new: {},
    checking: {},
    connected: {},
    completed: {},
    disconnected: {},
    failed: {},
    closed: {},
  },
});

/** The machine: effects come in with `.provide`, and each step is `ready`, `running`, then `done` or `failed`. */
export const handshakeMachine = setup({
  types: {
    context: {} as HandshakeContext,
    events: {} as HandshakeEvent,
    tags: {} as 'on-a-clock',
    meta: {} as Omit<Step, 'id'>,
  },
  actors: {
    iceGathering: gatheringMachine,
    iceConnection: connectionMachine,
    captureCaller: provideMe,
    addTracks: provideMe,
    createOffer: provideMe,
    setLocalOffer: provideMe,
    gatherCandidates: provideMe,
    sendOffer: provideMe,
    setRemoteOffer: provideMe,
    captureCallee: provideMe,
    createAnswer: provideMe,
    setLocalAnswer: provideMe,
    sendAnswer: provideMe,
    receiveAnswer: provideMe,
    setRemoteAnswer: provideMe,
    connect: provideMe,
    hangUp: provideMe,
  },
  actions: {
    stepBegins: (_, _step: { readonly step: StepId }) => {},
    stepDone: (_, _step: { readonly step: StepId }) => {},
    stepFailed: (_, _step: { readonly step: StepId; readonly problem: Problem }) => {},
    /** Lets a state be seen before it is left by itself; whoever hears of it may send NEXT before the turn comes. */
    turn: ({ self }) => {
      void Promise.resolve()
        .then(() => undefined)
        .then(() => {
          self.send({ type: 'TURN' });
        });
    },
    keepProblem: assign((_, { error }: { readonly error: unknown }) => ({
      problem: problemFrom(error),
    })),
    forgetProblem: assign({ problem: null }),
  },
}).createMachine({
  id: 'handshake',
  context: { problem: null },
  initial: 'call',
  states: {
    call: {
      initial: 'capture-caller',
      // ICE keeps its own time: its agents say what state they are in, and these machines beside the steps follow.
      invoke: [
        { src: 'iceGathering', id: 'caller.iceGatheringState' },
        { src: 'iceConnection', id: 'caller.iceConnectionState' },
        { src: 'iceGathering', id: 'callee.iceGatheringState' },
        { src: 'iceConnection', id: 'callee.iceConnectionState' },
      ],
      // From anywhere; the actor of a running step is stopped, and its signal aborts.
      on: { HANG_UP: 'hangingUp' },
      states: {
        'capture-caller': {
          id: 'capture-caller',
          meta: {
            number: 1,
            side: 'caller',
            phase: 'fetching',
            api: 'getUserMedia()',
            spec: 'Media Capture and Streams §10.2',
          },
          initial: 'ready',
          states: {
            ready: { on: { NEXT: 'running' } },
            running: {
              entry: { type: 'stepBegins', params: { step: 'capture-caller' } },
              invoke: {
                src: 'captureCaller',
                onDone: 'done',
                onError: {
                  target: 'failed',
                  actions: { type: 'keepProblem', params: ({ event }) => event },
                },
              },
            },
            // Left on the next turn and never in the same one, so that a subscriber sees it. A NEXT that comes
            // first runs the next step at once, so that it is neither lost nor counted twice.
            done: {
              entry: [{ type: 'stepDone', params: { step: 'capture-caller' } }, 'turn'],
              on: { TURN: '#add-tracks', NEXT: '#add-tracks.running' },
            },
            failed: {
              entry: {
                type: 'stepFailed',
                params: ({ context }) => ({
                  step: 'capture-caller',
                  problem: problemIn(context),
                }),
              },
              on: { RETRY: { target: 'running', actions: 'forgetProblem' } },
            },
          },
        },
        'add-tracks': {
          id: 'add-tracks',
          meta: {
            number: 2,
            side: 'caller',
            phase: 'fetching',
            api: 'addTrack()',
            spec: 'WebRTC 1.0 §5.1',
          },
          initial: 'ready',
          states: {
            ready: { on: { NEXT: 'running' } },
            running: {
              entry: { type: 'stepBegins', params: { step: 'add-tracks' } },
              invoke: {
                src: 'addTracks',
                onDone: 'done',
                onError: {
                  target: 'failed',
                  actions: { type: 'keepProblem', params: ({ event }) => event },
                },
              },
            },
            done: {
              entry: [{ type: 'stepDone', params: { step: 'add-tracks' } }, 'turn'],
              on: { TURN: '#create-offer', NEXT: '#create-offer.running' },
            },
            failed: {
              entry: {
                type: 'stepFailed',
                params: ({ context }) => ({ step: 'add-tracks', problem: problemIn(context) }),
              },
              on: { RETRY: { target: 'running', actions: 'forgetProblem' } },
            },
          },
        },
        'create-offer': {
          id: 'create-offer',
          meta: {
            number: 3,
            side: 'caller',
            phase: 'signaling',
            api: 'createOffer()',
            spec: 'RFC 9429 §5.2',
          },
          initial: 'ready',
          states: {
            ready: { on: { NEXT: 'running' } },
            running: {
              entry: { type: 'stepBegins', params: { step: 'create-offer' } },
              invoke: {
                src: 'createOffer',
                onDone: 'done',
                onError: {
                  target: 'failed',
                  actions: { type: 'keepProblem', params: ({ event }) => event },
                },
              },
            },
            done: {
              entry: [{ type: 'stepDone', params: { step: 'create-offer' } }, 'turn'],
              on: { TURN: '#set-local-offer', NEXT: '#set-local-offer.running' },
            },
            failed: {
              entry: {
                type: 'stepFailed',
                params: ({ context }) => ({
                  step: 'create-offer',
                  problem: problemIn(context),
                }),
              },
              on: { RETRY: { target: 'running', actions: 'forgetProblem' } },
            },
          },
        },
        'set-local-offer': {
          id: 'set-local-offer',
          meta: {
            number: 4,
            side: 'caller',
            phase: 'signaling',
            api: 'setLocalDescription(offer)',
            spec: 'RFC 9429 §5.9',
          },
          initial: 'ready',
          states: {
            ready: { on: { NEXT: 'running' } },
            running: {
              entry: { type: 'stepBegins', params: { step: 'set-local-offer' } },
              invoke: {
                src: 'setLocalOffer',
                onDone: 'done',
                onError: {
                  target: 'failed',
                  actions: { type: 'keepProblem', params: ({ event }) => event },
                },
              },
            },
            done: {
              entry: [{ type: 'stepDone', params: { step: 'set-local-offer' } }, 'turn'],
              on: { TURN: '#gather-candidates', NEXT: '#gather-candidates.running' },
            },
            failed: {
              entry: {
                type: 'stepFailed',
                params: ({ context }) => ({
                  step: 'set-local-offer',
                  problem: problemIn(context),
                }),
              },
              on: { RETRY: { target: 'running', actions: 'forgetProblem' } },
            },
          },
        },
        'gather-candidates': {
          id: 'gather-candidates',
          meta: {
            number: 5,
            side: 'caller',
            phase: 'signaling',
            api: 'icecandidate',
            spec: 'RFC 8445 §5.1',
          },
          initial: 'ready',
          states: {
            ready: { on: { NEXT: 'running' } },
            running: {
              entry: { type: 'stepBegins', params: { step: 'gather-candidates' } },
              invoke: {
                src: 'gatherCandidates',
                onDone: 'done',
                onError: {
                  target: 'failed',
                  actions: { type: 'keepProblem', params: ({ event }) => event },
                },
              },
            },
            done: {
              entry: [{ type: 'stepDone', params: { step: 'gather-candidates' } }, 'turn'],
              on: { TURN: '#send-offer', NEXT: '#send-offer.running' },
            },
            failed: {
              entry: {
                type: 'stepFailed',
                params: ({ context }) => ({
                  step: 'gather-candidates',
                  problem: problemIn(context),
                }),
              },
              on: { RETRY: { target: 'running', actions: 'forgetProblem' } },
            },
          },
        },
        'send-offer': {
          id: 'send-offer',
          meta: {
            number: 6,
            side: 'caller',
            phase: 'signaling',
            api: 'offer',
            spec: 'RFC 9429 §3.3',
          },
          initial: 'ready',
          states: {
            ready: { on: { NEXT: 'running' } },
            running: {
              entry: { type: 'stepBegins', params: { step: 'send-offer' } },
              invoke: {
                src: 'sendOffer',
                onDone: 'done',
                onError: {
                  target: 'failed',
                  actions: { type: 'keepProblem', params: ({ event }) => event },
                },
              },
            },
            done: {
              entry: [{ type: 'stepDone', params: { step: 'send-offer' } }, 'turn'],
              on: { TURN: '#set-remote-offer', NEXT: '#set-remote-offer.running' },
            },
            failed: {
              entry: {
                type: 'stepFailed',
                params: ({ context }) => ({ step: 'send-offer', problem: problemIn(context) }),
              },
              on: { RETRY: { target: 'running', actions: 'forgetProblem' } },
            },
          },
        },
        'set-remote-offer': {
          id: 'set-remote-offer',
          meta: {
            number: 7,
            side: 'callee',
            phase: 'signaling',
            api: 'setRemoteDescription(offer)',
            spec: 'RFC 9429 §5.10',
          },
          initial: 'ready',
          states: {
            ready: { on: { NEXT: 'running' } },
            running: {
              entry: { type: 'stepBegins', params: { step: 'set-remote-offer' } },
              invoke: {
                src: 'setRemoteOffer',
                onDone: 'done',
                onError: {
                  target: 'failed',
                  actions: { type: 'keepProblem', params: ({ event }) => event },
                },
              },
            },
            done: {
              entry: [{ type: 'stepDone', params: { step: 'set-remote-offer' } }, 'turn'],
              on: { TURN: '#capture-callee', NEXT: '#capture-callee.running' },
            },
            failed: {
              entry: {
                type: 'stepFailed',
                params: ({ context }) => ({
                  step: 'set-remote-offer',
                  problem: problemIn(context),
                }),
              },
              on: { RETRY: { target: 'running', actions: 'forgetProblem' } },
            },
          },
        },
        'capture-callee': {
          id: 'capture-callee',
          meta: {
            number: 8,
            side: 'callee',
            phase: 'signaling',
            api: 'getUserMedia() addTrack()',
            spec: 'WebRTC 1.0 §5.1',
          },
          initial: 'ready',
          states: {
            ready: { on: { NEXT: 'running' } },
            running: {
              entry: { type: 'stepBegins', params: { step: 'capture-callee' } },
              invoke: {
                src: 'captureCallee',
                onDone: 'done',
                onError: {
                  target: 'failed',
                  actions: { type: 'keepProblem', params: ({ event }) => event },
                },
              },
            },
            done: {
              entry: [{ type: 'stepDone', params: { step: 'capture-callee' } }, 'turn'],
              on: { TURN: '#create-answer', NEXT: '#create-answer.running' },
            },
            failed: {
              entry: {
                type: 'stepFailed',
                params: ({ context }) => ({
                  step: 'capture-callee',
                  problem: problemIn(context),
                }),
              },
              on: { RETRY: { target: 'running', actions: 'forgetProblem' } },
            },
          },
        },
        'create-answer': {
          id: 'create-answer',
          meta: {
            number: 9,
            side: 'callee',
            phase: 'signaling',
            api: 'createAnswer()',
            spec: 'RFC 9429 §5.3',
          },
          initial: 'ready',
          states: {
            ready: { on: { NEXT: 'running' } },
            running: {
              entry: { type: 'stepBegins', params: { step: 'create-answer' } },
              invoke: {
                src: 'createAnswer',
                onDone: 'done',
                onError: {
                  target: 'failed',
                  actions: { type: 'keepProblem', params: ({ event }) => event },
                },
              },
            },
            done: {
              entry: [{ type: 'stepDone', params: { step: 'create-answer' } }, 'turn'],
              on: { TURN: '#set-local-answer', NEXT: '#set-local-answer.running' },
            },
            failed: {
              entry: {
                type: 'stepFailed',
                params: ({ context }) => ({
                  step: 'create-answer',
                  problem: problemIn(context),
                }),
              },
              on: { RETRY: { target: 'running', actions: 'forgetProblem' } },
            },
          },
        },
        'set-local-answer': {
          id: 'set-local-answer',
          meta: {
            number: 10,
            side: 'callee',
            phase: 'signaling',
            api: 'setLocalDescription(answer)',
            spec: 'RFC 9429 §5.9',
          },
          initial: 'ready',
          states: {
            ready: { on: { NEXT: 'running' } },
            running: {
              entry: { type: 'stepBegins', params: { step: 'set-local-answer' } },
              invoke: {
                src: 'setLocalAnswer',
                onDone: 'done',
                onError: {
                  target: 'failed',
                  actions: { type: 'keepProblem', params: ({ event }) => event },
                },
              },
            },
            done: {
              entry: [{ type: 'stepDone', params: { step: 'set-local-answer' } }, 'turn'],
              on: { TURN: '#send-answer', NEXT: '#send-answer.running' },
            },
            failed: {
              entry: {
                type: 'stepFailed',
                params: ({ context }) => ({
                  step: 'set-local-answer',
                  problem: problemIn(context),
                }),
              },
              on: { RETRY: { target: 'running', actions: 'forgetProblem' } },
            },
          },
        },
        'send-answer': {
          id: 'send-answer',
          tags: ['on-a-clock'],
          meta: {
            number: 11,
            side: 'callee',
            phase: 'signaling',
            api: 'answer',
            spec: 'RFC 9429 §3.3',
          },
          initial: 'ready',
          states: {
            // From the callee's setLocalDescription(answer) on, every browser is on a clock: Firefox's ICE
            // gives up after 5 s, Chromium's DTLS after minutes. So from here on `ready` waits for nobody.
            ready: { entry: 'turn', on: { TURN: 'running', NEXT: 'running' } },
            running: {
              entry: { type: 'stepBegins', params: { step: 'send-answer' } },
              invoke: {
                src: 'sendAnswer',
                onDone: 'done',
                onError: {
                  target: 'failed',
                  actions: { type: 'keepProblem', params: ({ event }) => event },
                },
              },
            },
            done: {
              entry: [{ type: 'stepDone', params: { step: 'send-answer' } }, 'turn'],
              on: { TURN: '#receive-answer', NEXT: '#receive-answer.running' },
            },
            failed: {
              entry: {
                type: 'stepFailed',
                params: ({ context }) => ({ step: 'send-answer', problem: problemIn(context) }),
              },
              on: { RETRY: { target: 'running', actions: 'forgetProblem' } },
            },
          },
        },
        'receive-answer': {
          id: 'receive-answer',
          tags: ['on-a-clock'],
          meta: {
            number: 12,
            side: 'caller',
            phase: 'signaling',
            api: 'onmessage',
            spec: 'RFC 9429 §3.3',
          },
          initial: 'ready',
          states: {
            ready: { entry: 'turn', on: { TURN: 'running', NEXT: 'running' } },
            running: {
              entry: { type: 'stepBegins', params: { step: 'receive-answer' } },
              invoke: {
                src: 'receiveAnswer',
                onDone: 'done',
                onError: {
                  target: 'failed',
                  actions: { type: 'keepProblem', params: ({ event }) => event },
                },
              },
            },
            done: {
              entry: [{ type: 'stepDone', params: { step: 'receive-answer' } }, 'turn'],
              on: { TURN: '#set-remote-answer', NEXT: '#set-remote-answer.running' },
            },
            failed: {
              entry: {
                type: 'stepFailed',
                params: ({ context }) => ({
                  step: 'receive-answer',
                  problem: problemIn(context),
                }),
              },
              on: { RETRY: { target: 'running', actions: 'forgetProblem' } },
            },
          },
        },
        'set-remote-answer': {
          id: 'set-remote-answer',
          tags: ['on-a-clock'],
          meta: {
            number: 13,
            side: 'caller',
            phase: 'connection',
            api: 'setRemoteDescription(answer)',
            spec: 'RFC 9429 §5.11',
          },
          initial: 'ready',
          states: {
            ready: { entry: 'turn', on: { TURN: 'running', NEXT: 'running' } },
            running: {
              entry: { type: 'stepBegins', params: { step: 'set-remote-answer' } },
              invoke: {
                src: 'setRemoteAnswer',
                onDone: 'done',
                onError: {
                  target: 'failed',
                  actions: { type: 'keepProblem', params: ({ event }) => event },
                },
              },
            },
            done: {
              entry: [{ type: 'stepDone', params: { step: 'set-remote-answer' } }, 'turn'],
              on: { TURN: '#connect', NEXT: '#connect.running' },
            },
            failed: {
              entry: {
                type: 'stepFailed',
                params: ({ context }) => ({
                  step: 'set-remote-answer',
                  problem: problemIn(context),
                }),
              },
              on: { RETRY: { target: 'running', actions: 'forgetProblem' } },
            },
          },
        },
        connect: {
          id: 'connect',
          tags: ['on-a-clock'],
          meta: {
            number: 14,
            side: 'both',
            phase: 'communication',
            api: 'connectionState',
            spec: 'WebRTC 1.0 §4.3.3',
          },
          initial: 'ready',
          states: {
            ready: { entry: 'turn', on: { TURN: 'running', NEXT: 'running' } },
            running: {
              entry: { type: 'stepBegins', params: { step: 'connect' } },
              invoke: {
                src: 'connect',
                onDone: 'done',
                onError: {
                  target: 'failed',
                  actions: { type: 'keepProblem', params: ({ event }) => event },
                },
              },
            },
            done: {
              entry: [{ type: 'stepDone', params: { step: 'connect' } }, 'turn'],
              on: { TURN: '#connected' },
            },
            failed: {
              entry: {
                type: 'stepFailed',
                params: ({ context }) => ({ step: 'connect', problem: problemIn(context) }),
              },
              on: { RETRY: { target: 'running', actions: 'forgetProblem' } },
            },
          },
        },
        connected: { id: 'connected' },
      },
    },

    // Over either way: a close that fails leaves nothing to be done about it.
    hangingUp: {
      invoke: { src: 'hangUp', onDone: 'ended', onError: 'ended' },
    },
    ended: { type: 'final' },
  },
});

export type HandshakeSnapshot = SnapshotFrom<typeof handshakeMachine>;

/** What is told of a side's ICE: the new state of one of its two machines. */
export interface IceNews {
  readonly side: Side;
  readonly machine: IceMachine;
  readonly state: string;
}

/**
 * Tells the machine of that side's ICE agent. It goes there straight, since the steps take no part in it. After a
 * hang-up there is none; and a state that no specification knows changes nothing.
 */
export function tellIce(handshake: ActorRefFrom<typeof handshakeMachine>, news: IceNews): void {
  const { children } = handshake.getSnapshot();
  children[`${news.side}.${news.machine}`]?.send({ type: news.state });
}

/** Where the call stands among the steps; `null` once it is hung up. After step 14 it stays at that one, done. */
export function stepOf(
  snapshot: HandshakeSnapshot,
): { readonly step: StepId; readonly progress: Progress } | null {
  const { value } = snapshot;
  if (value === 'hangingUp' || value === 'ended') return null;
  const at = value.call;
  if (at === 'connected') return { step: 'connect', progress: 'done' };
  // The type of `at` says that it has one key, a step; `Object.entries` forgets it.
  const [[step, progress]] = Object.entries(at) as [[StepId, Progress]];
  return { step, progress };
}

/** An actor may reject with a problem that has a name; anything else becomes `unexpected`, its exception kept as data. */
function problemFrom(thrown: unknown): Problem {
  if (isProblem(thrown))
    return { code: thrown.code, error: thrown.error && errorInfo(thrown.error) };
  return { code: 'unexpected', error: errorInfo(thrown) };
}

function problemIn(context: HandshakeContext): Problem {
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
