// The record of a run: its events in order, and the frame at any of them at the same small cost.
import type { TraceEvent, TraceHeader } from './event.ts';
import { firstFrame, reduce } from './frame.ts';
import type { Frame } from './frame.ts';
import { Reading } from './reading.ts';
import { Script, stepIn } from './script.ts';
import type { ActFrame, StepFrame } from './script.ts';
import type { Act } from '../rtc/steps.ts';

/** Events between two checkpoints: the most that a seek has to fold. */
const SPAN = 32;

/** Spans whose frames are kept: 4096 frames, more than most calls have. */
const SPANS_KEPT = 128;

/** An event that does not follow those before it. */
export class TraceOrderError extends RangeError {
  override readonly name = 'TraceOrderError';
  /** Which of its fields is wrong. */
  readonly field: 'n' | 't' | 'step' | 'cause';

  constructor(field: TraceOrderError['field'], message: string) {
    super(message);
    this.field = field;
  }
}

/**
 * A record. It only grows. Each event is folded once, when a frame at it or after it is first asked for, so that
 * writing costs a call that runs at full speed nothing. Every 32nd frame is kept as a checkpoint; of the frames
 * between, those of the spans used last, so that two cursors seen one after the other have the same objects for all
 * that is the same.
 */
export class Trace {
  /** What is known of the run before its first event. */
  readonly header: TraceHeader;
  /** What happened, by step and by kind, as far as the record has come. */
  readonly reading: Reading = new Reading(this);
  readonly #events: TraceEvent[] = [];
  readonly #ends: number[] = [0];
  readonly #script = new Script();
  /** `#checkpoints[k]` is the frame at cursor `k * SPAN`. */
  readonly #checkpoints: Frame[];
  /** The frames from each checkpoint on, by its number; those used longest ago come first. */
  readonly #spans: Map<number, Frame[]>;
  /** The frame at the newest event that has been folded. */
  #head: Frame;
  /** The time of the newest event. */
  #time = 0;

  /** A record without events. */
  constructor(header: TraceHeader) {
    this.header = header;
    const first = firstFrame(header.options);
    this.#checkpoints = [first];
    this.#spans = new Map([[0, [first]]]);
    this.#head = first;
  }

  /** All events so far, in order: the one numbered n is at n - 1. The array grows with the record. */
  get events(): readonly TraceEvent[] {
    return this.#events;
  }

  /** How many events there are, which is also the last cursor. */
  get length(): number {
    return this.#events.length;
  }

  /**
   * Where steps end: `ends[k]` is the number of the last event that counts as step k or one before,
   * for k from 0 (what came before step 1) to the step that the record is in. It grows too.
   */
  get ends(): readonly number[] {
    return this.#ends;
  }

  /** The acts that have begun, in order; before the first step, the one that a recording begins with. */
  get acts(): readonly ActFrame[] {
    return this.#script.acts;
  }

  /** Every step that has begun, and after these all that is planned: the one numbered n is at n - 1. */
  get steps(): readonly StepFrame[] {
    return this.#script.steps;
  }

  /** Plans the acts that are to follow the newest. That is no part of the recording: another may begin instead. */
  plan(acts: readonly Act[]): void {
    this.#script.plan(acts);
  }

  /** The step of that number; `null` for 0 and where none is planned. */
  step(number: number): StepFrame | null {
    return this.#script.steps[number - 1] ?? null;
  }

  /** How many events had happened when a step began: the cursor just before it. */
  stepBegin(step: number): number {
    return step <= 0 ? 0 : this.stepEnd(step - 1);
  }

  /**
   * The cursor at the end of a step: `ends[step]`, or the end of the record where it has not come so
   * far.
   * @param step its number in the recording, from 0
   */
  stepEnd(step: number): number {
    return this.#ends[step] ?? this.length;
  }

  /**
   * Adds an event at the end. Throws `TraceOrderError`, and changes nothing, when its number is not
   * the next, its step or its time goes back, its step is none that its act plans, or its cause is not an event
   * before it.
   */
  append(event: TraceEvent): void {
    this.#check(event);
    this.#events.push(event);
    const { step } = event;
    if (step >= this.#ends.length) this.#script.begin(step, beginningAct(event));
    while (this.#ends.length <= step) this.#ends.push(event.n - 1);
    this.#ends[step] = event.n;
    this.#time = event.t;
  }

  /** See `frameAt`. */
  frameAt(cursor: number): Frame {
    // What is not a number is before the first event, too.
    const at = Math.max(0, Math.trunc(cursor) || 0);
    this.#foldTo(Math.min(at, this.length));
    if (at >= this.length) return this.#head;
    const number = Math.floor(at / SPAN);
    return this.#span(number)[at % SPAN] ?? this.#head;
  }

  #check(event: TraceEvent): void {
    const { n, t, cause } = event;
    const next = this.length + 1;
    if (n !== next) throw new TraceOrderError('n', `event ${n} where ${next} comes next`);
    if (!(t >= this.#time)) {
      throw new TraceOrderError('t', `event ${n} is at ${t} ms, after one at ${this.#time} ms`);
    }
    const { step } = event;
    const newest = this.#ends.length - 1;
    if (step < newest) throw new TraceOrderError('step', `event ${n} goes back to step ${step}`);
    if (event.kind === 'step' || step > newest) this.#checkStep(event, newest);
    if (cause !== null && !(cause >= 1 && cause < n)) {
      throw new TraceOrderError('cause', `event ${n} cannot be set off by event ${cause}`);
    }
  }

  /** That a step is one that its act plans, and of the kind that is planned there. */
  #checkStep(event: TraceEvent, newest: number): void {
    const { n, step } = event;
    const act = beginningAct(event);
    // What an act plans is counted from its first step, so it can pass over none.
    if (act !== undefined && (step !== newest + 1 || act.steps.length === 0)) {
      throw new TraceOrderError(
        'step',
        `event ${n} begins an act where step ${newest + 1} comes next`,
      );
    }
    const planned = stepIn(this.#script.actOf(step, act), step);
    if (planned === null) throw new TraceOrderError('step', `no act plans step ${step}`);
    if (event.kind === 'step' && event.of !== planned.kind) {
      throw new TraceOrderError('step', `step ${step} is ${planned.kind}, not ${event.of}`);
    }
  }

  /** Folds the events up to a cursor that have not been folded yet. */
  #foldTo(cursor: number): void {
    for (;;) {
      const event = this.#events[this.#head.cursor];
      if (event === undefined || this.#head.cursor >= cursor) return;
      this.#keep(reduce(this.#head, event));
    }
  }

  #keep(frame: Frame): void {
    this.#head = frame;
    const number = Math.floor(frame.cursor / SPAN);
    if (number === this.#checkpoints.length) {
      this.#checkpoints.push(frame);
      this.#remember(number, [frame]);
    } else {
      // It may have been forgotten if many others were looked at; then it is folded again.
      this.#spans.get(number)?.push(frame);
    }
  }

  #span(number: number): readonly Frame[] {
    const kept = this.#spans.get(number);
    const frames = kept ?? this.#fold(number);
    this.#spans.delete(number);
    this.#remember(number, frames);
    return frames;
  }

  #fold(number: number): Frame[] {
    let frame = this.#checkpoints[number] ?? firstFrame(this.header.options);
    const frames = [frame];
    const from = number * SPAN;
    for (const event of this.#events.slice(from, from + SPAN - 1)) {
      frame = reduce(frame, event);
      frames.push(frame);
    }
    return frames;
  }

  #remember(number: number, frames: Frame[]): void {
    this.#spans.set(number, frames);
    if (this.#spans.size <= SPANS_KEPT) return;
    const [oldest] = this.#spans.keys();
    if (oldest !== undefined) this.#spans.delete(oldest);
  }
}

/** The act that an event begins, where it begins one. */
function beginningAct(event: TraceEvent): Act | undefined {
  return event.kind === 'step' ? event.act : undefined;
}

/**
 * The state of everything at a cursor. A pure function of the two: what the record keeps to be fast
 * shows only in that frames share objects.
 * @param cursor how many events have happened; below 0 and above `trace.length` it is brought inside,
 *   a fraction is cut off
 */
export function frameAt(trace: Trace, cursor: number): Frame {
  return trace.frameAt(cursor);
}
