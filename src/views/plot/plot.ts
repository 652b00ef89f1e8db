// What a small plot is drawn from: nice ticks, scales, a path, and fewer points where there are too many.

/** A value at a time. */
export interface Point {
  /** Milliseconds. */
  readonly t: number;
  readonly value: number;
}

/** A line of a plot. */
export interface Series {
  readonly points: readonly Point[];
}

/** What a line's values are, in the order that a reader asks for. */
export interface Extent {
  readonly first: number;
  readonly highest: number;
  readonly last: number;
}

/** The first, the highest and the last value; `null` where there is none. */
export function extent(points: readonly Point[]): Extent | null {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return null;
  const highest = points.reduce((most, { value }) => Math.max(most, value), first.value);
  return { first: first.value, highest, last: last.value };
}

/**
 * Round values from 0 up to the first that is not below `highest`, by steps of 1, 2 or 5 times a power of ten.
 * @param highest 0 or more; what is none is taken for 0, and then there are 0 and 1
 * @param most how many steps there may be, 1 or more
 */
export function ticks(highest: number, most: number): readonly number[] {
  if (!(highest > 0) || !Number.isFinite(highest)) return [0, 1];
  const steps = Math.max(1, Math.trunc(most));
  const exponent = Math.floor(Math.log10(highest / steps));
  for (const factor of [1, 2, 5, 10, 20]) {
    // Of whole numbers: a power of ten below 1 is not exact.
    const at = (k: number) =>
      exponent < 0 ? (k * factor) / 10 ** -exponent : k * factor * 10 ** exponent;
    const count = Array.from({ length: steps }, (_, k) => k + 1).find(
      (k) => at(k) >= highest && at(k) < Infinity,
    );
    if (count !== undefined) return Array.from({ length: count + 1 }, (_, k) => at(k));
  }
  return [0, highest];
}

/** A straight scale from one range to another; where the first has no length, all of it is at the other's middle. */
export function scale(
  [from, to]: readonly [number, number],
  [low, high]: readonly [number, number],
): (value: number) => number {
  if (from === to) return () => (low + high) / 2;
  return (value) => low + ((value - from) / (to - from)) * (high - low);
}

/**
 * An SVG path through all points, in coordinates of two digits after the point. One point is a path of no length,
 * which round line ends draw as a dot; none is ''.
 */
export function pathOf(
  points: readonly Point[],
  x: (t: number) => number,
  y: (value: number) => number,
): string {
  const pairs = points.map(({ t, value }) => `${round(x(t))} ${round(y(value))}`);
  const [first, ...rest] = pairs;
  if (first === undefined) return '';
  return rest.length === 0 ? `M${first}h0` : `M${first}L${rest.join(' ')}`;
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/**
 * At most so many points: of each stretch of time the lowest and the highest, so that no peak is lost, and the first
 * and the last of all.
 * @param points in the order of time
 * @param most 4 or more
 */
export function thin(points: readonly Point[], most: number): readonly Point[] {
  const first = points[0];
  const last = points.at(-1);
  if (points.length <= most || first === undefined || last === undefined) return points;
  const stretches = Math.max(1, Math.floor((most - 2) / 2));
  const inner = points.slice(1, -1);
  const length = inner.length / stretches;
  const kept: Point[] = [first];
  for (let k = 0; k < stretches; k += 1) {
    const stretch = inner.slice(Math.floor(k * length), Math.floor((k + 1) * length));
    const ordered = stretch.map((point, at) => ({ point, at }));
    ordered.sort((one, other) => one.point.value - other.point.value);
    const ends = [...new Set([ordered[0], ordered.at(-1)])].filter((each) => each !== undefined);
    ends.sort((one, other) => one.at - other.at);
    kept.push(...ends.map(({ point }) => point));
  }
  return [...kept, last];
}

/**
 * How much a counter grows in a second, at the end of each stretch between two readings.
 * @param points readings, in the order of time
 * @param shortest milliseconds; readings that follow sooner are taken together, for the rate of an instant is noise
 */
export function rates(points: readonly Point[], shortest: number): readonly Point[] {
  const found: Point[] = [];
  let from = points[0];
  for (const point of points.slice(1)) {
    if (from === undefined || point.t - from.t < shortest) continue;
    const value = ((point.value - from.value) / (point.t - from.t)) * 1000;
    // A counter that goes back has begun anew: there is no rate over that.
    if (value >= 0 && Number.isFinite(value)) found.push({ t: point.t, value });
    from = point;
  }
  return found;
}
