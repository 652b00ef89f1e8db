// The script of a recording: its acts, and the instances of steps that they are made of, as they begin.
import { CALL_ACT } from '../rtc/steps.ts';
import type { Act, PlannedStep } from '../rtc/steps.ts';

/** An act of a recording. */
export interface ActFrame extends Act {
  /** Its place in the recording, from 1. */
  readonly number: number;
  /** The number of its first step in the recording. */
  readonly first: number;
}

/** A step of a recording: the same kind may occur many times. */
export interface StepFrame extends PlannedStep {
  /** Its place in the recording, from 1. */
  readonly number: number;
  readonly act: ActFrame;
  /** Its place in its act, from 1. */
  readonly ordinal: number;
}

/** What every recording begins with, unless its first step says otherwise: the call in 14 steps. */
export const FIRST_ACT: ActFrame = { ...CALL_ACT, number: 1, first: 1 };

/** The act that begins with a step, after another. */
export function nextAct(before: ActFrame, act: Act, first: number): ActFrame {
  const { id, by, steps, settings } = act;
  const chosen = settings === undefined ? {} : { settings };
  // A recording may begin with another act than the call.
  return { id, by, steps, ...chosen, number: first === 1 ? 1 : before.number + 1, first };
}

/** The step of that number, where the act plans it; `null` elsewhere. */
export function stepIn(act: ActFrame, number: number): StepFrame | null {
  const ordinal = number - act.first + 1;
  const planned = act.steps[ordinal - 1];
  if (planned === undefined) return null;
  const { kind, side, phase } = planned;
  return { kind, side, phase, number, act, ordinal };
}

/**
 * The acts of a recording and the steps of each, as far as they have begun; what the newest act still plans, and the
 * acts that are to follow it.
 */
export class Script {
  readonly #acts: ActFrame[] = [FIRST_ACT];
  readonly #begun: StepFrame[] = [];
  #coming: readonly Act[] = [];
  /** Made when it is asked for, and again once the script has grown. */
  #steps: readonly StepFrame[] | null = null;

  /** The acts that have begun, in order; before the first step, the one that every recording begins with. */
  get acts(): readonly ActFrame[] {
    return this.#acts;
  }

  /** The newest act. */
  get act(): ActFrame {
    return this.#acts.at(-1) ?? FIRST_ACT;
  }

  /** How many steps have begun. */
  get begun(): number {
    return this.#begun.length;
  }

  /** Every step that has begun, and after these all that is planned: the one numbered n is at n - 1. */
  get steps(): readonly StepFrame[] {
    this.#steps ??= [...this.#begun, ...this.#planned()];
    return this.#steps;
  }

  /** The act that a step would belong to: a new one where it is given, else the newest. */
  actOf(number: number, act: Act | undefined): ActFrame {
    return act === undefined ? this.act : nextAct(this.act, act, number);
  }

  /** A step has begun: those of its act before it have been passed over. It must be one that the act plans. */
  begin(number: number, act: Act | undefined): void {
    const own = this.actOf(number, act);
    if (act !== undefined) {
      if (own.number === 1) this.#acts.length = 0;
      this.#acts.push(own);
      const [coming, ...rest] = this.#coming;
      // Another act than the one that was to follow puts an end to what was planned; the first follows nothing.
      const isPlanned = coming?.id === own.id && coming.by === own.by;
      if (own.number > 1) this.#coming = isPlanned ? rest : [];
    }
    for (let next = this.begun + 1; next <= number; next += 1) {
      const step = stepIn(own, next);
      if (step !== null) this.#begun.push(step);
    }
    this.#steps = null;
  }

  /** Plans the acts that are to follow the newest, in place of those that were. */
  plan(acts: readonly Act[]): void {
    this.#coming = acts;
    this.#steps = null;
  }

  #planned(): readonly StepFrame[] {
    let act = this.act;
    const planned = stepsOf(act, this.begun + 1);
    for (const coming of this.#coming) {
      act = nextAct(act, coming, act.first + act.steps.length);
      planned.push(...stepsOf(act, act.first));
    }
    return planned;
  }
}

/** The steps of an act from a number on. */
function stepsOf(act: ActFrame, from: number): StepFrame[] {
  return act.steps.slice(from - act.first).flatMap((_, at) => stepIn(act, from + at) ?? []);
}
