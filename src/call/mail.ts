// The mail between the two ends of a call: each message posted, in flight, and delivered or lost, and recorded so.
import { errorInfo } from '../peers/error.ts';
import type { Tape } from '../peers/tape.ts';
import { pageTimers, type Timers } from '../peers/timers.ts';
import type { SignalingChannel, SignalMessage } from '../signaling/channel.ts';
import { otherSide, SIDES, type Side } from '../rtc/steps.ts';
import { IgnoredCount } from './ignored-count.ts';
import { StepError } from './step-error.ts';

/** How long a message may take before it counts as lost, in ms. In one browser it takes one. */
export const MESSAGE_PATIENCE = 5000;

/** A message before it has an id and an address. */
export type Outgoing = SignalMessage extends infer M
  ? M extends SignalMessage
    ? Omit<M, 'id' | 'from' | 'to'>
    : never
  : never;

interface Waiting {
  readonly posted: number;
  readonly from: Side;
  readonly arrived: () => void;
  /** Waits no longer, without a word. */
  readonly drop: () => void;
}

/** Carries a session's messages over its two ends, and tells each side what it gets. */
export class Mail {
  readonly #ends: Readonly<Record<Side, SignalingChannel>>;
  readonly #tape: Tape;
  readonly #timers: Timers;
  readonly #waiting = new Map<string, Waiting>();
  readonly #ignored: IgnoredCount;
  #count = 0;
  #closed = false;

  /**
   * @param ends both ends of the session's channel
   * @param tape where every message's life is written
   * @param deliver what a side does with a message; `cause` is the number of the event of its delivery
   * @param timers the clock by which a message is late
   */
  constructor(
    ends: Readonly<Record<Side, SignalingChannel>>,
    tape: Tape,
    deliver: (message: SignalMessage, cause: number) => void,
    timers: Timers = pageTimers,
  ) {
    this.#timers = timers;
    this.#ends = ends;
    this.#tape = tape;
    this.#ignored = new IgnoredCount(tape, timers);
    for (const side of SIDES) {
      ends[side].listen({
        message: (message) => {
          const cause = this.#delivered(message);
          if (cause !== null) deliver(message, cause);
        },
        ignored: (reason) => {
          // Everything on a channel is heard by both ends: what was for the other one is no stranger.
          if (reason !== 'not-for-this-side') this.#ignored.add(side, reason);
        },
      });
    }
  }

  /**
   * Sends a message to the other side.
   * @returns resolves when it has arrived
   * @throws StepError `message-lost` when it has not arrived in time, the channel did not take it, or the mail is closed
   */
  async post(from: Side, message: Outgoing, cause: number | null): Promise<void> {
    // Nobody is there to hear it, so nothing is written and nothing waits.
    if (this.#closed) throw new StepError({ code: 'message-lost', error: null });
    this.#count += 1;
    const id = `${from}-${String(this.#count)}`;
    const to = otherSide(from);
    const life = { kind: 'message', side: from, id, type: message.type, from, to } as const;
    const posted = this.#tape.write({ ...life, at: 'posted', body: message.body }, cause);
    const arrival = this.#arrival(id, from, posted);
    try {
      await this.#ends[from].post({ ...message, id, from, to });
    } catch (error) {
      this.#waiting.get(id)?.drop();
      this.#tape.write({ ...life, at: 'lost' }, posted);
      throw new StepError({ code: 'message-lost', error: errorInfo(error) });
    }
    if (this.#waiting.has(id)) this.#tape.write({ ...life, at: 'in-flight' }, posted);
    if (await arrival) return;
    this.#tape.write({ ...life, at: 'lost' }, posted);
    throw new StepError({ code: 'message-lost', error: null });
  }

  /** Closes both ends; what is still on its way is given up. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#ignored.close();
    for (const each of this.#waiting.values()) each.arrived();
    this.#waiting.clear();
    await Promise.all([this.#ends.caller.close(), this.#ends.callee.close()]);
  }

  /** Resolves to true when the message has arrived, to false when patience is over. */
  #arrival(id: string, from: Side, posted: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = this.#timers.setTimeout(() => {
        this.#waiting.delete(id);
        resolve(false);
      }, MESSAGE_PATIENCE);
      const arrived = () => {
        this.#timers.clearTimeout(timer);
        resolve(true);
      };
      const drop = () => {
        this.#timers.clearTimeout(timer);
        this.#waiting.delete(id);
      };
      this.#waiting.set(id, { posted, from, arrived, drop });
    });
  }

  #delivered(message: SignalMessage): number | null {
    const waiting = this.#waiting.get(message.id);
    // Known ids only, and each once: what another page puts on the channel is no message of this call.
    if (waiting?.from !== message.from) {
      this.#ignored.add(message.to, 'not-an-envelope');
      return null;
    }
    this.#waiting.delete(message.id);
    const { id, type, from, to } = message;
    const cause = this.#tape.write(
      { kind: 'message', side: to, at: 'delivered', id, type, from, to },
      waiting.posted,
    );
    waiting.arrived();
    return cause;
  }
}
