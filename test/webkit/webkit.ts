// What the WebKit tests share: the built app served, the browser on a screen that nobody sees, and hands and eyes on it.
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { Builder, type WebDriver } from 'selenium-webdriver';
import { afterAll, beforeAll } from 'vitest';
import { isRoot, webkitPaths } from '../../scripts/browser.js';
import { serveApp } from '../support/serve.ts';

/** Where WebKit is; undefined where there is none, and then nothing here can run. */
export const paths = webkitPaths();

export type Theme = 'light' | 'dark';

/** The looks that are tested. */
export const THEMES = ['light', 'dark'] as const satisfies readonly Theme[];

/** Without a graphics card and on a busy machine the matrix takes most of a minute. */
const PATIENCE = 120_000;

/** Starts a program that ends with this process, and whatever it has started by then ends with it. */
function start(command: string, args: readonly string[], display?: string): ChildProcess {
  const env: NodeJS.ProcessEnv = { ...process.env, LANGUAGE: 'en_US' };
  if (display !== undefined) env['DISPLAY'] = display;
  // WebKit's sandbox refuses root, as Chromium's does.
  if (isRoot) env['WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS'] = '1';
  const stdio = ['ignore', 'ignore', 'inherit', 'pipe'] as const;
  // A group of its own, so that all of it can be ended at once.
  const child = spawn(command, args, { stdio: [...stdio], env, detached: true });
  child.on('error', (error) => {
    throw error;
  });
  process.on('exit', () => {
    end(child);
  });
  return child;
}

function end(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Ended already.
  }
}

/** Starts a screen and gives its name. */
async function openScreen(program: string): Promise<{ screen: ChildProcess; display: string }> {
  // It takes the first number that is free, and writes it to the channel 3.
  const args = ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp'];
  const screen = start(program, args);
  const number = await new Promise<string>((resolve, reject) => {
    screen.stdio[3]?.once('data', (said: Buffer) => {
      resolve(said.toString().trim());
    });
    screen.once('exit', () => {
      reject(new Error('Xvfb ended before it had a screen.'));
    });
  });
  return { screen, display: `:${number}` };
}

/** A port that is free now. The driver can't be told to find one. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Waits until a server answers at an address. */
async function untilAnswers(url: string): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  const answers = () =>
    fetch(url).then(
      (response) => response.ok,
      () => false,
    );
  while (!(await answers())) {
    if (Date.now() > deadline) throw new Error(`${url} does not answer.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The app in WebKit. */
export class AppPage {
  readonly driver: WebDriver;
  readonly #address: string;

  constructor(driver: WebDriver, address: string) {
    this.driver = driver;
    this.#address = address;
  }

  /** Opens the app anew at a place, with nothing kept, and listens for what goes wrong. */
  async open(hash = '', theme: Theme = 'light'): Promise<void> {
    await this.driver.get(this.#address);
    await this.run((wanted: string) => {
      localStorage.clear();
      sessionStorage.clear();
      localStorage.setItem('peerglass:theme', wanted);
    }, theme);
    // Another document in between: a new hash alone would not load the app again.
    await this.driver.get('about:blank');
    await this.driver.get(`${this.#address}${hash}`);
    await this.run(() => {
      const complaints: string[] = [];
      Object.assign(window, { complaints });
      addEventListener('error', ({ message }) => {
        // WebKit tells as an error that what a size changed is measured with the next frame, as it should be.
        if (!message.startsWith('ResizeObserver loop')) complaints.push(message);
      });
      addEventListener('unhandledrejection', (event) => complaints.push(String(event.reason)));
      document.addEventListener('securitypolicyviolation', (event) =>
        complaints.push(`policy: ${event.violatedDirective} ${event.blockedURI}`),
      );
    });
    await this.until(() => document.querySelector('h1') !== null);
    await this.resize(1440, 900);
  }

  /** What went wrong since the page was opened. */
  complaints(): Promise<string[]> {
    return this.run(() => (window as unknown as { complaints: string[] }).complaints);
  }

  /** Runs a function in the page. It sees nothing but the page and its arguments. */
  run<T, A extends readonly unknown[]>(inPage: (...args: A) => T, ...args: A): Promise<T> {
    return this.driver.executeScript<T>(inPage, ...args);
  }

  /** Waits until a function says true in the page. */
  async until<A extends readonly unknown[]>(
    inPage: (...args: A) => boolean,
    ...args: A
  ): Promise<void> {
    const what = `${String(inPage)} of ${JSON.stringify(args)}`;
    await this.driver.wait(() => this.run(inPage, ...args), PATIENCE, what, 50);
  }

  /** Waits for a text in what a selector finds. */
  async untilText(selector: string, text: string): Promise<void> {
    await this.until(
      (where: string, wanted: string) =>
        [...document.querySelectorAll(where)].some((each) => each.textContent.includes(wanted)),
      selector,
      text,
    );
  }

  /** Makes the page this large. Its window has a bar above the page, and no less width than the bar needs. */
  async resize(width: number, height: number): Promise<void> {
    const window = this.driver.manage().window();
    const bar = await this.run(() => outerHeight - innerHeight);
    await window.setRect({ x: 0, y: 0, width, height: height + bar });
    await this.until((wide: number) => innerWidth === wide, width);
    // And drawn so.
    await this.driver.executeAsyncScript((done: () => void) => {
      requestAnimationFrame(() => requestAnimationFrame(() => done()));
    });
  }

  /** Presses the first of what a selector finds that has a text. */
  async press(selector: string, text = ''): Promise<void> {
    await this.untilText(selector, text);
    const found = await this.driver.findElements({ css: selector });
    for (const each of found) {
      if ((await each.getText()).includes(text)) {
        await each.click();
        return;
      }
    }
    throw new Error(`Nothing at ${selector} shows "${text}".`);
  }

  /** Goes over whole steps until the walk stands at the end of a step, with nothing under way. */
  async walkTo(step: number, from = 0): Promise<void> {
    for (let next = from + 1; next <= step; next += 1) {
      await this.run(() => {
        const key = { key: 'ArrowRight', ctrlKey: true, bubbles: true, cancelable: true };
        document.body.dispatchEvent(new KeyboardEvent('keydown', key));
      });
      await this.until(
        (wanted: number) =>
          document.title.startsWith(`${String(wanted)} · `) &&
          document.querySelector('.where:not(.busy)') !== null,
        next,
      );
    }
  }
}

/** Serves the app and opens WebKit for the tests of a file. */
export function useWebKit(): () => AppPage {
  let page: AppPage | undefined;
  const ends: (() => unknown)[] = [];
  if (paths !== undefined) {
    beforeAll(async () => {
      const { address, stop } = await serveApp();
      ends.push(stop);
      const { screen, display } = await openScreen(paths.screen);
      ends.push(() => {
        end(screen);
      });
      const port = await freePort();
      const service = start(paths.driver, [`--port=${port}`, '--host=127.0.0.1'], display);
      ends.push(() => {
        end(service);
      });
      const url = `http://127.0.0.1:${port}`;
      await untilAnswers(`${url}/status`);
      const driver = new Builder()
        .usingServer(url)
        .withCapabilities({
          browserName: 'MiniBrowser',
          'webkitgtk:browserOptions': { binary: paths.browser, args: ['--automation'] },
        })
        .build();
      ends.push(() => driver.quit());
      await driver.getSession();
      page = new AppPage(driver, address);
    });
    afterAll(async () => {
      for (const each of ends.reverse()) await each();
    });
  }
  return () => {
    if (page === undefined) throw new Error('WebKit is not open.');
    return page;
  };
}
