// Which calls each signalingState allows, and what they do there (WebRTC 1.0 §4.4.1.2, §4.4.2; RFC 9429 §5).

/** The states of signalingState. */
export const SIGNALING_STATES = [
  'stable',
  'have-local-offer',
  'have-remote-offer',
  'have-local-pranswer',
  'have-remote-pranswer',
  'closed',
] as const;
export type SignalingState = (typeof SIGNALING_STATES)[number];

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

// What is not named here is rejected.
const LEGAL: Readonly<
  Record<Exclude<SignalingState, 'closed'>, { readonly [call in TriedCall]?: CallOutcome }>
> = {
  stable: {
    'createOffer()': STAYS,
    'setLocalDescription(offer)': to('have-local-offer'),
    'setRemoteDescription(offer)': to('have-remote-offer'),
  },
  'have-local-offer': {
    'createOffer()': STAYS,
    'setLocalDescription(offer)': STAYS,
    'setLocalDescription(rollback)': to('stable'),
    'setRemoteDescription(offer)': { id: 'rolls-back', to: 'have-remote-offer' },
    'setRemoteDescription(pranswer)': to('have-remote-pranswer'),
    'setRemoteDescription(answer)': to('stable'),
    'setRemoteDescription(rollback)': { id: 'varies' },
  },
  'have-remote-offer': {
    'createAnswer()': STAYS,
    'setLocalDescription(pranswer)': to('have-local-pranswer'),
    'setLocalDescription(answer)': to('stable'),
    'setLocalDescription(rollback)': { id: 'varies' },
    'setRemoteDescription(offer)': STAYS,
    'setRemoteDescription(rollback)': to('stable'),
  },
  'have-local-pranswer': {
    'createAnswer()': STAYS,
    'setLocalDescription(pranswer)': STAYS,
    'setLocalDescription(answer)': to('stable'),
  },
  'have-remote-pranswer': {
    'setRemoteDescription(pranswer)': STAYS,
    'setRemoteDescription(answer)': to('stable'),
  },
};

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
    case 'createAnswer()':
    case 'setLocalDescription(offer)':
    case 'setLocalDescription(pranswer)':
    case 'setLocalDescription(answer)':
    case 'setLocalDescription(rollback)':
    case 'setRemoteDescription(offer)':
    case 'setRemoteDescription(pranswer)':
    case 'setRemoteDescription(answer)':
    case 'setRemoteDescription(rollback)':
      return state === 'closed' ? REJECTS : (LEGAL[state][call] ?? REJECTS);
  }
}

/** The calls that a state forbids for certain: what a learner can try, to see a real exception. */
export function illegalCalls(state: SignalingState): readonly TriedCall[] {
  return CALLS.filter((call) => {
    const { id } = outcomeOfCall(state, call);
    return id === 'rejects' || id === 'throws';
  });
}
