// Where things of a drawn state machine are: along an arrow, at its head, and free of what is there already.
import { arrowPath, type Box, type Point } from '../../../lessons/states/diagram.ts';

/** What a box or a label covers. */
export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The area of a box around its middle. */
export function areaOf({ x, y, width, height }: Box): Area {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

/** Whether two areas share more than an edge. */
export function overlaps(one: Area, other: Area): boolean {
  return (
    one.left < other.right &&
    other.left < one.right &&
    one.top < other.bottom &&
    other.top < one.bottom
  );
}

/**
 * The point at a share of the way along a path as `arrowPath` and `anyPath` write it: `M`, then `L`, or `Q` and its
 * control.
 * @param share 0 at the tail, 1 at the tip
 */
export function pointAt(path: string, share: number): Point {
  const { start, control, end } = curveOf(path);
  const [a, b, c] = [(1 - share) ** 2, 2 * share * (1 - share), share ** 2];
  return {
    x: a * start.x + b * control.x + c * end.x,
    y: a * start.y + b * control.y + c * end.y,
  };
}

/** The arrow head at a path's tip, for the `points` of a polygon. Drawn by hand: a marker cannot take its line's colour. */
export function headOf(path: string): string {
  const { control, end } = curveOf(path);
  const length = Math.hypot(end.x - control.x, end.y - control.y) || 1;
  const [dx, dy] = [(end.x - control.x) / length, (end.y - control.y) / length];
  const corner = (side: number): Point => ({
    x: end.x - dx * HEAD.length - dy * HEAD.half * side,
    y: end.y - dy * HEAD.length + dx * HEAD.half * side,
  });
  return [end, corner(1), corner(-1)].map(({ x, y }) => `${round(x)},${round(y)}`).join(' ');
}

const HEAD = { length: 7, half: 3.2 } as const;

function curveOf(path: string): {
  readonly start: Point;
  readonly control: Point;
  readonly end: Point;
} {
  const numbers = path.match(/-?[\d.]+/g)?.map(Number) ?? [];
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0, x2, y2] = numbers;
  const start = { x: x0, y: y0 };
  const next = { x: x1, y: y1 };
  // A straight line is the curve whose control is its middle.
  if (x2 === undefined || y2 === undefined) {
    return { start, control: { x: (x0 + x1) / 2, y: (y0 + y1) / 2 }, end: next };
  }
  return { start, control: next, end: { x: x2, y: y2 } };
}

// Points along a whole path.
const SAMPLES = Array.from({ length: 21 }, (_, at) => at / 20);

// The middle first, then by turns towards the tail and the tip.
const SHARES = [0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8, 0.14, 0.86];
// On the line; else hanging on it, on either side.
const ASIDE = [0, -5, 5, -9, 9];

/** A point on a path, or close to it, where a badge of a size covers none of the areas; its middle where there is none. */
export function freePointOn(
  path: string,
  size: { readonly width: number; readonly height: number },
  taken: readonly Area[],
): Point {
  const { start, end } = curveOf(path);
  const length = Math.hypot(end.x - start.x, end.y - start.y) || 1;
  const points = ASIDE.flatMap((aside) =>
    SHARES.map((share) => {
      const { x, y } = pointAt(path, share);
      return {
        x: x + ((end.y - start.y) / length) * aside,
        y: y - ((end.x - start.x) / length) * aside,
      };
    }),
  );
  const free = points.find((point) => {
    const area = areaOf({ ...point, ...size });
    return !taken.some((other) => overlaps(area, other));
  });
  return free ?? pointAt(path, 0.5);
}

/** The place on a box's edge that is farthest from the paths, of its corners and the middles of its top and foot. */
export function freePlaceOn(box: Box, paths: readonly string[]): Point {
  const { left, right, top, bottom } = areaOf(box);
  const near = paths.flatMap((path) => SAMPLES.map((share) => pointAt(path, share)));
  const room = (point: Point) =>
    Math.min(...near.map(({ x, y }) => Math.hypot(x - point.x, y - point.y)));
  const places = [left + 2, box.x, right - 2].flatMap((x) => [
    { x, y: top },
    { x, y: bottom },
  ]);
  const start = { x: left + 2, y: top };
  return places.reduce((best, place) => (room(place) > room(best) ? place : best), start);
}

const BENDS = [0, 14, -14, 26, -26, 40, -40];

/** A way between two boxes that the machine does not draw, through none of the areas where that can be had. */
export function freePath(from: Box, to: Box, taken: readonly Area[]): string {
  const paths = BENDS.map((bend) => arrowPath(from, to, bend));
  const free = paths.find((path) =>
    SAMPLES.every((share) => {
      const { x, y } = pointAt(path, share);
      return !taken.some(
        ({ left, right, top, bottom }) => x > left && x < right && y > top && y < bottom,
      );
    }),
  );
  return free ?? arrowPath(from, to);
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
