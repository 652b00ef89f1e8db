// What the Firefox tests share: the built app served, the browser, and hands and eyes on a page.
import { launch, type Browser, type Page } from 'puppeteer-core';
import { afterAll, beforeAll } from 'vitest';
import { firefoxPath } from '../../scripts/browser.js';
import { serveApp } from '../support/serve.ts';

/** Where Firefox is; undefined where there is none, and then nothing here can run. */
export const path = firefoxPath();

/** A page with the app in it, and what went wrong there. */
export interface AppPage {
  readonly page: Page;
  /** Errors in the console, exceptions, and breaches of the page's policy. */
  readonly complaints: readonly string[];
}

/** The four states of a side, as the stage shows them. */
export type States = Readonly<Record<string, string>>;

export const SIDES = ['caller', 'callee'] as const;
export type Side = (typeof SIDES)[number];

/** Opens Firefox, with a camera that needs nobody. */
export async function launchFirefox(): Promise<Browser> {
  if (path === undefined) throw new Error('There is no Firefox.');
  return launch({
    browser: 'firefox',
    executablePath: path,
    headless: true,
    extraPrefsFirefox: {
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': true,
    },
  });
}

/** Serves the app and opens Firefox for the tests of a file. Gives what opens a page of its own, with its own storage. */
export function useFirefox(): (hash?: string) => Promise<AppPage> {
  let address = '';
  let browser: Browser | undefined;
  let stop: () => Promise<void> = () => Promise.resolve();
  if (path !== undefined) {
    beforeAll(async () => {
      ({ address, stop } = await serveApp());
      browser = await launchFirefox();
    });
    afterAll(async () => {
      await browser?.close();
      await stop();
    });
  }
  return async (hash = '') => {
    if (browser === undefined) throw new Error('Firefox is not open.');
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await page.setViewport({ width: 1440, height: 900 });
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.evaluateOnNewDocument(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
      });
    });
    await page.goto(`${address}${hash}`);
    await page.waitForSelector('h1');
    return { page, complaints };
  };
}

/** Waits until the walk stands at the end of a step, with nothing under way. */
export async function untilStep(page: Page, step: number): Promise<void> {
  await page.waitForFunction(
    (wanted: number) =>
      (wanted === 0
        ? document.title === 'Peerglass'
        : document.title.startsWith(`${String(wanted)} · `)) &&
      document.querySelector('.where:not(.busy)') !== null,
    { timeout: 60_000 },
    step,
  );
}

/** Walks by the key that goes over whole steps until the walk stands at the end of a step. */
export async function walkTo(page: Page, step: number, from = 0): Promise<void> {
  for (let next = from + 1; next <= step; next += 1) {
    await page.keyboard.down('Control');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.up('Control');
    await untilStep(page, next);
  }
}

/** Presses Next by a script: a page in the background gets no keys. */
export async function clickTo(page: Page, step: number, from = 0): Promise<void> {
  for (let next = from + 1; next <= step; next += 1) {
    await page.$eval('button.next', (button) => {
      button.click();
    });
    await untilStep(page, next);
  }
}

/** Reads a side's states on the stage. */
export function statesOf(page: Page, side: Side): Promise<States> {
  return page.$$eval(`section.person.${side} .states > div`, (rows) =>
    Object.fromEntries(
      rows.map((row) => [
        row.querySelector('dt')?.textContent ?? '',
        row.querySelector('dd')?.textContent ?? '',
      ]),
    ),
  );
}

/** Waits until both sides say that their connection is in a state. */
export async function untilBoth(page: Page, state: string): Promise<void> {
  await page.waitForFunction(
    (wanted: string) =>
      ['caller', 'callee'].every((side) =>
        [...document.querySelectorAll(`section.person.${side} .states > div`)].some(
          (row) =>
            row.querySelector('dt')?.textContent === 'connectionState' &&
            row.querySelector('dd')?.textContent === wanted,
        ),
      ),
    { timeout: 30_000 },
    state,
  );
}

/** Waits until both sides see themselves and each other move. */
export async function untilPictures(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      ['caller', 'callee'].every((side) => {
        const videos = [...document.querySelectorAll<HTMLVideoElement>(`.person.${side} video`)];
        return (
          videos.length === 2 &&
          videos.every((video) => video.videoWidth > 0 && video.currentTime > 0)
        );
      }),
    { timeout: 30_000 },
  );
}

/** Chooses an act of a side, with what is chosen of it, in the list at the end of one. */
export async function chooseAct(
  { page }: AppPage,
  act: string,
  side: string,
  chosen: readonly string[] = [],
): Promise<void> {
  await page.waitForSelector('#next');
  await page.evaluate((name: string) => {
    const cards = [...document.querySelectorAll<HTMLElement>('#next button.card')];
    const card = cards.find((each) => each.querySelector('b')?.textContent === name);
    if (card === undefined) throw new Error(`${name} can't be chosen.`);
    card.click();
  }, act);
  await page.waitForSelector(`#next .how button.${side}`);
  await page.evaluate((options: readonly string[]) => {
    const selects = [...document.querySelectorAll<HTMLSelectElement>('#next .how select')];
    for (const option of options) {
      const select = selects.find((each) =>
        [...each.options].some(({ value }) => value === option),
      );
      if (select === undefined) throw new Error(`${option} can't be chosen.`);
      select.value = option;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    }
  }, chosen);
  await page.locator(`#next .how button.${side}`).click();
}
