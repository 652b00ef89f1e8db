// What arrives on a channel and is ignored, counted into the recording: a flood makes few events, however large it is.
import type { Tape } from '../peers/tape.ts';
import type { Timers } from '../peers/timers.ts';
import type { IgnoredReason } from '../signaling/channel.ts';
import type { Side } from '../rtc/steps.ts';

/** How long those that follow one are counted together, in ms. */
export const IGNORED_PAUSE = 1000;

/** Those that came since the last event of their kind. */
interface Counted {
  readonly side: Side;
  readonly reason: IgnoredReason;
  more: number;
  timer: unknown;
}

/** Counts by side and reason. The first is written at once, those that follow in one event after each pause. */
export class IgnoredCount {
  readonly #tape: Tape;
  readonly #timers: Timers;
  readonly #counted = new Map<string, Counted>();
  #closed = false;

  constructor(tape: Tape, timers: Timers) {
    this.#tape = tape;
    this.#timers = timers;
  }

  /** One more was ignored at a side. */
  add(side: Side, reason: IgnoredReason): void {
    if (this.#closed) return;
    const key = `${side} ${reason}`;
    const counted = this.#counted.get(key);
    if (counted !== undefined) {
      counted.more += 1;
      return;
    }
    const first: Counted = { side, reason, more: 0, timer: undefined };
    this.#counted.set(key, first);
    this.#tape.write({ kind: 'ignored', side, reason });
    this.#wait(key, first);
  }

  /** Writes what has been counted, and counts no more. */
  close(): void {
    this.#closed = true;
    for (const counted of this.#counted.values()) {
      this.#timers.clearTimeout(counted.timer);
      this.#write(counted);
    }
    this.#counted.clear();
  }

  #wait(key: string, counted: Counted): void {
    counted.timer = this.#timers.setTimeout(() => {
      if (counted.more === 0) {
        this.#counted.delete(key);
        return;
      }
      this.#write(counted);
      this.#wait(key, counted);
    }, IGNORED_PAUSE);
  }

  #write(counted: Counted): void {
    const { side, reason, more } = counted;
    if (more === 0) return;
    counted.more = 0;
    this.#tape.write({
      ...{ kind: 'ignored', side, reason },
      ...(more === 1 ? {} : { count: more }),
    });
  }
}
