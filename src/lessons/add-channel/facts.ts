// What captions of data channels may speak of: the facts of this run, DCEP messages included where they were seen.
import { otherSide, type Side } from '../../rtc/steps.ts';
import type { TraceEvent } from '../../trace/event.ts';
import type { ChannelFrame, PeerFrame } from '../../trace/frame.ts';
import type { ActMoment } from '../act.ts';
import { exchangeFacts, type ExchangeFacts } from '../exchange/facts.ts';
import { dcepOf, type Dcep } from '../packet/dcep.ts';

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
  /** DCEP's messages that were seen on the wire since the act began, by who sent them. */
  readonly seen: { readonly open: Side | null; readonly ack: Side | null };
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
    seen: { open: sender(since, 'open'), ack: sender(since, 'ack') },
  };
}

/** Whose host has sent the first packet with such a message; null where none was seen, as in a browser's call. */
function sender(since: readonly TraceEvent[], is: Dcep['is']): Side | null {
  for (const event of since) {
    if (event.kind !== 'packet' || event.at !== 'sent' || event.bytes === undefined) continue;
    if (event.side !== null && dcepOf(event.bytes).some((each) => each.is === is))
      return event.side;
  }
  return null;
}
