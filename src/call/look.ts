// Looking at what flows: both sides' RTP counters, twice, with a moment in between.
import { rtpStreams } from '../peers/rtp-stats.ts';
import { SIDES } from '../rtc/steps.ts';
import type { Call } from './call.ts';

/** How long is looked, in ms. */
export const LOOK_TIME = 1000;
/** How long what is under way may take to arrive before, in ms. */
export const SETTLE_TIME = 300;
/** How long an encoder may take until it follows what it was told, in ms. */
export const ENCODER_TIME = 2000;

/** Counts what each side sends and receives for a moment, and records both counts. */
export async function look(
  call: Call,
  signal: AbortSignal,
  settle: number = SETTLE_TIME,
): Promise<void> {
  call.play();
  await call.pause(settle, signal);
  call.play();
  await readAll(call);
  await call.pause(LOOK_TIME, signal);
  await readAll(call);
}

async function readAll(call: Call): Promise<void> {
  await Promise.all(
    SIDES.map(async (side) => {
      const streams = rtpStreams(await call.ends[side].peer.getStats());
      call.write({ kind: 'rtp', side, streams });
    }),
  );
}
