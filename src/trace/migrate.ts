// How a record of an older version becomes one of this: from N to N + 1, as often as it takes.
import { callStep } from '../rtc/steps.ts';
import { TRACE_VERSION } from './event.ts';

/** A record as it stands in a file: an object of which nothing is checked but its version. */
export type RawRecord = Readonly<Record<string, unknown>>;

/** Makes a record of the next version. It may throw anything at what is not as that version had it. */
export type Migration = (record: RawRecord) => RawRecord;

/** By the version they take. */
export const MIGRATIONS: ReadonlyMap<number, Migration> = new Map<number, Migration>([
  // Version 2 has one more kind of event, and all others are as they were: such a record has no pairs to tell of.
  [1, (record) => ({ ...record, version: 2 })],
  // Version 3 has virtual networks and three more kinds of events. All calls before were a browser's.
  [2, (record) => ({ ...record, version: 3, options: withoutNetwork(record['options']) })],
  // Version 4 numbers the steps of a recording. Those before had the 14 of a call, by name, each once.
  [3, (record) => ({ ...record, version: 4, events: withNumberedSteps(record['events']) })],
  // Version 5 tells more of tracks, transceivers and channels, and has one more kind of event: nothing is another.
  [4, (record) => ({ ...record, version: 5 })],
  // Version 6 may come from another program, and has one more kind of event for what that tells besides.
  [5, (record) => ({ ...record, version: 6 })],
]);

/**
 * Brings a record to this program's version.
 * @param version that of the record, up to `TRACE_VERSION`
 * @returns the record with `version: TRACE_VERSION`; `null` when there is no way from its version
 */
export function migrate(
  record: RawRecord,
  version: number,
  migrations: ReadonlyMap<number, Migration> = MIGRATIONS,
): RawRecord | null {
  let migrated = record;
  for (let at = version; at < TRACE_VERSION; at += 1) {
    const migration = migrations.get(at);
    if (migration === undefined) return null;
    migrated = migration(migrated);
  }
  return { ...migrated, version: TRACE_VERSION };
}

/** What is no object is left as it is, for the check that follows to name. */
function withoutNetwork(options: unknown): unknown {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) return options;
  return { ...options, network: null };
}

/** What is no event is left as it is, and a step of no known name as well. */
function withNumberedSteps(events: unknown): unknown {
  if (!Array.isArray(events)) return events;
  return events.map((event: unknown) => {
    if (typeof event !== 'object' || event === null || !('step' in event)) return event;
    const { step } = event;
    if (step === null) return { ...event, step: 0 };
    const number = typeof step === 'string' ? callStep(step)?.number : undefined;
    if (number === undefined) return event;
    const isStep = 'kind' in event && event.kind === 'step';
    return { ...event, step: number, ...(isStep ? { of: step } : {}) };
  });
}
