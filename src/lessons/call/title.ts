// What each step is called, whatever the run.
import { m } from '../../i18n/paraglide/messages.js';
import { callStep, type CallStepKind } from '../../rtc/steps.ts';

const TITLES: Readonly<Record<CallStepKind, () => string>> = {
  'capture-caller': m.call_capture_caller_title,
  'add-tracks': m.call_add_tracks_title,
  'create-offer': m.call_create_offer_title,
  'set-local-offer': m.call_set_local_offer_title,
  'gather-candidates': m.call_gather_candidates_title,
  'send-offer': m.call_send_offer_title,
  'set-remote-offer': m.call_set_remote_offer_title,
  'capture-callee': m.call_capture_callee_title,
  'create-answer': m.call_create_answer_title,
  'set-local-answer': m.call_set_local_answer_title,
  'send-answer': m.call_send_answer_title,
  'receive-answer': m.call_receive_answer_title,
  'set-remote-answer': m.call_set_remote_answer_title,
  connect: m.call_connect_title,
};

/** A step's title as it stands for every run; a caption's may say more of this one. */
export function stepTitle(kind: string): string {
  const step = callStep(kind);
  // A recording of a newer program may have steps that this one has no words for.
  return step === null ? kind : TITLES[step.kind]();
}
