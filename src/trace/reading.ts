// A record read for the views: what happened by step and by kind, built as the record grows, when somebody asks.
import type {
  DescriptionEvent,
  MachineName,
  StateEvent,
  StatsEvent,
  StepEvent,
  TraceEvent,
} from './event.ts';
import type { Frame, MessageFrame } from './frame.ts';
import type { Side } from '../rtc/steps.ts';

/** A record as a reading needs it. */
export interface ReadRecord {
  readonly events: readonly TraceEvent[];
  stepBegin(step: number): number;
  stepEnd(step: number): number;
}

/** The way of one state through a step: all it went through, and the event that it ended with. */
export interface StatePath {
  readonly n: number;
  readonly side: Side;
  readonly machine: MachineName;
  /** From what it was before the step to what it came to; at least two. */
  readonly path: readonly string[];
}

/**
 * The read model of a record. Writing costs a record nothing: what has come since the last question is sorted in at the
 * next. Every answer is for a cursor, so that going back shows what was known then.
 */
export class Reading {
  readonly #record: ReadRecord;
  /** How many events have been sorted in. */
  #read = 0;
  /** Each list is in the order of the record. */
  readonly #states: StateEvent[] = [];
  readonly #statesOf = new Map<number, StateEvent[]>();
  readonly #descriptions: Readonly<Record<Side, DescriptionEvent[]>> = { caller: [], callee: [] };
  readonly #stats: Readonly<Record<Side, StatsEvent[]>> = { caller: [], callee: [] };
  readonly #done: StepEvent[] = [];
  #ended: number | null = null;

  /** Nothing is read before the first question. */
  constructor(record: ReadRecord) {
    this.#record = record;
  }

  /** The events after one cursor, up to another. */
  between(from: number, to: number): readonly TraceEvent[] {
    return this.#record.events.slice(Math.max(0, from), Math.max(0, to));
  }

  /** The events of a step, up to a cursor. */
  ofStep(step: number, cursor: number): readonly TraceEvent[] {
    const record = this.#record;
    return this.between(record.stepBegin(step), Math.min(record.stepEnd(step), cursor));
  }

  /** All changes of state up to a cursor. */
  states(cursor: number): readonly StateEvent[] {
    this.#catchUp();
    return upTo(this.#states, cursor);
  }

  /** What the states went through in a step up to a cursor, in the order of their first change. */
  paths(step: number, cursor: number): readonly StatePath[] {
    this.#catchUp();
    const paths = new Map<string, StatePath>();
    for (const { n, side, machine, from, to } of upTo(this.#statesOf.get(step) ?? [], cursor)) {
      // A state that is told of for the first time has not changed.
      if (from === null || side === null) continue;
      const key = `${side} ${machine}`;
      paths.set(key, { n, side, machine, path: [...(paths.get(key)?.path ?? [from]), to] });
    }
    return [...paths.values()];
  }

  /** What went into a side's slots, and out of them, up to a cursor. */
  descriptions(side: Side, cursor: number): readonly DescriptionEvent[] {
    this.#catchUp();
    return upTo(this.#descriptions[side], cursor);
  }

  /** The counters that were read on a side up to a cursor. */
  stats(side: Side, cursor: number): readonly StatsEvent[] {
    this.#catchUp();
    return upTo(this.#stats[side], cursor);
  }

  /** The newest of these kinds of steps that was done up to a cursor; `null` when none was. */
  done(kinds: readonly string[], cursor: number): StepEvent | null {
    this.#catchUp();
    return upTo(this.#done, cursor).findLast((event) => kinds.includes(event.of)) ?? null;
  }

  /** The event by which the call was ended, wherever the cursor stands; `null` while it was not. */
  get ended(): number | null {
    this.#catchUp();
    return this.#ended;
  }

  #catchUp(): void {
    const { events } = this.#record;
    for (; this.#read < events.length; this.#read += 1) {
      const event = events[this.#read];
      if (event !== undefined) this.#sort(event);
    }
  }

  #sort(event: TraceEvent): void {
    // Of other kinds a view asks by step, or by the frame.
    if (event.kind === 'state') {
      this.#states.push(event);
      const own = this.#statesOf.get(event.step);
      if (own === undefined) this.#statesOf.set(event.step, [event]);
      else own.push(event);
    } else if (event.kind === 'description') {
      if (event.side !== null) this.#descriptions[event.side].push(event);
    } else if (event.kind === 'stats') {
      if (event.side !== null) this.#stats[event.side].push(event);
    } else if (event.kind === 'step') {
      if (event.at === 'done') this.#done.push(event);
    } else if (event.kind === 'hang-up') {
      this.#ended ??= event.n;
    }
  }
}

/** Those of a list in order that had happened at a cursor. */
function upTo<T extends { readonly n: number }>(
  events: readonly T[],
  cursor: number,
): readonly T[] {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.n ?? Infinity) <= cursor) low = middle + 1;
    else high = middle;
  }
  return events.slice(0, low);
}

const GROUPED = new WeakMap<Frame['messages'], ReadonlyMap<number, readonly MessageFrame[]>>();

/** The messages of a frame by the step that they were posted in. Frames with the same messages share the answer. */
export function messagesByStep({
  messages,
}: Pick<Frame, 'messages'>): ReadonlyMap<number, readonly MessageFrame[]> {
  const known = GROUPED.get(messages);
  if (known !== undefined) return known;
  const groups = new Map<number, MessageFrame[]>();
  for (const message of messages) {
    const group = groups.get(message.step);
    if (group === undefined) groups.set(message.step, [message]);
    else group.push(message);
  }
  GROUPED.set(messages, groups);
  return groups;
}
