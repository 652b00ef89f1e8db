// The ladder as data: one row a step, with what has happened in it up to the cursor.
import type { Pill } from '../../lessons/act.ts';
import { lessonOf } from '../../lessons/acts.ts';
import { SIDES, type Side } from '../../rtc/steps.ts';
import { countCandidates, isCandidate } from '../../trace/count.ts';
import type { MachineName, TraceEvent } from '../../trace/event.ts';
import { stepNumber, type Frame, type MessageFrame } from '../../trace/frame.ts';
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

/** A path as it fits in a line. */
export interface ShownPath {
  readonly first: readonly string[];
  /** What is left out between the two; nothing where the path is whole. */
  readonly between: readonly string[];
  readonly last: readonly string[];
}

/** So many states stand in a line where there is little room. */
const SHORT_PATH = 3;

/** A path for where there is little room: whole, or its first state and its last, and what is left out. */
export function shownPath(path: readonly string[]): ShownPath {
  if (path.length <= SHORT_PATH) return { first: path, between: [], last: [] };
  return { first: path.slice(0, 1), between: path.slice(1, -1), last: path.slice(-1) };
}

/** One arrow between the lifelines: a message, or the candidates of one side gathered under one. */
export interface RowArrow {
  readonly key: string;
  readonly kind: 'offer' | 'answer' | 'candidates' | 'hang-up' | 'error';
  readonly from: Side;
  /** How far the least advanced of its messages has come. */
  readonly at: MessageFrame['at'];
  readonly messages: readonly MessageFrame[];
  /** How many candidates it stands for; the end of candidates is none. */
  readonly candidates: number;
  /** How many of these have arrived and wait for the description they belong to. */
  readonly waiting: number;
  /** Not sent yet: drawn grey, where it will be. */
  readonly ghost: boolean;
}

/** One row of the ladder. */
export interface LadderRow extends Pill {
  /** The step, whose number is its place in the recording. */
  readonly step: StepFrame;
  readonly side: Side | 'both';
  readonly when: 'past' | 'now' | 'future';
  readonly failed: boolean;
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
      ...lessonOf(step.act).pill({ step, options: trace.header.options, events, frame }),
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
      candidates: 0,
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
          candidates: 0,
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
      candidates: countCandidates(candidates[side].map(bodyOf)),
      waiting: waitingOf(candidates[side], frame),
      ghost: false,
    });
  }
  return arrows;
}

/** How many of these candidates wait at their receiver. */
function waitingOf(messages: readonly MessageFrame[], frame: Frame): number {
  const queued = new Set<string>();
  const to = messages[0]?.to;
  if (to === undefined) return 0;
  for (const { at, candidate } of frame[to].remote) {
    if (at === 'queued' && isCandidate(candidate)) queued.add(JSON.stringify(candidate));
  }
  if (queued.size === 0) return 0;
  return messages.filter((message) => queued.has(JSON.stringify(bodyOf(message).candidate))).length;
}

function bodyOf({ body }: MessageFrame) {
  return { candidate: body !== null && 'candidate' in body ? body : null };
}
