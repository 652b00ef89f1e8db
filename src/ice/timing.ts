// Times that both profiles keep to, in ms.

/** RFC 8445 §14.2: between two new transactions. */
export const TA = 50;
/** RFC 8445 §14.3: no retransmission sooner. */
export const MIN_RTO = 500;

/** When a transaction last began. What shares a pace takes turns (RFC 8445 §14.2). */
export interface Pace {
  lastAt: number;
}

/** A pace at which nothing has begun yet. */
export function newPace(): Pace {
  return { lastAt: -Infinity };
}

/** Whether so much time has passed since then. Times are added, as they are where a timer is set. */
export function isPast(now: number, since: number | null, time: number): boolean {
  return since !== null && now >= since + time;
}
