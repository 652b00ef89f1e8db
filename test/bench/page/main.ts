// The page of the ratios: a whole recorded run and a bare call of the same make, and acts and the same calls, each timed.
import { actPairs, type ActPair } from './acts.ts';
import { bareCall } from './bare.ts';
import { wholeRun } from './whole.ts';

/** What the benchmark calls in the page. Each of the first two gives the milliseconds that one call took. */
export interface BenchPage {
  readonly wholeRun: () => Promise<number>;
  readonly bareCall: () => Promise<number>;
  readonly actPairs: (rounds: number, warmUps: number) => Promise<readonly ActPair[]>;
}

const bench: BenchPage = { wholeRun, bareCall, actPairs };
Object.assign(globalThis, { bench });
