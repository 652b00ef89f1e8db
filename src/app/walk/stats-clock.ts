// When statistics are read: seldom and late while the two sides connect, then once a second, and seldom again.
import { StatsRecorder, type StatsSource } from '../../peers/stats.ts';
import type { Stats } from '../../trace/report.ts';
import type { Tape } from '../../peers/tape.ts';
import { pageTimers, type Timers } from '../../peers/timers.ts';
import { SIDES, type Side } from '../../rtc/steps.ts';

/** How long ICE may check before anybody looks, in ms: a call at full speed is connected by then. */
export const FIRST_LOOK = 150;
/** How often the pairs are read while ICE checks them, in ms. */
export const CHECKING_EVERY = 500;
/** How often the counters are read once the call is up, in ms: often at first, then seldom. */
export const STATS_EVERY = 1000;
export const STATS_EVERY_LATER = 5000;
/** How many times are often. */
export const STATS_OFTEN = 30;

/** Reads both sides' statistics from time to time and writes them. Nothing waits for it. */
export class StatsClock {
  readonly #peerOf: (side: Side) => StatsSource | null;
  readonly #tape: Tape;
  readonly #timers: Timers;
  readonly #recorders = new Map<Side, StatsRecorder>();
  #phase: 'idle' | 'checking' | 'up' | 'stopped' = 'idle';
  #timer: unknown;
  #count = 0;

  /** @param peerOf a side's peer; null while it has none */
  constructor(peerOf: (side: Side) => StatsSource | null, tape: Tape, timers: Timers = pageTimers) {
    this.#timers = timers;
    this.#peerOf = peerOf;
    this.#tape = tape;
  }

  /** A side's ICE has begun to check: the pairs are to be seen until both sides are connected or have failed. */
  checking(): void {
    if (this.#phase !== 'idle') return;
    this.#phase = 'checking';
    this.#wait(FIRST_LOOK);
  }

  /** The call is up: its counters are read from now on. Told again, it changes nothing. */
  up(): void {
    if (this.#phase === 'up' || this.#phase === 'stopped') return;
    this.#phase = 'up';
    this.#count = 0;
    this.#wait(0);
  }

  /** Ends it for good. */
  stop(): void {
    this.#phase = 'stopped';
    this.#timers.clearTimeout(this.#timer);
  }

  /**
   * Reads one side at once: something of it is known to be another.
   * @returns what was read; `null` where there is nothing to read any more, or not yet
   */
  async look(side: Side): Promise<Stats | null> {
    return this.#phase === 'stopped' ? null : this.read(side);
  }

  /** The same, also once the clock has stopped: somebody waits for what is to be seen. */
  async read(side: Side): Promise<Stats | null> {
    return (await this.#recorder(side)?.read()) ?? null;
  }

  #wait(ms: number): void {
    this.#timers.clearTimeout(this.#timer);
    this.#timer = this.#timers.setTimeout(() => {
      // A peer that was closed in between has no counters; the record ends where they end.
      this.#turn().catch(() => undefined);
    }, ms);
  }

  async #turn(): Promise<void> {
    const phase = this.#phase;
    const settled = this.#settled();
    const recorders = SIDES.map((side) => this.#recorder(side)).filter((each) => each !== null);
    await Promise.all(recorders.map((recorder) => recorder.read()));
    // What was told in between has set a timer of its own.
    if (this.#phase !== phase) return;
    this.#count += 1;
    const isOften = this.#count < STATS_OFTEN;
    switch (phase) {
      case 'idle':
      case 'stopped':
        return;
      case 'checking':
        // The states of before the reading: what it read is then the end of the checks.
        if (settled) this.#phase = 'idle';
        else this.#wait(isOften ? CHECKING_EVERY : STATS_EVERY_LATER);
        return;
      case 'up':
        this.#wait(isOften ? STATS_EVERY : STATS_EVERY_LATER);
    }
  }

  #settled(): boolean {
    return SIDES.every((side) => {
      const state = this.#peerOf(side)?.connectionState;
      return state === 'connected' || state === 'failed' || state === 'closed';
    });
  }

  #recorder(side: Side): StatsRecorder | null {
    const known = this.#recorders.get(side);
    if (known !== undefined) return known;
    const peer = this.#peerOf(side);
    if (peer === null) return null;
    const recorder = new StatsRecorder(peer, side, this.#tape);
    this.#recorders.set(side, recorder);
    return recorder;
  }
}
