// Reliable, ordered messages over packets that get lost: SCTP's numbers, acknowledgements and timer (RFC 9260), modelled.
import { decodeChunk, encodeChunk } from '../../rtc/data-chunk.ts';
import type { DataChunk } from '../../rtc/data-chunk.ts';

/** A message that has arrived, or a stream that was ended from there. */
export interface Arrived {
  readonly is: 'data' | 'reset';
  readonly stream: number;
  readonly ppid: number;
  readonly bytes: Uint8Array;
}

/** RFC 9260 §16: RTO.Initial and RTO.Min, RTO.Max, in ms. */
const RTO_FIRST = 1000;
const RTO_LONGEST = 60_000;
/** RFC 9260 §16: Association.Max.Retrans. */
const ATTEMPTS = 10;
/** Data in one chunk: what fits a packet of 1200 bytes, as browsers send at most, with all headers. */
const PIECE = 1100;
/** Chunks under way at once; there is no congestion control. */
const WINDOW = 32;
/** RFC 9260 §7.2.4: the third report of a gap has its chunk sent again. */
const GAP_REPORTS = 3;

interface Waiting {
  readonly chunk: Omit<DataChunk, 'tsn'>;
  /** Told when it is sent for the first time. */
  readonly onSent: (() => void) | null;
}

/**
 * One association, MODELLED: chunks are laid out as SCTP's, without its common header, its handshake, its checksum and
 * its congestion control. All streams are delivered in one order.
 */
export class Association {
  /** It gave up, as RFC 9260 §8.1 has it. */
  isBroken = false;
  #next = 1;
  readonly #queue: Waiting[] = [];
  /** Sent and not acknowledged, in the order of their numbers. */
  readonly #flying: DataChunk[] = [];
  #received = 0;
  readonly #early = new Map<number, DataChunk>();
  #parts: Uint8Array[] = [];
  #rto = RTO_FIRST;
  #due: number | null = null;
  #attempts = 0;
  #repeated = 0;
  /** While what was under way at a loss comes in: each acknowledgement short of this number shows another loss. */
  #recoverTo = 0;
  readonly #send: (bytes: Uint8Array) => void;

  constructor(send: (bytes: Uint8Array) => void) {
    this.#send = send;
  }

  /** When `handleTimeout` is due; null while all is acknowledged. */
  pollTimeout(): number | null {
    return this.#due;
  }

  /** Takes a message to be sent. `onSent` is told of each part's bytes when it leaves. */
  queue(stream: number, ppid: number, bytes: Uint8Array, onSent?: (count: number) => void): void {
    let at = 0;
    do {
      const payload = bytes.subarray(at, at + PIECE);
      const end = at + PIECE;
      this.#queue.push({
        chunk: {
          ...{ is: 'data', stream, ppid, payload },
          isFirst: at === 0,
          isLast: end >= bytes.length,
        },
        onSent:
          onSent === undefined
            ? null
            : () => {
                onSent(payload.length);
              },
      });
      at = end;
    } while (at < bytes.length);
  }

  /** Ends this side's half of a stream, after what it was given. */
  reset(stream: number): void {
    const chunk = { is: 'reset', stream, ppid: 0, payload: new Uint8Array(0) } as const;
    this.#queue.push({ chunk: { ...chunk, isFirst: true, isLast: true }, onSent: null });
  }

  /** Sends what there is room for. */
  flush(now: number): void {
    while (this.#flying.length < WINDOW && !this.isBroken) {
      const waiting = this.#queue.shift();
      if (waiting === undefined) return;
      const chunk = { ...waiting.chunk, tsn: this.#next };
      this.#next += 1;
      this.#flying.push(chunk);
      this.#due ??= now + this.#rto;
      this.#send(encodeChunk(chunk));
      waiting.onSent?.();
    }
  }

  /** Takes the body of a record. Gives what is complete now, in order. */
  handle(now: number, bytes: Uint8Array): readonly Arrived[] {
    const chunk = decodeChunk(bytes);
    if (chunk === null || this.isBroken) return [];
    if (chunk.is === 'sack') {
      this.#acknowledge(now, chunk.tsn);
      return [];
    }
    const isNew = chunk.tsn > this.#received && chunk.tsn <= this.#received + 2 * WINDOW;
    if (isNew) this.#early.set(chunk.tsn, { ...chunk, payload: chunk.payload.slice() });
    const arrived = this.#inOrder();
    this.#send(encodeChunk({ is: 'sack', tsn: this.#received }));
    return arrived;
  }

  /** Sends the oldest chunk again when no acknowledgement comes (RFC 9260 §6.3.3). */
  handleTimeout(now: number): void {
    const [oldest] = this.#flying;
    if (this.#due === null || now < this.#due || oldest === undefined) return;
    this.#attempts += 1;
    if (this.#attempts > ATTEMPTS) {
      this.isBroken = true;
      this.#due = null;
      return;
    }
    this.#rto = Math.min(this.#rto * 2, RTO_LONGEST);
    this.#due = now + this.#rto;
    this.#recoverTo = this.#next - 1;
    this.#send(encodeChunk(oldest));
  }

  #acknowledge(now: number, tsn: number): void {
    const [oldest] = this.#flying;
    if (oldest === undefined) return;
    if (tsn < oldest.tsn) {
      this.#repeated += 1;
      if (this.#repeated !== GAP_REPORTS) return;
      this.#recoverTo = this.#next - 1;
      this.#send(encodeChunk(oldest));
      return;
    }
    while ((this.#flying[0]?.tsn ?? Infinity) <= tsn) this.#flying.shift();
    this.#attempts = this.#repeated = 0;
    this.#rto = RTO_FIRST;
    const [next] = this.#flying;
    this.#due = next === undefined ? null : now + this.#rto;
    if (next !== undefined && tsn < this.#recoverTo) this.#send(encodeChunk(next));
    this.flush(now);
  }

  #inOrder(): readonly Arrived[] {
    const arrived: Arrived[] = [];
    for (;;) {
      const chunk = this.#early.get(this.#received + 1);
      if (chunk === undefined) return arrived;
      this.#early.delete(chunk.tsn);
      this.#received = chunk.tsn;
      const { is, stream, ppid, isLast, payload } = chunk;
      this.#parts.push(payload);
      if (!isLast) continue;
      arrived.push({ is, stream, ppid, bytes: joined(this.#parts) });
      this.#parts = [];
    }
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  let length = 0;
  for (const part of parts) length += part.length;
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
