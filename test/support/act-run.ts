// A call of this browser's peers that is walked act by act without a screen, each step asked for as soon as it can be had.
import { randomId } from '../../src/app/random-id.ts';
import { Run, type RunSetup } from '../../src/app/walk/run.ts';
import type { ActScript } from '../../src/call/act.ts';
import { Life } from '../../src/call/life.ts';
import { CALL_STEPS, type ActSettings, type Side } from '../../src/rtc/steps.ts';

/** What an act negotiates is over before the step in which both sides look at what came of it. */
function lastOwnStep(steps: readonly { readonly side: Side | 'both' }[]): number {
  const isOwn = ({ side }: { readonly side: Side | 'both' }) => side !== 'both';
  return steps.findLastIndex(isOwn) + 1;
}

/** A run, and what waits for it. */
export class ActRun {
  readonly run: Run;
  #told: () => void = () => undefined;
  #last = 0;

  /** @param setup what is to be other than in a call of a test card and a tone */
  constructor(setup: Partial<RunSetup> = {}) {
    this.run = new Run({
      ...{ id: randomId(), iceServers: [], life: new Life() },
      options: {
        ...{ peers: 'browser', media: 'synthetic', trickle: true, iceServers: [], network: null },
        carry: { audio: true, video: true, data: false },
      },
      source: (side) => ({ media: 'synthetic', audio: true, video: true, label: side }),
      screen: () => ({ media: 'screen', audio: false, video: true, lines: [] }),
      changed: () => {
        this.#told();
      },
      ...setup,
    });
  }

  /** Makes the call. */
  async connect(): Promise<void> {
    await this.#reach(CALL_STEPS.length);
  }

  /** Performs an act up to its last step that is of one side. @throws Error where a step fails */
  async perform(script: ActScript, by: Side, settings: ActSettings = {}): Promise<void> {
    const first = this.run.perform(script, by, settings);
    await this.#reach(first - 1 + lastOwnStep(script.plan(by, settings).steps));
  }

  /** Tries the step again that has failed, and goes on. @throws Error where a step fails */
  async again(): Promise<void> {
    this.run.retry();
    await this.#reach(this.#last);
  }

  /** Resolves when a step is done. */
  #reach(step: number): Promise<void> {
    this.#last = step;
    return new Promise((resolve, reject) => {
      let isLooking = false;
      const look = () => {
        isLooking = false;
        const { settled, busy, failed } = this.run.progress;
        if (settled >= step) resolve();
        else if (failed) reject(new Error(`Step ${String(settled + 1)} failed.`));
        else if (!busy) this.run.next();
      };
      this.#told = () => {
        if (isLooking) return;
        isLooking = true;
        queueMicrotask(look);
      };
      this.#told();
    });
  }
}
