// Whether there is a path between the two people, by what both sides say.
import { areBoth, type Frame } from '../../trace/frame.ts';

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
