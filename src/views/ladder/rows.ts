// The ladder as data: its acts, and one row a step, with what has happened in it up to the cursor.
import type { Pill } from '../../lessons/act.ts';
import { lessonOf } from '../../lessons/acts.ts';
import {
  nextState,
  type DescriptionType,
  type SignalingState,
  type Source,
} from '../../rtc/signaling-state.ts';
import { SIDES, type Side } from '../../rtc/steps.ts';
import { countCandidates, isCandidate } from '../../trace/count.ts';
import { areBoth, stepNumber, type Frame, type MessageFrame } from '../../trace/frame.ts';
import { messagesByStep, type StatePath } from '../../trace/reading.ts';
import type { ActFrame, StepFrame } from '../../trace/script.ts';
import type { Trace } from '../../trace/trace.ts';

/** One arrow between the lifelines: a message, or the candidates of one side gathered under one. */
export interface RowArrow {
  readonly key: string;
  readonly kind: 'call' | 'offer' | 'answer' | 'candidates' | 'hang-up' | 'error';
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

/** A change that has not happened. */
export type AheadPath = Pick<StatePath, 'side' | 'machine' | 'path'>;

/** One row of the ladder. */
export interface LadderRow extends Pill {
  /** The step, whose number is its place in the recording. */
  readonly step: StepFrame;
  /** What it does, in a few plain words; null where a change or an arrow says it. */
  readonly plain: string | null;
  readonly side: Side | 'both';
  readonly when: 'past' | 'now' | 'future';
  /** It failed, and as far as is looked at has not been tried again. */
  readonly failed: boolean;
  /** A call of its side threw, whether the step failed with it or the app went on. */
  readonly threw: boolean;
  readonly changes: readonly StatePath[];
  /** What will change when the step comes, as far as every run has it; of steps to come alone. */
  readonly ahead: readonly AheadPath[];
  readonly arrows: readonly RowArrow[];
}

const AT_ORDER: Readonly<Record<MessageFrame['at'], number>> = {
  lost: 0,
  posted: 1,
  'in-flight': 2,
  delivered: 3,
};

/** How an act stands at a frame: before it, in it, or how it ended. */
export type ActState =
  | { readonly is: 'future' | 'now' | 'done' | 'connected' | 'closed' }
  | { readonly is: 'failed' | 'given-up'; readonly at: StepFrame };

/** An act of the ladder. */
export interface LadderAct {
  readonly act: ActFrame;
  readonly state: ActState;
}

interface KnownActs {
  readonly now: number;
  readonly acts: readonly LadderAct[];
}

const ACTS = new WeakMap<Trace, KnownActs>();

/** The acts of a trace as they stand at a frame, in order. The same as long as no act begins and none is left. */
export function ladderActs(trace: Trace, frame: Frame): readonly LadderAct[] {
  const now = frame.act.number;
  const known = ACTS.get(trace);
  if (known?.now === now && known.acts.length === trace.acts.length) return known.acts;
  const acts = trace.acts.map((act) => ({ act, state: actState(trace, frame, act) }));
  ACTS.set(trace, { now, acts });
  return acts;
}

function actState(trace: Trace, frame: Frame, act: ActFrame): ActState {
  if (act.number > frame.act.number) return { is: 'future' };
  if (act.number === frame.act.number) return { is: 'now' };
  return pastState(trace, act);
}

const PAST = new WeakMap<Trace, Map<number, ActState>>();

/** How an act ended that another followed: nothing changes that any more. */
function pastState(trace: Trace, act: ActFrame): ActState {
  const states = PAST.get(trace) ?? new Map<number, ActState>();
  PAST.set(trace, states);
  const state = states.get(act.number) ?? endOf(trace, act);
  states.set(act.number, state);
  return state;
}

function endOf(trace: Trace, act: ActFrame): ActState {
  const next = trace.acts[act.number]?.first ?? trace.ends.length;
  const last = trace.step(next - 1);
  const end = trace.frameAt(trace.stepEnd(next - 1));
  if (last !== null && end.progress === 'failed') return { is: 'failed', at: last };
  if (last !== null && last.ordinal < act.steps.length) return { is: 'given-up', at: last };
  const before = trace.frameAt(trace.stepBegin(act.first));
  for (const state of ['connected', 'closed'] as const) {
    if (areBoth(end, state) && !areBoth(before, state)) return { is: state };
  }
  return { is: 'done' };
}

/**
 * The steps of a trace that have a place in its ladder: those that have begun, and those that the newest act still
 * plans. What a call planned that was ended is given up.
 */
export function ladderSteps(trace: Trace): readonly StepFrame[] {
  const { ended } = trace.reading;
  const saidIn = ended === null ? null : trace.step(trace.events[ended - 1]?.step ?? 0);
  // After goodbye the act of hanging up still closes.
  const goesOn = ended === null || saidIn?.kind === 'say-hang-up';
  return goesOn ? trace.steps : trace.steps.slice(0, trace.ends.length - 1);
}

const ROWS = new WeakMap<Trace, Map<number, LadderRow>>();

/**
 * A row for every step at a frame of a trace. A row in which nothing has changed since it was asked for last is the
 * same object.
 * @param acts the numbers of the acts to give rows for; all unless told
 */
export function ladderRows(
  trace: Trace,
  frame: Frame,
  acts?: ReadonlySet<number>,
): readonly LadderRow[] {
  const known = ROWS.get(trace) ?? new Map<number, LadderRow>();
  ROWS.set(trace, known);
  return ladderSteps(trace)
    .filter(({ act }) => acts?.has(act.number) !== false)
    .map((step) => {
      const row = rowAt(trace, frame, step);
      const last = known.get(step.number);
      if (last !== undefined && isSameRow(last, row)) return last;
      known.set(step.number, row);
      return row;
    });
}

function rowAt(trace: Trace, frame: Frame, step: StepFrame): LadderRow {
  const { number, side } = step;
  const current = stepNumber(frame);
  const when = number < current ? 'past' : number === current ? 'now' : 'future';
  const isAhead = when === 'future';
  const events = isAhead ? [] : trace.reading.ofStep(number, frame.cursor);
  // Only the step before another act can have failed and be past.
  const isLast = when === 'past' && trace.step(number + 1)?.act.number !== step.act.number;
  const last = isLast ? trace.frameAt(trace.stepEnd(number)) : when === 'now' ? frame : null;
  const lesson = lessonOf(step.act);
  const source = { step, options: trace.header.options, events, frame };
  return {
    ...{ step, side, when },
    failed: last?.progress === 'failed',
    threw: events.some((event) => event.kind === 'exception' && event.side === side),
    ...lesson.pill(source),
    plain: lesson.plain(source),
    changes: isAhead ? [] : trace.reading.paths(number, frame.cursor),
    ahead: isAhead ? changesAhead(step, frame) : [],
    arrows: arrowsOf(step, messagesByStep(frame).get(number) ?? [], frame),
  };
}

/** Whether two rows of one step show the same. */
function isSameRow(one: LadderRow, other: LadderRow): boolean {
  return (
    one.step === other.step &&
    one.when === other.when &&
    one.failed === other.failed &&
    one.threw === other.threw &&
    one.call === other.call &&
    one.times === other.times &&
    one.insteadOf === other.insteadOf &&
    one.plain === other.plain &&
    areSame(one.ahead, other.ahead, (a, b) => a.path.join() === b.path.join()) &&
    areSame(one.changes, other.changes, (a, b) => a.n === b.n) &&
    areSame(one.arrows, other.arrows, isSameArrow)
  );
}

function isSameArrow(one: RowArrow, other: RowArrow): boolean {
  return (
    one.key === other.key &&
    one.at === other.at &&
    one.ghost === other.ghost &&
    one.waiting === other.waiting &&
    areSame(one.messages, other.messages, Object.is)
  );
}

function areSame<T>(
  one: readonly T[],
  other: readonly T[],
  same: (a: T, b: T) => boolean,
): boolean {
  return (
    one.length === other.length &&
    one.every((each, at) => {
      const there = other[at];
      return there !== undefined && same(each, there);
    })
  );
}

/** What setting each description changes, where it is set as planned (RFC 9429 §3.2). */
const SETS: Readonly<Record<string, readonly [SignalingState, Source, DescriptionType]>> = {
  'set-local-offer': ['stable', 'local', 'offer'],
  'set-remote-offer': ['stable', 'remote', 'offer'],
  'set-local-answer': ['have-remote-offer', 'local', 'answer'],
  'set-remote-answer': ['have-local-offer', 'remote', 'answer'],
};

function changesAhead({ kind, side }: StepFrame, frame: Frame): readonly AheadPath[] {
  if (side === 'both') return [];
  const set = Object.hasOwn(SETS, kind) ? SETS[kind] : undefined;
  if (set !== undefined) {
    const [from, source, type] = set;
    const to = nextState(from, source, type);
    return to === null ? [] : [{ side, machine: 'signalingState', path: [from, to] }];
  }
  if (kind !== 'gather-candidates') return [];
  const from = frame[side].states.iceGatheringState ?? 'new';
  return from === 'complete'
    ? []
    : [{ side, machine: 'iceGatheringState', path: [from, 'complete'] }];
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
      case 'call':
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
