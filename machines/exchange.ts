// An act after the call as a machine: the steps of one later exchange, for any offerer, and what stands around it.
import type { Act } from '../src/rtc/steps.ts';
import { placeIn, steps, stepState, type Progress } from './step.ts';

/** From the answerer's setLocalDescription(answer) on, the browsers' clocks run, as in the call. */
export const CLOCK_STARTS = 'set-local-answer';

/**
 * The machine of an act: its steps in order, each `ready`, `running`, then `done` or `failed`, by the same helper as
 * the 14 of the call.
 * @param act at least one step, none of them twice
 * @param after the step from whose end on the others wait for nobody
 */
export function actMachine({ id, steps: planned }: Act, after = CLOCK_STARTS) {
  const clock = planned.findIndex(({ kind }) => kind === after);
  const states = Object.fromEntries(
    planned.map((step, at) => {
      const onAClock = clock !== -1 && at > clock;
      return [step.kind, stepState(step, planned[at + 1] ?? 'performed', onAClock)];
    }),
  );
  return steps.createMachine({
    id,
    context: { problem: null },
    initial: 'act',
    states: {
      act: {
        initial: planned[0]?.kind ?? 'performed',
        on: { STOP: 'stopped' },
        states: { ...states, performed: { id: 'performed' } },
      },
      stopped: { type: 'final' },
    },
  });
}

/** Where an act stands among its steps; `null` once it is stopped. At its end it stays at the last step, done. */
export function stepOfAct(
  { value }: { readonly value: unknown },
  { steps: planned }: Act,
): { readonly step: string; readonly progress: Progress } | null {
  return placeIn(value, planned.at(-1)?.kind ?? '');
}
