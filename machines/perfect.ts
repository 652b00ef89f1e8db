// One end of perfect negotiation (WebRTC 1.0 §10.7), polite or impolite, as an app has it: what it does, and when.
import { assign, fromPromise, setup } from 'xstate';

/** What an end hears: its own browser, and the other side. */
export type PerfectEvent =
  /** `negotiationneeded` fired. */
  | { readonly type: 'NEEDED' }
  /** A description has arrived. */
  | { readonly type: 'OFFER' }
  | { readonly type: 'ANSWER' }
  /** The call is over. */
  | { readonly type: 'CLOSE' };

/** What the pattern keeps, beside what the state says. */
export interface PerfectContext {
  /** Decided once for each end; the two must differ. */
  readonly polite: boolean;
  /** `negotiationneeded` fired while something else was under way. */
  readonly needed: boolean;
  /** `ignoreOffer`: the newest offer was not taken, so its candidates are of no use either. */
  readonly ignoring: boolean;
}

/** Where the program puts the real work, with `.provide({ actors })`. */
const provideMe = fromPromise<unknown>(() => Promise.reject(new Error('provide me')));

const pattern = setup({
  types: {
    context: {} as PerfectContext,
    events: {} as PerfectEvent,
    input: {} as { readonly polite: boolean },
  },
  actors: {
    /** `setLocalDescription()`, and send it. */
    makeOffer: provideMe,
    /** `setRemoteDescription(offer)`, which rolls an offer of this side back where there is one. */
    takeOffer: provideMe,
    /** `setLocalDescription()`, and send it. */
    makeAnswer: provideMe,
    /** `setRemoteDescription(answer)`. */
    takeAnswer: provideMe,
  },
  actions: {
    keepNeed: assign({ needed: true }),
    forgetNeed: assign({ needed: false }),
    ignoreOffer: assign({ ignoring: true }),
    heedOffer: assign({ ignoring: false }),
  },
  guards: {
    isPolite: ({ context }) => context.polite,
    isNeeded: ({ context }) => context.needed,
  },
});

/** Both sides have an offer out: the polite one gives way, the impolite one ignores what arrived. */
const COLLISION = [
  { guard: 'isPolite', target: 'takingOffer' },
  { actions: 'ignoreOffer' },
] as const;

/** The machine. Its states are the pattern's flags: `makingOffer`, and `takingAnswer` for a pending remote answer. */
export const perfectMachine = pattern.createMachine({
  id: 'perfect',
  context: ({ input }) => ({ polite: input.polite, needed: false, ignoring: false }),
  initial: 'stable',
  on: { CLOSE: '.closed', NEEDED: { actions: 'keepNeed' } },
  states: {
    stable: {
      always: { guard: 'isNeeded', target: 'makingOffer' },
      on: { OFFER: 'takingOffer' },
    },
    makingOffer: {
      entry: 'forgetNeed',
      invoke: { src: 'makeOffer', onDone: 'haveLocalOffer', onError: 'stable' },
      on: { OFFER: [...COLLISION] },
    },
    haveLocalOffer: {
      on: { OFFER: [...COLLISION], ANSWER: 'takingAnswer' },
    },
    takingOffer: {
      entry: 'heedOffer',
      invoke: { src: 'takeOffer', onDone: 'makingAnswer', onError: 'stable' },
    },
    makingAnswer: {
      invoke: { src: 'makeAnswer', onDone: 'stable', onError: 'stable' },
    },
    takingAnswer: {
      invoke: { src: 'takeAnswer', onDone: 'stable', onError: 'stable' },
      // The browser takes one after the other: once the answer is set there is nothing to collide with.
      on: { OFFER: 'takingOffer' },
    },
    closed: { type: 'final' },
  },
});
