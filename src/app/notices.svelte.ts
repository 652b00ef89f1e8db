// The notices on the screen: added when something about the walk should be said, gone when closed or after a while.
import { errorInfo } from '../peers/error.ts';
import type { Notice } from '../views/notice/notice.ts';
import { UnloadedError } from './unloaded-error.ts';

/** How long a plain notice stays, in ms. A bad one stays until it is closed. */
const STAY = 8000;

/** A list of notices, newest last, at most three. */
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
    this.#list = [...this.#list, { id, tone, text, detail, canReload }].slice(-3);
    if (tone === 'plain') setTimeout(() => this.close(id), STAY);
    return id;
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
