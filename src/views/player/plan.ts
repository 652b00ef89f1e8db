// Where things stand on the timeline, from 0 to 1. Pure, and kept: a key press asks for what is there already.
import type { Phase } from '../../rtc/steps.ts';
import type { ActFrame, StepFrame } from '../../trace/script.ts';

/** A step or a moment on the line. */
export interface Mark {
  /** The step's number in the recording, or the moment's place in its step. */
  readonly number: number;
  readonly at: number;
}

/** An act that is not looked at: a piece of line, and no dots. */
export interface Segment {
  readonly act: ActFrame;
  readonly from: number;
  readonly to: number;
  readonly begin: number;
  readonly end: number;
}

/** What a group of steps is for, in a word. */
export type Part = 'media' | 'agree' | 'flow';

/** Steps of the act that is looked at which share a label. */
export interface Group {
  readonly part: Part;
  readonly from: number;
  readonly to: number;
}

/** Room for labels; the first and the last of the act keep to its ends. */
export interface LabelRoom {
  readonly begin: number;
  readonly end: number;
  readonly groups: readonly Group[];
}

/** The whole line. */
export interface TimelinePlan {
  /** Where "before step 1" is; `null` once a step is looked at. */
  readonly start: number | null;
  /** The act that is looked at, from its first dot to its last mark. */
  readonly begin: number;
  readonly end: number;
  readonly dots: readonly Mark[];
  /** The moments of the step that is looked at, after the first, which is its dot. */
  readonly ticks: readonly Mark[];
  readonly segments: readonly Segment[];
  readonly rooms: readonly LabelRoom[];
  /** Below the moments. */
  readonly momentRoom: { readonly begin: number; readonly end: number } | null;
  /** Where what can be done next is hinted at. */
  readonly tail: { readonly begin: number; readonly end: number } | null;
}

/** What a line is made for. */
export interface TimelineInput {
  readonly steps: readonly StepFrame[];
  /** The number of the step that is looked at; 0 before the first. */
  readonly step: number;
  /** How many moments that step has. */
  readonly moments: number;
  /** Something can be done after the last act. */
  readonly more: boolean;
}

const PARTS: Readonly<Record<Phase, Part>> = {
  fetching: 'media',
  signaling: 'agree',
  connection: 'agree',
  communication: 'flow',
};

/** Between two acts. */
const GAP = 0.04;
/** An act that is not looked at takes this much, or its share of half the line. */
const SEGMENT = 0.17;

const kept = new WeakMap<readonly StepFrame[], Map<string, TimelinePlan>>();

/** The line for a place in a recording; the same object as long as nothing on it has moved. */
export function timelinePlan(input: TimelineInput): TimelinePlan {
  const { steps, step, moments, more } = input;
  const act = steps[step - 1]?.act ?? steps[0]?.act;
  // Where a step has no moments of its own, all of an act's steps share a line.
  const place = step === 0 ? 'start' : moments > 1 ? `${String(step)} ${String(moments)}` : '';
  const key = `${String(act?.number ?? 0)} ${place} ${String(more)}`;
  const plans = kept.get(steps) ?? new Map<string, TimelinePlan>();
  kept.set(steps, plans);
  const known = plans.get(key);
  if (known !== undefined) return known;
  const made = makePlan(input, act?.number ?? 0);
  plans.set(key, made);
  return made;
}

function makePlan({ steps, step, moments, more }: TimelineInput, actNumber: number): TimelinePlan {
  const spans = actSpans(steps);
  const others = spans.length - 1;
  const gap = others > 0 ? Math.min(GAP, 0.2 / others) : GAP;
  const other = others > 0 ? Math.min(SEGMENT, 0.5 / others) : 0;
  const tail = more ? (others > 0 ? 0.08 : 0.24) : 0;
  const own = 1 - others * (other + gap) - (more ? tail + gap : 0);

  let x = 0;
  let [begin, end] = [0, own];
  const segments: Segment[] = [];
  for (const { act, from, to } of spans) {
    if (act.number === actNumber) {
      [begin, end] = [x, x + own];
      x += own + gap;
    } else {
      segments.push({ act, from, to, begin: x, end: x + other });
      x += other + gap;
    }
  }
  const present = steps.filter(({ act }) => act.number === actNumber);
  return {
    ...{ begin, end, segments },
    ...actMarks(present, { begin, end, step, moments }),
    tail: more ? { begin: 1 - tail, end: 1 } : null,
  };
}

interface ActSpan {
  readonly act: ActFrame;
  readonly from: number;
  to: number;
}

function actSpans(steps: readonly StepFrame[]): readonly ActSpan[] {
  const spans: ActSpan[] = [];
  for (const { act, number } of steps) {
    const last = spans.at(-1);
    if (last?.act.number === act.number) last.to = number;
    else spans.push({ act, from: number, to: number });
  }
  return spans;
}

interface ActRoom {
  readonly begin: number;
  readonly end: number;
  readonly step: number;
  readonly moments: number;
}

/** The dots of the act that is looked at, as far apart as each other's moments. */
function actMarks(
  steps: readonly StepFrame[],
  { begin, end, step, moments }: ActRoom,
): Pick<TimelinePlan, 'start' | 'dots' | 'ticks' | 'rooms' | 'momentRoom'> {
  const before = step === 0 ? 1 : 0;
  const extra = Math.max(0, moments - 1);
  const gaps = Math.max(1, steps.length - 1 + before + extra);
  const unit = (end - begin) / gaps;
  const first = steps[0]?.number ?? 1;
  const at = (number: number) =>
    begin + (number - first + before + (number > step && step > 0 ? extra : 0)) * unit;

  const dots = steps.map(({ number }) => ({ number, at: at(number) }));
  const here = at(step);
  const ticks = Array.from({ length: extra }, (_, k) => ({
    number: k + 2,
    at: here + (k + 1) * unit,
  }));
  const groups = groupsOf(steps);
  const start = before === 1 ? begin : null;
  const from = begin + before * unit;
  if (extra === 0) {
    return { start, dots, ticks, rooms: [{ begin: from, end, groups }], momentRoom: null };
  }
  const momentRoom = {
    begin: Math.max(begin, here - unit / 2),
    end: Math.min(end, here + (extra + 0.5) * unit),
  };
  // Each name goes where more of its steps are.
  const isLeft = ({ from, to }: Group) => step - from > to - step;
  const rooms = [
    { begin: from, end: momentRoom.begin, groups: groups.filter(isLeft) },
    { begin: momentRoom.end, end, groups: groups.filter((group) => !isLeft(group)) },
  ];
  return {
    ...{ start, dots, ticks, momentRoom },
    rooms: rooms.map((room) => ({
      ...room,
      // Where the step is all there is of a group, its moments stand there.
      groups: room.groups.filter(({ from, to }) => from !== step || to !== step),
    })),
  };
}

function groupsOf(steps: readonly StepFrame[]): readonly Group[] {
  const groups: { part: Part; from: number; to: number }[] = [];
  for (const { phase, number } of steps) {
    const part = PARTS[phase];
    const last = groups.at(-1);
    if (last?.part === part) last.to = number;
    else groups.push({ part, from: number, to: number });
  }
  return groups;
}

/** Where the ring stands. */
export function placeOn(
  plan: TimelinePlan,
  { step, moment, inside }: { step: number; moment: number; inside: number },
): number {
  if (step === 0) return plan.start ?? plan.begin;
  const tick = plan.ticks.find(({ number }) => number === moment);
  if (tick !== undefined) return tick.at;
  const dot = plan.dots.find(({ number }) => number === step);
  if (dot === undefined) return plan.begin;
  const last = plan.dots.findLast(({ number }) => number < step);
  // A little back of the dot while the events of its step are walked one by one.
  return moment > 0 || last === undefined ? dot.at : last.at + (dot.at - last.at) * inside;
}

/** What a press on the line is about. */
export type Pressed =
  | { readonly kind: 'step'; readonly step: number }
  | { readonly kind: 'moment'; readonly moment: number };

/** The nearest to a place on the line. */
export function pressedAt(plan: TimelinePlan, x: number, step: number): Pressed {
  const within = plan.segments.find(({ begin, end }) => x >= begin - GAP / 2 && x <= end);
  if (within !== undefined) {
    const { begin, end, from, to } = within;
    const share = Math.min(1, Math.max(0, (x - begin) / (end - begin)));
    return { kind: 'step', step: from + Math.round(share * (to - from)) };
  }
  const places: { readonly at: number; readonly pressed: Pressed }[] = [
    ...(plan.start === null
      ? []
      : [{ at: plan.start, pressed: { kind: 'step', step: 0 } as const }]),
    ...plan.dots.map(({ at, number }) => ({
      at,
      pressed:
        number === step && plan.ticks.length > 0
          ? ({ kind: 'moment', moment: 1 } as const)
          : ({ kind: 'step', step: number } as const),
    })),
    ...plan.ticks.map(({ at, number }) => ({
      at,
      pressed: { kind: 'moment', moment: number } as const,
    })),
  ];
  return places.reduce<{ at: number; pressed: Pressed }>(
    (best, each) => (Math.abs(each.at - x) < Math.abs(best.at - x) ? each : best),
    places[0] ?? { at: 0, pressed: { kind: 'step', step: 0 } },
  ).pressed;
}
