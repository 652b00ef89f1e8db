// What an exported ladder says, in the language that the screen is in.
import { getLocale } from '../../i18n/locale.svelte.ts';
import { m } from '../../i18n/paraglide/messages.js';
import { stepTitle } from '../../lessons/call/title.ts';
import { STEPS } from '../../trace/step.ts';
import { arrowName } from '../ladder/arrow-name.ts';
import { machineShort, messageState } from '../words.ts';
import type { LadderWords } from './words.ts';

/**
 * The words of a ladder.
 * @param step the number of the step that it ends with, 1 to 14
 */
export function ladderWords(step: number): LadderWords {
  return {
    lang: getLocale(),
    title:
      step >= STEPS.length ? m.export_picture_whole() : m.export_picture_title({ number: step }),
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
