// What an exported ladder says, in the language that the screen is in.
import { getLocale } from '../../i18n/locale.svelte.ts';
import { m } from '../../i18n/paraglide/messages.js';
import { stepTitle } from '../../lessons/call/title.ts';
import type { StepFrame } from '../../trace/script.ts';
import { arrowName } from '../ladder/arrow-name.ts';
import { machineShort, messageState } from '../words.ts';
import type { LadderWords } from './words.ts';

/**
 * The words of a ladder.
 * @param step the step that it ends with
 */
export function ladderWords(step: StepFrame | null): LadderWords {
  return {
    lang: getLocale(),
    title:
      step === null || step.ordinal === step.act.steps.length
        ? m.export_picture_whole()
        : m.export_picture_title({ number: step.ordinal }),
    caller: m.side_caller(),
    signaling: m.signaling(),
    callee: m.side_callee(),
    step: stepTitle,
    arrow: arrowName,
    life: messageState,
    machine: machineShort,
    insteadOf: (call) => m.instead_of({ call }),
    nothing: m.nothing_to_capture(),
    flows: m.media_flows(),
    failed: m.not_connected(),
  };
}
