// What captions of data channels may speak of: the facts of this run, DCEP messages included where they were seen.
import { otherSide, type Side } from '../../rtc/steps.ts';
import type { ChannelFrame, PeerFrame } from '../../trace/frame.ts';
import type { ActMoment } from '../act.ts';
import { exchangeFacts, type ExchangeFacts } from '../exchange/facts.ts';

/** The facts of one moment. */
export interface ChannelFacts extends ExchangeFacts {
  readonly by: Side;
  readonly other: Side;
  readonly needed: boolean;
  readonly isNegotiated: boolean;
  /** The channel that the act makes, on each side; `null` until it is there. */
  readonly here: ChannelFrame | null;
  readonly there: ChannelFrame | null;
  /** The association's state before the act: there were channels. */
  readonly hadChannels: boolean;
  readonly isVirtual: boolean;
}

/** Takes the facts of a moment from the recording. */
export function channelFacts(moment: ActMoment): ChannelFacts {
  const { trace, step, start, after } = moment;
  const by = step.act.by ?? 'caller';
  const other = otherSide(by);
  const since = trace.reading.between(start.cursor, after.cursor);
  const made = (peer: PeerFrame) =>
    [...peer.channels].findLast(({ n }) => n > start.cursor) ?? null;
  return {
    ...exchangeFacts(moment),
    ...{ by, other, here: made(after[by]), there: made(after[other]) },
    needed: since.some(({ kind, side }) => kind === 'negotiation-needed' && side === by),
    isNegotiated: since.some((event) => event.kind === 'message' && event.type === 'offer'),
    hadChannels: start[by].channels.length > 0,
    isVirtual: after.network !== null,
  };
}
