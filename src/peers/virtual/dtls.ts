// DTLS as far as it can be seen: its flights, their retransmission, the roles, and the check of the fingerprint.
import type { Random } from '../../net/random.ts';
import { cookieFor, COURSES, flightRecords, isSameBytes, readFlight } from './flights.ts';
import type { Course, FlightNumber, ReceivedFlight } from './flights.ts';
import { CONTENT } from '../../rtc/dtls.ts';
import type { DtlsVersion } from '../../rtc/dtls.ts';
import { decodeRecords, encodeRecords } from './record.ts';
import type { DtlsRecord } from './record.ts';

/** RTCDtlsTransportState. */
export type DtlsState = 'new' | 'connecting' | 'connected' | 'closed' | 'failed';
export type DtlsRole = 'client' | 'server';

/** A fingerprint of the remote description (RFC 8122 §5). */
export interface Fingerprint {
  readonly algorithm: string;
  readonly value: string;
}

// RFC 6347 §4.2.4.1, RFC 9147 §5.8.2: 1 s at first, doubled at each retransmission, up to no less than 60 s. (BoringSSL, which Chromium
// uses, begins with 50 ms; the RFC allows it where the application knows the round trip.)
const FIRST_TIMEOUT = 1000;
const LONGEST_TIMEOUT = 60_000;
/** The RFC names no end. After as many, four minutes have passed; Chromium was measured to give up within them. */
const ATTEMPTS = 9;
/** As long as that takes, in ms: a server that keeps no timer waits no longer for its client. */
const PATIENCE = 243_000;

/**
 * One DTLS association (1.2 by RFC 6347, 1.3 by RFC 9147), MODELLED: there is no cryptography. Records have true headers, and flights the
 * true messages in the true order with their timer; but nothing is encrypted, the certificate is 32 bytes that stand
 * for its fingerprint, key exchange and Finished are empty. What is checked is what JSEP adds: the certificate
 * against the a=fingerprint of the remote description (RFC 8122 §6.2).
 *
 * Takes datagrams and times, hands out datagrams (`poll`); a flight goes out in one datagram.
 */
export class Dtls {
  state: DtlsState = 'new';
  role: DtlsRole | null = null;
  /** What this side speaks at best, and then what both have settled on. */
  #version: DtlsVersion;
  readonly #random: Uint8Array;
  readonly #secret: Uint8Array;
  readonly #own: Uint8Array;
  #accepted: readonly Fingerprint[] = [];
  /** The other side's certificate, once it has been shown. */
  #shown: Uint8Array | null = null;
  #outgoing: Uint8Array[] = [];
  /** The flight that was sent last: sent again when the timer is over, or when the other side repeats its own. */
  #flight: FlightNumber | null = null;
  #cookie: Uint8Array = new Uint8Array(0);
  #attempts = 0;
  #timeout = FIRST_TIMEOUT;
  #due: number | null = null;
  /** RFC 6347 §4.1: numbered by epoch. */
  readonly #sequence: [number, number, number, number] = [0, 0, 0, 0];
  /** A ClientHello that came before the answer did: without it nobody knows the roles. */
  #early: Uint8Array | null = null;
  #canSend = false;

  /**
   * @param fingerprint of this side's certificate, 32 bytes
   * @param version the newest that it speaks
   */
  constructor(random: Random, fingerprint: Uint8Array, version: DtlsVersion) {
    this.#random = random.bytes(32);
    this.#secret = random.bytes(32);
    this.#own = fingerprint;
    this.#version = version;
  }

  /** What both have settled on, once connected. */
  get version(): DtlsVersion {
    return this.#version;
  }

  /** The other side's certificate's fingerprint, `AB:CD:…`; null until it was shown. */
  get remoteFingerprint(): string | null {
    return this.#shown === null ? null : fingerprintText(this.#shown);
  }

  /** When `handleTimeout` is due; null while no answer is awaited. */
  pollTimeout(): number | null {
    return this.#due;
  }

  /** The next datagram to be sent; null while there is no path: what answers an early flight waits for one. */
  poll(): Uint8Array | null {
    return this.#canSend ? (this.#outgoing.shift() ?? null) : null;
  }

  /** What the descriptions say. A role once taken stays; other fingerprints are held against the certificate shown. */
  configure(now: number, role: DtlsRole, accepted: readonly Fingerprint[]): void {
    this.#accepted = accepted;
    if (this.role === null) {
      this.role = role;
      this.#begin(now);
      const early = this.#early;
      this.#early = null;
      if (early !== null) this.handle(now, early);
    } else if (this.#shown !== null && !this.#isAccepted(this.#shown)) this.#refuse();
  }

  /** ICE has a path. The client begins. */
  open(now: number): void {
    this.#canSend = true;
    this.#begin(now);
  }

  /** Takes a datagram. Gives the application data in it, or null. */
  handle(now: number, datagram: Uint8Array): Uint8Array | null {
    if (this.state === 'failed' || this.state === 'closed') return null;
    const records = decodeRecords(datagram);
    const [first] = records;
    if (first === undefined) return null;
    if (first.type === CONTENT.data) {
      return this.state === 'connected' && first.epoch === this.#course.epoch ? first.body : null;
    }
    if (first.type === CONTENT.alert) {
      // Once there are keys, one without them is anybody's (RFC 6347 §4.1.2.7).
      if (this.state === 'connected' && first.epoch === 0) return null;
      // RFC 5246 §7.2: level 2 is fatal; description 0 is close_notify.
      if (first.body[0] === 2) this.#end('failed');
      else if (first.body[1] === 0 && this.state === 'connected') this.#end('closed');
      return null;
    }
    const flight = readFlight(records);
    if (flight === null) return null;
    if (this.role === null) this.#early = datagram;
    else this.#take(now, flight);
    return null;
  }

  /** Sends the last flight again when its answer is late (RFC 6347 §4.2.4). */
  handleTimeout(now: number): void {
    if (this.#due === null || now < this.#due) return;
    this.#attempts += 1;
    const isStateless = this.#version === '1.2' && this.#flight === 2;
    if (this.#flight === null || isStateless || this.#attempts >= ATTEMPTS) {
      // A client of DTLS 1.3 is connected before its last flight is acknowledged; that only ends its repeating.
      if (this.state === 'connected') this.#due = null;
      else this.#end('failed');
      return;
    }
    this.#timeout = Math.min(this.#timeout * 2, LONGEST_TIMEOUT);
    this.#due = now + this.#timeout;
    this.#emit(this.#flight);
  }

  /** Application data as a record. @throws Error unless connected */
  protect(data: Uint8Array): Uint8Array {
    if (this.state !== 'connected') throw new Error('DTLS is not connected.');
    return encodeRecords([
      this.#number({ type: CONTENT.data, epoch: this.#course.epoch, body: data }),
    ]);
  }

  /** Ends it, with close_notify to the other side where there is one. */
  close(): void {
    if (this.state === 'connected') {
      this.#alert(1, 0);
    }
    if (this.state !== 'failed') this.#end('closed');
  }

  #begin(now: number): void {
    if (this.role === null || this.state !== 'new' || !this.#canSend) return;
    this.state = 'connecting';
    if (this.role === 'client') this.#send(now, 1);
    else this.#due = now + PATIENCE;
  }

  get #course(): Course {
    return COURSES[this.#version];
  }

  #take(now: number, flight: ReceivedFlight): void {
    const { number, cookie, random, fingerprint } = flight;
    const isFromClient = number % 2 === 1;
    if (this.role === null || isFromClient !== (this.role === 'server')) return;
    if (this.state === 'new') this.state = 'connecting';
    if (!this.#settle(flight)) return;
    const is12 = this.#version === '1.2';
    if (is12 && isFromClient && number !== 5) {
      const wanted = cookieFor(random ?? new Uint8Array(0), this.#secret);
      this.#cookie = wanted;
      // Without the right cookie nothing is kept of it, so there is nothing to repeat (RFC 6347 §4.2.1).
      if (cookie === null || !isSameBytes(cookie, wanted)) {
        if (this.#flight === null || this.#flight === 2) this.#send(now, 2);
        return;
      }
    }
    const first = isFromClient ? (is12 ? 3 : 1) : 2;
    const expected = this.#flight === null ? first : this.#flight + 1;
    if (number < expected) {
      // The other side has not had the answer to this one (RFC 6347 §4.2.4, figure 3).
      if (number === expected - 2 && this.#flight !== null) this.#emit(this.#flight);
      return;
    }
    if (number !== expected) return;
    if (number === 2 && cookie !== null) this.#cookie = cookie.slice();
    if (fingerprint !== null) {
      this.#shown = fingerprint.slice();
      if (!this.#isAccepted(this.#shown)) {
        this.#refuse();
        return;
      }
    }
    const { last, connects } = this.#course;
    if (number === connects[this.role]) this.state = 'connected';
    if (number === last) this.#due = null;
    else this.#send(now, (number + 1) as FlightNumber);
  }

  /** Which version is spoken: the older of the two sides'. Gives false for a flight of another one. */
  #settle({ version, number }: ReceivedFlight): boolean {
    if (version === this.#version) return true;
    // A hello that offers more than this side speaks is like any other.
    if (this.#version === '1.2') return this.role === 'server' && (number === 1 || number === 3);
    const isBegun = this.role === 'server' ? this.#flight !== null : this.#flight !== 1;
    if (isBegun) return false;
    this.#version = version;
    return true;
  }

  #isAccepted(shown: Uint8Array): boolean {
    const text = fingerprintText(shown);
    return this.#accepted.some((each) => each.algorithm === 'sha-256' && each.value === text);
  }

  #send(now: number, number: FlightNumber): void {
    this.#flight = number;
    this.#attempts = 0;
    this.#timeout = FIRST_TIMEOUT;
    // A server without state repeats nothing (§4.2.1); the last flight is repeated only when asked for (§4.2.4).
    const isStateless = this.#version === '1.2' && number === 2;
    this.#due =
      number === this.#course.last ? null : now + (isStateless ? PATIENCE : FIRST_TIMEOUT);
    this.#emit(number);
  }

  #emit(number: FlightNumber): void {
    const parts = { random: this.#random, cookie: this.#cookie, fingerprint: this.#own };
    const records = flightRecords(this.#version, number, parts).map((record) =>
      this.#number(record),
    );
    this.#outgoing.push(encodeRecords(records));
  }

  #number(record: Omit<DtlsRecord, 'sequence'>): DtlsRecord {
    const epoch = (record.epoch & 3) as 0 | 1 | 2 | 3;
    const sequence = this.#sequence[epoch];
    this.#sequence[epoch] += 1;
    return { ...record, sequence };
  }

  /** Not the certificate that the remote description names: bad_certificate (RFC 5246 §7.2.2), and no more. */
  #refuse(): void {
    this.#alert(2, 42);
    this.#end('failed');
  }

  #alert(level: number, description: number): void {
    const body = Uint8Array.of(level, description);
    const { epoch: secured } = this.#course;
    // A server of DTLS 1.3 has its keys with its first flight, and its client believes nothing else any more.
    const hasKeys = this.#version === '1.3' && this.#flight === 2;
    const epoch = this.state === 'connected' || hasKeys ? secured : 0;
    this.#outgoing.push(encodeRecords([this.#number({ type: CONTENT.alert, epoch, body })]));
  }

  #end(state: 'closed' | 'failed'): void {
    this.state = state;
    this.#due = null;
  }
}

/** `AB:CD:…` (RFC 8122 §5). */
export function fingerprintText(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    text += `${text === '' ? '' : ':'}${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return text;
}
