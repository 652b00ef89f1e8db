// What each step of the call is called on the button that leads to it.
import { m } from '../../i18n/paraglide/messages.js';
import { callStep, type CallStepKind } from '../../rtc/steps.ts';
import type { RunOptions } from '../../trace/event.ts';
import { firstNext } from './first-next.ts';

const NEXT: Readonly<Record<Exclude<CallStepKind, 'capture-caller'>, () => string>> = {
  'add-tracks': m.call_next_add_tracks,
  'create-offer': m.call_next_create_offer,
  'set-local-offer': m.call_next_set_local_offer,
  'gather-candidates': m.call_next_gather_candidates,
  'send-offer': m.call_next_send_offer,
  'set-remote-offer': m.call_next_set_remote_offer,
  'capture-callee': m.call_next_capture_callee,
  'create-answer': m.call_next_create_answer,
  'set-local-answer': m.call_next_set_local_answer,
  'send-answer': m.call_next_send_answer,
  'receive-answer': m.call_next_receive_answer,
  'set-remote-answer': m.call_next_set_remote_answer,
  connect: m.call_next_connect,
};

/** A few words for a step that is about to come. */
export function nextOf(kind: string, options: RunOptions): string {
  const step = callStep(kind);
  // A recording of a newer program may have steps that this one has no words for.
  if (step === null) return kind;
  return step.kind === 'capture-caller' ? firstNext(options) : NEXT[step.kind]();
}
