// The flights of a DTLS handshake, in messages: six in DTLS 1.2 (RFC 6347 §4.2.4, figure 1), four in 1.3 (RFC 9147 §5.7).
import {
  CLIENT_OFFER,
  CONTENT,
  HANDSHAKE,
  helloVersions,
  SERVER_CHOICE,
  TLS_VERSION,
} from '../../rtc/dtls.ts';
import type { DtlsVersion } from '../../rtc/dtls.ts';
import { decodeHandshake, encodeHandshake } from './record.ts';
import type { DtlsRecord, HandshakeMessage } from './record.ts';

/** 1, 3 and 5 are the client's, 2, 4 and 6 the server's. DTLS 1.3 has the first four: its last is an ACK. */
export type FlightNumber = 1 | 2 | 3 | 4 | 5 | 6;

/** What of a received flight counts. */
export interface ReceivedFlight {
  readonly number: FlightNumber;
  /** Which version's it is; of a ClientHello, the newest that it offers. */
  readonly version: DtlsVersion;
  /** Of a ClientHello: 32 bytes; else null. */
  readonly random: Uint8Array | null;
  /** Of a ClientHello or HelloVerifyRequest: null where it is empty. */
  readonly cookie: Uint8Array | null;
  /** What the certificate's fingerprint is; null where the flight has none. */
  readonly fingerprint: Uint8Array | null;
}

/** What the messages of a flight are made of. */
export interface FlightParts {
  readonly random: Uint8Array;
  readonly cookie: Uint8Array;
  /** Stands for the certificate, whose SHA-256 fingerprint it would have: 32 bytes. */
  readonly fingerprint: Uint8Array;
}

/** What is different between the versions beside the messages. */
export interface Course {
  /** The flight that is repeated only when asked for. */
  readonly last: FlightNumber;
  /** With which flight of the other side each has all its keys. */
  readonly connects: Readonly<Record<'client' | 'server', FlightNumber>>;
  /** The epoch of application data. */
  readonly epoch: 1 | 3;
}

/** In DTLS 1.3 the client has its keys after one round trip, before the server. */
export const COURSES: Readonly<Record<DtlsVersion, Course>> = {
  '1.2': { last: 6, connects: { client: 6, server: 5 }, epoch: 1 },
  '1.3': { last: 4, connects: { client: 2, server: 3 }, epoch: 3 },
};

const NOTHING = new Uint8Array(0);
/** RFC 6347 §4.2.1: a cookie has up to 255 bytes. */
const COOKIE_LENGTH = 20;

type Part = readonly [type: number, body: (parts: FlightParts) => Uint8Array];
const none = () => NOTHING;
const certificate: Part = [HANDSHAKE.certificate, (parts) => parts.fingerprint];

/** The messages of each flight. Bodies are true for the hellos up to the session id or cookie, else modelled. */
const FLIGHTS: Readonly<Record<FlightNumber, readonly Part[]>> = {
  1: [[HANDSHAKE.clientHello, ({ random }) => clientHello(random, NOTHING)]],
  2: [[HANDSHAKE.helloVerifyRequest, ({ cookie }) => withLength(versioned(NOTHING), cookie)]],
  3: [[HANDSHAKE.clientHello, ({ random, cookie }) => clientHello(random, cookie)]],
  4: [
    [HANDSHAKE.serverHello, ({ random }) => withLength(versioned(random), NOTHING)],
    certificate,
    [HANDSHAKE.serverKeyExchange, none],
    [HANDSHAKE.certificateRequest, none],
    [HANDSHAKE.serverHelloDone, none],
  ],
  5: [
    certificate,
    [HANDSHAKE.clientKeyExchange, none],
    [HANDSHAKE.certificateVerify, none],
    [HANDSHAKE.finished, none],
  ],
  6: [[HANDSHAKE.finished, none]],
};

// Where each flight's message_seq begins (RFC 6347 §4.2.2): HelloVerifyRequest and the first ServerHello are 0 and 1.
const FIRST_SEQUENCE: Readonly<Record<FlightNumber, number>> = {
  1: 0,
  2: 0,
  3: 1,
  4: 1,
  5: 2,
  6: 6,
};

/** RFC 9147 §5.7, without HelloRetryRequest, which a server needs not send. The hellos are whole, the rest modelled. */
const FLIGHTS_13: Readonly<Record<1 | 2 | 3, readonly Part[]>> = {
  1: [[HANDSHAKE.clientHello, ({ random }) => joined(clientHello(random, NOTHING), CLIENT_OFFER)]],
  2: [
    [
      HANDSHAKE.serverHello,
      ({ random }) => joined(withLength(versioned(random), NOTHING), SERVER_CHOICE),
    ],
    [HANDSHAKE.encryptedExtensions, none],
    [HANDSHAKE.certificateRequest, none],
    certificate,
    [HANDSHAKE.certificateVerify, none],
    [HANDSHAKE.finished, none],
  ],
  3: [certificate, [HANDSHAKE.certificateVerify, none], [HANDSHAKE.finished, none]],
};

/** RFC 9147 §4.2.1: the hellos are in the open, the rest of the handshake has keys of its own. */
const EPOCH_13 = { open: 0, handshake: 2, application: 3 } as const;

/** The bodies of a flight's records, each with its type and epoch; the numbers are given when they are sent. */
export function flightRecords(
  version: DtlsVersion,
  number: FlightNumber,
  parts: FlightParts,
): readonly Omit<DtlsRecord, 'sequence'>[] {
  return version === '1.2' ? records12(number, parts) : records13(number, parts);
}

function records12(
  number: FlightNumber,
  parts: FlightParts,
): readonly Omit<DtlsRecord, 'sequence'>[] {
  let sequence = FIRST_SEQUENCE[number];
  const records: Omit<DtlsRecord, 'sequence'>[] = [];
  for (const [type, body] of FLIGHTS[number]) {
    const isFinished = type === HANDSHAKE.finished;
    // The Finished is the first message under the new keys (RFC 5246 §7.1).
    if (isFinished) {
      records.push({ type: CONTENT.changeCipherSpec, epoch: 0, body: Uint8Array.of(1) });
    }
    const message = encodeHandshake({ type, sequence, body: body(parts) });
    records.push({ type: CONTENT.handshake, epoch: isFinished ? 1 : 0, body: message });
    sequence += 1;
  }
  return records;
}

function records13(
  number: FlightNumber,
  parts: FlightParts,
): readonly Omit<DtlsRecord, 'sequence'>[] {
  if (number !== 1 && number !== 2 && number !== 3) {
    // RFC 9147 §7: which records have come; modelled, as there is one flight that it can mean.
    return [{ type: CONTENT.ack, epoch: EPOCH_13.application, body: new Uint8Array(2) }];
  }
  let sequence = number === 3 ? 1 : 0;
  return FLIGHTS_13[number].map(([type, body]) => {
    const isHello = type === HANDSHAKE.clientHello || type === HANDSHAKE.serverHello;
    const message = encodeHandshake({ type, sequence, body: body(parts) });
    sequence += 1;
    const epoch = isHello ? EPOCH_13.open : EPOCH_13.handshake;
    return { type: CONTENT.handshake, epoch, body: message };
  });
}

/** The flight that these records are; null where they are none, or not all of one. */
export function readFlight(records: readonly DtlsRecord[]): ReceivedFlight | null {
  const messages = new Map<number, HandshakeMessage>();
  for (const record of records) {
    if (record.type !== CONTENT.handshake) continue;
    const message = decodeHandshake(record.body);
    if (message !== null) messages.set(message.type, message);
  }
  const fingerprint = messages.get(HANDSHAKE.certificate)?.body ?? null;
  const hello = messages.get(HANDSHAKE.clientHello);
  if (hello !== undefined) return readHello(hello.body, fingerprint);
  const is13 = records.some(({ epoch }) => epoch >= EPOCH_13.handshake);
  const rest = {
    ...{ random: null, cookie: null, fingerprint },
    version: is13 ? '1.3' : '1.2',
  } as const;
  if (is13) {
    if (records.some(({ type }) => type === CONTENT.ack)) return { ...rest, number: 4 };
    if (!messages.has(HANDSHAKE.finished)) return null;
    return { ...rest, number: messages.has(HANDSHAKE.serverHello) ? 2 : 3 };
  }
  const verify = messages.get(HANDSHAKE.helloVerifyRequest);
  if (verify !== undefined) return { ...rest, number: 2, cookie: verify.body.subarray(3) };
  if (messages.has(HANDSHAKE.serverHelloDone)) return { ...rest, number: 4 };
  if (!messages.has(HANDSHAKE.finished)) return null;
  return { ...rest, number: messages.has(HANDSHAKE.clientKeyExchange) ? 5 : 6 };
}

function readHello(body: Uint8Array, fingerprint: Uint8Array | null): ReceivedFlight {
  const cookieLength = body[35] ?? 0;
  const cookie = cookieLength === 0 ? null : body.subarray(36, 36 + cookieLength);
  const offers = helloVersions(body, 'client')?.versions ?? [];
  return {
    number: cookie === null ? 1 : 3,
    version: offers.includes(TLS_VERSION['1.3']) ? '1.3' : '1.2',
    random: body.subarray(2, 34),
    ...{ cookie, fingerprint },
  };
}

/** A cookie that a server makes of the hello and its secret, and keeps no state for (RFC 6347 §4.2.1); modelled. */
export function cookieFor(random: Uint8Array, secret: Uint8Array): Uint8Array {
  const cookie = new Uint8Array(COOKIE_LENGTH);
  for (let at = 0; at < COOKIE_LENGTH; at += 1) cookie[at] = (random[at] ?? 0) ^ (secret[at] ?? 0);
  return cookie;
}

/** True for the same bytes. */
export function isSameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

/** RFC 6347 §4.3.2: version, random, an empty session id, the cookie. What would follow is left out. */
function clientHello(random: Uint8Array, cookie: Uint8Array): Uint8Array {
  return withLength(withLength(versioned(random), NOTHING), cookie);
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const all = new Uint8Array(one.length + other.length);
  all.set(one);
  all.set(other, one.length);
  return all;
}

function versioned(bytes: Uint8Array): Uint8Array {
  const all = new Uint8Array(2 + bytes.length);
  all[0] = 0xfe;
  all[1] = 0xfd;
  all.set(bytes, 2);
  return all;
}

function withLength(before: Uint8Array, vector: Uint8Array): Uint8Array {
  const all = new Uint8Array(before.length + 1 + vector.length);
  all.set(before);
  all[before.length] = vector.length;
  all.set(vector, before.length + 1);
  return all;
}
