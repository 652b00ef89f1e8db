// What an exported ladder says, in the language that the screen is in.
import { m } from '../../i18n/paraglide/messages.js';
import { lessonOf } from '../../lessons/acts.ts';
import { arrowName } from '../ladder/arrow-name.ts';
import { machineShort, messageState } from '../words.ts';
import type { LadderWords } from './words.ts';

/** The words of a ladder. */
export function ladderWords(): LadderWords {
  return {
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
