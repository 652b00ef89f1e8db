// A walk as a learner makes it: the page, what is found on it by role and name, and the moves.
import { expect, type Locator, type Page } from '@playwright/test';
import { readScreen } from './screen.ts';
import { WORDS, type Locale } from './words.ts';

export const MACHINES = [
  'signalingState',
  'iceGatheringState',
  'iceConnectionState',
  'connectionState',
] as const;
export type Side = 'caller' | 'callee';
export type Tab = 'Network' | 'SDP' | 'ICE' | 'States' | 'Code' | 'Log' | 'Transport';
export const TABS: readonly Tab[] = ['SDP', 'ICE', 'States', 'Code', 'Log', 'Transport'];
export const SIDES: readonly Side[] = ['caller', 'callee'];
export const LAST = 14;

/** The headings of the two steps of hanging up, which come after whatever has happened. */
export const HANGING_UP = [
  'Step 1 of 2: The caller says that it hangs up',
  'Step 2 of 2: Both sides close their connections',
] as const;

/** What links call the steps; the place at [n] is step n's. */
export const STEP_IDS = [
  '',
  'capture-caller',
  'add-tracks',
  'create-offer',
  'set-local-offer',
  'gather-candidates',
  'send-offer',
  'set-remote-offer',
  'capture-callee',
  'create-answer',
  'set-local-answer',
  'send-answer',
  'receive-answer',
  'set-remote-answer',
  'connect',
] as const;

/** A page with the app on it. */
export class Walk {
  readonly page: Page;
  readonly locale: Locale;
  readonly heading: Locator;
  readonly slider: Locator;
  /** The explanation of what stopped a step. */
  readonly trouble: Locator;
  readonly notices: Locator;

  constructor(page: Page, locale: Locale = 'en') {
    this.page = page;
    this.locale = locale;
    this.heading = page.getByRole('heading', { level: 1 });
    this.slider = page.getByRole('slider', { name: this.words.timeline });
    this.trouble = page.getByRole('alert');
    this.notices = page.locator('.notices');
  }

  get words() {
    return WORDS[this.locale];
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  region(side: Side): Locator {
    return this.page.getByRole('region', { name: this.words[side], exact: true });
  }

  /** Opens the app, at a place when one is given. */
  async open(hash = ''): Promise<void> {
    await this.page.goto(`/${hash}`);
    await expect(this.slider).toBeVisible();
  }

  /** The number of the step on the screen. */
  async step(): Promise<number> {
    return Number(await this.slider.inputValue());
  }

  /** Waits until a step is on the screen and done or failed; one of the call's, unless its heading is given. */
  async at(
    step: number,
    heading: string | RegExp = this.words.heading(step, LAST),
    timeout = 15_000,
  ): Promise<void> {
    await this.#soon(step, heading, timeout);
    await expect(this.slider).toHaveValue(String(step));
    if (step > 0) await expect(this.heading).toHaveText(heading);
    await expect(this.page.locator('.caption')).not.toContainText(this.words.working);
    await expect(this.page.locator('.where.busy')).toHaveCount(0);
    // The tabs come one picture behind the rest.
    await expect(this.page.locator('.behind[aria-busy="true"]')).toHaveCount(0);
  }

  /**
   * Waits for the same as `at`, and looks for it often: an assertion looks again after a tenth, a quarter, a half and a
   * whole second, which over thousands of steps is most of the time that they take. What is not there by then, the
   * assertions tell.
   */
  async #soon(step: number, heading: string | RegExp, timeout: number): Promise<void> {
    const { source, flags } = typeof heading === 'string' ? { source: '', flags: '' } : heading;
    const wanted = { step, heading: typeof heading === 'string' ? heading : null, source, flags };
    await this.page
      .waitForFunction(
        (want) => {
          const slider = document.querySelector<HTMLInputElement>('input[type="range"]');
          if (slider?.value !== String(want.step)) return false;
          const text = (document.querySelector('h1')?.textContent ?? '')
            .replace(/\s+/g, ' ')
            .trim();
          const isThere =
            want.heading === null
              ? new RegExp(want.source, want.flags).test(text)
              : text === want.heading;
          if (want.step > 0 && !isThere) return false;
          return document.querySelector('.where.busy, .behind[aria-busy="true"]') === null;
        },
        wanted,
        { polling: 20, timeout },
      )
      .catch(() => undefined);
  }

  /** Presses Next once, and waits for what it brings. */
  async next(): Promise<void> {
    const step = await this.step();
    await this.button(this.words.next).click();
    await this.at(step + 1);
  }

  /** Presses Back once. */
  async back(): Promise<void> {
    const step = await this.step();
    await this.button(this.words.previous).click();
    await this.at(step - 1);
  }

  /** Presses Next until a step is reached. */
  async nextTo(step: number): Promise<void> {
    for (let now = await this.step(); now < step; now += 1) await this.next();
  }

  /** Goes over steps, whatever they are made of, until one is reached: to the end of each. */
  async overTo(step: number): Promise<void> {
    await this.unfocus();
    for (let now = await this.step(); now < step; now += 1) {
      await this.page.keyboard.press('Control+ArrowRight');
      await this.at(now + 1);
    }
  }

  /** The same as `nextTo` by the arrow key, for a page behind others: it draws too seldom for the mouse to wait for. */
  async arrowTo(step: number): Promise<void> {
    await this.unfocus();
    for (let now = await this.step(); now < step; now += 1) {
      await this.page.keyboard.press('ArrowRight');
      await this.at(now + 1);
    }
  }

  /** Goes to a step by the timeline. */
  async seek(step: number): Promise<void> {
    await this.slider.fill(String(step));
    await this.at(step);
  }

  /** Runs the call to its end, and sees that it is up. */
  async finish(): Promise<void> {
    await this.button(this.words.last).click();
    await this.at(LAST, undefined, 40_000);
    await this.connected();
  }

  /** Opens the walk's own menu, which is part of the page's on a phone, and gives a line of it. */
  async openTools(name: string): Promise<Locator> {
    const { tools, menu } = this.words;
    await this.button(tools).or(this.button(menu)).filter({ visible: true }).click();
    await expect(this.page.getByRole('menu')).toBeVisible();
    return this.page.getByRole('menuitem', { name, exact: true });
  }

  /** Does what a line of the walk's own menu does. */
  async tool(name: string): Promise<void> {
    await (await this.openTools(name)).click();
  }

  /** Sees that the walk's own menu has a line, or has not. */
  async hasTool(name: string, has: boolean): Promise<void> {
    const line = await this.openTools(name);
    await expect(line).toHaveCount(has ? 1 : 0);
    await this.page.keyboard.press('Escape');
    await expect(this.page.getByRole('menu')).toHaveCount(0);
  }

  /** Whether the call can be hung up. */
  async canHangUp(): Promise<boolean> {
    const count = await (await this.openTools('Hang up')).count();
    await this.page.keyboard.press('Escape');
    return count > 0;
  }

  /** Opens a recording from a file. */
  async openRecording(file: Upload): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    await this.tool('Open recording…');
    await (await chooser).setFiles(file);
  }

  /** Opens the card of an act at the end of another: it asks who, and how. */
  async openAct(name: string): Promise<void> {
    const card = this.page.locator('#next button[aria-expanded="false"]');
    await card.filter({ has: this.page.getByText(name, { exact: true }) }).click();
  }

  /** Begins the act whose card is open. */
  async startAct(name: string, by: Side): Promise<void> {
    await this.button(this.words.actBy(name, by)).click();
  }

  /** Chooses an act at the end of another. */
  async act(name: string, by: Side): Promise<void> {
    await this.openAct(name);
    await this.startAct(name, by);
  }

  /** Hangs up by the menu, and goes on to where both sides are closed. Gives the number of that step. */
  async hangUp(): Promise<number> {
    await this.tool('Hang up');
    await expect(this.heading).toHaveText(HANGING_UP[0]);
    const over = (await this.step()) + 1;
    await this.button(this.words.next).click();
    await this.at(over, HANGING_UP[1]);
    for (const side of SIDES) {
      await expect(this.state(side, 'connectionState')).toHaveText(/^(closed|—)$/);
    }
    return over;
  }

  /** Sees that both sides are connected. */
  async connected(): Promise<void> {
    for (const side of SIDES) {
      await expect(this.state(side, 'connectionState')).toHaveText('connected');
      await expect(this.state(side, 'iceConnectionState')).toHaveText(/^(connected|completed)$/);
    }
  }

  /** Where the value of one of the four states stands. */
  state(side: Side, machine: (typeof MACHINES)[number]): Locator {
    return this.region(side).getByRole('definition').nth(MACHINES.indexOf(machine));
  }

  /** Opens what both sides say over the data channel. */
  async openTalk(): Promise<void> {
    await this.button('say something').click();
    await expect(this.page.getByRole('dialog', { name: 'The data channel' })).toBeVisible();
  }

  /** Opens a tab and gives its panel. */
  async tab(name: Tab): Promise<Locator> {
    const named = { name: this.words.tabs[name] ?? name, exact: true };
    await this.page.getByRole('tab', named).click();
    const panel = this.page.getByRole('tabpanel', named);
    await expect(panel).toBeVisible();
    return panel;
  }

  /** Everything on the screen as text; see `readScreen`. */
  screen(): Promise<string> {
    return this.page.evaluate(readScreen);
  }

  /** The screen once two looks at it are the same: what trickles in has come. */
  async steadyScreen(): Promise<string> {
    let last = '';
    await expect
      .poll(async () => {
        const [before, now] = [last, await this.screen()];
        last = now;
        return now === before;
      })
      .toBe(true);
    return last;
  }

  /** Takes the focus off whatever has it, so that keys are the page's. */
  async unfocus(): Promise<void> {
    await this.page.evaluate(() => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    });
  }

  /** Drops a file on the page. */
  async drop(file: { readonly name: string; readonly type: string; readonly text: string }) {
    const transfer = await this.page.evaluateHandle(({ name, type, text }) => {
      const data = new DataTransfer();
      data.items.add(new File([text], name, { type }));
      return data;
    }, file);
    await this.page.locator('main').dispatchEvent('drop', { dataTransfer: transfer });
  }

  /** Has a button open the chooser, and gives it a file. */
  async choose(button: Locator, file: Upload): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    await button.click();
    await (await chooser).setFiles(file);
  }
}

/** A file that is given to a chooser. */
export interface Upload {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}
