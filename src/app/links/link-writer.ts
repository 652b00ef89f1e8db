// Writes the place into the address: steps replace the history entry, jumps push one. Browsers allow only so many.
import { afterNextFrame } from '../../views/next-frame.ts';

// Browsers stop a page that changes its address too often: Safari at 100 times in 10 s. These make 80 at most.
/** So many writes may follow at once. */
const BURST = 30;
/** How long it takes, in ms, until one more may. */
const EACH = 200;

/** Keeps the address in step with the screen. */
export class LinkWriter {
  /** How many writes may follow at once, as it was at `#since`. */
  #credit = BURST;
  #since = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #push = false;
  /** It is written after the next picture. */
  #due = false;
  /** The address as it was last written or followed. */
  #at = location.hash;

  readonly #walk: () => string;

  /** @param walk the id of the walk that is looked at: each entry of the history says which it is a place in */
  constructor(walk: () => string) {
    this.#walk = walk;
    // A reload right after a step finds the address of that step. The page is leaving: an entry that is pushed now is
    // not the one that is loaded again.
    addEventListener('pagehide', () => {
      this.#push = false;
      this.#flush();
    });
  }

  #pending: (() => string) | null = null;

  /** The walk that the present entry of the history is a place in; null where it says none. */
  get walk(): string | null {
    const state: unknown = history.state;
    const known = typeof state === 'object' && state !== null && 'walk' in state;
    return known && typeof state.walk === 'string' ? state.walk : null;
  }

  /** Says in the present entry which walk it is a place in. */
  name(): void {
    if (location.hash === this.#at && this.walk !== this.#walk()) {
      history.replaceState({ walk: this.#walk() }, '');
    }
  }

  /** Writes at once what waits to be written. */
  settle(): void {
    this.#flush();
  }

  /** The address was changed from outside and is followed: what was about to be written is of the past. */
  follow(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#pending = null;
    this.#push = false;
    this.#at = location.hash;
  }

  /** Says in the present entry where it leads, which the address that was followed left open. */
  correct(link: string): void {
    if (link !== location.hash) history.replaceState(history.state, '', link);
    this.#at = location.hash;
  }

  /**
   * Writes a link after the next picture, or later when many others were written just before.
   * @param passing the place is on the way to another: it need not be written at all
   */
  write(link: () => string, push: boolean, passing: boolean): void {
    this.#pending = link;
    this.#push ||= push;
    const credit = this.#credited();
    if (credit >= 1 && !passing) this.#flushSoon();
    else
      this.#timer ??= setTimeout(
        () => {
          this.#flush();
        },
        passing ? EACH : (1 - credit) * EACH,
      );
  }

  /** After the picture of the place: writing takes as long as many a view, and nobody waits for it. */
  #flushSoon(): void {
    if (this.#due) return;
    this.#due = true;
    afterNextFrame(() => {
      this.#due = false;
      this.#flush();
    });
  }

  #credited(): number {
    return Math.min(BURST, this.#credit + (performance.now() - this.#since) / EACH);
  }

  /** Writes a link as a place of its own, whatever was written just before: for what is rare, and must not wait. */
  writeNow(link: () => string): void {
    this.#pending = link;
    this.#push = true;
    this.#flush();
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const link = this.#pending?.();
    this.#pending = null;
    if (link === undefined) return;
    const push = this.#push;
    this.#push = false;
    // It was changed by the browser's Back or by hand, and is about to be followed: that is the newer wish.
    if (location.hash !== this.#at) return;
    const walk = this.#walk();
    if (link === location.hash && walk === this.walk) return;
    this.#credit = Math.max(0, this.#credited() - 1);
    this.#since = performance.now();
    if (push) history.pushState({ walk }, '', link);
    else history.replaceState({ walk }, '', link);
    this.#at = location.hash;
  }
}
