// What captions of an act that changes what is sent may speak of: the facts of this run.
import { otherSide, type Side } from '../../rtc/steps.ts';
import type { TraceEvent, TrackEvent, Transceiver } from '../../trace/event.ts';
import type { ActMoment } from '../act.ts';
import { exchangeFacts, type ExchangeFacts } from '../exchange/facts.ts';
import { flowIn, flowsOf, type Flow } from './flow.ts';

/** The section that an act is about. */
export interface Subject {
  readonly mid: string | null;
  readonly media: 'audio' | 'video';
}

/** What flowed in that section: out of the side whose act it is, into the other. */
export interface Looked {
  readonly sent: Flow | null;
  readonly received: Flow | null;
}

/** The facts of one moment. */
export interface MediaFacts extends ExchangeFacts {
  readonly by: Side;
  readonly other: Side;
  /** The browser has asked for a negotiation since the act began. */
  readonly needed: boolean;
  /** Offers and answers were sent since. */
  readonly isNegotiated: boolean;
  readonly subject: Subject | null;
  /** Its transceiver, on each side. */
  readonly here: Transceiver | null;
  readonly there: Transceiver | null;
  /** What this step has counted, and what an earlier one of the act has. */
  readonly looked: Looked | null;
  readonly lookedBefore: Looked | null;
  /** What its track at the other side has told since the act began. */
  readonly told: readonly TrackEvent['at'][];
  /** The track at the other side is the one that it was. */
  readonly isSameTrack: boolean;
  readonly connection: string | null;
  /** Whether all packets, in both directions, stood still during the look. */
  readonly isSilent: boolean;
  /** The page makes the sound itself: a browser keeps it silent until the page has been used. */
  readonly isMadeUp: boolean;
  /** In a network of its own: media has nothing to see. */
  readonly isVirtual: boolean;
}

/** Takes the facts of a moment from the recording. */
export function mediaFacts(moment: ActMoment): MediaFacts {
  const { trace, step, start, before, after, events } = moment;
  const by = step.act.by ?? 'caller';
  const other = otherSide(by);
  const since = trace.reading.between(start.cursor, after.cursor);
  const subject = subjectOf(moment, since, by);
  const of = (side: Side, frame: ActMoment['after']) =>
    subject === null ? null : sectionIn(frame[side].transceivers, subject);
  const there = of(other, after);
  const was = of(other, start);
  const receiving = there?.receiving ?? was?.receiving ?? null;
  const earlier = trace.reading.between(start.cursor, before.cursor);
  return {
    ...exchangeFacts(moment),
    ...{ by, other, subject, there },
    needed: since.some(({ kind, side }) => kind === 'negotiation-needed' && side === by),
    isNegotiated: since.some((event) => event.kind === 'message' && event.type === 'offer'),
    here: of(by, after),
    looked: lookedIn(events, by, subject),
    lookedBefore: lookedIn(earlier, by, subject),
    told: since.flatMap((event) =>
      event.kind === 'track' &&
      event.side === other &&
      event.origin === 'remote' &&
      event.id === receiving
        ? [event.at]
        : [],
    ),
    isSameTrack: was !== null && there !== null && was.receiving === there.receiving,
    connection: after[by].states.connectionState,
    isSilent: [by, other].every((side) =>
      (flowsOf(events, side)?.received ?? []).every(({ packets }) => packets === 0),
    ),
    isMadeUp: trace.header.options.media === 'synthetic',
    isVirtual: after.network !== null,
  };
}

function lookedIn(events: readonly TraceEvent[], by: Side, subject: Subject | null): Looked | null {
  const [mine, theirs] = [flowsOf(events, by), flowsOf(events, otherSide(by))];
  if (subject === null || mine === null || theirs === null) return null;
  return { sent: flowIn(mine.sent, subject), received: flowIn(theirs.received, subject) };
}

/** The section of the first call on a sender or a transceiver, or of the track that was switched; else the first picture. */
function subjectOf(
  { start, after }: ActMoment,
  since: readonly TraceEvent[],
  by: Side,
): Subject | null {
  const known = [...start[by].transceivers, ...after[by].transceivers];
  const whole = (mid: string | null | undefined) => {
    const found = known.find((each) => each.mid === mid);
    return found === undefined ? null : { mid: found.mid, media: found.media };
  };
  for (const event of since) {
    if (event.side !== by) continue;
    if (event.kind === 'call' && typeof event.mid === 'string') return whole(event.mid);
    if (event.kind === 'call' && event.method === 'removeTrack') {
      const id = removedId(event.args[0]);
      const removed = start[by].transceivers.find(({ sending }) => sending === id);
      if (removed !== undefined) return whole(removed.mid);
    }
    if (event.kind === 'track' && (event.at === 'disabled' || event.at === 'enabled')) {
      return whole(known.find(({ sending }) => sending === event.id)?.mid);
    }
  }
  // Nothing was called yet.
  return whole(
    known.find(({ media, direction }) => media === 'video' && direction !== 'stopped')?.mid,
  );
}

function removedId(sender: unknown): string | null {
  if (typeof sender !== 'object' || sender === null || !('track' in sender)) return null;
  const { track } = sender;
  if (typeof track !== 'object' || track === null || !('id' in track)) return null;
  return typeof track.id === 'string' ? track.id : null;
}

function sectionIn(all: readonly Transceiver[], { mid }: Subject): Transceiver | null {
  return all.find((each) => each.mid === mid) ?? null;
}
