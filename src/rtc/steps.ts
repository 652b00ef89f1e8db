// Steps and acts as data: who acts, in which phase, by which API. The one table of the 14 steps of a call.

/** One of the two people of the call. Not a role: who offers can change, who called cannot. */
export type Side = 'caller' | 'callee';

/** Both people, the caller first. */
export const SIDES = ['caller', 'callee'] as const satisfies readonly Side[];

/** The other person. */
export function otherSide(side: Side): Side {
  return side === 'caller' ? 'callee' : 'caller';
}

/** The four phases that group the steps. */
export const PHASES = ['fetching', 'signaling', 'connection', 'communication'] as const;
export type Phase = (typeof PHASES)[number];

/** A step as the plan of its act has it. */
export interface PlannedStep {
  /** The name used in links and in the recording, such as `create-offer`. One kind may occur in many acts. */
  readonly kind: string;
  /** Who acts. */
  readonly side: Side | 'both';
  readonly phase: Phase;
}

/** What is chosen of an act before it begins: the options, by the names of its settings. */
export type ActSettings = Readonly<Record<string, string>>;

/** An act that is wished for: by a link, in a line of acts, or by a lesson after its call. */
export interface ActWish {
  readonly id: string;
  readonly by: Side;
  readonly settings: ActSettings;
}

/** An act as data: the steps it is made of, in order. */
export interface Act {
  /** The name used in links and in the recording, such as `share-screen`. */
  readonly id: string;
  /** Whose act it is; `null` where nobody's in particular. */
  readonly by: Side | null;
  readonly steps: readonly PlannedStep[];
  /** What was chosen before it began, by the names of its settings; none for most. */
  readonly settings?: ActSettings;
}

/** What is known of a step of the call before any run: its place, who acts, by which API, and where that is specified. */
export interface CallStep extends PlannedStep {
  /** 1 to 14. */
  readonly number: number;
  /** The API call as an app writes it, or what stands for it where the app's own channel is used. */
  readonly api: string;
  /** The document and section that defines the step. */
  readonly spec: string;
}

/** The steps of the call, in order. */
export const CALL_STEPS = [
  {
    kind: 'capture-caller',
    number: 1,
    side: 'caller',
    phase: 'fetching',
    api: 'getUserMedia()',
    spec: 'Media Capture and Streams §10.2',
  },
  {
    kind: 'add-tracks',
    number: 2,
    side: 'caller',
    phase: 'fetching',
    api: 'addTrack()',
    spec: 'WebRTC 1.0 §5.1',
  },
  {
    kind: 'create-offer',
    number: 3,
    side: 'caller',
    phase: 'signaling',
    api: 'createOffer()',
    spec: 'RFC 9429 §5.2',
  },
  {
    kind: 'set-local-offer',
    number: 4,
    side: 'caller',
    phase: 'signaling',
    api: 'setLocalDescription(offer)',
    spec: 'RFC 9429 §5.9',
  },
  {
    kind: 'gather-candidates',
    number: 5,
    side: 'caller',
    phase: 'signaling',
    api: 'icecandidate',
    spec: 'RFC 8445 §5.1',
  },
  {
    kind: 'send-offer',
    number: 6,
    side: 'caller',
    phase: 'signaling',
    api: 'offer',
    spec: 'RFC 9429 §3.3',
  },
  {
    kind: 'set-remote-offer',
    number: 7,
    side: 'callee',
    phase: 'signaling',
    api: 'setRemoteDescription(offer)',
    spec: 'RFC 9429 §5.10',
  },
  {
    kind: 'capture-callee',
    number: 8,
    side: 'callee',
    phase: 'signaling',
    api: 'getUserMedia() addTrack()',
    spec: 'WebRTC 1.0 §5.1',
  },
  {
    kind: 'create-answer',
    number: 9,
    side: 'callee',
    phase: 'signaling',
    api: 'createAnswer()',
    spec: 'RFC 9429 §5.3',
  },
  {
    kind: 'set-local-answer',
    number: 10,
    side: 'callee',
    phase: 'signaling',
    api: 'setLocalDescription(answer)',
    spec: 'RFC 9429 §5.9',
  },
  {
    kind: 'send-answer',
    number: 11,
    side: 'callee',
    phase: 'signaling',
    api: 'answer',
    spec: 'RFC 9429 §3.3',
  },
  {
    kind: 'receive-answer',
    number: 12,
    side: 'caller',
    phase: 'signaling',
    api: 'onmessage',
    spec: 'RFC 9429 §3.3',
  },
  {
    kind: 'set-remote-answer',
    number: 13,
    side: 'caller',
    phase: 'connection',
    api: 'setRemoteDescription(answer)',
    spec: 'RFC 9429 §5.11',
  },
  {
    kind: 'connect',
    number: 14,
    side: 'both',
    phase: 'communication',
    api: 'connectionState',
    spec: 'WebRTC 1.0 §4.3.3',
  },
] as const satisfies readonly CallStep[];

/** The name of one of the 14 steps. */
export type CallStepKind = (typeof CALL_STEPS)[number]['kind'];

/** The first act of every recording: the call. */
export const CALL_ACT: Act = {
  id: 'call',
  by: null,
  steps: CALL_STEPS.map(({ kind, side, phase }) => ({ kind, side, phase })),
};

/** The steps of the call by their names. */
// The type of what `fromEntries` makes forgets the keys that the table has.
export const CALL_STEP = Object.fromEntries(
  CALL_STEPS.map((step) => [step.kind, step]),
) as Readonly<Record<CallStepKind, (typeof CALL_STEPS)[number]>>;

/** The step of the call of that name; `null` when there is none. Takes any text, as a link or a file gives it. */
export function callStep(kind: string): (typeof CALL_STEPS)[number] | null {
  return Object.hasOwn(CALL_STEP, kind) ? CALL_STEP[kind as CallStepKind] : null;
}

/** The kinds of the steps of a later exchange, in order. */
export type ExchangeStepKind =
  | 'create-offer'
  | 'set-local-offer'
  | 'send-offer'
  | 'set-remote-offer'
  | 'create-answer'
  | 'set-local-answer'
  | 'send-answer'
  | 'set-remote-answer';

/** The steps of an exchange in a call that stands (RFC 9429 §3.2): there is nothing to gather, so nothing waits for it. */
export function exchangeSteps(
  offerer: Side,
): readonly (PlannedStep & { readonly kind: ExchangeStepKind; readonly side: Side })[] {
  const answerer = otherSide(offerer);
  return [
    { kind: 'create-offer', side: offerer, phase: 'signaling' },
    { kind: 'set-local-offer', side: offerer, phase: 'signaling' },
    { kind: 'send-offer', side: offerer, phase: 'signaling' },
    { kind: 'set-remote-offer', side: answerer, phase: 'signaling' },
    { kind: 'create-answer', side: answerer, phase: 'signaling' },
    { kind: 'set-local-answer', side: answerer, phase: 'signaling' },
    { kind: 'send-answer', side: answerer, phase: 'signaling' },
    { kind: 'set-remote-answer', side: offerer, phase: 'connection' },
  ];
}
