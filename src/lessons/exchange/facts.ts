// What captions of an exchange may speak of: the facts of this run, by comparing now with before the act.
import { otherSide, type Side } from '../../rtc/steps.ts';
import type { Description } from '../../trace/event.ts';
import type { Frame, PeerFrame, TrackFrame } from '../../trace/frame.ts';
import type { ActMoment } from '../act.ts';
import { changesOf, outlineOf, type Outline, type SectionChange } from './outline.ts';

/** One end of the exchange. */
export interface ExchangeSide {
  readonly states: PeerFrame['states'];
  /** Its local description before the act. */
  readonly was: Outline | null;
  /** What it has made in this exchange: its offer or its answer. */
  readonly made: Outline | null;
  /** What became of its sections in that. */
  readonly changes: readonly SectionChange[];
  /** It has new ICE credentials. */
  readonly isRenewed: boolean;
  /** Candidates that it found, and those that were sent to the other side, since the act began. */
  readonly found: number;
  readonly along: number;
  /** What became of tracks from the other side since the act began, each the last that was told of it. */
  readonly tracks: readonly Pick<TrackFrame, 'media' | 'at'>[];
}

/** The facts of one moment of an exchange. */
export interface ExchangeFacts {
  readonly offerer: Side;
  readonly answerer: Side;
  /** The sections that were there stand where they stood, with their mids; one that was closed may be another's now. */
  readonly isKept: boolean;
  /** The end that offers, and the one that answers. */
  readonly mine: ExchangeSide;
  readonly theirs: ExchangeSide;
}

/** Takes the facts of a moment from the recording. */
export function exchangeFacts(moment: ActMoment): ExchangeFacts {
  const { act } = moment.step;
  const planned = act.steps.find(({ kind }) => kind === 'create-offer')?.side;
  const offerer = planned === 'caller' || planned === 'callee' ? planned : (act.by ?? 'caller');
  const answerer = otherSide(offerer);
  const mine = sideFacts(moment, offerer, 'offer');
  const isKept =
    mine.was?.sections.every(
      ({ mid, isClosed }, at) => isClosed || mine.made?.sections[at]?.mid === mid,
    ) ?? false;
  return { offerer, answerer, isKept, mine, theirs: sideFacts(moment, answerer, 'answer') };
}

function sideFacts(
  { trace, start, after }: ActMoment,
  side: Side,
  type: Description['type'],
): ExchangeSide {
  const was = outlineOf(start[side].slots.currentLocal);
  const made = outlineOf(newer(after[side].created, start, type));
  const messages = [...after.messages].filter(({ posted }) => posted > start.cursor);
  const tracks = new Map<string, Pick<TrackFrame, 'media' | 'at'>>();
  for (const event of trace.reading.between(start.cursor, after.cursor)) {
    if (event.kind !== 'track' || event.side !== side || event.origin !== 'remote') continue;
    const { at, media } = event;
    if (at !== 'disabled' && at !== 'enabled') tracks.set(event.id, { at, media });
  }
  return {
    states: after[side].states,
    ...{ was, made, changes: changesOf(was, made) },
    isRenewed:
      made !== null && was !== null && !made.ufrags.every((each) => was.ufrags.includes(each)),
    found: [...after[side].local].filter(
      ({ n, candidate }) => n > start.cursor && candidate.candidate !== '',
    ).length,
    along: messages.filter((each) => each.type === 'candidate' && each.from === side).length,
    tracks: [...tracks.values()],
  };
}

/** A description that was made since the act began. */
function newer(
  made: PeerFrame['created'],
  { cursor }: Frame,
  type: Description['type'],
): Description | null {
  return made !== null && made.n > cursor && made.type === type ? made : null;
}
