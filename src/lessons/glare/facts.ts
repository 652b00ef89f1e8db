// What captions of a glare may speak of: what this run's descriptions, exceptions and states say, not what they should.
import { glareChoice } from '../../rtc/glare.ts';
import { otherSide, SIDES, type Side } from '../../rtc/steps.ts';
import type { ErrorInfo } from '../../trace/event.ts';
import type { ActMoment } from '../act.ts';
import { whoOf, type Who } from '../step-texts.ts';

/** The facts of one moment. */
export interface GlareFacts extends Who {
  readonly isPerfect: boolean;
  /** Whose offer is handled first, and the other. */
  readonly first: Side;
  readonly second: Side;
  readonly polite: Side;
  readonly impolite: Side;
  /** Who acts in the step; who does the act, where both do. */
  readonly side: Side;
  /** What each side's signalingState is, and what it went through in this step. */
  readonly now: Readonly<Record<Side, string>>;
  readonly path: Readonly<Record<Side, readonly string[]>>;
  /** Sides that were asked for an offer in this step. */
  readonly asked: readonly Side[];
  /** What a call in this step threw; `null` where nothing did. */
  readonly error: ErrorInfo | null;
  /** Nothing has thrown since the act began. */
  readonly isClean: boolean;
  /** The side that acts ignored an offer in this step. */
  readonly ignored: boolean;
  /** Both offers were posted before either was delivered. */
  readonly crossed: boolean;
  /** The kinds of a side's newest sections that were not there before the act, with their mids: `video 3`. */
  readonly added: Readonly<Record<Side, readonly string[]>>;
  /** Remote tracks that have arrived with media since the act began. */
  readonly arrived: readonly Side[];
  /** The page makes the sound itself: a browser keeps it silent until the page has been used. */
  readonly isMadeUp: boolean;
}

/** Takes the facts of a moment from the recording. */
export function glareFacts(moment: ActMoment): GlareFacts {
  const { trace, step, start, after, events } = moment;
  const { by, other } = whoOf(step);
  const { settings = {} } = step.act;
  const kind = (name: string) => step.act.steps.find((each) => each.kind === name)?.side;
  const one = sideOr(kind('first-offers'), by);
  const { isPerfect, polite, impolite } = glareChoice(settings);
  const offers = [...after.messages].filter(
    ({ type, posted }) => type === 'offer' && posted > start.cursor,
  );
  const [left, right] = offers;
  const paths = trace.reading.paths(step.number, after.cursor);
  const both = <T>(of: (side: Side) => T) => ({ caller: of('caller'), callee: of('callee') });
  return {
    ...{ by, other },
    ...{ isPerfect, polite, impolite, first: one, second: otherSide(one) },
    side: step.side === 'both' ? by : step.side,
    now: both((side) => after[side].states.signalingState ?? ''),
    path: both(
      (side) =>
        paths.find((each) => each.machine === 'signalingState' && each.side === side)?.path ?? [],
    ),
    asked: SIDES.filter((side) =>
      events.some((event) => event.kind === 'negotiation-needed' && event.side === side),
    ),
    error: events.findLast((event) => event.kind === 'exception')?.error ?? null,
    isClean: !trace.reading
      .between(start.cursor, after.cursor)
      .some((event) => event.kind === 'exception'),
    ignored: events.some((event) => event.kind === 'call' && event.method === 'ignoreOffer'),
    crossed:
      left !== undefined &&
      right !== undefined &&
      left.from !== right.from &&
      right.posted < (left.delivered ?? Infinity),
    added: both((side) => {
      const { pendingLocal, currentLocal } = after[side].slots;
      const known = sectionsOf(start[side].slots.currentLocal?.sdp ?? '');
      return sectionsOf((pendingLocal ?? currentLocal)?.sdp ?? '').slice(known.length);
    }),
    arrived: SIDES.filter((side) =>
      [...after[side].tracks].some(
        ({ n, origin, at }) => origin === 'remote' && at === 'unmuted' && n > start.cursor,
      ),
    ),
    isMadeUp: trace.header.options.media === 'synthetic',
  };
}

function sideOr(name: string | undefined, side: Side): Side {
  return SIDES.find((each) => each === name) ?? side;
}

/** The kind and mid of each section. */
function sectionsOf(sdp: string): readonly string[] {
  return sdp
    .split(/^(?=m=)/m)
    .slice(1)
    .map((text) => `${/^m=(\w+)/.exec(text)?.[1] ?? ''} ${/^a=mid:(\S+)/m.exec(text)?.[1] ?? ''}`);
}
