// A cell of the matrix: what became of one call, and how that is summed up and said.
import type { CandidateType } from '../../ice/agent-port.ts';
import { formatNumber } from '../../i18n/format.ts';
import { m } from '../../i18n/paraglide/messages.js';
import { natName } from '../../lessons/net/behaviours.ts';
import { NAT_KINDS, NAT_PAIRS, type NatKind } from '../../rtc/nat.ts';

/** What became of a call. Times are in virtual ms. */
export interface Outcome {
  readonly state: 'connected' | 'failed';
  readonly took: number;
  readonly packets: number;
  readonly pair: {
    readonly local: CandidateType;
    readonly remote: CandidateType;
    readonly relayed: boolean;
    /** A relayed one answered first. */
    readonly replacedRelay: boolean;
  } | null;
}

/** An outcome in a word. */
export type Way = 'direct' | 'relay' | 'none';
export const WAYS: readonly Way[] = ['direct', 'relay', 'none'];

/** The cells, by `natPairAt`; null for what is not computed yet. */
export type Table = readonly (Outcome | null)[];

/** A table with nothing in it. */
export const EMPTY_TABLE: Table = Array.from({ length: NAT_PAIRS }, () => null);

/** The way that a call found. */
export function wayOf({ state, pair }: Outcome): Way {
  if (state === 'failed') return 'none';
  return pair?.relayed === true ? 'relay' : 'direct';
}

/** The way of a cell in the table before, where that was another; null where nothing changed or is known. */
export function wayBefore(now: Outcome | null, before: Outcome | null): Way | null {
  if (now === null || before === null) return null;
  const way = wayOf(before);
  return way === wayOf(now) ? null : way;
}

/** How many cells of a table have each way. */
export function countWays(table: Table): Readonly<Record<Way, number>> {
  const count = { direct: 0, relay: 0, none: 0 };
  for (const cell of table) if (cell !== null) count[wayOf(cell)] += 1;
  return count;
}

/** Where an arrow key leads from a cell: it stops at the edge. Null for any other key. */
export function cellByKey(key: string, caller: number, callee: number): [number, number] | null {
  const last = NAT_KINDS.length - 1;
  switch (key) {
    case 'ArrowUp':
      return [Math.max(0, caller - 1), callee];
    case 'ArrowDown':
      return [Math.min(last, caller + 1), callee];
    case 'ArrowLeft':
      return [caller, Math.max(0, callee - 1)];
    case 'ArrowRight':
      return [caller, Math.min(last, callee + 1)];
    case 'Home':
      return [caller, 0];
    case 'End':
      return [caller, last];
    default:
      return null;
  }
}

/** A time as a cell shows it: `260 ms`, `1.2 s`, `245 s`. */
export function timeText(ms: number): string {
  if (ms < 1000) return m.matrix_ms({ value: formatNumber(Math.round(ms)) });
  const value = formatNumber(ms / 1000, { maximumFractionDigits: ms < 100_000 ? 1 : 0 });
  return m.matrix_seconds({ value });
}

/** A way in a word, short enough for a cell. */
export function wayWord(way: Way): string {
  return m.matrix_way({ way });
}

/** A kind of NAT by its everyday name, else by its two rules. */
export function kindText(kind: NatKind): string {
  const name = natName(kind);
  const { mapping, filtering } = kind;
  return name ?? m.matrix_kind({ mapping, filtering });
}
