// Whole runs without a screen: a lesson on its stage, or a call of this browser's peers, to the end of its last step.
import { vi } from 'vitest';
import { randomId } from '../../../src/app/random-id.ts';
import { actById } from '../../../src/app/walk/act-registry.ts';
import { Run, type RunSetup } from '../../../src/app/walk/run.ts';
import { Stage } from '../../../src/app/walk/stage.ts';
import { Life } from '../../../src/call/life.ts';
import type { NetLesson } from '../../../src/lessons/net/lessons.ts';
import type { RunOptions, TraceEvent } from '../../../src/trace/event.ts';

/** What a call carries unless told. */
export const ALL: RunOptions['carry'] = { audio: true, video: true, data: true };

/** What every run here is started with: it lasts as long as nobody ends it, and a made-up screen is shared. */
const setup = (): Pick<RunSetup, 'id' | 'iceServers' | 'screen' | 'changed' | 'life'> => ({
  id: randomId(),
  iceServers: [],
  screen: () => ({ media: 'screen', audio: false, video: true, lines: [] }),
  changed: () => undefined,
  life: new Life(),
});

const OPTIONS = { carry: ALL, trickle: true, iceServers: [], network: null } as const;

/** Asks for one step after the other, until the last is done or one has failed. */
export async function toTheEnd(run: Run): Promise<void> {
  for (let step = 1; !run.progress.final && !run.progress.failed; step += 1) {
    run.next(step);
    await vi.waitUntil(() => run.progress.settled >= step || run.progress.failed, {
      timeout: 90_000,
      interval: 5,
    });
  }
}

/** Walks a lesson until nothing more happens in it. */
export async function walkLesson(
  lesson: NetLesson,
  options: Partial<RunOptions> = {},
): Promise<Run> {
  const { id, network: description, profile } = lesson;
  const network = { lesson: id, seed: 1, profile, description };
  const stage = new Stage(lesson, network);
  const run = new Run({
    ...setup(),
    options: { ...OPTIONS, media: 'virtual', peers: 'virtual', ...options, network },
    source: () => {
      throw new Error('A stage has its own source.');
    },
    stage,
  });
  run.plan(
    lesson.acts.flatMap(({ id: act, by }) => {
      const script = actById(act)?.script;
      return script === undefined ? [] : [{ script, by, settings: {} }];
    }),
  );
  await toTheEnd(run);
  await vi.waitUntil(() => stage.rests, { timeout: 30_000, interval: 5 });
  return run;
}

/** A call of this browser's peers, with the test card. */
export function browserRun(options: Partial<RunOptions> = {}): Run {
  const { carry = ALL } = options;
  return new Run({
    ...setup(),
    options: { ...OPTIONS, media: 'synthetic', peers: 'browser', ...options },
    source: (side) => ({
      ...{ media: 'synthetic', label: side },
      ...{ audio: carry.audio, video: carry.video },
    }),
  });
}

type Exception = Extract<TraceEvent, { kind: 'exception' }>;

/** Calls that threw or were rejected and that nothing on the screen would explain. */
export function unexplained({ trace }: Run): readonly Exception[] {
  const { events } = trace;
  return events.filter(
    (event): event is Exception =>
      event.kind === 'exception' &&
      !events.some((later) => {
        if (later.n < event.n) return false;
        const problem =
          later.kind === 'problem' || later.kind === 'step' ? (later.problem ?? null) : null;
        return (
          problem?.error?.name === event.error.name && problem.error.message === event.error.message
        );
      }),
  );
}
