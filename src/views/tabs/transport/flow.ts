// What flowed on a side, as lines over the time of the call: out of the counters up to a cursor.
import type { StatsEvent, TraceEvent } from '../../../trace/event.ts';
import type { Side } from '../../../rtc/steps.ts';
import { rates, type Point } from '../../plot/plot.ts';

/** The counters of a side as lines. Times are milliseconds since the record began. */
export interface Flow {
  /** Bits per second. */
  readonly bitsSent: readonly Point[];
  readonly bitsReceived: readonly Point[];
  readonly bytesSent: readonly Point[];
  readonly bytesReceived: readonly Point[];
  readonly packetsSent: readonly Point[];
  readonly packetsReceived: readonly Point[];
  /** Milliseconds there and back, where it was measured. */
  readonly rtt: readonly Point[];
}

/** Readings that follow each other sooner give one rate, in ms. */
const SHORTEST = 250;

/** The lines of a side from the events of a record up to a cursor. */
export function flowOf(events: readonly TraceEvent[], cursor: number, side: Side): Flow {
  const readings: StatsEvent[] = [];
  for (const event of events) {
    if (event.n > cursor) break;
    if (event.kind === 'stats' && event.side === side) readings.push(event);
  }
  const line = (value: (event: StatsEvent) => number) =>
    readings.map((event) => ({ t: event.t, value: value(event) }));
  const bytesSent = line((event) => event.bytesSent);
  const bytesReceived = line((event) => event.bytesReceived);
  return {
    bytesSent,
    bytesReceived,
    bitsSent: bits(bytesSent),
    bitsReceived: bits(bytesReceived),
    packetsSent: line((event) => event.packetsSent),
    packetsReceived: line((event) => event.packetsReceived),
    rtt: readings.flatMap(({ t, rtt }) => (rtt === null ? [] : [{ t, value: rtt }])),
  };
}

function bits(bytes: readonly Point[]): readonly Point[] {
  const counted = bytes.map(({ t, value }) => ({ t, value: value * 8 }));
  return rates(counted, SHORTEST);
}
