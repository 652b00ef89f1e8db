// One recorded call: that it began, and how it came back.
import type { CallEvent, Json } from '../trace/event.ts';
import type { Side } from '../rtc/steps.ts';
import { errorInfo } from './error.ts';
import type { Tape } from './tape.ts';

/** A call that has begun. */
export interface RecordedCall {
  /** The number of its event: the cause of what it sets off. */
  readonly n: number;
  /** Writes that it came back. */
  returned(result: Json): void;
  /** Writes that it threw, or that its promise was rejected. */
  threw(error: unknown): void;
}

/**
 * Writes that a call begins.
 * @param on the interface that `method` belongs to
 * @param args its arguments, without credentials
 * @param mid the m= section of what it is called on, for senders and transceivers
 */
export function recordCall(
  tape: Tape,
  side: Side,
  on: CallEvent['on'],
  method: string,
  args: readonly Json[],
  mid?: string | null,
): RecordedCall {
  const where = mid === undefined ? {} : { mid };
  const n = tape.write({ kind: 'call', side, on, method, args, ...where });
  return {
    n,
    returned: (result) => {
      tape.write({ kind: 'return', side, call: n, method, result }, n);
    },
    threw: (error) => {
      tape.write({ kind: 'exception', side, call: n, method, error: errorInfo(error) }, n);
    },
  };
}

/**
 * Runs a call that comes back at once, and writes how.
 * @param show what the record keeps of its result
 */
export function runNow<T>(call: RecordedCall, run: () => T, show: (value: T) => Json = nothing): T {
  try {
    const value = run();
    call.returned(show(value));
    return value;
  } catch (error) {
    call.threw(error);
    throw error;
  }
}

/** The same for a call that gives a promise. */
export async function runLater<T>(
  call: RecordedCall,
  run: () => Promise<T>,
  show: (value: T) => Json = nothing,
): Promise<T> {
  try {
    const value = await run();
    call.returned(show(value));
    return value;
  } catch (error) {
    call.threw(error);
    throw error;
  }
}

const nothing = (): Json => null;
