// A walk: what is looked at. A recording, the player that owns the cursor in it, and all that is derived from the two.
import { createActor, type ActorRefFrom } from 'xstate';
import {
  canBack,
  canNext,
  isPlaying,
  paced,
  playerMachine,
  stepOfCursor,
  waitingFor,
  type Extent,
  type PlayerContext,
  type PlayerEvent,
} from '../../../machines/player.ts';
import { getLocale } from '../../i18n/locale.svelte.ts';
import { lessonOf } from '../../lessons/acts.ts';
import type { CaptionText } from '../../lessons/act.ts';
import { endedCaption, startCaption } from '../../lessons/call/outside.ts';
import type { Moment } from '../../lessons/moments/moment.ts';
import { momentStops, momentsOf } from '../../lessons/moments/registry.ts';
import { readingTime } from '../../lessons/call/words.ts';
import { changesBetween } from '../../trace/changes.ts';
import { frameAt, type Trace } from '../../trace/trace.ts';

/** The longest that a pause of the original run is waited for, in ms before slowing: reading time is cut to this. */
const LONGEST_GAP = 400;

/** Moves that land elsewhere, and do not only step on: a place to come back to. */
const JUMPS: readonly PlayerEvent['type'][] = [
  ...(['SEEK', 'SEEK_STEP', 'FIRST', 'LAST'] as const),
  ...(['NEXT_PHASE', 'BACK_PHASE', 'NEXT_ACT', 'BACK_ACT'] as const),
];

/** How somebody likes to play; it goes along from one walk to the next. */
export type Pace = Pick<PlayerContext, 'mode' | 'speed' | 'rate'>;

/** Whose doing a move is. */
export type Mover = 'learner' | 'link';

/** Who is told of a walk. */
export interface WalkHooks {
  /** One more step is asked for, at the end of what there is. */
  readonly more: () => void;
  /** The cursor has moved; `jumped` when it did not only step on. */
  readonly moved: (jumped: boolean) => void;
  /** What is said before the first step; null for what is said of any call. */
  readonly opening: () => CaptionText | null;
  /** A jump is about to happen: the place that is left is the one to come back to. */
  readonly jumps: () => void;
}

/** How far a recording is, but for what its steps are. */
type HowFar = Omit<Extent, 'phases' | 'acts' | 'stops'>;

/** What is walked. Several can exist at once: none knows of another. */
export class Walk {
  #trace = $state.raw<Trace>() as Trace;
  /** A recording and nothing more: no step can come that has not happened. */
  readonly recorded: boolean;
  /** Grows whenever the recording does, or something live that it does not hold. */
  #version = $state(0);
  #player = $state.raw<PlayerContext>() as PlayerContext;
  #playing = $state(false);
  readonly #actor: ActorRefFrom<typeof playerMachine>;
  readonly #hooks: WalkHooks;
  #jumped = false;
  /** Whose doing the newest move was. */
  #movedBy: Mover = 'learner';
  /** The moment that is wanted of a step, until that can be looked at. */
  #destined: { readonly step: number; readonly moment: string } | null = null;

  /**
   * Stands before the first event.
   * @param recorded all of it has happened; else it grows, by `use` and `grew`
   */
  constructor(trace: Trace, recorded: boolean, pace: Pace | null, hooks: WalkHooks) {
    this.#trace = trace;
    this.recorded = recorded;
    this.#hooks = hooks;
    this.#actor = createActor(
      playerMachine.provide({
        actions: {
          more: () => {
            if (!recorded) hooks.more();
          },
        },
        delays: {
          dwell: ({ context }) => this.#dwell(context),
          gap: ({ context }) => this.#gap(context),
        },
      }),
      {
        input: {
          ...planOf(trace),
          ...(recorded ? { ...extentOf(trace), stops: stopsOf(trace, trace.ends.length - 1) } : {}),
          // Time in a virtual network goes by at once: a step is looked at when it is over.
          whole: trace.header.options.peers === 'virtual',
          ...pace,
        },
      },
    );
    // Before it starts: that there is a walk is no move in it.
    this.#player = this.#actor.getSnapshot().context;
    this.#actor.subscribe((snapshot) => {
      const moved = snapshot.context.cursor !== this.#player.cursor;
      // The step at hand may still grow before the first of those that a jump goes through has run.
      const leaves = stepOfCursor(snapshot.context) !== stepOfCursor(this.#player);
      const arrives = leaves || snapshot.context.goal === null;
      this.#player = snapshot.context;
      this.#playing = isPlaying(snapshot);
      if (!moved) {
        this.#arrive();
        return;
      }
      hooks.moved(this.#jumped && arrives);
      this.#jumped &&= !arrives;
      this.#arrive();
    });
    this.#actor.start();
  }

  /** The recording. `length` says how far it is, while it grows. */
  get trace(): Trace {
    return this.#trace;
  }

  /** Its id, which the recording keeps. A new one has it before it begins. */
  get id(): string {
    return this.#trace.header.id;
  }

  /** The id of the lesson that it is a walk through; `call` for one in this browser. */
  get lesson(): string {
    return this.#trace.header.options.network?.lesson ?? 'call';
  }

  /** Reads the version: what calls this is derived anew when the recording or something live changed. */
  seen(): number {
    return this.#version;
  }

  /** How many events there are. */
  readonly length = $derived.by(() => {
    this.seen();
    return this.#trace.length;
  });

  /** Every step that has begun, and what the newest act still plans. */
  readonly steps = $derived.by(() => {
    this.seen();
    return this.#trace.steps;
  });

  /** Everything at the cursor. */
  readonly frame = $derived.by(() => {
    this.seen();
    return frameAt(this.#trace, this.#player.cursor);
  });

  /** The number of the step that the cursor is in; 0 before the first. */
  readonly number = $derived(stepOfCursor(this.#player));

  /** The step that the cursor is in; `null` before the first. */
  readonly step = $derived.by(() => {
    this.seen();
    return this.#trace.step(this.number);
  });

  /** The moments of that step. */
  readonly moments: readonly Moment[] = $derived.by(() => {
    this.seen();
    // Their words are those of the language.
    getLocale();
    return this.#momentsIn(this.number);
  });

  /** The moment that the cursor is in; `null` where the step has none. */
  readonly moment = $derived(momentAt(this.moments, this.#player.cursor));

  /** Everything as it was when this step began, or its moment where it is told in moments. */
  readonly before = $derived.by(() => {
    this.seen();
    return frameAt(this.#trace, this.moment?.from ?? this.#trace.stepBegin(this.number));
  });

  /** What changed in this step or moment, up to the cursor. */
  readonly changes = $derived(changesBetween(this.before, this.frame));

  /** What is said of the moment, and what is waited for. */
  readonly caption = $derived.by(() => {
    this.seen();
    return this.#captionAt(this.#player.cursor, this.number);
  });

  /** The newest step that has begun. */
  readonly head = $derived(this.#player.ends.length - 1);

  /** How far into the step the cursor is, 0 to 1. */
  readonly inside = $derived.by(() => {
    const { cursor, ends, length } = this.#player;
    if (this.number === 0) return 1;
    const begin = ends[this.number - 1] ?? 0;
    const end = this.number === ends.length - 1 ? length : (ends[this.number] ?? length);
    return end === begin ? 1 : (cursor - begin) / (end - begin);
  });

  readonly canNext = $derived(canNext(this.#player));
  readonly canBack = $derived(canBack(this.#player));
  /** The step that is worked on and that the learner waits for; null for none. */
  readonly waitingFor = $derived(waitingFor(this.#player));
  readonly atEnd = $derived(this.#player.final && this.#player.cursor === this.#player.length);
  /** Something has happened or is about to. */
  readonly started = $derived(this.length > 0 || this.waitingFor !== null);

  /** It is on its way to a step that has not been reached. */
  get isUnderway(): boolean {
    return this.#player.goal !== null;
  }

  get playing(): boolean {
    return this.#playing;
  }

  get pace(): Pace {
    const { mode, speed, rate } = this.#player;
    return { mode, speed, rate };
  }

  /** The cursor stands at the end of its step, and goes along with that. */
  get pinned(): boolean {
    return this.#player.pinned;
  }

  /** The step at the head is known to have failed. */
  get failed(): boolean {
    return this.#player.failed;
  }

  /** Whose doing the newest move was. */
  get movedBy(): Mover {
    return this.#movedBy;
  }

  /** Sends the player an event. */
  move(event: PlayerEvent, by: Mover = 'learner'): void {
    this.#movedBy = by;
    this.#destined = null;
    this.#jumped = JUMPS.includes(event.type);
    if (this.#jumped) this.#hooks.jumps();
    this.#actor.send(event);
  }

  /** Goes to a moment of a step, by their names; to the end of the step where it has none of that name. */
  lookAt(step: number, moment: string, by: Mover = 'learner'): void {
    this.move({ type: 'SEEK_STEP', step }, by);
    this.#destined = { step, moment };
    this.#arrive();
  }

  /** The page was hidden, or is seen again. */
  visible(seen: boolean): void {
    this.#actor.send({ type: seen ? 'SHOWN' : 'HIDDEN' });
  }

  /** Takes a trace in place of the one it stands before: what was chosen has changed, or the run has begun. */
  use(trace: Trace): void {
    this.#trace = trace;
    this.#version += 1;
  }

  /** The recording has grown, or something live has changed. @param extent how far it is; left out where it is not known */
  grew(extent: HowFar | null): void {
    this.#version += 1;
    if (extent === null) return;
    const trace = this.#trace;
    const stops = stopsOf(trace, overIn(extent));
    this.#actor.send({ type: 'GREW', ...extent, ...planOf(trace), stops });
  }

  /** Nothing plays or waits any more. */
  stop(): void {
    this.#actor.stop();
    this.#playing = false;
  }

  /** Goes to the moment that is on the way, once its step is there. */
  #arrive(): void {
    const destined = this.#destined;
    if (destined === null || waitingFor(this.#player) !== null) return;
    this.#destined = null;
    if (stepOfCursor(this.#player) !== destined.step) return;
    const moment = this.#momentsIn(destined.step).find(({ name }) => name === destined.moment);
    // The last one is the end of its step, and goes along with that.
    if (moment === undefined || moment.ordinal === moment.total) return;
    this.#actor.send({ type: 'SEEK', cursor: moment.cursor });
  }

  /** The moments of a step. They are told once it is over: until then there may be more. */
  #momentsIn(step: number): readonly Moment[] {
    return step > overIn(this.#player) ? [] : momentsOf(this.#trace, step);
  }

  /** How long a step is looked at, in ms before its speed. */
  #dwell(context: PlayerContext): number {
    const { title, body } = this.#captionAt(context.cursor, stepOfCursor(context));
    return paced(context, readingTime(`${title} ${body}`, getLocale()));
  }

  /** How long until the next event, in ms before its rate: as it was, but for the pauses of whoever walked. */
  #gap(context: PlayerContext): number {
    const now = this.#trace.events[context.cursor - 1];
    const next = this.#trace.events[context.cursor];
    if (now === undefined || next === undefined) return 0;
    return paced(context, Math.min(next.t - now.t, LONGEST_GAP));
  }

  #captionAt(cursor: number, number: number) {
    const trace = this.#trace;
    const step = trace.step(number);
    const begin = trace.stepBegin(number);
    const [before, after] = [frameAt(trace, begin), frameAt(trace, cursor)];
    const events = trace.events.slice(begin, cursor);
    if (step === null) {
      const { carry, media } = trace.header.options;
      const carries = carry.audio || carry.video || carry.data;
      const opening = () => this.#hooks.opening() ?? startCaption(media, carries);
      return { ...(after.ended ? endedCaption() : opening()), waiting: null };
    }
    const told = momentAt(this.#momentsIn(number), cursor);
    if (told !== null) return { title: told.title, body: told.body, waiting: null };
    const start = frameAt(trace, trace.stepBegin(step.act.first));
    const moment = { trace, step, start, before, after, events };
    const lesson = lessonOf(step.act);
    return { ...lesson.caption(moment), waiting: lesson.waiting(moment) };
  }
}

/** The moment that a cursor is in; the last one goes on to the end of its step. */
function momentAt(moments: readonly Moment[], cursor: number): Moment | null {
  return moments.find((each) => cursor <= each.cursor) ?? moments.at(-1) ?? null;
}

/** The newest step that is over. */
function overIn({ settled, failed, final, ends }: HowFar): number {
  return failed || final ? ends.length - 1 : settled;
}

/** Where the moments of steps that are over are looked at, as a player wants to know it: the last is its step's end. */
function stopsOf(trace: Trace, over: number): Extent['stops'] {
  return Array.from({ length: over + 1 }, (_, step) =>
    step === 0 ? [] : momentStops(trace, step).slice(0, -1),
  );
}

/** The plan of a trace, as a player wants to know it. */
function planOf({ steps }: Trace): Pick<Extent, 'phases' | 'acts'> {
  return {
    phases: steps.map(({ phase }) => phase),
    acts: steps.map(({ act }) => act.number),
  };
}

/** How far a recording is: as far as it ever will be. */
function extentOf(trace: Trace): HowFar {
  return {
    ends: [...trace.ends],
    length: trace.length,
    settled: trace.ends.length - 1,
    final: true,
    failed: frameAt(trace, trace.length).progress === 'failed',
  };
}
