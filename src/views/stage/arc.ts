// The signaling channel as an arc over both people, and what is on its way on it.
import type { Side } from '../../rtc/steps.ts';
import { countCandidates } from '../../trace/count.ts';
import type { MessageFrame } from '../../trace/frame.ts';
import type { PersonPlace } from './layout.ts';

/** A point of the stage. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The arc, from the caller's screen to the callee's. */
export interface Arc {
  readonly from: Point;
  readonly to: Point;
  /** The height of the two control points. */
  readonly over: number;
  /** How far these stand inside. */
  readonly inset: number;
}

/** How high up the arc comes. */
const PEAK = 18;

/** The arc over two people. */
export function arcOver(people: Readonly<Record<Side, PersonPlace>>, peak = PEAK): Arc {
  const end = ({ x, top }: PersonPlace) => ({ x, y: top - 2 });
  const [from, to] = [end(people.caller), end(people.callee)];
  // At its middle a cubic curve has come three quarters of the way to its control points.
  const over = from.y - (from.y - peak) / 0.75;
  return { from, to, over, inset: Math.min(40, (to.x - from.x) * 0.075) };
}

/** The arc for the `d` of an SVG path. */
export function arcPath({ from, to, over, inset }: Arc): string {
  return `M${xy(from)}C${xy({ x: from.x + inset, y: over })} ${xy({ x: to.x - inset, y: over })} ${xy(to)}`;
}

/** A point of it. @param at 0 at the caller, 1 at the callee */
export function arcPoint({ from, to, over, inset }: Arc, at: number): Point {
  const rest = 1 - at;
  const mix = (a: number, b: number, c: number, d: number) =>
    rest ** 3 * a + 3 * rest ** 2 * at * b + 3 * rest * at ** 2 * c + at ** 3 * d;
  return {
    x: mix(from.x, from.x + inset, to.x - inset, to.x),
    y: mix(from.y, over, over, to.y),
  };
}

/** What goes over the channel at a moment. */
export interface Sent {
  /** An offer, an answer, a goodbye or what went wrong; null where only candidates go. */
  readonly message: MessageFrame | null;
  /** How many candidates follow it, or go alone, and from whom. */
  readonly candidates: number;
  readonly from: Side;
}

/**
 * What was sent or has arrived since a moment; null where nothing was.
 * @param changed the messages that have moved in the step
 * @param since the event before the moment
 */
export function sentSince(changed: readonly MessageFrame[], since: number): Sent | null {
  const moved = changed.filter(({ posted, delivered }) => Math.max(posted, delivered ?? 0) > since);
  const isCandidate = ({ type }: MessageFrame) =>
    type === 'candidate' || type === 'end-of-candidates';
  const message = moved.findLast((each) => !isCandidate(each)) ?? null;
  const from = message?.from ?? moved.at(-1)?.from;
  if (from === undefined) return null;
  const candidates = countCandidates(
    moved.filter((each) => each.from === from && isCandidate(each)).map(candidateOf),
  );
  return message === null && candidates === 0 ? null : { message, candidates, from };
}

function candidateOf({ body }: MessageFrame) {
  return { candidate: body !== null && 'candidate' in body ? body : null };
}

/** How far along the arc a message is, by what has become of it; 0 is its sender. */
export function placeOf(at: MessageFrame['at']): number {
  switch (at) {
    case 'posted':
      return 0.3;
    case 'in-flight':
      return 0.5;
    case 'lost':
      return 0.5;
    case 'delivered':
      return 0.62;
  }
}

/** The most candidates that are drawn as dots of their own. */
const MOST_DOTS = 12;

/** Where the dots are: one behind the other, after the message where there is one. @param towards who gets them */
export function dotsAt(arc: Arc, count: number, towards: Side, isAlone: boolean): readonly Point[] {
  const shown = Math.min(count, MOST_DOTS);
  const first = isAlone ? 0.5 + (shown - 1) * 0.0135 : 0.3;
  return Array.from({ length: shown }, (_, at) => {
    const place = Math.max(0.04, first - at * 0.022);
    return arcPoint(arc, towards === 'callee' ? place : 1 - place);
  });
}

function xy({ x, y }: Point): string {
  return `${round(x)},${round(y)}`;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
