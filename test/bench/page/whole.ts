// A whole run through machine, channel and recorder: each next step is asked for as soon as it can be had.
import { Life } from '../../../src/call/life.ts';
import { randomId } from '../../../src/app/random-id.ts';
import { Run } from '../../../src/app/run.ts';
import { CALL_STEPS } from '../../../src/rtc/steps.ts';

/** Runs all 14 steps of a call with a test card, a tone and a data channel, and gives how long they took. */
export async function wholeRun(): Promise<number> {
  const began = performance.now();
  let run: Run | null = null;
  await new Promise<void>((resolve, reject) => {
    let looking = false;
    const changed = () => {
      if (looking) return;
      looking = true;
      queueMicrotask(() => {
        looking = false;
        if (run === null) return;
        const { settled, busy, failed } = run.progress;
        if (failed) reject(new Error(`step ${settled + 1} failed`));
        else if (settled === CALL_STEPS.length) resolve();
        else if (!busy) run.next();
      });
    };
    run = new Run({
      id: randomId(),
      options: {
        peers: 'browser',
        media: 'synthetic',
        carry: { audio: true, video: true, data: true },
        trickle: true,
        iceServers: [],
        network: null,
      },
      iceServers: [],
      source: (side) => ({ media: 'synthetic', audio: true, video: true, label: side }),
      screen: () => ({ media: 'screen', audio: false, video: true, lines: [] }),
      changed,
      life: new Life(),
    });
    changed();
  });
  const took = performance.now() - began;
  (run as Run | null)?.abandon();
  return took;
}
