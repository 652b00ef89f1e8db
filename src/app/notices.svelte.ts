// The notices of a page: added when something should be said, gone when closed, and news when the walk goes on.
import { errorInfo } from '../peers/error.ts';
import type { Notice } from '../views/notice/notice.ts';
import { UnloadedError } from './unloaded-error.ts';

/** A list of notices, the newest last: at most three bad ones, which stay until they are closed, and one of news. */
export class Notices {
  #list = $state.raw<readonly Notice[]>([]);
  #count = 0;

  get list(): readonly Notice[] {
    return this.#list;
  }

  /** Adds a notice and gives its id. Its text is asked for anew when the language changes. */
  add(
    text: () => string,
    detail: string | null = null,
    tone: Notice['tone'] = 'plain',
    canReload = false,
  ): number {
    this.#count += 1;
    const id = this.#count;
    const bad = this.#list.filter((notice) => notice.tone === 'bad');
    this.#list = [...bad, { id, tone, text, detail, canReload }].slice(-3);
    return id;
  }

  /** The walk has gone on: what was news is none any more. */
  goOn(): void {
    if (this.#list.some(({ tone }) => tone === 'plain')) {
      this.#list = this.#list.filter(({ tone }) => tone === 'bad');
    }
  }

  /** Adds a notice of something that was thrown, with its real name and message. */
  error(text: () => string, thrown: unknown): void {
    const { name, message } = errorInfo(thrown);
    this.add(text, `${name}: ${message}`, 'bad', thrown instanceof UnloadedError);
  }

  /** Takes a notice away. */
  close(id: number): void {
    this.#list = this.#list.filter((notice) => notice.id !== id);
  }
}
