// One stop for the Tab key in the whole ladder: arrow keys go on from there, line by line.

/** What the keys go through: each row, what an act folds by, and what there is to press in the present row. */
const STOPS = '.number, .toggle, [aria-current] > .row button, .lit button';

/** Makes one of the ladder's buttons the stop: the one that has the focus, else the present row, else the first. */
export function tendStops(ladder: HTMLElement): void {
  const stops = stopsIn(ladder);
  const focused = stops.find((each) => each === document.activeElement);
  const present = ladder.querySelector<HTMLElement>('.lit > .number');
  const stop = focused ?? present ?? stops.find((each) => each.matches('.number')) ?? stops[0];
  for (const each of ladder.querySelectorAll<HTMLElement>('button[tabindex="0"]')) {
    if (each !== stop) each.tabIndex = -1;
  }
  if (stop !== undefined) stop.tabIndex = 0;
}

/**
 * Moves the focus by a key that was pressed in the ladder. Keys that mean something for the walk are left to it: after
 * a press of the pointer also Home and End.
 * @returns whether the key was used
 */
export function moveStop(ladder: HTMLElement, key: string, byPointer: boolean): boolean {
  const stops = stopsIn(ladder);
  const at = stops.findIndex((each) => each === document.activeElement);
  if (at === -1) return false;
  const to = target(key, at, stops.length, byPointer);
  const stop = to === null ? undefined : stops[to];
  if (stop === undefined) return to !== null;
  stop.focus();
  tendStops(ladder);
  return true;
}

function target(key: string, at: number, count: number, byPointer: boolean): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, count - 1);
    case 'ArrowUp':
      return Math.max(at - 1, 0);
    case 'Home':
      return byPointer ? null : 0;
    case 'End':
      return byPointer ? null : count - 1;
    default:
      return null;
  }
}

function stopsIn(ladder: HTMLElement): readonly HTMLElement[] {
  return [...ladder.querySelectorAll<HTMLElement>(STOPS)];
}
