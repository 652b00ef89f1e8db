// The troubles of a step that stopped nothing, as they are told.
import type { Problem } from '../../trace/event.ts';
import type { Frame, Trouble } from '../../trace/frame.ts';

/** So many are told at once: the newest. */
const MOST = 2;

/** Those since a cursor, the oldest first. What happened to both sides alike is told once. */
export function troublesSince({ troubles }: Frame, cursor: number): readonly Trouble[] {
  const told = new Map<string, Trouble>();
  for (const trouble of troubles) {
    if (trouble.n <= cursor) continue;
    const key = keyOf(trouble.problem);
    if (!told.has(key)) told.set(key, trouble);
  }
  return [...told.values()].slice(-MOST);
}

function keyOf({ code, error }: Problem): string {
  return JSON.stringify([code, error?.name, error?.message]);
}
