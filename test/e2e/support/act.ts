// An act after the call as a learner makes it: chosen from what can come next, and walked by the steps within it.
import { expect, type Page } from '@playwright/test';
import { LAST, type Side, type Walk } from './walk.ts';

/** What links call the steps of sharing a screen; the place at [n] is step n's. */
export const SHARE_STEPS = [
  '',
  'capture-screen',
  'add-track',
  'create-offer',
  'set-local-offer',
  'send-offer',
  'set-remote-offer',
  'create-answer',
  'set-local-answer',
  'send-answer',
  'set-remote-answer',
  'media-flows',
] as const;

/** An act that comes right after the call. Its steps are numbered within it here. */
export class ActWalk {
  readonly #walk: Walk;
  readonly by: Side;
  readonly steps: readonly string[];

  constructor(walk: Walk, by: Side, steps: readonly string[] = SHARE_STEPS) {
    this.#walk = walk;
    this.by = by;
    this.steps = steps;
  }

  get page(): Page {
    return this.#walk.page;
  }

  get other(): Side {
    return this.by === 'caller' ? 'callee' : 'caller';
  }

  /** The number of the last step. */
  get last(): number {
    return this.steps.length - 1;
  }

  /** Chooses the act by its name, and waits for its first step. */
  async begin(name: string): Promise<void> {
    const { words } = this.#walk;
    await this.#walk.button(words.whatNext).click();
    await this.#walk.act(name, this.by);
    await this.at(1);
  }

  /** Waits until a step is on the screen and done or failed. */
  async at(step: number): Promise<void> {
    await this.#walk.at(LAST + step, this.#walk.words.heading(step, this.last));
  }

  /** Presses Next once, and waits for what it brings. */
  async next(): Promise<void> {
    const step = await this.step();
    await this.#walk.button(this.#walk.words.next).click();
    await this.at(step + 1);
  }

  /** Presses Next until a step is reached. */
  async nextTo(step: number): Promise<void> {
    for (let now = await this.step(); now < step; now += 1) await this.next();
  }

  /** Runs the act to its end by one press. */
  async finish(): Promise<void> {
    await this.#walk.button(this.#walk.words.last).click();
    await this.at(this.last);
  }

  /** Presses Back once. */
  async back(): Promise<void> {
    const step = await this.step();
    await this.#walk.button(this.#walk.words.previous).click();
    await this.at(step - 1);
  }

  /** Goes to a step by the timeline. */
  async seek(step: number): Promise<void> {
    await this.#walk.slider.fill(String(LAST + step));
    await this.at(step);
  }

  /** The number within the act of the step on the screen. */
  async step(): Promise<number> {
    return (await this.#walk.step()) - LAST;
  }

  /** Sees that the page's address is that of a step. */
  async linked(
    step: number,
    { lesson = 'call' }: { readonly lesson?: string } = {},
  ): Promise<void> {
    const query = this.by === 'callee' ? 'by=callee' : '';
    const link = `#/${lesson}/share-screen/${this.steps[step] ?? ''}${query === '' ? '' : `?${query}`}`;
    await expect.poll(() => new URL(this.page.url()).hash).toBe(link);
  }
}
