// What an exported ladder says, in the language that the screen is in.
import { getLocale } from '../../i18n/locale.svelte.ts';
import { m } from '../../i18n/paraglide/messages.js';
import { lessonOf } from '../../lessons/acts.ts';
import type { ActFrame, StepFrame } from '../../trace/script.ts';
import { arrowName } from '../ladder/arrow-name.ts';
import { machineShort, messageState } from '../words.ts';
import type { LadderWords } from './words.ts';

/**
 * The words of a ladder.
 * @param step the step that it ends with
 * @param acts the acts that it shows
 */
export function ladderWords(step: StepFrame | null, acts: readonly ActFrame[]): LadderWords {
  return {
    lang: getLocale(),
    title: titleOf(step, acts),
    caller: m.side_caller(),
    signaling: m.signaling(),
    callee: m.side_callee(),
    step: (each) => lessonOf(each.act).stepTitle(each),
    act: (act) => m.act_in_steps({ act: lessonOf(act).name(), count: act.steps.length }),
    arrow: arrowName,
    life: messageState,
    machine: machineShort,
    insteadOf: (call) => m.instead_of({ call }),
    nothing: m.nothing_to_capture(),
    flows: m.media_flows(),
    failed: m.not_connected(),
  };
}

function titleOf(step: StepFrame | null, acts: readonly ActFrame[]): string {
  if (acts.length > 1) {
    return m.export_picture_acts({ acts: acts.map((act) => lessonOf(act).name()).join(' · ') });
  }
  const total = acts[0]?.steps.length ?? 0;
  return step === null || step.ordinal === total
    ? m.export_picture_whole({ count: total })
    : m.export_picture_title({ number: step.ordinal, total });
}
