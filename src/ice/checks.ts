// Checks under way (RFC 8445 §7.2.4): sent, repeated, given up, and found again by their answers.
import { transactionKey } from '../stun/message.ts';
import type { Endpoint } from '../net/packet.ts';
import { RC, RM, TI } from '../stun/transaction.ts';
import type { Base } from './base.ts';
import type { Check } from './check.ts';
import type { Pair } from './checked-pair.ts';
import type { Timers } from './timers.ts';

/** Checks whose answer is listened for at most; the oldest are given up. */
const MAX_CHECKS = 512;

/** What checks ask for and tell. */
export interface CheckOwner {
  /** Sends from a base. Gives false where there is no way. */
  transmit(now: number, base: Base, destination: Endpoint, payload: Uint8Array): boolean;
  /** A check was repeated to the end without an answer, or could not be sent. */
  onLost(now: number, pair: Pair): void;
}

/** The checks under way of one generation. */
export class Checks {
  readonly #owner: CheckOwner;
  readonly #timers: Timers;
  /** By transaction. */
  readonly #byKey = new Map<string, Check>();

  constructor(owner: CheckOwner, timers: Timers) {
    this.#owner = owner;
    this.#timers = timers;
  }

  /** Sends a check for the first time. One that is repeated takes the place of those of its pair that were. */
  start(now: number, check: Check): void {
    if (check.rto !== null) this.cancel(check.pair);
    this.#byKey.set(check.key, check);
    if (this.#byKey.size > MAX_CHECKS) {
      for (const oldest of this.#byKey.keys()) {
        this.#byKey.delete(oldest);
        break;
      }
    }
    this.#transmit(now, check);
  }

  /** The check that has this transaction, or null. */
  find(transactionId: Uint8Array): Check | null {
    return this.#byKey.get(transactionKey(transactionId)) ?? null;
  }

  /** A check is answered. */
  end(check: Check): void {
    this.#byKey.delete(check.key);
    if (check.dueAt !== null) this.#schedule();
  }

  /** RFC 8445 §7.3.1.4: a cancelled check is not sent again, and its silence is no failure; its answer still counts. */
  cancel(pair: Pair): void {
    for (const check of this.#byKey.values()) if (check.pair === pair) check.dueAt = null;
  }

  /** The timer `check-retry`. */
  handleTimeout(now: number): void {
    for (const check of [...this.#byKey.values()]) {
      if (check.dueAt === null || check.dueAt > now) continue;
      if (check.pair.base.protocol === 'udp' && check.sent < RC) {
        this.#transmit(now, check);
        continue;
      }
      this.#byKey.delete(check.key);
      this.#owner.onLost(now, check.pair);
    }
    this.#schedule();
  }

  clear(): void {
    this.#byKey.clear();
  }

  /** RFC 8489 §6.2.1, §6.2.2: after each sending twice as long as before; over TCP once. */
  #transmit(now: number, check: Check): void {
    const { pair, rto, sent } = check;
    check.sent = sent + 1;
    if (rto !== null) {
      const isLast = check.sent === RC;
      check.dueAt = now + (pair.base.protocol === 'tcp' ? TI : isLast ? RM * rto : rto * 2 ** sent);
      this.#schedule();
    }
    if (!this.#owner.transmit(now, pair.base, pair.remote.endpoint, check.bytes)) {
      this.#byKey.delete(check.key);
      this.#owner.onLost(now, pair);
    }
  }

  #schedule(): void {
    let due: number | null = null;
    for (const { dueAt } of this.#byKey.values()) {
      if (dueAt !== null && (due === null || dueAt < due)) due = dueAt;
    }
    this.#timers.set('check-retry', due);
  }
}
