// The recorder: numbers, times and places what happens, and tells who listens.
import type { EventBody, Problem, StepEvent, TraceEvent } from './event.ts';
import { stepNumber } from './frame.ts';
import type { StepProgress } from './frame.ts';
import type { Act, PlannedStep } from '../rtc/steps.ts';
import { frameAt, TraceOrderError } from './trace.ts';
import type { StepFrame } from './script.ts';
import type { Trace } from './trace.ts';

/** The step that opens by itself: ICE does not wait to be asked for. */
const EARLY = 'gather-candidates';

/**
 * True for what opens the step of gathering: setLocalDescription starts it (RFC 9429 §5.9), and from that call's end
 * on, whatever that side's agent does belongs to it.
 */
function isGathering(body: EventBody, side: PlannedStep['side']): boolean {
  return (
    body.side === side &&
    (body.kind === 'candidate' ||
      body.kind === 'candidate-error' ||
      (body.kind === 'state' && body.machine === 'iceGatheringState'))
  );
}

/** Writes a record. */
export class Recorder {
  readonly #trace: Trace;
  readonly #now: () => number;
  /** The clock at the record's zero. */
  readonly #zero: number;
  readonly #listeners = new Set<(event: TraceEvent) => void>();
  /** A step that opened early and has not been asked for yet: its `begin`. */
  #early: StepEvent | null = null;
  /** The number of the step at hand, and how far it has come. */
  #step: number;
  #progress: StepProgress;
  /** The time of the newest event. */
  #time: number;
  /** How many events the listeners have been told of. */
  #told: number;
  #telling = false;
  #closed = false;

  /**
   * Goes on with a record where it ends.
   * @param now a clock in milliseconds, from any zero
   */
  constructor(trace: Trace, now: () => number) {
    this.#trace = trace;
    this.#now = now;
    const frame = frameAt(trace, trace.length);
    this.#step = stepNumber(frame);
    ({ progress: this.#progress, t: this.#time } = frame);
    this.#zero = now() - this.#time;
    this.#told = trace.length;
  }

  /**
   * Writes one event, as part of the step at hand or of the one that it opens.
   * @param cause the number of the event that set it off; throws `TraceOrderError` when there is none
   *   of that number yet
   * @returns its number
   */
  write(body: EventBody, cause: number | null = null): number {
    if (this.#closed) return this.#trace.length;
    const next = this.#trace.step(this.#step + 1);
    if (this.#progress === 'done' && next?.kind === EARLY && isGathering(body, next.side)) {
      // Listeners hear of it with the event, so that none can write between the two.
      this.#early = { ...this.#place(next.number, next), at: 'begin', cause: null };
      this.#add(this.#early, 'running');
    }
    return this.#append({ ...body, ...this.#stamp(), step: this.#step, cause }, this.#progress).n;
  }

  /**
   * A step begins, or begins again after it failed: the next of that kind that the act at hand plans. One that opened
   * early has begun already: nothing is written then. Throws `TraceOrderError` for a step that runs or is done, or
   * that is not planned.
   * @returns the number of the event with which it began
   */
  begin(kind: string): number {
    const early = this.#early;
    if (early?.of === kind) {
      this.#early = null;
      return early.n;
    }
    const failed = this.#progress === 'failed' ? this.#trace.step(this.#step) : null;
    const step =
      failed?.kind === kind
        ? failed
        : this.#trace.steps.find((each) => each.number > this.#step && each.kind === kind);
    if (step === undefined) throw new TraceOrderError('step', `no step ${kind} is to come`);
    return this.#append({ ...this.#place(step.number, step), at: 'begin', cause: null }, 'running')
      .n;
  }

  /**
   * An act begins, with its first step. What the act before still planned will not come any more.
   * Throws `TraceOrderError` for an act without steps.
   * @param cause the number of the event that set it off
   * @returns the number of the event with which it began
   */
  beginAct(act: Act, cause: number | null = null): number {
    const [first] = act.steps;
    if (first === undefined) throw new TraceOrderError('step', `${act.id} has no steps`);
    this.#early = null;
    const number = this.#trace.ends.length;
    return this.#append({ ...this.#place(number, first), at: 'begin', act, cause }, 'running').n;
  }

  /**
   * The step at hand is done. Throws `TraceOrderError` unless it is of that kind and runs.
   * @returns the event's number
   */
  done(kind: string): number {
    const step = this.#finish(kind);
    return this.#append({ ...this.#place(step.number, step), at: 'done', cause: null }, 'done').n;
  }

  /**
   * The step at hand failed. Throws `TraceOrderError` unless it is of that kind and runs.
   * @returns the event's number
   */
  fail(kind: string, problem: Problem): number {
    const step = this.#finish(kind);
    return this.#append(
      { ...this.#place(step.number, step), at: 'failed', cause: null, problem },
      'failed',
    ).n;
  }

  /**
   * Calls back after each event, in order, also for those that a listener writes. A listener must not
   * throw.
   * @returns what ends it
   */
  subscribe(listener: (event: TraceEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The record is complete: whatever still happens is not written. Writing gives the number of the last event then. */
  close(): void {
    this.#closed = true;
  }

  #finish(kind: string): StepFrame {
    const step = this.#trace.step(this.#step);
    if (step?.kind !== kind || this.#progress !== 'running') {
      throw new TraceOrderError('step', `${kind} is not running`);
    }
    this.#early = null;
    return step;
  }

  /** A clock may step back, and has more digits than a reader needs: microseconds do. */
  #stamp(): { readonly n: number; readonly t: number } {
    const t = Math.round((this.#now() - this.#zero) * 1000) / 1000;
    return { n: this.#trace.length + 1, t: Math.max(t, this.#time) };
  }

  #place(
    number: number,
    { kind, side }: PlannedStep,
  ): Pick<StepEvent, 'kind' | 'n' | 't' | 'step' | 'of' | 'side'> {
    const whose = side === 'both' ? null : side;
    return { kind: 'step', ...this.#stamp(), step: number, of: kind, side: whose };
  }

  #append<E extends TraceEvent>(event: E, progress: StepProgress): E {
    this.#add(event, progress);
    this.#tell();
    return event;
  }

  #add(event: TraceEvent, progress: StepProgress): void {
    this.#trace.append(event);
    this.#step = event.step;
    this.#progress = progress;
    this.#time = event.t;
  }

  /** A listener that writes gets here again; the loop that runs already takes care of its event. */
  #tell(): void {
    if (this.#telling) return;
    this.#telling = true;
    try {
      for (;;) {
        const event = this.#trace.events[this.#told];
        if (event === undefined) return;
        this.#told += 1;
        for (const listener of this.#listeners) listener(event);
      }
    } finally {
      this.#telling = false;
    }
  }
}
