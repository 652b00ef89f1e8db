// What of the ladder is in sight: the present row in the middle where there is room, and no row cut at an edge.

/** A row as it stands in what scrolls. */
export interface Span {
  readonly top: number;
  readonly bottom: number;
}

/** Where everything stands, in px from the top of what scrolls. */
export interface Lie {
  /** Of the room that is seen. */
  readonly height: number;
  /** How much of it the heads take, once they stick at its top. */
  readonly head: number;
  /** All rows and folded acts, from the top. */
  readonly rows: readonly Span[];
  /** The row to look at; null for none. */
  readonly now: Span | null;
}

/** How the ladder comes to rest. */
export interface Rest {
  readonly scroll: number;
  /** How much below the last row is left free, so that it can scroll so far. */
  readonly spare: number;
  /** How much at the lower edge is covered, because a row would be cut there. */
  readonly veil: number;
}

/** Rounding: a row is not cut by this much. */
const NEAR = 1;

/** Where the ladder rests: whole rows from the heads down, the one to look at as near to the middle as they let it be. */
export function restOf({ height, head, rows, now }: Lie): Rest {
  const end = rows.at(-1)?.bottom ?? 0;
  const scroll = end <= height + NEAR || now === null ? 0 : scrollTo(height, head, rows, now, end);
  const edge = scroll + height;
  const cut = rows.find(({ top, bottom }) => top < edge - NEAR && bottom > edge + NEAR);
  // A row that is higher than the room is seen all the same.
  const isOnly = cut !== undefined && cut.top - scroll <= head + NEAR;
  return {
    scroll,
    spare: Math.max(0, edge - end),
    veil: cut === undefined || isOnly ? 0 : edge - cut.top,
  };
}

function scrollTo(
  height: number,
  head: number,
  rows: readonly Span[],
  now: Span,
  end: number,
): number {
  const wanted = (now.top + now.bottom) / 2 - head - (height - head) / 2;
  const stops = [0, ...rows.map(({ top }) => top - head).filter((top) => top > 0)];
  // No farther than until the last row is whole.
  const last = stops.find((stop) => stop >= end - height - NEAR) ?? stops.at(-1) ?? 0;
  const whole = stops.filter(
    (stop) => stop <= last && now.bottom <= stop + height + NEAR && now.top >= stop + head - NEAR,
  );
  const near = (one: number, other: number) => Math.abs(one - wanted) - Math.abs(other - wanted);
  return whole.toSorted(near)[0] ?? Math.max(0, now.top - head);
}
