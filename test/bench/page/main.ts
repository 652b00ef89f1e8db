// The page of the run ratio: a whole recorded run and a bare call of the same make, each timed.
import { bareCall } from './bare.ts';
import { wholeRun } from './whole.ts';

/** What the benchmark calls in the page. Each gives the milliseconds that one call took. */
export interface BenchPage {
  readonly wholeRun: () => Promise<number>;
  readonly bareCall: () => Promise<number>;
}

const bench: BenchPage = { wholeRun, bareCall };
Object.assign(globalThis, { bench });
