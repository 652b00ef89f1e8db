// The recorder: numbers, times and places what happens, and tells who listens.
import type { EventBody, Problem, StepEvent, TraceEvent } from './event.ts';
import type { StepProgress } from './frame.ts';
import { stepById } from './step.ts';
import type { StepId } from './step.ts';
import { frameAt, TraceOrderError } from './trace.ts';
import type { Trace } from './trace.ts';

/** A step that may begin before anyone asks for it. */
interface EarlyStep {
  readonly step: StepId;
  /** The step that must be the one at hand, and done. */
  readonly after: StepId;
  /** The events that open it. */
  readonly by: (body: EventBody) => boolean;
}

/**
 * Steps that do not wait to be asked for. ICE is the only one: setLocalDescription starts gathering
 * (RFC 9429 §5.9), and from its end on, whatever the caller's agent does is step 5.
 */
const EARLY_STEPS: readonly EarlyStep[] = [
  {
    step: 'gather-candidates',
    after: 'set-local-offer',
    by: (body) =>
      body.side === 'caller' &&
      (body.kind === 'candidate' ||
        body.kind === 'candidate-error' ||
        (body.kind === 'state' && body.machine === 'iceGatheringState')),
  },
];

/** Writes a record. */
export class Recorder {
  readonly #trace: Trace;
  readonly #now: () => number;
  /** The clock at the record's zero. */
  readonly #zero: number;
  readonly #listeners = new Set<(event: TraceEvent) => void>();
  /** A step that opened early and has not been asked for yet: its `begin`. */
  #early: StepEvent | null = null;
  /** The step at hand and how far it has come. */
  #step: StepId | null;
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
    ({ step: this.#step, progress: this.#progress, t: this.#time } = frameAt(trace, trace.length));
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
    const opens =
      this.#progress === 'done'
        ? EARLY_STEPS.find(({ after, by }) => after === this.#step && by(body))
        : undefined;
    if (opens !== undefined) {
      // Listeners hear of it with the event, so that none can write between the two.
      this.#early = { kind: 'step', ...this.#place(opens.step), at: 'begin' };
      this.#add(this.#early, 'running');
    }
    return this.#append({ ...body, ...this.#stamp(), step: this.#step, cause }, this.#progress).n;
  }

  /**
   * A step begins, or begins again after it failed. One that opened early has begun already: nothing
   * is written then. Throws `TraceOrderError` for a step that runs or is done, or lies behind.
   * @returns the number of the event with which it began
   */
  begin(step: StepId): number {
    const early = this.#early;
    if (early?.step === step) {
      this.#early = null;
      return early.n;
    }
    if (this.#step === step && this.#progress !== 'failed') {
      throw new TraceOrderError('step', `${step} has begun already`);
    }
    return this.#append({ kind: 'step', ...this.#place(step), at: 'begin' }, 'running').n;
  }

  /**
   * The step at hand is done. Throws `TraceOrderError` unless it is that one and runs.
   * @returns the event's number
   */
  done(step: StepId): number {
    this.#finish(step);
    return this.#append({ kind: 'step', ...this.#place(step), at: 'done' }, 'done').n;
  }

  /**
   * The step at hand failed. Throws `TraceOrderError` unless it is that one and runs.
   * @returns the event's number
   */
  fail(step: StepId, problem: Problem): number {
    this.#finish(step);
    return this.#append({ kind: 'step', ...this.#place(step), at: 'failed', problem }, 'failed').n;
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

  #finish(step: StepId): void {
    if (this.#step !== step || this.#progress !== 'running') {
      throw new TraceOrderError('step', `${step} is not running`);
    }
    this.#early = null;
  }

  /** A clock may step back, and has more digits than a reader needs: microseconds do. */
  #stamp(): { readonly n: number; readonly t: number } {
    const t = Math.round((this.#now() - this.#zero) * 1000) / 1000;
    return { n: this.#trace.length + 1, t: Math.max(t, this.#time) };
  }

  #place(step: StepId): Omit<StepEvent, 'kind' | 'at' | 'problem'> {
    const side = stepById(step)?.side;
    return {
      ...this.#stamp(),
      step,
      side: side === undefined || side === 'both' ? null : side,
      cause: null,
    };
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
