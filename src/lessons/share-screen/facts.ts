// What captions of a screen share may speak of: the facts of this run, by comparing now with before the act.
import { otherSide, type Side } from '../../rtc/steps.ts';
import type { Frame, TrackFrame } from '../../trace/frame.ts';
import type { ActMoment } from '../act.ts';
import { exchangeFacts, type ExchangeFacts } from '../exchange/facts.ts';

/** The facts of one moment. */
export interface ScreenFacts extends ExchangeFacts {
  /** Whose screen it is: the offerer of this exchange. */
  readonly by: Side;
  readonly other: Side;
  /** Where the screen comes from; `null` before it is captured. */
  readonly from: 'display' | 'virtual' | 'made-up' | null;
  readonly needed: boolean;
  /** How far the screen's track has come at the other side; `null` before its `track` event. */
  readonly track: TrackFrame['at'] | null;
  /** Who is controlling, as the statistics say; `null` where they don't. */
  readonly controlling: Side | null;
}

/** Takes the facts of a moment from the recording. */
export function screenFacts(moment: ActMoment): ScreenFacts {
  const { trace, step, start, after } = moment;
  const by = step.act.by ?? 'caller';
  const other = otherSide(by);
  const events = trace.reading.between(start.cursor, after.cursor);
  const tracks = [...after[other].tracks].filter(
    ({ n, origin }) => origin === 'remote' && n > start.cursor,
  );
  return {
    ...exchangeFacts(moment),
    ...{ by, other, from: sourceOf(events) },
    needed: events.some(({ kind, side }) => kind === 'negotiation-needed' && side === by),
    track: tracks.at(-1)?.at ?? null,
    controlling: controllingOf(after),
  };
}

function sourceOf(events: ActMoment['events']): ScreenFacts['from'] {
  for (const event of events) {
    if (event.kind !== 'call') continue;
    if (event.method === 'getDisplayMedia') return 'display';
    if (event.method === 'virtualStream') return 'virtual';
    if (event.method === 'madeUpScreen') return 'made-up';
  }
  return null;
}

function controllingOf({ caller, callee }: Frame): Side | null {
  if (caller.transport?.iceRole === 'controlling') return 'caller';
  if (callee.transport?.iceRole === 'controlling') return 'callee';
  return null;
}
