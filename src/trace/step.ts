// The 14 steps as data: the one table of names that the record, the links and the views share.

/** One of the two people of the call. Not a role: who offers can change, who called cannot. */
export type Side = 'caller' | 'callee';

/** The four phases that group the steps. */
export type Phase = 'fetching' | 'signaling' | 'connection' | 'communication';

/** What is known of a step before any run: its place, who acts, by which API, and where that is specified. */
export interface Step {
  /** The name used in links and in the record; it never changes. */
  readonly id: string;
  /** 1 to 14. */
  readonly number: number;
  /** Who acts; `both` only in the last step. */
  readonly side: Side | 'both';
  readonly phase: Phase;
  /** The API call as an app writes it, or what stands for it where the app's own channel is used. */
  readonly api: string;
  /** The document and section that defines the step. */
  readonly spec: string;
}

/** The steps in order. `STEPS[0]` is step 1. */
export const STEPS = [
  {
    id: 'capture-caller',
    number: 1,
    side: 'caller',
    phase: 'fetching',
    api: 'getUserMedia()',
    spec: 'Media Capture and Streams §10.2',
  },
  {
    id: 'add-tracks',
    number: 2,
    side: 'caller',
    phase: 'fetching',
    api: 'addTrack()',
    spec: 'WebRTC 1.0 §5.1',
  },
  {
    id: 'create-offer',
    number: 3,
    side: 'caller',
    phase: 'signaling',
    api: 'createOffer()',
    spec: 'RFC 9429 §5.2',
  },
  {
    id: 'set-local-offer',
    number: 4,
    side: 'caller',
    phase: 'signaling',
    api: 'setLocalDescription(offer)',
    spec: 'RFC 9429 §5.9',
  },
  {
    id: 'gather-candidates',
    number: 5,
    side: 'caller',
    phase: 'signaling',
    api: 'icecandidate',
    spec: 'RFC 8445 §5.1',
  },
  {
    id: 'send-offer',
    number: 6,
    side: 'caller',
    phase: 'signaling',
    api: 'offer',
    spec: 'RFC 9429 §3.3',
  },
  {
    id: 'set-remote-offer',
    number: 7,
    side: 'callee',
    phase: 'signaling',
    api: 'setRemoteDescription(offer)',
    spec: 'RFC 9429 §5.10',
  },
  {
    id: 'capture-callee',
    number: 8,
    side: 'callee',
    phase: 'signaling',
    api: 'getUserMedia() addTrack()',
    spec: 'WebRTC 1.0 §5.1',
  },
  {
    id: 'create-answer',
    number: 9,
    side: 'callee',
    phase: 'signaling',
    api: 'createAnswer()',
    spec: 'RFC 9429 §5.3',
  },
  {
    id: 'set-local-answer',
    number: 10,
    side: 'callee',
    phase: 'signaling',
    api: 'setLocalDescription(answer)',
    spec: 'RFC 9429 §5.9',
  },
  {
    id: 'send-answer',
    number: 11,
    side: 'callee',
    phase: 'signaling',
    api: 'answer',
    spec: 'RFC 9429 §3.3',
  },
  {
    id: 'receive-answer',
    number: 12,
    side: 'caller',
    phase: 'signaling',
    api: 'onmessage',
    spec: 'RFC 9429 §3.3',
  },
  {
    id: 'set-remote-answer',
    number: 13,
    side: 'caller',
    phase: 'connection',
    api: 'setRemoteDescription(answer)',
    spec: 'RFC 9429 §5.11',
  },
  {
    id: 'connect',
    number: 14,
    side: 'both',
    phase: 'communication',
    api: 'connectionState',
    spec: 'WebRTC 1.0 §4.3.3',
  },
] as const satisfies readonly Step[];

/** The name of one of the 14 steps. */
export type StepId = (typeof STEPS)[number]['id'];

const BY_ID: ReadonlyMap<string, (typeof STEPS)[number]> = new Map(STEPS.map((s) => [s.id, s]));

/** The number of a step, 1 to 14; 0 for `null`, before the first. */
export function stepNumber(id: StepId | null): number {
  return id === null ? 0 : (BY_ID.get(id)?.number ?? 0);
}

/** The step of that number; `null` for 0 and for what is not a step. */
export function stepAt(number: number): (typeof STEPS)[number] | null {
  return STEPS[number - 1] ?? null;
}

/** The step of that name; `null` when there is none. Takes any text, as a link gives it. */
export function stepById(id: string): (typeof STEPS)[number] | null {
  return BY_ID.get(id) ?? null;
}
