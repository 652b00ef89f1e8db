// What stands in a row of the ladder, line by line: a call with its words, arrows, what passes, and what has changed.
import { MACHINES } from '../../trace/event.ts';
import { otherSide, SIDES, type Side } from '../../rtc/steps.ts';
import type { StatePath } from '../../trace/reading.ts';
import type { AheadPath, LadderRow, RowArrow } from './rows.ts';

/** A path as it fits in a line. */
export interface ShownPath {
  readonly first: readonly string[];
  /** What is left out between the two; nothing where the path is whole. */
  readonly between: readonly string[];
  readonly last: readonly string[];
}

/** So many states stand in a line where there is little room. */
const SHORT_PATH = 3;

/** A path for where there is little room: whole, or its first state and its last, and what is left out. */
export function shownPath(path: readonly string[]): ShownPath {
  if (path.length <= SHORT_PATH) return { first: path, between: [], last: [] };
  return { first: path.slice(0, 1), between: path.slice(1, -1), last: path.slice(-1) };
}

/** What machines of one side have gone through, from one and the same state to another. */
export interface Change {
  readonly side: Side;
  /** In the order of the machines; at least one. */
  readonly paths: readonly AheadPath[];
  /** The event that it ended with; null where it has not happened. */
  readonly n: number | null;
}

/** What is shown of a change's way: where two machines went other ways, only from where to where. */
export function pathOf({ paths }: Change): ShownPath {
  const [one, ...others] = paths.map(({ path }) => path);
  if (one === undefined) return { first: [], between: [], last: [] };
  const isOneWay = others.every((path) => path.join() === one.join());
  if (isOneWay) return shownPath(one);
  return { first: one.slice(0, 1), between: one.slice(1, -1), last: one.slice(-1) };
}

/** One line of a row. */
export type RowLine =
  /** A call on the lifeline of a side, its plain words, and what it changes. */
  | {
      readonly kind: 'call';
      readonly sides: readonly Side[];
      readonly words: string | null;
      readonly change: Change | null;
    }
  | { readonly kind: 'arrow'; readonly arrow: RowArrow }
  /** What passes between the two at the end of an act, and what its act calls that. */
  | { readonly kind: 'flow'; readonly words: string | null }
  /** More changes: of each side one at the most. */
  | { readonly kind: 'changes'; readonly of: Readonly<Record<Side, Change | null>> };

/**
 * The lines of a row, from the top. Past rows keep to the one change of their own side that tells most; the present row
 * has them all; a row to come has those that every run has.
 */
export function linesOf(row: LadderRow): readonly RowLine[] {
  // Where one side alone does something, what flows is told by the steps around it.
  const passes = row.step.phase === 'communication' && row.side === 'both';
  const shown = grouped(row);
  const lines: RowLine[] = [];
  let left = shown;
  if (row.call !== null) {
    const sides = row.side === 'both' ? SIDES : [row.side];
    const [own] = sides;
    const change = row.side === 'both' ? null : (shown.find(({ side }) => side === own) ?? null);
    lines.push({ kind: 'call', sides, words: row.plain, change });
    left = shown.filter((each) => each !== change);
  }
  for (const arrow of row.arrows) lines.push({ kind: 'arrow', arrow });
  if (passes) lines.push({ kind: 'flow', words: flowWords(row) });
  const caller = left.filter(({ side }) => side === 'caller');
  const callee = left.filter(({ side }) => side === 'callee');
  for (let at = 0; at < Math.max(caller.length, callee.length); at += 1) {
    const of = { caller: caller[at] ?? null, callee: callee[at] ?? null };
    lines.push({ kind: 'changes', of });
  }
  return lines;
}

/** What flows besides what has flowed since the first act; null there. */
export function flowWords({ step, call, plain }: LadderRow): string | null {
  return call === null && step.act.number > 1 ? plain : null;
}

/** What is shown of a row's changes: those of its own side first, and of these the one that tells most. */
function grouped(row: LadderRow): readonly Change[] {
  const { side, when, step } = row;
  if (when === 'future') return row.ahead.map((change) => alone(change, null));
  const passes = step.phase === 'communication';
  const told = passes
    ? row.changes.filter(({ machine }) => machine !== 'iceGatheringState')
    : row.changes;
  if (side === 'both') return when === 'now' ? SIDES.flatMap((each) => alike(told, each)) : [];
  const own = [...told.filter((change) => change.side === side)].sort(byWeight);
  if (when === 'past') {
    const [first] = own;
    return first === undefined || (passes && row.call === null) ? [] : [alone(first, first.n)];
  }
  return [...alike(own, side), ...alike(told, otherSide(side))];
}

/** A description's own change before all others, then what it has led to. */
function byWeight(one: StatePath, other: StatePath): number {
  return weight(one) - weight(other);
}

function weight({ machine, path }: StatePath): number {
  if (machine === 'signalingState') return 0;
  return path.at(-1) === 'connected' ? 1 : 2;
}

/** A side's changes; those from the same state to the same are one. */
function alike(changes: readonly StatePath[], side: Side): readonly Change[] {
  const groups = new Map<string, StatePath[]>();
  for (const change of changes) {
    if (change.side !== side) continue;
    const key = `${change.path[0] ?? ''} ${change.path.at(-1) ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()].map((paths) => ({
    side,
    paths: MACHINES.flatMap((machine) => paths.filter((each) => each.machine === machine)),
    n: Math.max(...paths.map(({ n }) => n)),
  }));
}

function alone(path: AheadPath, n: number | null): Change {
  return { side: path.side, paths: [path], n };
}
