// What an act is to the program: its steps, what each of them does, and when it is possible.
import type { Act, ActSettings, Side } from '../rtc/steps.ts';
import type { Frame } from '../trace/frame.ts';
import type { Call } from './call.ts';
import type { PerfectEnd } from './perfect.ts';

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
  readonly settings: ActSettings;
  /** Starts an end of perfect negotiation. */
  readonly perfect: (polite: boolean) => PerfectEnd;
}

/** How a call stands, as far as acts care. */
export interface CallState {
  /** It is a live call, and not a recording or one that has not begun. */
  readonly live: boolean;
  /** Both ends are connected, and no step is running. */
  readonly up: boolean;
  /** It came up once; its path may have failed since. */
  readonly stands: boolean;
  /** It was hung up. */
  readonly over: boolean;
  /** A step is running. */
  readonly busy: boolean;
  /** Everything at the newest event. */
  readonly frame: Frame;
}

/** Why an act can't be done now. `not-here`: never in this call, as its network has not what it takes. */
export const OBSTACLES = [
  ...(['not-live', 'not-up', 'over', 'busy', 'not-here'] as const),
  ...(['nothing-sent', 'nothing-muted', 'no-video', 'no-screen'] as const),
  ...(['on-hold', 'not-on-hold', 'no-channel', 'has-channel'] as const),
] as const;
export type Obstacle = (typeof OBSTACLES)[number];

/** An act that a run can perform. */
export interface ActScript {
  /** The name used in links and in the recording. */
  readonly id: string;
  /** Who may do it. */
  readonly sides: readonly Side[];
  /**
   * Its steps, in order, when a side does it.
   * @param settings what was chosen; the act's own defaults where it tells nothing of one
   */
  plan(by: Side, settings?: ActSettings): Act;
  /** The step from whose end on the others wait for nobody, where that is not as in every exchange. */
  readonly runsOnAfter?: string;
  /** The run is over with it: nothing comes after. */
  readonly endsCall?: true;
  /** Why a side can't do it now; `null` where it can. */
  obstacle(state: CallState, by: Side): Obstacle | null;
  /** What each step does. Called once, when the act begins. */
  work(setup: ActSetup): ActWork;
}

/** The obstacle of what can be done in any call that came up once, also after its path has failed. */
export function needsStanding({ live, stands, over, busy }: CallState): Obstacle | null {
  if (!live) return 'not-live';
  if (over) return 'over';
  if (busy) return 'busy';
  return stands ? null : 'not-up';
}

/** The obstacle of whatever needs a call whose path is up. */
export function needsCall(state: CallState): Obstacle | null {
  return needsStanding(state) ?? (state.up ? null : 'not-up');
}
