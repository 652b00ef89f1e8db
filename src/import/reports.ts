// Columns of statistics put together again as the reports that they came from.
import type { Json } from '../trace/event.ts';
import { extractStats, type Report, type Stats } from '../trace/report.ts';
import type { Column, DumpConnection } from './dump.ts';

/** What the record keeps of statistics comes from these. */
const TYPES: ReadonlySet<string> = new Set([
  ...['transport', 'candidate-pair', 'local-candidate', 'remote-candidate', 'certificate'],
  ...['inbound-rtp', 'outbound-rtp'],
]);

/** A value this much older than its report is of an object that is gone, in ms. */
const STALE = 5000;

/** The reports of a connection, each with its time. */
export function* reportsOf({
  stats,
}: Pick<DumpConnection, 'stats'>): Generator<{ readonly time: number; readonly stats: Stats }> {
  const objects = stats.filter(({ type }) => TYPES.has(type));
  const walkers = objects.map(({ id, type, columns }) => ({
    id,
    type,
    columns: [...columns].map(([property, column]) => ({ property, column, at: -1 })),
  }));
  for (const time of ticksOf(stats)) {
    const report = new Map<string, Readonly<Record<string, Json>>>();
    for (const { id, type, columns } of walkers) {
      const values: [string, Json][] = [];
      for (const walker of columns) {
        const { property, column } = walker;
        while ((column.times[walker.at + 1] ?? Infinity) <= time) walker.at += 1;
        const value = column.values[walker.at];
        if (value === undefined || time - (column.times[walker.at] ?? 0) > STALE) continue;
        values.push([property, value]);
      }
      if (values.length > 0) report.set(id, { ...Object.fromEntries(values), type });
    }
    yield { time, stats: extractStats(report satisfies Report) };
  }
}

/** When reports were taken: the times of the transports, or of the pairs where there is none. */
function ticksOf(stats: DumpConnection['stats']): readonly number[] {
  for (const wanted of ['transport', 'candidate-pair']) {
    const ticks = new Set<number>();
    for (const { type, columns } of stats) {
      if (type === wanted) for (const column of columns.values()) addAll(ticks, column);
    }
    if (ticks.size > 0) return [...ticks].filter(Number.isFinite).sort((a, b) => a - b);
  }
  return [];
}

function addAll(ticks: Set<number>, { times }: Column): void {
  for (const time of times) ticks.add(time);
}
