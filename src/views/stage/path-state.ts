// Whether there is a path between the two people, by what both sides say.
import { sends } from '../../rtc/direction.ts';
import type { Side } from '../../rtc/steps.ts';
import { areBoth, type Frame, type PeerFrame } from '../../trace/frame.ts';

/** How the path between both stands. */
export type PathState = 'none' | 'looking' | 'up' | 'broken' | 'closed';

/** The path's state at a moment, by what both sides say. */
export function pathState(frame: Frame): PathState {
  const both = [frame.caller, frame.callee];
  const has = (...states: readonly string[]) =>
    both.some(({ states: { connectionState: state } }) => state !== null && states.includes(state));
  if (has('closed')) return 'closed';
  if (has('failed', 'disconnected')) return 'broken';
  if (areBoth(frame, 'connected')) return 'up';
  return has('connecting', 'connected') ? 'looking' : 'none';
}

/**
 * Who has agreed to send sound or picture.
 * @param carries the call carries either: what holds where a recording knows of no transceivers
 */
export function mediaFrom(
  { caller, callee }: Frame,
  carries: boolean,
): Readonly<Record<Side, boolean>> {
  const has = ({ transceivers }: PeerFrame) =>
    transceivers.length === 0
      ? carries
      : transceivers.some(({ currentDirection }) => sends(currentDirection));
  return { caller: has(caller), callee: has(callee) };
}
