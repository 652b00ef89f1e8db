// Waiting in a virtual network for what states and NATs come to.
import { SIDES } from '../../rtc/steps.ts';
import type { Call } from '../call.ts';

/** How often it is looked, in virtual ms. */
const EVERY = 100;

/** Lets time go by until something is so, or patience is over: what was not seen is then said to be so. */
export async function untilSeen(
  call: Call,
  isSo: () => boolean,
  patience: number,
  signal: AbortSignal,
): Promise<void> {
  for (let waited = 0; waited < patience && !isSo(); waited += EVERY) {
    await call.pause(EVERY, signal);
  }
}

/** The same until both sides' connectionState is one of these. */
export function untilBoth(
  call: Call,
  states: readonly string[],
  patience: number,
  signal: AbortSignal,
): Promise<void> {
  const isSo = () => SIDES.every((side) => states.includes(call.ends[side].peer.connectionState));
  return untilSeen(call, isSo, patience, signal);
}
