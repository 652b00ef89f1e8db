// Client transactions: a request is sent, sent again over UDP, and ends with its response or without (RFC 8489 §6.2).
import type { Protocol } from '../net/packet.ts';
import type { DecodedMessage } from './message.ts';
import { transactionKey } from './message.ts';

/** RFC 8489 §6.2.1: the first retransmission timeout, in ms; it doubles with each. */
export const RTO = 500;
/** RFC 8489 §6.2.1: how many times a request is sent over UDP. */
export const RC = 7;
/** RFC 8489 §6.2.1: after the last, this many times the first RTO is waited. */
export const RM = 16;
/** RFC 8489 §6.2.2: how long a request over TCP waits for its response, in ms. */
export const TI = 39_500;

/** A request under way. */
export interface Transaction<Context> {
  /** What the request's maker wants back with the response. */
  readonly context: Context;
  readonly request: Uint8Array;
  /** When it was first sent, in ms. */
  readonly since: number;
  /** How often it has been sent. */
  readonly sent: number;
}

interface Open<Context> extends Transaction<Context> {
  sent: number;
  readonly limit: number;
  due: number;
  wait: number;
  readonly patience: number;
}

/** What is due: a request is to be sent again, or has found no response. */
export interface Due<Context> {
  readonly type: 'send' | 'failed';
  readonly transaction: Transaction<Context>;
}

/** The transactions of one client. */
export class Transactions<Context> {
  readonly #open = new Map<string, Open<Context>>();

  /** How many are under way. */
  get size(): number {
    return this.#open.size;
  }

  /**
   * Begins one: the caller sends the request now, for the first time. `poll` says when to send it again.
   * @param request an encoded request; its transaction id is what the response is known by
   * @param rto in ms
   */
  start(now: number, request: Uint8Array, protocol: Protocol, context: Context, rto = RTO): void {
    this.#open.set(transactionKey(request.subarray(8, 20)), {
      context,
      request,
      since: now,
      sent: 1,
      // RFC 8489 §6.2.2: over TCP a request is sent once.
      limit: protocol === 'udp' ? RC : 1,
      due: now + (protocol === 'udp' ? rto : TI),
      wait: 2 * rto,
      patience: RM * rto,
    });
  }

  /** The next thing that is due, or null. Ask again until it is null. */
  poll(now: number): Due<Context> | null {
    for (const [key, transaction] of this.#open) {
      if (transaction.due > now) continue;
      if (transaction.sent === transaction.limit) {
        this.#open.delete(key);
        return { type: 'failed', transaction };
      }
      transaction.sent += 1;
      const isLast = transaction.sent === transaction.limit;
      transaction.due = now + (isLast ? transaction.patience : transaction.wait);
      transaction.wait *= 2;
      return { type: 'send', transaction };
    }
    return null;
  }

  /** When `poll` has something next, in ms; null when nothing is under way. */
  timeout(): number | null {
    let next: number | null = null;
    for (const { due } of this.#open.values()) if (next === null || due < next) next = due;
    return next;
  }

  /** The transaction that a response belongs to, which goes on; null for any other message. */
  find(message: DecodedMessage): Transaction<Context> | null {
    if (message.class !== 'success' && message.class !== 'error') return null;
    return this.#open.get(transactionKey(message.transactionId)) ?? null;
  }

  /** Whether a request with this id (12 bytes) is under way. */
  has(id: Uint8Array): boolean {
    return this.#open.has(transactionKey(id));
  }

  /** Ends a transaction: its response is there. */
  end(message: DecodedMessage): void {
    this.#open.delete(transactionKey(message.transactionId));
  }

  /** Ends them all, without a word. */
  clear(): void {
    this.#open.clear();
  }
}
