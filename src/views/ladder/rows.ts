// The ladder as data: one row a step, with what has happened in it up to the cursor.
import { stepNumber, type Frame, type MessageFrame } from '../../trace/frame.ts';
import type { Candidate, MachineName, RunOptions, TraceEvent } from '../../trace/event.ts';
import { SIDES, type Side } from '../../rtc/steps.ts';
import type { StepFrame } from '../../trace/script.ts';
import type { Trace } from '../../trace/trace.ts';

/** One state's way through a row: all it went through, and the event that it ended with. */
export interface RowChange {
  readonly n: number;
  readonly side: Side;
  readonly machine: MachineName;
  /** From what it was before the row to what it is now; at least two. */
  readonly path: readonly string[];
}

/** One arrow between the lifelines: a message, or the candidates of one side gathered under one. */
export interface RowArrow {
  readonly key: string;
  readonly kind: 'offer' | 'answer' | 'candidates' | 'hang-up' | 'error';
  readonly from: Side;
  /** How far the least advanced of its messages has come. */
  readonly at: MessageFrame['at'];
  readonly messages: readonly MessageFrame[];
  /** How many of its candidates have arrived and wait for a remote description. */
  readonly waiting: number;
  /** Not sent yet: drawn grey, where it will be. */
  readonly ghost: boolean;
}

/** One row of the ladder. */
export interface LadderRow {
  /** The step, whose number is its place in the recording. */
  readonly step: StepFrame;
  readonly side: Side | 'both';
  readonly when: 'past' | 'now' | 'future';
  readonly failed: boolean;
  /** What stands on the lifeline; `null` where the row is only arrows. */
  readonly call: string | null;
  /** What the test card or a file stood in for, if anything. */
  readonly insteadOf: string | null;
  /** How often, where it happens more than once. */
  readonly times: number;
  readonly changes: readonly RowChange[];
  readonly arrows: readonly RowArrow[];
}

const AT_ORDER: Readonly<Record<MessageFrame['at'], number>> = {
  lost: 0,
  posted: 1,
  'in-flight': 2,
  delivered: 3,
};

/** A row for every step at a frame of a trace: those that have begun, and those that the newest act plans. */
export function ladderRows(trace: Trace, frame: Frame): readonly LadderRow[] {
  const current = stepNumber(frame);
  const messages = byStep(frame);
  return trace.steps.map((step) => {
    const when = step.number < current ? 'past' : step.number === current ? 'now' : 'future';
    const events = when === 'future' ? [] : eventsOf(trace, step.number, frame.cursor);
    const own = messages.get(step.number) ?? [];
    return {
      step,
      side: step.side,
      when,
      failed: when === 'now' && frame.progress === 'failed',
      ...callOf(step.kind, trace.header.options, events, frame),
      changes: changesOf(events),
      arrows: arrowsOf(step, own, frame),
    };
  });
}

/** The events that count as a step, up to the cursor. */
export function eventsOf(trace: Trace, step: number, cursor: number): readonly TraceEvent[] {
  return trace.events.slice(trace.stepBegin(step), Math.min(trace.stepEnd(step), cursor));
}

function byStep(frame: Frame): ReadonlyMap<number, readonly MessageFrame[]> {
  const groups = new Map<number, MessageFrame[]>();
  for (const message of frame.messages) {
    const group = groups.get(message.step);
    if (group === undefined) groups.set(message.step, [message]);
    else group.push(message);
  }
  return groups;
}

/** The changes of a row, those of one state joined to one path, in the order of their first. */
function changesOf(events: readonly TraceEvent[]): readonly RowChange[] {
  const changes = new Map<string, RowChange>();
  for (const event of events) {
    if (event.kind !== 'state' || event.from === null || event.side === null) continue;
    const { n, side, machine, from, to } = event;
    const key = `${side} ${machine}`;
    const path = [...(changes.get(key)?.path ?? [from]), to];
    changes.set(key, { n, side, machine, path });
  }
  return [...changes.values()];
}

/** What a row's pill says. Where a test card stood in for the camera the row says that, not the API's name. */
function callOf(
  kind: string,
  options: RunOptions,
  events: readonly TraceEvent[],
  frame: Frame,
): Pick<LadderRow, 'call' | 'insteadOf' | 'times'> {
  const plain = (call: string | null, times = 1) => ({ call, insteadOf: null, times });
  const media = options.carry.audio || options.carry.video;
  const isCapture = options.media === 'camera' || options.media === 'virtual';
  const capture = isCapture ? 'getUserMedia()' : 'captureStream()';
  const standIn = isCapture ? null : 'getUserMedia()';
  switch (kind) {
    case 'capture-caller':
      return media ? { call: capture, insteadOf: standIn, times: 1 } : plain('—');
    case 'add-tracks': {
      const tracks = Number(options.carry.audio) + Number(options.carry.video);
      if (tracks > 0) return plain('addTrack()', tracks);
      return plain(options.carry.data ? 'createDataChannel()' : 'new RTCPeerConnection()');
    }
    case 'create-offer':
      return plain('createOffer()');
    case 'set-local-offer':
      return plain('setLocalDescription(offer)');
    case 'gather-candidates':
      return plain('icecandidate', events.length === 0 ? 1 : found(events, frame));
    case 'send-offer':
    case 'send-answer':
      return plain(null);
    case 'set-remote-offer':
      return plain('setRemoteDescription(offer)');
    case 'capture-callee':
      return plain(media ? 'addTrack()' : '—', media ? tracksOf(options) : 1);
    case 'create-answer':
      return plain('createAnswer()');
    case 'set-local-answer':
      return plain('setLocalDescription(answer)');
    case 'receive-answer':
      return plain('onmessage');
    case 'set-remote-answer':
      return plain('setRemoteDescription(answer)');
    default:
      return plain(null);
  }
}

function tracksOf(options: RunOptions): number {
  return Number(options.carry.audio) + Number(options.carry.video);
}

function found(events: readonly TraceEvent[], frame: Frame): number {
  const here = events.filter(
    (event) =>
      event.kind === 'candidate' &&
      event.at === 'found' &&
      event.side === 'caller' &&
      event.candidate !== null &&
      event.candidate.candidate !== '',
  ).length;
  return frame.cursor === 0 ? 0 : here;
}

/** The arrows of a row: its description's, then each side's candidates gathered under one. */
function arrowsOf(
  { kind, side }: StepFrame,
  messages: readonly MessageFrame[],
  frame: Frame,
): readonly RowArrow[] {
  const arrows: RowArrow[] = [];
  const main = kind === 'send-offer' ? 'offer' : kind === 'send-answer' ? 'answer' : null;
  if (main !== null && side !== 'both' && !messages.some((message) => message.type === main)) {
    arrows.push({
      key: main,
      kind: main,
      from: side,
      at: 'posted',
      messages: [],
      waiting: 0,
      ghost: true,
    });
  }
  const candidates: Record<Side, MessageFrame[]> = { caller: [], callee: [] };
  for (const message of messages) {
    switch (message.type) {
      case 'candidate':
      case 'end-of-candidates':
        candidates[message.from].push(message);
        break;
      case 'offer':
      case 'answer':
      case 'hang-up':
      case 'error':
        arrows.push({
          key: message.id,
          kind: message.type,
          from: message.from,
          at: message.at,
          messages: [message],
          waiting: 0,
          ghost: false,
        });
    }
  }
  for (const side of SIDES) {
    const first = candidates[side][0];
    if (first === undefined) continue;
    const at = candidates[side].reduce(
      (least: MessageFrame['at'], m) => (AT_ORDER[m.at] < AT_ORDER[least] ? m.at : least),
      'delivered',
    );
    arrows.push({
      key: `candidates-${side}`,
      kind: 'candidates',
      from: side,
      at,
      messages: candidates[side],
      waiting: waitingOf(candidates[side], frame),
      ghost: false,
    });
  }
  return arrows;
}

/** How many of these candidates' messages wait at their receiver. */
function waitingOf(messages: readonly MessageFrame[], frame: Frame): number {
  const queued = new Set<string>();
  const to = messages[0]?.to;
  if (to === undefined) return 0;
  for (const each of frame[to].remote) {
    if (each.at === 'queued') queued.add(keyOf(each.candidate));
  }
  if (queued.size === 0) return 0;
  return messages.filter(
    ({ body }) => body !== null && 'candidate' in body && queued.has(keyOf(body)),
  ).length;
}

function keyOf(candidate: Candidate): string {
  return `${candidate.sdpMid ?? ''} ${candidate.candidate}`;
}
