// Why a call is forbidden in a state, and what can be tried there.
import { m } from '../../../i18n/paraglide/messages.js';
import { CALLS, outcomeOfCall, type TriedCall } from '../../../lessons/states/calls.ts';
import type { SignalingState } from '../../../rtc/signaling-state.ts';

/**
 * The calls that can be tried in a state to see them fail, or work where a browser is lenient.
 * @param hasRemote whether the connection has a remote description there; with one a candidate can be added
 */
export function callsToTry(state: SignalingState, hasRemote: boolean): readonly TriedCall[] {
  return CALLS.filter((call) => {
    const { id } = outcomeOfCall(state, call);
    switch (id) {
      case 'rejects':
      case 'throws':
      case 'varies':
        return true;
      case 'needs-remote-description':
        return !hasRemote;
      case 'moves':
      case 'stays':
      case 'rolls-back':
      case 'nothing':
        return false;
    }
  });
}

/** Why a call that is forbidden in a state makes no sense there, with the lessons' markup. */
export function whyForbidden(state: SignalingState, call: TriedCall): string {
  if (state === 'closed') return m.states_why_closed();
  switch (call) {
    case 'createOffer()':
      return m.states_why_create_offer();
    case 'createAnswer()':
      return m.states_why_create_answer();
    case 'setLocalDescription(offer)':
      return m.states_why_local_offer();
    case 'setLocalDescription(answer)':
    case 'setLocalDescription(pranswer)':
      return m.states_why_local_answer();
    case 'setRemoteDescription(offer)':
      return m.states_why_remote_offer();
    case 'setRemoteDescription(answer)':
    case 'setRemoteDescription(pranswer)':
      return m.states_why_remote_answer();
    case 'setLocalDescription(rollback)':
    case 'setRemoteDescription(rollback)':
      return outcomeOfCall(state, call).id === 'varies'
        ? m.states_why_rollback_whose()
        : m.states_why_rollback();
    case 'addIceCandidate()':
      return m.states_why_candidate();
    case 'addTrack()':
    case 'createDataChannel()':
    case 'close()':
      // Forbidden nowhere but in a closed connection, if at all.
      return m.states_why_closed();
  }
}
