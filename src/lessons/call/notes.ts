// What a teacher may ask and set right at each step. Apart from the captions, so that it loads only for a speaker.
import { m } from '../../i18n/paraglide/messages.js';
import { callStep, type CallStepKind } from '../../rtc/steps.ts';

const NOTES: Readonly<Record<CallStepKind, () => string>> = {
  'capture-caller': m.call_capture_caller_notes,
  'add-tracks': m.call_add_tracks_notes,
  'create-offer': m.call_create_offer_notes,
  'set-local-offer': m.call_set_local_offer_notes,
  'gather-candidates': m.call_gather_candidates_notes,
  'send-offer': m.call_send_offer_notes,
  'set-remote-offer': m.call_set_remote_offer_notes,
  'capture-callee': m.call_capture_callee_notes,
  'create-answer': m.call_create_answer_notes,
  'set-local-answer': m.call_set_local_answer_notes,
  'send-answer': m.call_send_answer_notes,
  'receive-answer': m.call_receive_answer_notes,
  'set-remote-answer': m.call_set_remote_answer_notes,
  connect: m.call_connect_notes,
};

/** A question for the class, and what is often thought; '' before the first step. */
export function stepNotes(kind: string): string {
  const step = callStep(kind);
  return step === null ? '' : NOTES[step.kind]();
}
