// A lesson's run in Node: virtual peers need no browser. It is walked step by step, act by act.
import { vi } from 'vitest';
import { actById } from '../../../src/app/walk/act-registry.ts';
import { Run } from '../../../src/app/walk/run.ts';
import { Stage } from '../../../src/app/walk/stage.ts';
import type { ActScript } from '../../../src/call/act.ts';
import { Life } from '../../../src/call/life.ts';
import type { NetLesson } from '../../../src/lessons/net/lessons.ts';
import type { FaultyMail } from '../../support/faulty-mail.ts';
import type { ActSettings, Side } from '../../../src/rtc/steps.ts';
import type { RunOptions } from '../../../src/trace/event.ts';

/** How often it is looked whether a step is over, in ms. */
const PACE = 1;

/** A run on a stage, and its steps. */
export class LessonRun {
  readonly run: Run;
  readonly #lesson: NetLesson;
  readonly #stage: Stage;
  readonly #soon: { readonly timeout: number; readonly interval: number };
  /** How many events there were when the act at hand was known to be over; null until then. */
  lengthWhenOver: number | null = null;

  /**
   * @param mail does something to the messages
   * @param pace how often it is looked whether a step is over, in ms: a slow learner has a large one
   */
  constructor(
    lesson: NetLesson,
    options: Partial<RunOptions> = {},
    mail?: FaultyMail,
    pace: number = PACE,
  ) {
    // Node 20 has none; a record says which program made it.
    vi.stubGlobal('navigator', { userAgent: 'Node' });
    this.#lesson = lesson;
    this.#soon = { timeout: 30_000, interval: pace };
    const { id, network: description, profile } = lesson;
    const network = { lesson: id, seed: 1, profile, description };
    const stage = new Stage(lesson, network);
    this.#stage = stage;
    if (mail !== undefined) {
      const pairOf = stage.channels.bind(stage);
      stage.channels = (session) =>
        mail.around(pairOf(session), (task, ms) => {
          stage.timers.setTimeout(task, ms);
        });
    }
    const none = () => {
      throw new Error('A stage has its own source.');
    };
    this.run = new Run({
      options: {
        ...{ carry: { audio: true, video: true, data: true }, trickle: true, iceServers: [] },
        ...{ media: 'virtual', peers: 'virtual', ...options, network },
      },
      ...{ id: `${id}-run`, iceServers: [], source: none, screen: none },
      ...{ life: new Life(), stage: this.#stage },
      changed: () => {
        const { final, failed } = this.run.progress;
        if (final || failed) this.lengthWhenOver ??= this.run.trace.length;
      },
    });
  }

  /** Walks the call to its end, and the acts that the lesson goes on with. */
  async whole(): Promise<void> {
    this.run.plan(
      this.#lesson.acts.map(({ id, by }) => {
        const script = actById(id)?.script;
        if (script === undefined) throw new Error(`There is no act ${id}.`);
        return { script, by, settings: {} };
      }),
    );
    await this.call();
  }

  /** Walks the call to its end, and waits until nothing more happens by itself. */
  async call(): Promise<void> {
    this.run.next();
    await this.#walk(1);
  }

  /** Performs an act to its end. @returns the numbers of its first step and of its last */
  async perform(
    script: ActScript,
    by: Side,
    settings: ActSettings = {},
  ): Promise<{ readonly first: number; readonly last: number }> {
    const first = this.run.perform(script, by, settings);
    await this.#walk(first);
    return { first, last: this.run.progress.settled };
  }

  /** Tries the step again that has failed, and goes on. */
  async again(): Promise<void> {
    const { run } = this;
    const first = run.progress.settled + 1;
    run.retry();
    await this.#walk(first);
  }

  async #walk(first: number): Promise<void> {
    const { run } = this;
    for (let step = first; ; step += 1) {
      await vi.waitUntil(() => run.progress.settled >= step || run.progress.failed, this.#soon);
      if (run.progress.failed || run.progress.final) break;
      run.next();
    }
    await vi.waitUntil(() => this.#stage.rests, this.#soon);
  }
}
