// How a state machine is drawn: boxes with a name, arrows between their edges. Numbers are units of the drawing.

/** A point of the drawing. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A box around a name in a monospaced font of 10 units; the point is its middle. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** The height of every box. */
export const BOX_HEIGHT = 22;

/** The box of a name at a point. */
export function boxOf(name: string, { x, y }: Point): Box {
  return { x, y, width: Math.ceil(name.length * 6.1 + 14), height: BOX_HEIGHT };
}

/**
 * An arrow's path between two boxes, for an SVG `d`. It leaves and arrives at the boxes' edges. `bend` moves its middle
 * aside by so many units, to the left as seen on the way, to the right when negative, and keeps two ways apart.
 */
export function arrowPath(from: Box, to: Box, bend = 0): string {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const control = {
    x: (from.x + to.x) / 2 + ((to.y - from.y) / length) * bend * 2,
    y: (from.y + to.y) / 2 - ((to.x - from.x) / length) * bend * 2,
  };
  const start = edgeTowards(from, control);
  const end = edgeTowards(to, control);
  const middle = bend === 0 ? '' : `Q ${place(control)} `;
  return `M ${place(start)} ${middle === '' ? 'L ' : middle}${place(end)}`;
}

/** A short arrow down onto a box: from any state. */
export function anyPath(to: Box): string {
  const end = { x: to.x, y: to.y - to.height / 2 - 2 };
  return `M ${place({ x: end.x, y: end.y - 18 })} L ${place(end)}`;
}

/** Where the line from a box's middle to a point leaves the box, two units outside. */
function edgeTowards({ x, y, width, height }: Box, to: Point): Point {
  const [dx, dy] = [to.x - x, to.y - y];
  const across = dx === 0 ? Infinity : (width / 2 + 2) / Math.abs(dx);
  const down = dy === 0 ? Infinity : (height / 2 + 2) / Math.abs(dy);
  const share = Math.min(across, down, 1);
  return { x: x + dx * share, y: y + dy * share };
}

function place({ x, y }: Point): string {
  return `${String(Math.round(x * 10) / 10)} ${String(Math.round(y * 10) / 10)}`;
}
