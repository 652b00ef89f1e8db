// The player: it owns the cursor, the place in the record that the screen shows. It moves nothing else.
import { assign, raise, setup } from 'xstate';
import type { SnapshotFrom } from 'xstate';

/** `steps` gives each step time to be read; `original` goes event by event, in the times of the record. */
export type PlayMode = 'steps' | 'original';

/** How far the record and the handshake have come. */
export interface Extent {
  /**
   * `ends[k]` is the number of the last event of step k so far, `ends[0]` that of what came before step 1.
   * The last entry belongs to the newest step that has begun, the head; every step has at least one event.
   */
  readonly ends: readonly number[];
  /** The number of the last event. */
  readonly length: number;
  /** The number of the newest step that is done. */
  readonly settled: number;
  /** Whether the step at the head failed. */
  readonly failed: boolean;
  /** Whether no more steps can be had: the newest act is at its end, or the recording was opened. */
  readonly final: boolean;
  /** The phase of each step, of those that have begun and those that are planned: as many as there are steps. */
  readonly phases: readonly string[];
  /** The number of the act that each of these steps belongs to. */
  readonly acts: readonly number[];
  /**
   * `stops[k]` are the places inside step k, in order, where its moments are looked at. The last of its moments is not
   * among them: that is the step's end. None for a step that is told as one, and for one that is not over.
   */
  readonly stops: readonly (readonly number[])[];
}

/** What is known of a recording's steps beside how far they are. */
type Plan = 'phases' | 'acts' | 'stops';

/** How far they have come since: where no act has begun, the plan is as it was. */
export type Growth = Omit<Extent, Plan> & Partial<Pick<Extent, Plan>>;

/** Where a step that is wanted is looked at first. */
export type Entry = 'first' | 'end';

/** Where the cursor stands and where it wants to go. */
export interface PlayerContext extends Extent {
  /** The number of the event that is shown last; 0 is before the first. */
  readonly cursor: number;
  /** The cursor stands at the end of its step, and goes along when that end does. */
  readonly pinned: boolean;
  /** The step that is wanted and has not begun; `null` when none is. The cursor is then at the end of the record. */
  readonly goal: number | null;
  /** What is wanted is the next event, whatever it is, and no whole step. */
  readonly single: boolean;
  /** Where the step that is wanted is entered: at its first moment, or at its end. */
  readonly entry: Entry;
  /**
   * A step is looked at once it is over, for only then its moments are known. Else it is looked at as it happens.
   */
  readonly whole: boolean;
  /** The newest step that the handshake was asked for, so that it is asked once for each. */
  readonly asked: number;
  /** ¼ to 4, of `steps`. */
  readonly speed: number;
  readonly mode: PlayMode;
  /** 1/100 to 1, of `original`. */
  readonly rate: number;
}

/** What a player begins with; what is left out is as before the first event. */
export interface PlayerInput extends Partial<Extent> {
  readonly phases: readonly string[];
  readonly cursor?: number;
  readonly whole?: boolean;
  readonly speed?: number;
  readonly mode?: PlayMode;
  readonly rate?: number;
}

/** What the player listens to. */
export type PlayerEvent =
  /** By one moment where the step has any, else by one step. */
  | { readonly type: 'NEXT' }
  | { readonly type: 'BACK' }
  /** To the end of this step or of the next, of the one before: a step, as a debugger steps over. */
  | { readonly type: 'OVER' }
  | { readonly type: 'BACK_OVER' }
  /** By one event: a step into. */
  | { readonly type: 'NEXT_EVENT' }
  | { readonly type: 'BACK_EVENT' }
  | { readonly type: 'FIRST' }
  | { readonly type: 'LAST' }
  /** To the first step of the next phase; of this phase, or from there of the one before. */
  | { readonly type: 'NEXT_PHASE' }
  | { readonly type: 'BACK_PHASE' }
  /** To the first step of the next act; of this act, or from there of the one before. */
  | { readonly type: 'NEXT_ACT' }
  | { readonly type: 'BACK_ACT' }
  | { readonly type: 'SEEK'; readonly cursor: number }
  /** To the end of that step, which need not have run yet. */
  | { readonly type: 'SEEK_STEP'; readonly step: number }
  | { readonly type: 'PLAY' }
  | { readonly type: 'PAUSE' }
  | { readonly type: 'TOGGLE' }
  | { readonly type: 'SPEED'; readonly speed: number }
  | { readonly type: 'MODE'; readonly mode: PlayMode }
  | { readonly type: 'RATE'; readonly rate: number }
  /** The record or the handshake moved on. */
  | ({ readonly type: 'GREW' } & Growth)
  /** The page can't be seen, and can be seen again. */
  | { readonly type: 'HIDDEN' }
  | { readonly type: 'SHOWN' };

/**
 * The machine. Two things are provided: the action `more`, which asks the handshake for one more step, and the
 * delays `dwell` (how long a step is looked at) and `gap` (until the next event). Both get the context, and both
 * give what a clock is to wait: they divide by speed or rate themselves, for which `paced` is there.
 */
export const playerMachine = setup({
  types: {
    context: {} as PlayerContext,
    events: {} as PlayerEvent,
    input: {} as PlayerInput,
  },
  actions: {
    more: () => {},
    noteAsked: assign(({ context }) => ({ asked: head(context) + 1 })),
    next: assign(({ context }) => next(context)),
    back: assign(({ context }) => back(context)),
    over: assign(({ context }) => over(context)),
    backOver: assign(({ context }) => backOver(context)),
    nextEvent: assign(({ context }) => nextEvent(context)),
    backEvent: assign(({ context }) => backEvent(context)),
    last: assign(({ context }) => toStep(context, context.phases.length)),
    nextPhase: assign(({ context }) => nextPart(context, phaseOf)),
    backPhase: assign(({ context }) => backPart(context, phaseOf)),
    nextAct: assign(({ context }) => nextPart(context, actOf)),
    backAct: assign(({ context }) => backPart(context, actOf)),
    seek: assign(({ context }, to: { readonly cursor: number }) => toEvent(context, to.cursor)),
    seekStep: assign(({ context }, to: { readonly step: number }) => toStep(context, to.step)),
    grow: assign(({ context }, now: Growth) => grown(context, now)),
    startOver: assign(({ context }) => (isOver(context) ? toEvent(context, 0) : {})),
    setSpeed: assign((_, to: { readonly speed: number }) => ({ speed: within(0.25, to.speed, 4) })),
    setMode: assign((_, to: { readonly mode: PlayMode }) => ({ mode: to.mode })),
    setRate: assign((_, to: { readonly rate: number }) => ({ rate: within(0.01, to.rate, 1) })),
  },
  guards: {
    mustAsk: ({ context }) =>
      context.goal !== null &&
      context.settled >= head(context) &&
      context.asked <= head(context) &&
      canRunMore(context),
    isWaiting: ({ context }) => waitingFor(context) !== null,
    isNotWaiting: ({ context }) => waitingFor(context) === null,
    isAtEnd: ({ context }) => waitingFor(context) === null && !canNext(context),
    isBeforeStep1: ({ context }) => context.mode === 'steps' && stepOfCursor(context) === 0,
    isAtHeadByEvent: ({ context }) =>
      context.mode === 'original' && context.cursor === context.length,
    isByEvent: ({ context }) => context.mode === 'original',
  },
  delays: {
    dwell: ({ context }) => paced(context, 3000),
    gap: ({ context }) => paced(context, 100),
  },
}).createMachine({
  id: 'player',
  context: ({ input }) => {
    const length = input.length ?? 0;
    return {
      ends: input.ends ?? [length],
      length,
      settled: input.settled ?? 0,
      failed: input.failed ?? false,
      final: input.final ?? false,
      cursor: whole(0, input.cursor ?? 0, length),
      pinned: false,
      goal: null,
      single: false,
      entry: 'end',
      whole: input.whole ?? false,
      asked: 0,
      speed: within(0.25, input.speed ?? 1, 4),
      mode: input.mode ?? 'steps',
      rate: within(0.01, input.rate ?? 1, 1),
      phases: input.phases,
      acts: input.acts ?? input.phases.map(() => 1),
      stops: input.stops ?? [],
    };
  },
  type: 'parallel',
  states: {
    /** Where: every move, whoever makes it, a person or the playback below. */
    cursor: {
      // After whatever happened: if a step is wanted and the one before it is done, ask, once.
      always: { guard: 'mustAsk', actions: ['noteAsked', 'more'] },
      on: {
        NEXT: { actions: 'next' },
        BACK: { actions: 'back' },
        OVER: { actions: 'over' },
        BACK_OVER: { actions: 'backOver' },
        NEXT_EVENT: { actions: 'nextEvent' },
        BACK_EVENT: { actions: 'backEvent' },
        FIRST: { actions: { type: 'seek', params: { cursor: 0 } } },
        LAST: { actions: 'last' },
        NEXT_PHASE: { actions: 'nextPhase' },
        BACK_PHASE: { actions: 'backPhase' },
        NEXT_ACT: { actions: 'nextAct' },
        BACK_ACT: { actions: 'backAct' },
        SEEK: { actions: { type: 'seek', params: ({ event }) => event } },
        SEEK_STEP: { actions: { type: 'seekStep', params: ({ event }) => event } },
        SPEED: { actions: { type: 'setSpeed', params: ({ event }) => event } },
        MODE: { actions: { type: 'setMode', params: ({ event }) => event } },
        RATE: { actions: { type: 'setRate', params: ({ event }) => event } },
        GREW: { actions: { type: 'grow', params: ({ event }) => event } },
      },
    },

    /** When: it presses NEXT and NEXT_EVENT, as a person would. */
    playback: {
      initial: 'paused',
      states: {
        paused: {
          on: {
            PLAY: { target: 'playing', actions: 'startOver' },
            TOGGLE: { target: 'playing', actions: 'startOver' },
          },
        },
        playing: {
          initial: 'choosing',
          // The end of a walk, a failed step, a call that was hung up: there is nothing to play on to.
          always: { guard: 'isAtEnd', target: 'paused' },
          on: {
            PAUSE: 'paused',
            TOGGLE: 'paused',
            HIDDEN: 'hidden',
            // A move or another speed begins the wait anew, so that it is felt at once.
            NEXT: '.choosing',
            BACK: '.choosing',
            OVER: '.choosing',
            BACK_OVER: '.choosing',
            NEXT_EVENT: '.choosing',
            BACK_EVENT: '.choosing',
            FIRST: '.choosing',
            LAST: '.choosing',
            NEXT_PHASE: '.choosing',
            BACK_PHASE: '.choosing',
            NEXT_ACT: '.choosing',
            BACK_ACT: '.choosing',
            SEEK: '.choosing',
            SEEK_STEP: '.choosing',
            SPEED: '.choosing',
            MODE: '.choosing',
            RATE: '.choosing',
          },
          states: {
            choosing: {
              always: [
                { guard: 'isAtEnd', target: '#player.playback.paused' },
                { guard: 'isWaiting', target: 'waiting' },
                { guard: 'isBeforeStep1', target: 'starting' },
                { guard: 'isAtHeadByEvent', target: 'asking' },
                { guard: 'isByEvent', target: 'gap' },
                { target: 'dwelling' },
              ],
            },
            /** The handshake is at work: the screen follows it, and the time to read begins when it is done. */
            waiting: { always: { guard: 'isNotWaiting', target: 'choosing' } },
            /** Before the first step there is nothing to read: pressing play is seen to do something. */
            starting: { entry: raise({ type: 'NEXT' }) },
            dwelling: { after: { dwell: { actions: raise({ type: 'NEXT' }) } } },
            /** What has not happened yet has no recorded time to wait for. */
            asking: { entry: raise({ type: 'NEXT_EVENT' }) },
            gap: { after: { gap: { actions: raise({ type: 'NEXT_EVENT' }) } } },
          },
        },
        /** Paused because the page was hidden, and for no other reason: it plays on when it is shown. */
        hidden: {
          on: { SHOWN: 'playing', PAUSE: 'paused', TOGGLE: 'paused' },
        },
      },
    },
  },
});

export type PlayerSnapshot = SnapshotFrom<typeof playerMachine>;

/** Whether it plays now. Not so while the page is hidden: see `playback.hidden`. */
export function isPlaying(snapshot: PlayerSnapshot): boolean {
  return snapshot.matches({ playback: 'playing' });
}

/** Whether there is, or may yet be, something further on. */
export function canNext(context: PlayerContext): boolean {
  if (context.goal !== null) return context.single || context.goal < context.phases.length;
  return context.cursor < context.length || canRunMore(context);
}

/** Whether there is something to go back to, or a wait to give up. */
export function canBack(context: PlayerContext): boolean {
  return context.cursor > 0 || context.goal !== null;
}

/** The number of the step that the cursor is in; 0 before the first. */
export function stepOfCursor(context: Pick<PlayerContext, 'cursor' | 'ends'>): number {
  const step = context.ends.findIndex((end) => context.cursor <= end);
  return step === -1 ? context.ends.length - 1 : step;
}

/** The number of the step whose doing the learner waits for: one that is wanted, or the one that runs; or `null`. */
export function waitingFor(context: PlayerContext): number | null {
  if (context.goal !== null) return context.goal;
  const runs = context.settled < head(context) && !context.failed && !context.final;
  return runs && context.cursor === context.length ? head(context) : null;
}

/** Milliseconds as the clock is to wait them: at the speed of `steps`, or the rate of `original`. */
export function paced(
  context: Pick<PlayerContext, 'mode' | 'speed' | 'rate'>,
  milliseconds: number,
): number {
  return milliseconds / (context.mode === 'steps' ? context.speed : context.rate);
}

/** What of the context a move changes. */
type Move = Partial<PlayerContext>;

function head(context: Pick<Extent, 'ends'>): number {
  return context.ends.length - 1;
}

/** Whether the handshake can be asked for one more step, now or when the one that runs is done. */
function canRunMore(context: PlayerContext): boolean {
  return !context.failed && !context.final && head(context) < context.phases.length;
}

/** At the end of a walk that is complete. */
function isOver(context: PlayerContext): boolean {
  return context.final && context.cursor === context.length;
}

/** The end of a step that has begun. The head's is that of the record. */
function endOf(context: PlayerContext, step: number): number {
  return step < head(context) ? (context.ends[step] ?? context.length) : context.length;
}

/** The newest step that can be looked at: one that has begun, or one that is over. */
function newest(context: PlayerContext): number {
  const { whole, settled, failed, final } = context;
  return whole && !failed && !final ? Math.min(settled, head(context)) : head(context);
}

/** The places inside a step where its moments are looked at, its end apart. */
function stopsIn(context: PlayerContext, step: number): readonly number[] {
  const [begin, end] = [endOf(context, step - 1), endOf(context, step)];
  return (context.stops[step] ?? []).filter((stop) => stop > begin && stop < end);
}

/**
 * To a step, at its end unless told; if it can't be looked at yet, to the end of what can, and the step is wanted.
 * Step 0 is no step: one stands before the first event there.
 */
function toStep(context: PlayerContext, wanted: number, entry: Entry = 'end'): Move {
  const step = whole(0, wanted, context.phases.length);
  if (step === 0) return toEvent(context, 0);
  const seen = newest(context);
  const isSeen = step <= seen;
  const first = isSeen && entry === 'first' ? stopsIn(context, step)[0] : undefined;
  if (first !== undefined) return toEvent(context, first);
  const comes = step <= head(context) || canRunMore(context);
  const end = endOf(context, Math.min(step, seen));
  // Who stands inside a step that still runs is further on than the newest that is over.
  const cursor = isSeen ? end : Math.max(context.cursor, end);
  return {
    cursor,
    pinned: cursor === end,
    goal: !isSeen && comes ? step : null,
    single: false,
    entry,
  };
}

/** To an event. It stays there: somebody picked it. */
function toEvent(context: PlayerContext, wanted: number): Move {
  return { cursor: whole(0, wanted, context.length), pinned: false, goal: null, single: false };
}

function next(context: PlayerContext): Move {
  const stop = stopsIn(context, stepOfCursor(context)).find((each) => each > context.cursor);
  if (context.goal === null && stop !== undefined) return toEvent(context, stop);
  return onTo(context, 'first');
}

function over(context: PlayerContext): Move {
  return onTo(context, 'end');
}

/** To the end of the step that the cursor is inside; else to the next step. */
function onTo(context: PlayerContext, entry: Entry): Move {
  const { cursor, goal, single } = context;
  if (goal !== null) return toStep(context, single ? goal : goal + 1, entry);
  const step = stepOfCursor(context);
  const inside = step > 0 && cursor < endOf(context, step);
  if (!canNext(context)) return {};
  return inside ? toStep(context, step) : toStep(context, step + 1, entry);
}

function back(context: PlayerContext): Move {
  const stop = stopsIn(context, stepOfCursor(context)).findLast((each) => each < context.cursor);
  if (context.goal === null && stop !== undefined) return toEvent(context, stop);
  return backOver(context);
}

function backOver(context: PlayerContext): Move {
  if (context.goal !== null) return { goal: null, single: false };
  return toStep(context, stepOfCursor(context) - 1);
}

function nextEvent(context: PlayerContext): Move {
  // A step that is wanted is further than an event.
  if (context.goal !== null) return {};
  if (context.cursor < context.length) return toEvent(context, context.cursor + 1);
  if (!canRunMore(context)) return {};
  return { pinned: false, goal: head(context) + 1, single: true };
}

function backEvent(context: PlayerContext): Move {
  if (context.goal !== null) return { goal: null, single: false };
  return toEvent(context, context.cursor - 1);
}

/** What a step is a part of: a name that the steps of one part share, and the next part has not. */
type PartOf = (context: PlayerContext, step: number) => string | undefined;

const actOf: PartOf = ({ acts }, step) => acts[step - 1]?.toString();

/** A phase is one of its act: the next act may begin with the same. */
const phaseOf: PartOf = (context, step) => {
  const phase = context.phases[step - 1];
  return phase === undefined ? undefined : `${actOf(context, step) ?? ''} ${phase}`;
};

function nextPart(context: PlayerContext, partOf: PartOf): Move {
  const { phases, goal, single } = context;
  const from = goal === null || single ? stepOfCursor(context) : goal;
  const part = partOf(context, from);
  let step = from + 1;
  while (step <= phases.length && partOf(context, step) === part) step += 1;
  return toStep(context, Math.min(step, phases.length));
}

function backPart(context: PlayerContext, partOf: PartOf): Move {
  if (context.goal !== null) return { goal: null, single: false };
  const step = stepOfCursor(context);
  const first = firstOf(context, step, partOf);
  return toStep(context, first < step ? first : firstOf(context, first - 1, partOf));
}

/** The first step of the part that a step is in; 0 before step 1. */
function firstOf(context: PlayerContext, step: number, partOf: PartOf): number {
  let first = Math.max(0, step);
  while (first > 1 && partOf(context, first - 1) === partOf(context, first)) first -= 1;
  return first;
}

/**
 * The record has grown. Who waits goes into the step that was wanted, and who is pinned goes along with the end.
 * Who stands elsewhere stays: after step 10 the handshake runs on by itself, and the cursor stays with the learner.
 */
function grown(before: PlayerContext, now: Growth): Move {
  const { ends, length, settled, failed, final } = now;
  const { phases = before.phases, acts = before.acts, stops = before.stops } = now;
  const context = { ...before, ends, length, settled, failed, final, phases, acts, stops };
  const moved = { ...context, ...followed(before, context) };
  // A failure is shown to who waits for the step or stands in it, when it happens and not at every later event.
  const isNews = failed && !before.failed;
  // Who was waiting for the very step that failed is in it now, at the first of its moments.
  const isThere = before.whole && before.goal === head(context) && !before.single;
  const concerned = moved.goal !== null || stepOfCursor(moved) === head(moved);
  if (isNews && concerned && !isThere) return { ...moved, ...toStep(moved, head(moved)) };
  return canRunMore(moved) || isAwaited(moved) ? moved : { ...moved, goal: null, single: false };
}

/** The step that is wanted has begun, and will be over. */
function isAwaited(context: PlayerContext): boolean {
  const { goal, failed, final } = context;
  return goal !== null && goal <= head(context) && !failed && !final;
}

/** Where growth takes the cursor. */
function followed(before: PlayerContext, context: PlayerContext): Move {
  const { goal, single, entry, cursor, length } = context;
  if (goal !== null && single) return cursor < length ? toEvent(context, cursor + 1) : {};
  if (goal !== null) return toStep(context, goal, entry);
  return before.pinned ? { cursor: endOf(context, stepOfCursor(before)) } : {};
}

/** A number within bounds; what is no number becomes the lowest. */
function within(low: number, value: number, high: number): number {
  return Number.isNaN(value) ? low : Math.min(high, Math.max(low, value));
}

function whole(low: number, value: number, high: number): number {
  return within(low, Math.round(value), high);
}
