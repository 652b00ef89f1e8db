// One end of a TCP connection (RFC 9293), as far as NATs, firewalls and TURN can tell. Numbers count segments, not
// bytes: SYN and FIN take one each, as they do there, and so does every part that is sent.
import type { Endpoint, TcpFlag } from './packet.ts';

/** RFC 6298 §2.1 and §2.4: the retransmission timeout before there is a measurement, and its least, in ms. */
const INITIAL_RTO = 1_000;
/**
 * How often a segment is sent again before the connection is given up, after 127 s. RFC 9293 §3.8.3 asks for 100 s,
 * and for a SYN for 3 minutes; an application may give up sooner, as those that use this do.
 */
const MAX_RETRANSMISSIONS = 6;
/** RFC 9293 §3.6.1: twice the maximum segment lifetime of 2 minutes, in ms. */
const TIME_WAIT = 240_000;

/** What a TCP segment carries beside its packet. */
export interface Segment {
  readonly flag: TcpFlag;
  /** Its place in what its sender sends, from 0, the SYN's. */
  readonly sequence: number;
  /** The number that its sender waits for. */
  readonly acknowledges: number;
  readonly payload: Uint8Array;
}

export const EMPTY = new Uint8Array(0);

/** What a connection asks of its host's stack. */
export interface ConnectionHost {
  transmit(connection: TcpConnection, segment: Segment): void;
  received(connection: TcpConnection, payload: Uint8Array): void;
  /** `closed` is told of an end that the other side or the path has made; not of its own `close`. */
  changed(connection: TcpConnection, state: 'open' | 'refused' | 'timed-out' | 'closed'): void;
  /** Call `handleTimeout` at this time. Earlier wishes of the same connection are void. */
  wakeAt(connection: TcpConnection, time: number): void;
  /** It is over, and its endpoints are free. */
  ended(connection: TcpConnection): void;
}

/** `closing`: this side ends first; `last-ack`: it ends after the other. Both have sent their FIN. */
type State =
  'syn-sent' | 'syn-received' | 'established' | 'closing' | 'last-ack' | 'time-wait' | 'closed';

/** One end of a connection. It is made by `open` on the side that connects, by a SYN on the other. */
export class TcpConnection {
  readonly local: Endpoint;
  readonly remote: Endpoint;
  readonly #host: ConnectionHost;
  #state: State;
  /** The next number to send, and what of it isn't acknowledged yet, the oldest first. */
  #next = 0;
  #unacknowledged: Segment[] = [];
  /** Parts that were sent before the connection was open. */
  #waiting: Uint8Array[] = [];
  /** The next number to come, and what came before its turn. */
  #expected = 0;
  readonly #early = new Map<number, Segment>();
  #hasFin = false;
  #rto = INITIAL_RTO;
  #retransmissions = 0;
  #wake: number | null = null;

  constructor(host: ConnectionHost, local: Endpoint, remote: Endpoint, isOpener: boolean) {
    this.#host = host;
    this.local = local;
    this.remote = remote;
    this.#state = isOpener ? 'syn-sent' : 'syn-received';
  }

  /** When it has asked to be called; null when it hasn't. */
  get wake(): number | null {
    return this.#wake;
  }

  /** True from its end on and while it only waits for late segments: its endpoints may be used anew. */
  get isOver(): boolean {
    return this.#state === 'closed' || this.#state === 'time-wait';
  }

  /** Sends the SYN. */
  open(now: number): void {
    this.#queue(now, 'syn', EMPTY);
  }

  /** Sends a part of the stream, or keeps it until the connection is open. After `close` it goes nowhere. */
  send(now: number, payload: Uint8Array): void {
    if (this.#state === 'established') this.#queue(now, 'data', payload);
    else if (this.#state === 'syn-sent' || this.#state === 'syn-received') {
      this.#waiting.push(payload);
    }
  }

  /** Ends the stream after what was sent. What comes in from now on is thrown away. */
  close(now: number): void {
    if (this.#state === 'established') {
      this.#state = 'closing';
      this.#queue(now, 'fin', EMPTY);
    } else if (this.#state === 'syn-sent' || this.#state === 'syn-received') {
      this.#transmit('rst', this.#next, EMPTY);
      this.#end();
    }
  }

  /** Its interface is gone: it ends at once, and nothing is sent. */
  abort(): void {
    const state = this.#state;
    if (state === 'established') this.#host.changed(this, 'closed');
    if (state === 'syn-sent') this.#host.changed(this, 'timed-out');
    this.#end();
  }

  /** A segment of the other side has arrived. */
  handleSegment(now: number, segment: Segment): void {
    const { flag, acknowledges } = segment;
    if (flag === 'rst') {
      if (this.#state === 'syn-sent') this.#host.changed(this, 'refused');
      if (this.#state === 'established') this.#host.changed(this, 'closed');
      this.#end();
      return;
    }
    if (this.#state === 'syn-sent') {
      if (flag !== 'syn-ack') return;
      // What this opens is to acknowledge it.
      this.#expected = segment.sequence + 1;
    }
    // A SYN acknowledges nothing: its sender knows no number yet.
    if (flag !== 'syn') this.#acknowledge(now, acknowledges);
    if (flag === 'ack' || this.#state === 'closed') return;
    this.#take(now, segment);
  }

  /** Sends the oldest unacknowledged segment again, or gives up. */
  handleTimeout(now: number): void {
    if (this.#wake === null || this.#wake > now) return;
    this.#wake = null;
    const oldest = this.#unacknowledged[0];
    if (this.#state === 'time-wait') {
      this.#end();
    } else if (this.#retransmissions === MAX_RETRANSMISSIONS) {
      if (this.#state === 'syn-sent') this.#host.changed(this, 'timed-out');
      if (this.#state === 'established') this.#host.changed(this, 'closed');
      this.#end();
    } else if (oldest !== undefined) {
      // RFC 6298 §5.4 to §5.6.
      this.#retransmissions += 1;
      this.#rto *= 2;
      this.#transmit(oldest.flag, oldest.sequence, oldest.payload);
      this.#wakeAt(now + this.#rto);
    }
  }

  /** Takes a segment in its turn, and those that came before theirs. */
  #take(now: number, segment: Segment): void {
    if (segment.sequence >= this.#expected) this.#early.set(segment.sequence, segment);
    for (;;) {
      const next = this.#early.get(this.#expected);
      if (next === undefined) break;
      this.#early.delete(this.#expected);
      this.#expected += 1;
      this.#accept(now, next);
      if (this.#state === 'closed') return;
    }
    // The SYN of the other side is answered by the SYN of this one.
    if (segment.flag === 'syn') {
      const own = this.#unacknowledged[0];
      if (own === undefined) return;
      this.#transmit(own.flag, own.sequence, own.payload);
    } else {
      this.#transmit('ack', this.#next, EMPTY);
    }
  }

  #accept(now: number, { flag, payload }: Segment): void {
    switch (flag) {
      case 'syn':
        this.#unacknowledged.push({ flag: 'syn-ack', sequence: 0, acknowledges: 0, payload });
        this.#next = 1;
        this.#wakeAt(now + this.#rto);
        return;
      case 'data':
        if (this.#state === 'established') this.#host.received(this, payload);
        return;
      case 'fin':
        this.#hasFin = true;
        if (this.#state === 'established') {
          // Nobody here has anything to say to half a connection: this side ends too.
          this.#state = 'last-ack';
          this.#host.changed(this, 'closed');
          this.#queue(now, 'fin', EMPTY);
        } else if (this.#state === 'closing' && this.#unacknowledged.length === 0) {
          this.#wait(now);
        }
        return;
      case 'syn-ack':
      case 'ack':
      case 'rst':
        return;
    }
  }

  #acknowledge(now: number, acknowledges: number): void {
    if (acknowledges > this.#next) return;
    const before = this.#unacknowledged.length;
    while ((this.#unacknowledged[0]?.sequence ?? Infinity) < acknowledges) {
      this.#unacknowledged.shift();
    }
    if (this.#unacknowledged.length === before) return;
    // RFC 6298 §5.2 and §5.3. Round trips aren't measured: the timeout is its least again.
    this.#rto = INITIAL_RTO;
    this.#retransmissions = 0;
    if (this.#unacknowledged.length > 0) this.#wakeAt(now + this.#rto);
    else this.#wake = null;
    if (this.#state === 'syn-sent' || this.#state === 'syn-received') this.#establish(now);
    else if (this.#unacknowledged.length > 0) return;
    else if (this.#state === 'last-ack') this.#end();
    else if (this.#state === 'closing' && this.#hasFin) this.#wait(now);
  }

  #establish(now: number): void {
    this.#state = 'established';
    this.#host.changed(this, 'open');
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const payload of waiting) this.#queue(now, 'data', payload);
  }

  #queue(now: number, flag: TcpFlag, payload: Uint8Array): void {
    const segment = { flag, sequence: this.#next, acknowledges: 0, payload };
    this.#next += 1;
    this.#unacknowledged.push(segment);
    this.#transmit(flag, segment.sequence, payload);
    if (this.#wake === null) this.#wakeAt(now + this.#rto);
  }

  #transmit(flag: TcpFlag, sequence: number, payload: Uint8Array): void {
    this.#host.transmit(this, { flag, sequence, acknowledges: this.#expected, payload });
  }

  #wait(now: number): void {
    this.#state = 'time-wait';
    this.#wakeAt(now + TIME_WAIT);
  }

  #wakeAt(time: number): void {
    this.#wake = time;
    this.#host.wakeAt(this, time);
  }

  #end(): void {
    this.#state = 'closed';
    this.#wake = null;
    this.#host.ended(this);
  }
}
