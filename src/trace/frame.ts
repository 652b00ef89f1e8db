// The state of everything at one moment, and how one event changes it.
import type {
  Candidate,
  Description,
  ErrorInfo,
  MessageEvent,
  MessageType,
  Problem,
  RunOptions,
  StepEvent,
  TraceEvent,
} from './event.ts';
import { EMPTY } from './list.ts';
import type { List } from './list.ts';
import { firstNet, reduceNet, withoutEnded } from './net-frame.ts';
import type { NetFrame } from './net-frame.ts';
import { FIRST_PEER, reducePeer } from './peer-frame.ts';
import type { PeerFrame } from './peer-frame.ts';
import { Places } from './places.ts';
import { FIRST_ACT, nextAct, stepIn } from './script.ts';
import type { ActFrame, StepFrame } from './script.ts';
import type { Side } from '../rtc/steps.ts';

export type { Hop, NetFrame, PacketFrame, RowFrame } from './net-frame.ts';
export type {
  CandidateFrame,
  ChannelFrame,
  DataFrame,
  PeerFrame,
  SlotFrame,
  TrackFrame,
} from './peer-frame.ts';

/** A message and how far it has come. */
export interface MessageFrame {
  readonly id: string;
  readonly type: MessageType;
  readonly from: Side;
  readonly to: Side;
  readonly at: 'posted' | 'in-flight' | 'delivered' | 'lost';
  readonly body: Description | Candidate | ErrorInfo | null;
  /** The event that posted it; for one whose posting is not in the record, the first that tells of it. */
  readonly posted: number;
  /** The event that delivered it; `null` until then. */
  readonly delivered: number | null;
  /** The number of the step it was posted in; 0 before the first. */
  readonly step: number;
}

/** A trouble that stopped no step, and the event that told of it. */
export interface Trouble {
  readonly n: number;
  readonly problem: Problem;
}

/** How far the step that the cursor is in has come. */
export type StepProgress = 'ready' | 'running' | 'done' | 'failed';

/** Everything at one moment: a function of the record and the cursor. */
export interface Frame {
  /** How many events have happened: 0 is before the first. */
  readonly cursor: number;
  /** Milliseconds since the start. */
  readonly t: number;
  /** The act that the cursor is in. */
  readonly act: ActFrame;
  /** The step that the cursor is in; `null` before the first. */
  readonly step: StepFrame | null;
  readonly progress: StepProgress;
  /** Why the step failed; `null` unless it did. */
  readonly problem: Problem | null;
  /** Troubles that stopped no step, in order. */
  readonly troubles: List<Trouble>;
  readonly caller: PeerFrame;
  readonly callee: PeerFrame;
  /** The descriptions of both sides as they were before the act began; `null` in the first. */
  readonly was: Readonly<Record<Side, PeerFrame['slots']>> | null;
  readonly messages: List<MessageFrame>;
  /** Where each message is in that list, by its id. For `reduce`; nothing to show. */
  readonly places: Places;
  /** The virtual network; `null` for a browser's call. */
  readonly network: NetFrame | null;
  /** How many things on the channel were not for this call. */
  readonly ignored: number;
  readonly ended: boolean;
  /** The newest event; `null` at 0. */
  readonly last: TraceEvent | null;
}

/** Before the first event of a browser's call: cursor 0, no step, nothing made. */
export const FIRST_FRAME: Frame = {
  cursor: 0,
  t: 0,
  act: FIRST_ACT,
  step: null,
  progress: 'ready',
  problem: null,
  troubles: EMPTY,
  caller: FIRST_PEER,
  callee: FIRST_PEER,
  was: null,
  messages: EMPTY,
  places: Places.EMPTY,
  network: null,
  ignored: 0,
  ended: false,
  last: null,
};

/** Before the first event of a run with these options. */
export function firstFrame({ network }: RunOptions): Frame {
  return network === null ? FIRST_FRAME : { ...FIRST_FRAME, network: firstNet(network) };
}

/**
 * The frame after one more event. Pure and total; every part that the event leaves as it was is the
 * same object in both frames, so that whoever draws it can tell by `===`.
 * @param frame the frame before
 * @param event the event that follows, numbered `frame.cursor + 1`
 */
export function reduce(frame: Frame, event: TraceEvent): Frame {
  const next = { ...frame, cursor: event.n, t: event.t, last: event };
  // An event of a step is proof that it has begun, even where a file leaves out its first event.
  if (event.step !== stepNumber(frame)) {
    if (event.kind === 'step' && event.act !== undefined) {
      next.act = nextAct(frame.act, event.act, event.step);
      const { caller, callee } = frame;
      next.was = next.act.number === 1 ? null : { caller: caller.slots, callee: callee.slots };
    }
    next.step = stepIn(next.act, event.step);
    next.progress = 'running';
    next.problem = null;
    if (frame.network !== null) next.network = withoutEnded(frame.network);
  }
  switch (event.kind) {
    case 'step':
      return { ...next, ...progressAfter(event) };
    case 'problem':
      return {
        ...next,
        troubles: frame.troubles.append({ n: event.n, problem: event.problem }),
      };
    case 'message':
      return { ...next, ...messagesAfter(frame, event) };
    case 'ignored':
      next.ignored += event.count ?? 1;
      return next;
    case 'hang-up':
      next.ended = true;
      return next;
    case 'packet':
    case 'binding':
    case 'network':
      // Without a network there is nothing that they could be told of.
      if (next.network !== null) next.network = reduceNet(next.network, event);
      return next;
    case 'call':
    case 'exception':
    case 'candidate-error':
    case 'negotiation-needed':
    case 'note':
      // They change nothing that lasts; the log shows them.
      return next;
    case 'return':
    case 'state':
    case 'description':
    case 'candidate':
    case 'track':
    case 'transceivers':
    case 'channel':
    case 'data':
    case 'pair':
    case 'pairs':
    case 'transport':
    case 'stats':
    case 'rtp':
      if (event.side !== null) next[event.side] = reducePeer(frame[event.side], event);
      return next;
  }
}

/** The number of the step that the cursor is in; 0 before the first. */
export function stepNumber({ step }: Pick<Frame, 'step'>): number {
  return step?.number ?? 0;
}

function progressAfter(event: StepEvent): Pick<Frame, 'progress' | 'problem'> {
  switch (event.at) {
    case 'begin':
      return { progress: 'running', problem: null };
    case 'done':
      return { progress: 'done', problem: null };
    case 'failed':
      return { progress: 'failed', problem: event.problem ?? null };
  }
}

function messagesAfter(frame: Frame, event: MessageEvent): Pick<Frame, 'messages' | 'places'> {
  const { messages, places } = frame;
  const { id, type, from, to, n, step } = event;
  const at = places.newest(id);
  const known = at === undefined ? undefined : messages.at(at);
  if (at !== undefined && known !== undefined) {
    return { messages: messages.set(at, messageAfter(known, event)), places };
  }
  const message: MessageFrame = {
    ...{ id, type, from, to, at: event.at, body: event.body ?? null, posted: n, step },
    delivered: event.at === 'delivered' ? n : null,
  };
  return { messages: messages.append(message), places: places.put(id, messages.length) };
}

/** A channel may say that it has sent a message after the other end has it, so a message only moves on. */
function messageAfter(message: MessageFrame, event: MessageEvent): MessageFrame {
  switch (event.at) {
    case 'posted': // Once more, after it was lost.
      return {
        ...message,
        ...{ at: 'posted', body: event.body ?? null, posted: event.n, delivered: null },
        step: event.step,
      };
    case 'in-flight':
      return message.at === 'posted' ? { ...message, at: 'in-flight' } : message;
    case 'delivered':
      return message.at === 'delivered'
        ? message
        : { ...message, at: 'delivered', delivered: event.n };
    case 'lost':
      return message.at === 'delivered' || message.at === 'lost'
        ? message
        : { ...message, at: 'lost' };
  }
}

/** Whether both sides say that their connection is in a state. */
export function areBoth({ caller, callee }: Pick<Frame, Side>, state: string): boolean {
  return [caller, callee].every(({ states }) => states.connectionState === state);
}
