// The names that several views share, in the reader's language.
import { m } from '../i18n/paraglide/messages.js';
import type { MachineName, SlotName } from '../trace/event.ts';
import type { CandidateFrame, MessageFrame } from '../trace/frame.ts';
import type { Phase, Side } from '../rtc/steps.ts';
import type { SdpSource } from './tabs/shown-sdp.ts';

/** Caller or callee. */
export function sideName(side: Side): string {
  return side === 'caller' ? m.side_caller() : m.side_callee();
}

/** One of the four phases. */
export function phaseName(phase: Phase): string {
  switch (phase) {
    case 'fetching':
      return m.phase_fetching();
    case 'signaling':
      return m.phase_signaling();
    case 'connection':
      return m.phase_connection();
    case 'communication':
      return m.phase_communication();
  }
}

/** A state machine in a word, for where its full name does not fit. */
export function machineShort(machine: MachineName): string {
  switch (machine) {
    case 'signalingState':
      return m.machine_signaling();
    case 'iceGatheringState':
      return m.machine_gathering();
    case 'iceConnectionState':
      return m.machine_ice();
    case 'connectionState':
      return m.machine_connection();
  }
}

/** A description slot. */
export function slotName(slot: SlotName): string {
  switch (slot) {
    case 'pendingLocal':
      return m.slot_pending_local();
    case 'pendingRemote':
      return m.slot_pending_remote();
    case 'currentLocal':
      return m.slot_current_local();
    case 'currentRemote':
      return m.slot_current_remote();
  }
}

/** How far a message has come. */
export function messageState(at: MessageFrame['at']): string {
  switch (at) {
    case 'posted':
      return m.message_posted();
    case 'in-flight':
      return m.message_in_flight();
    case 'delivered':
      return m.message_delivered();
    case 'lost':
      return m.message_lost();
  }
}

/** What kind of message an arrow stands for, and how many. */
export function kindName(
  kind: 'call' | 'offer' | 'answer' | 'candidates' | 'hang-up' | 'error',
  count: number,
): string {
  switch (kind) {
    case 'offer':
      return m.message_offer();
    case 'answer':
      return m.message_answer();
    case 'candidates':
      return m.message_candidates({ count });
    case 'call':
      return m.message_call();
    case 'hang-up':
      return m.message_hang_up();
    case 'error':
      return m.message_error();
  }
}

/** What a message is called: an answer that is not final yet has a name of its own (RFC 9429 §4.1.10.1). */
export function messageName({
  type,
  body = null,
}: {
  readonly type: MessageFrame['type'];
  readonly body?: MessageFrame['body'];
}): string {
  if (body !== null && 'type' in body && body.type === 'pranswer') return m.message_pranswer();
  return kindName(type === 'candidate' || type === 'end-of-candidates' ? 'candidates' : type, 1);
}

/** What has become of a candidate on the side where it is listed. */
export function candidateState(at: CandidateFrame['at']): string {
  switch (at) {
    case 'found':
      return m.candidate_found();
    case 'queued':
      return m.candidate_queued();
    case 'added':
      return m.candidate_added();
    case 'rejected':
      return m.candidate_rejected();
  }
}

function placeName(slot: SdpSource['slot']): string {
  switch (slot) {
    case 'created':
      return m.slot_created();
    case 'lastLocal':
      return m.slot_last_local();
    case 'lastRemote':
      return m.slot_last_remote();
    case 'pendingLocal':
    case 'pendingRemote':
    case 'currentLocal':
    case 'currentRemote':
      return slotName(slot);
  }
}

/** The name of a description: whose it is, where it is held, and its type. */
export function sourceName({ side, slot }: SdpSource, type: string): string {
  const held = placeName(slot);
  return `${sideName(side)} · ${held} · ${type}`;
}
