// What happened in a call of a dump, on both sides, in the order of time.
import type { Json } from '../trace/event.ts';
import type { Stats } from '../trace/report.ts';
import type { Side } from '../rtc/steps.ts';
import type { Dump, DumpConnection, DumpEntry, DumpPair } from './dump.ts';
import { reportsOf } from './reports.ts';

/** One thing that happened: an entry of the log, or a report of statistics. */
export type Moment = {
  readonly time: number;
  /** `null` for what is the page's, where both sides are in it. */
  readonly side: Side | null;
} & (
  | { readonly entry: DumpEntry; readonly stats: null }
  | { readonly entry: null; readonly stats: Stats }
);

/** The two connections of a call. */
export type Sides = Readonly<Record<Side, DumpConnection | null>>;

/** Finds the connections of a call by their names. */
export function sidesOf({ connections }: Dump, pair: DumpPair): Sides {
  const find = (id: string | null) =>
    connections.find((connection) => connection.id === id) ?? null;
  return { caller: find(pair.caller), callee: find(pair.callee) };
}

/** All moments of a call. */
export function momentsOf(dump: Dump, sides: Sides): readonly Moment[] {
  const { caller, callee } = sides;
  const only = callee === null ? 'caller' : caller === null ? 'callee' : null;
  const moments: Moment[] = [];
  const add = (side: Side | null, entry: DumpEntry) =>
    moments.push({ time: entry.time, side, entry, stats: null });
  for (const { time, method, audio, video, answer } of dump.requests) {
    add(only, { time, method, value: { audio, video } });
    if (answer === null) continue;
    const { error, tracks } = answer;
    const value: Json = error ?? tracks.map((track) => ({ ...track }));
    add(only, {
      time: answer.time,
      method: method + (error === null ? 'OnSuccess' : 'OnFailure'),
      value,
    });
  }
  for (const entry of dump.others) add(null, entry);
  for (const side of ['caller', 'callee'] as const) {
    const connection = sides[side];
    if (connection === null) continue;
    const first = connection.entries[0];
    // webrtc-internals does not log that a connection is made, but with what.
    if (first !== undefined && first.method !== 'create') {
      add(side, { time: first.time, method: 'create', value: connection.configuration });
    }
    for (const entry of connection.entries) add(side, entry);
    for (const { time, stats } of reportsOf(connection)) {
      moments.push({ time, side, entry: null, stats });
    }
  }
  return moments.sort((a, b) => a.time - b.time);
}
