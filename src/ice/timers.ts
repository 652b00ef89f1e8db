// Named timers in one table: when each is due, and which is next.

/** Every timer of one generation of candidates. */
export const TIMERS = [
  /** A new gathering transaction may begin. */
  'gather',
  /** A gathering transaction is sent again, or given up. */
  'gather-retry',
  /** The next check of the checklist may leave. */
  'check',
  /** A check is sent again, or given up. */
  'check-retry',
  /** The controlling side waits no longer for a better pair. */
  'nominate',
  /** The next consent check. */
  'consent',
  /** The selected pair is no longer answered for. */
  'liveness',
  /** RFC 8863, or Chromium's patience: from here on the checklist may fail. */
  'patience',
] as const;
export type TimerName = (typeof TIMERS)[number];

/** When each timer is due, in ms; a timer is set or not. */
export class Timers {
  readonly #due = new Map<TimerName, number>();
  #next: number | null = null;
  #isKnown = true;

  /** When this one is due; null while it is not set. */
  at(name: TimerName): number | null {
    return this.#due.get(name) ?? null;
  }

  /** Sets a timer, or with null takes it away. */
  set(name: TimerName, at: number | null): void {
    if (at === null) this.#due.delete(name);
    else this.#due.set(name, at);
    this.#isKnown = false;
  }

  /** True, and the timer is taken away, when it is due. */
  take(name: TimerName, now: number): boolean {
    const at = this.#due.get(name);
    if (at === undefined || at > now) return false;
    this.set(name, null);
    return true;
  }

  clear(): void {
    this.#due.clear();
    this.#isKnown = false;
  }

  /** The time of the one that is due first; null when none is set. */
  get next(): number | null {
    if (!this.#isKnown) {
      this.#next = null;
      for (const at of this.#due.values()) {
        if (this.#next === null || at < this.#next) this.#next = at;
      }
      this.#isKnown = true;
    }
    return this.#next;
  }
}
