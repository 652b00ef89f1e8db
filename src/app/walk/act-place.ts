// Where the acts that a link names are in a recording.
import type { ActWish } from '../../rtc/steps.ts';
import type { Frame } from '../../trace/frame.ts';
import type { ActFrame } from '../../trace/script.ts';
import type { Trace } from '../../trace/trace.ts';

/** Whether a recording has come to the step of an act that a link names. Every recording has the call. */
export function hasPlace(trace: Trace, wishes: readonly ActWish[], step: string | null): boolean {
  if (wishes.length === 0) return true;
  const act = actAt(trace, wishes);
  if (act === null) return false;
  const begun = trace.steps.slice(0, trace.ends.length - 1);
  return begun.some((each) => each.act.number === act.number && (step ?? each.kind) === each.kind);
}

/** An act of a recording, as a link names it. */
export function wishOf({ id, by, settings }: ActFrame): ActWish {
  return { id, by: by ?? 'caller', settings: settings ?? {} };
}

/** Whether an act is the one that is wished for. What a link leaves open may be any. */
export function isSameWish(act: ActWish, wish: ActWish | undefined): boolean {
  if (act.id !== wish?.id || act.by !== wish.by) return false;
  return Object.entries(wish.settings).every(
    ([key, value]) => (act.settings[key] ?? value) === value,
  );
}

/** The act that a link leads to: at the end of the way that it names, or the newest of that name; null for none. */
export function actAt(trace: Trace, wishes: readonly ActWish[]): ActFrame | null {
  const acts = trace.acts.slice(1);
  const isWay = wishes.every((wish, at) => {
    const act = acts[at];
    return act !== undefined && isSameWish(wishOf(act), wish);
  });
  if (isWay) return acts[wishes.length - 1] ?? null;
  // A link that names no way was made where there was only one.
  const [only, ...more] = wishes;
  if (only === undefined || more.length > 0) return null;
  return acts.findLast((act) => isSameWish(wishOf(act), only)) ?? null;
}

/** The number of a step of an act by its kind; of the newest that has begun where it has none of that kind. */
export function placeIn(trace: Trace, { number }: ActFrame, kind: string | null): number {
  const steps = trace.steps.filter(({ act }) => act.number === number);
  const step = steps.find((each) => each.kind === kind) ?? steps.at(-1);
  return step?.number ?? trace.ends.length - 1;
}

/** The acts that are still to be performed on a way; only the last where the recording went another. */
export function stillTo(trace: Trace, wishes: readonly ActWish[]): readonly ActWish[] {
  const done = trace.acts.slice(1).map(wishOf);
  const isOnWay = done.every((each, at) => isSameWish(each, wishes[at]));
  return isOnWay ? wishes.slice(done.length) : wishes.slice(-1);
}

/** Whether the newest event is that a later act failed: the call stands, and goes on with another. */
export function isLostAct({ act, progress, cursor }: Frame, length: number): boolean {
  return act.number > 1 && progress === 'failed' && cursor === length;
}
