// The ladder as data: its acts, and one row a step, with what has happened in it up to the cursor.
import type { Pill } from '../../lessons/act.ts';
import { lessonOf } from '../../lessons/acts.ts';
import { SIDES, type Side } from '../../rtc/steps.ts';
import { countCandidates, isCandidate } from '../../trace/count.ts';
import { stepNumber, type Frame, type MessageFrame } from '../../trace/frame.ts';
import { messagesByStep, type StatePath } from '../../trace/reading.ts';
import type { ActFrame, StepFrame } from '../../trace/script.ts';
import type { Trace } from '../../trace/trace.ts';

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
  /** It failed, and as far as is looked at has not been tried again. */
  readonly failed: boolean;
  readonly changes: readonly StatePath[];
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

/** The acts of a trace as they stand at a frame, in order. */
export function ladderActs(trace: Trace, frame: Frame): readonly LadderAct[] {
  return trace.acts.map((act) => ({ act, state: actState(trace, frame, act) }));
}

function actState(trace: Trace, frame: Frame, act: ActFrame): ActState {
  if (act.number > frame.act.number) return { is: 'future' };
  if (act.number === frame.act.number) return { is: 'now' };
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

function areBoth(frame: Frame, state: string): boolean {
  return SIDES.every((side) => frame[side].states.connectionState === state);
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

/**
 * A row for every step at a frame of a trace.
 * @param acts the numbers of the acts to give rows for; all unless told
 */
export function ladderRows(
  trace: Trace,
  frame: Frame,
  acts?: ReadonlySet<number>,
): readonly LadderRow[] {
  const current = stepNumber(frame);
  const messages = messagesByStep(frame);
  const { reading } = trace;
  return ladderSteps(trace).flatMap((step): LadderRow[] => {
    if (acts?.has(step.act.number) === false) return [];
    const { number, side } = step;
    const when = number < current ? 'past' : number === current ? 'now' : 'future';
    const isAhead = when === 'future';
    const events = isAhead ? [] : reading.ofStep(number, frame.cursor);
    // Only the step before another act can have failed and be past.
    const isLast = when === 'past' && trace.step(number + 1)?.act.number !== step.act.number;
    const last = isLast ? trace.frameAt(trace.stepEnd(number)) : when === 'now' ? frame : null;
    return [
      {
        ...{ step, side, when },
        failed: last?.progress === 'failed',
        ...lessonOf(step.act).pill({ step, options: trace.header.options, events, frame }),
        changes: isAhead ? [] : reading.paths(number, frame.cursor),
        arrows: arrowsOf(step, messages.get(number) ?? [], frame),
      },
    ];
  });
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
