// signalingState: which description may be set in which state, and what comes of it (RFC 9429 §3.2, WebRTC 1.0 §4.3.1).

/** RTCSignalingState. */
export const SIGNALING_STATES = [
  'stable',
  'have-local-offer',
  'have-remote-offer',
  'have-local-pranswer',
  'have-remote-pranswer',
  'closed',
] as const;
export type SignalingState = (typeof SIGNALING_STATES)[number];

/** Who made a description: `setLocalDescription` sets local ones, `setRemoteDescription` remote ones. */
export const SOURCES = ['local', 'remote'] as const;
export type Source = (typeof SOURCES)[number];

/** RTCSdpType. */
export const DESCRIPTION_TYPES = ['offer', 'pranswer', 'answer', 'rollback'] as const;
export type DescriptionType = (typeof DESCRIPTION_TYPES)[number];

/** A description is set, and the state is another, or the same still. */
export interface Transition {
  readonly from: SignalingState;
  readonly source: Source;
  readonly type: DescriptionType;
  readonly to: SignalingState;
}

type Row = Readonly<Partial<Record<`${Source} ${DescriptionType}`, SignalingState>>>;

/** What is not named here may not be set. */
const TABLE: Readonly<Record<SignalingState, Row>> = {
  stable: { 'local offer': 'have-local-offer', 'remote offer': 'have-remote-offer' },
  'have-local-offer': {
    'local offer': 'have-local-offer',
    'remote answer': 'stable',
    'remote pranswer': 'have-remote-pranswer',
    // By an implicit rollback of the local offer (WebRTC 1.0 §4.4.1.5).
    'remote offer': 'have-remote-offer',
    'local rollback': 'stable',
    'remote rollback': 'stable',
  },
  'have-remote-offer': {
    'remote offer': 'have-remote-offer',
    'local answer': 'stable',
    'local pranswer': 'have-local-pranswer',
    'local rollback': 'stable',
    'remote rollback': 'stable',
  },
  'have-local-pranswer': { 'local pranswer': 'have-local-pranswer', 'local answer': 'stable' },
  'have-remote-pranswer': { 'remote pranswer': 'have-remote-pranswer', 'remote answer': 'stable' },
  closed: {},
};

/** Every transition by a description, those included that keep the state. `close()` leads from any state to closed. */
export const TRANSITIONS: readonly Transition[] = SIGNALING_STATES.flatMap((from) =>
  SOURCES.flatMap((source) =>
    DESCRIPTION_TYPES.flatMap((type): readonly Transition[] => {
      const to = nextState(from, source, type);
      return to === null ? [] : [{ from, source, type, to }];
    }),
  ),
);

/** The state after a description was set; null where it may not be set. */
export function nextState(
  state: SignalingState,
  source: Source,
  type: DescriptionType,
): SignalingState | null {
  return TABLE[state][`${source} ${type}`] ?? null;
}

/** True where setting this remote offer first takes the local one back (WebRTC 1.0 §4.4.1.5). */
export function rollsBackFirst(
  state: SignalingState,
  source: Source,
  type: DescriptionType,
): boolean {
  return state === 'have-local-offer' && source === 'remote' && type === 'offer';
}

/**
 * True for a rollback of the other source's offer. It has a next state in the table, as WebRTC 1.0 §4.4.1.5 reads; the
 * specification's tests want an InvalidStateError, and not every browser looks at whose offer it is.
 */
export function rollsBackOthers(
  state: SignalingState,
  source: Source,
  type: DescriptionType,
): boolean {
  if (type !== 'rollback') return false;
  return source === 'local' ? state === 'have-remote-offer' : state === 'have-local-offer';
}

/** `createOffer` is for these states (WebRTC 1.0 §4.4.2). */
export function mayOffer(state: SignalingState): boolean {
  return state === 'stable' || state === 'have-local-offer';
}

/** `createAnswer` is for these states (WebRTC 1.0 §4.4.2). */
export function mayAnswer(state: SignalingState): boolean {
  return state === 'have-remote-offer' || state === 'have-local-pranswer';
}

/** What `setLocalDescription()` without an argument sets (WebRTC 1.0 §4.4.2). */
export function impliedType(state: SignalingState): 'offer' | 'answer' {
  return mayOffer(state) || state === 'have-remote-pranswer' ? 'offer' : 'answer';
}
