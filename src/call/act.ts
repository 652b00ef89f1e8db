// What an act is to the program: its steps, what each of them does, and when it is possible.
import type { Act, Side } from '../rtc/steps.ts';
import type { Call } from './call.ts';

/**
 * What a step does. Rejects with a StepError where it fails; it may then be run again.
 * @param signal aborts when the act is given up
 * @param again it has failed before
 */
export type Work = (signal: AbortSignal, again: boolean) => Promise<void> | void;

/** The work of each step of an act, by its kind. */
export type ActWork = Readonly<Record<string, Work>>;

/** What an act is performed with. */
export interface ActSetup {
  readonly call: Call;
  /** Whose act it is. */
  readonly by: Side;
  /** What was chosen before it began, by the names of the act's settings. */
  readonly settings: Readonly<Record<string, string>>;
}

/** How a call stands, as far as acts care. */
export interface CallState {
  /** It is a live call, and not a recording or one that has not begun. */
  readonly live: boolean;
  /** Both ends are connected, and no step is running. */
  readonly up: boolean;
  /** It was hung up. */
  readonly over: boolean;
  /** A step is running. */
  readonly busy: boolean;
}

/** Why an act can't be done now. */
export type Obstacle = 'not-live' | 'not-up' | 'over' | 'busy';

/** An act that a run can perform. */
export interface ActScript {
  /** The name used in links and in the recording. */
  readonly id: string;
  /** Who may do it. */
  readonly sides: readonly Side[];
  /** Its steps, in order, when a side does it. */
  plan(by: Side): Act;
  /** The step from whose end on the others wait for nobody, where that is not as in every exchange. */
  readonly runsOnAfter?: string;
  /** The run is over with it: nothing comes after. */
  readonly endsCall?: true;
  /** Why it can't be done now; `null` where it can. */
  obstacle(state: CallState): Obstacle | null;
  /** What each step does. Called once, when the act begins. */
  work(setup: ActSetup): ActWork;
}

/** The obstacle of whatever needs a call that stands. */
export function needsCall({ live, up, over, busy }: CallState): Obstacle | null {
  if (!live) return 'not-live';
  if (over) return 'over';
  if (busy) return 'busy';
  return up ? null : 'not-up';
}
