// What the small stage over the reader shows of a frame: what is on its way, and how the two are connected. Pure.
import { SIDES, type Side } from '../../rtc/steps.ts';
import { stepNumber, type Frame } from '../../trace/frame.ts';

/** The small stage. */
export interface MiniStage {
  /** The description that was sent in this step. */
  readonly message: { readonly type: 'offer' | 'answer'; readonly from: Side } | null;
  /** Who sent candidates in this step. */
  readonly candidates: Side | null;
  readonly path: 'none' | 'looking' | 'up' | 'failed';
}

/** The small stage of a frame. */
export function miniStage(frame: Frame): MiniStage {
  const current = stepNumber(frame);
  let message: MiniStage['message'] = null;
  let candidates: Side | null = null;
  for (let at = frame.messages.length - 1; at >= 0; at -= 1) {
    const posted = frame.messages.at(at);
    if (posted === undefined || posted.step < current) break;
    const { type, from } = posted;
    if (type === 'offer' || type === 'answer') message = { type, from };
    if (type === 'candidate') candidates = from;
  }
  return { message, candidates, path: pathOf(frame) };
}

function pathOf(frame: Frame): MiniStage['path'] {
  const states = SIDES.map((side) => frame[side].states.connectionState);
  if (frame.progress === 'failed' || states.includes('failed')) return 'failed';
  if (states.every((state) => state === 'connected')) return 'up';
  return states.includes('connecting') || states.includes('connected') ? 'looking' : 'none';
}
