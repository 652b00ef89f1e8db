// Which calls each signalingState allows, and what they do there (WebRTC 1.0 §4.4.1.2, §4.4.2; RFC 9429 §5).

import {
  mayAnswer,
  mayOffer,
  nextState,
  rollsBackFirst,
  rollsBackOthers,
  type DescriptionType,
  type SignalingState,
  type Source,
} from '../../rtc/signaling-state.ts';

/** The calls that can be tried. */
export const CALLS = [
  'createOffer()',
  'createAnswer()',
  'setLocalDescription(offer)',
  'setLocalDescription(pranswer)',
  'setLocalDescription(answer)',
  'setLocalDescription(rollback)',
  'setRemoteDescription(offer)',
  'setRemoteDescription(pranswer)',
  'setRemoteDescription(answer)',
  'setRemoteDescription(rollback)',
  'addIceCandidate()',
  'addTrack()',
  'createDataChannel()',
  'close()',
] as const;
export type TriedCall = (typeof CALLS)[number];

/** What a call does in a state. */
export type CallOutcome =
  /** It is legal, and the state becomes another. */
  | { readonly id: 'moves'; readonly to: SignalingState }
  /** It is legal, and the state stays. */
  | { readonly id: 'stays' }
  /** Legal only by rolling back the own offer first, which the browser does by itself. */
  | { readonly id: 'rolls-back'; readonly to: SignalingState }
  /** Legal once there is a remote description, and an InvalidStateError before. */
  | { readonly id: 'needs-remote-description' }
  /** A promise rejected with InvalidStateError. */
  | { readonly id: 'rejects' }
  /** An InvalidStateError thrown at once, since the call returns no promise. */
  | { readonly id: 'throws' }
  /** Closing what is closed does nothing. */
  | { readonly id: 'nothing' }
  /** An InvalidStateError by the specification's tests; not every browser looks at whose offer it is. */
  | { readonly id: 'varies' };

const STAYS: CallOutcome = { id: 'stays' };
const REJECTS: CallOutcome = { id: 'rejects' };
const to = (state: SignalingState): CallOutcome => ({ id: 'moves', to: state });

/** What a call does in a state. Rejections that have other reasons, such as a broken SDP, are left out. */
export function outcomeOfCall(state: SignalingState, call: TriedCall): CallOutcome {
  switch (call) {
    case 'close()':
      return state === 'closed' ? { id: 'nothing' } : to('closed');
    case 'addTrack()':
    case 'createDataChannel()':
      return state === 'closed' ? { id: 'throws' } : STAYS;
    case 'addIceCandidate()':
      if (state === 'closed') return REJECTS;
      // In the other states there is a remote description for certain.
      return state === 'stable' || state === 'have-local-offer'
        ? { id: 'needs-remote-description' }
        : STAYS;
    case 'createOffer()':
      return mayOffer(state) ? STAYS : REJECTS;
    case 'createAnswer()':
      return mayAnswer(state) ? STAYS : REJECTS;
    case 'setLocalDescription(offer)':
      return outcomeOfSet(state, 'local', 'offer');
    case 'setLocalDescription(pranswer)':
      return outcomeOfSet(state, 'local', 'pranswer');
    case 'setLocalDescription(answer)':
      return outcomeOfSet(state, 'local', 'answer');
    case 'setLocalDescription(rollback)':
      return outcomeOfSet(state, 'local', 'rollback');
    case 'setRemoteDescription(offer)':
      return outcomeOfSet(state, 'remote', 'offer');
    case 'setRemoteDescription(pranswer)':
      return outcomeOfSet(state, 'remote', 'pranswer');
    case 'setRemoteDescription(answer)':
      return outcomeOfSet(state, 'remote', 'answer');
    case 'setRemoteDescription(rollback)':
      return outcomeOfSet(state, 'remote', 'rollback');
  }
}

function outcomeOfSet(state: SignalingState, source: Source, type: DescriptionType): CallOutcome {
  const next = nextState(state, source, type);
  if (next === null) return REJECTS;
  if (rollsBackOthers(state, source, type)) return { id: 'varies' };
  if (rollsBackFirst(state, source, type)) return { id: 'rolls-back', to: next };
  return next === state ? STAYS : to(next);
}

/** The calls that a state forbids for certain: what a learner can try, to see a real exception. */
export function illegalCalls(state: SignalingState): readonly TriedCall[] {
  return CALLS.filter((call) => {
    const { id } = outcomeOfCall(state, call);
    return id === 'rejects' || id === 'throws';
  });
}
