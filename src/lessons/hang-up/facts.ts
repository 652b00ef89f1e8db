// What captions of hanging up may speak of: who closed, what the other side saw of it, and how long after.
import type { Side } from '../../rtc/steps.ts';
import type { TraceEvent } from '../../trace/event.ts';
import type { ActMoment } from '../act.ts';
import { whoOf, type Who } from '../step-texts.ts';

/** The facts of one moment. Times are in ms since the first side closed; `null` where a thing was not seen. */
export interface HangUpFacts extends Who {
  /** The goodbye did not arrive. */
  readonly isLost: boolean;
  /** How many tracks of each kind have ended on a side since the act began. */
  readonly ended: Readonly<Record<Side, { readonly local: number; readonly remote: number }>>;
  readonly now: Readonly<Record<Side, string | null>>;
  readonly channelClosed: number | null;
  readonly dtlsClosed: number | null;
  readonly disconnected: number | null;
  readonly failed: number | null;
}

/** Takes the facts of a moment from the recording. */
export function hangUpFacts({ trace, step, start, after }: ActMoment): HangUpFacts {
  const who = whoOf(step);
  const { by, other } = who;
  const events = trace.reading.between(start.cursor, after.cursor);
  const closing = events.find(
    (event) => event.kind === 'call' && event.method === 'close' && event.side === by,
  );
  const since = (is: (event: TraceEvent) => boolean) => {
    const seen = events.find((event) => event.side === other && is(event));
    return seen === undefined || closing === undefined ? null : seen.t - closing.t;
  };
  const reached = (state: string) =>
    since(
      (event) =>
        event.kind === 'state' && event.machine === 'connectionState' && event.to === state,
    );
  const endedAt = (side: Side) => {
    const count = (origin: 'local' | 'remote') =>
      events.filter(
        (event) =>
          event.kind === 'track' &&
          event.at === 'ended' &&
          event.side === side &&
          event.origin === origin,
      ).length;
    return { local: count('local'), remote: count('remote') };
  };
  return {
    ...who,
    isLost: [...after.messages].some(
      ({ type, at, posted }) => type === 'hang-up' && at === 'lost' && posted > start.cursor,
    ),
    ended: { caller: endedAt('caller'), callee: endedAt('callee') },
    now: {
      caller: after.caller.states.connectionState,
      callee: after.callee.states.connectionState,
    },
    channelClosed: since((event) => event.kind === 'channel' && event.state === 'closed'),
    dtlsClosed: since((event) => event.kind === 'transport' && event.dtlsState === 'closed'),
    disconnected: reached('disconnected'),
    failed: reached('failed'),
  };
}
