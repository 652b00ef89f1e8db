// The receiving half of an end: opens what arrives, and keeps it until somebody listens.
import type { Side } from '../rtc/steps.ts';
import type { SignalListener } from './channel.ts';
import { open } from './message.ts';
import type { Opened } from './message.ts';

/** How many things wait for a listener at most: a call has a few dozen messages, a flood has more. */
const MOST_WAITING = 1000;

/** What an end does with what arrives at it. */
export class Inbox {
  readonly #session: string;
  readonly #side: Side;
  #listener: SignalListener | null = null;
  #waiting: Opened[] = [];
  #closed = false;

  /**
   * @param session the id of the session that the end belongs to
   * @param side whose end it is
   */
  constructor(session: string, side: Side) {
    this.#session = session;
    this.#side = side;
  }

  /** Takes anything that arrived; after `close` it takes nothing. */
  arrived(data: unknown): void {
    if (!this.#closed) this.#take(open(this.#session, this.#side, data));
  }

  /** Takes word of something that was refused at the door. */
  refused(): void {
    if (!this.#closed) this.#take({ ok: false, reason: 'not-an-envelope' });
  }

  #take(opened: Opened): void {
    if (this.#listener !== null) hand(this.#listener, opened);
    else if (this.#waiting.length < MOST_WAITING) this.#waiting.push(opened);
  }

  /** Sets the listener, and hands it what has been waiting, in the order of arrival. */
  listen(listener: SignalListener): void {
    this.#listener = listener;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const opened of waiting) hand(listener, opened);
  }

  /** Forgets what waits and hears no more. */
  close(): void {
    this.#closed = true;
    this.#listener = null;
    this.#waiting = [];
  }
}

function hand(listener: SignalListener, opened: Opened): void {
  if (opened.ok) listener.message(opened.message);
  else listener.ignored(opened.reason);
}
