// What must not happen on any page: an uncaught error, a console error, a broken policy, a request elsewhere.
import { expect, type BrowserContext } from '@playwright/test';

/** Collects complaints about the pages of a context. */
export class Watch {
  readonly #complaints: string[] = [];
  readonly #origins: Set<string>;
  readonly #forgiven: RegExp[] = [];

  constructor(baseURL: string) {
    this.#origins = new Set([new URL(baseURL).origin]);
  }

  /** Watches every page of a context, those of now and those to come. */
  async over(context: BrowserContext): Promise<void> {
    context.on('weberror', (error) => {
      this.#complain(`uncaught ${error.error().stack ?? error.error().message}`);
    });
    context.on('console', (message) => {
      if (message.type() === 'error') this.#complain(`console ${message.text()}`);
    });
    context.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol.startsWith('http') && !this.#origins.has(origin)) {
        this.#complain(`request ${request.url()}`);
      }
    });
    await context.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) => {
        console.error(`policy ${event.violatedDirective} ${event.blockedURI}`);
      });
    });
  }

  /** Takes another origin for the page's own. */
  allow(origin: string): void {
    this.#origins.add(origin);
  }

  /** Expects complaints like this one, because the test provokes them. */
  forgive(pattern: RegExp): void {
    this.#forgiven.push(pattern);
  }

  /** Fails the test when there was anything to complain of. */
  check(): void {
    expect(this.#complaints).toEqual([]);
  }

  #complain(text: string): void {
    if (!this.#forgiven.some((pattern) => pattern.test(text))) this.#complaints.push(text);
  }
}
