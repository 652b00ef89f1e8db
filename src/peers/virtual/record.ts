// DTLS records and handshake messages as they are framed on the wire (RFC 6347 §4.1, §4.2.2; RFC 9147 §4).

import { recordAt, word } from '../../rtc/datagram.ts';
import { HANDSHAKE_HEADER, RECORD_HEADER, UNIFIED } from '../../rtc/dtls.ts';

/** One record. */
export interface DtlsRecord {
  readonly type: number;
  readonly epoch: number;
  /** Its number in its epoch; the lower 32 of 48 bits. */
  readonly sequence: number;
  readonly body: Uint8Array;
}

/** A handshake message in one fragment. */
export interface HandshakeMessage {
  readonly type: number;
  /** message_seq. */
  readonly sequence: number;
  readonly body: Uint8Array;
}

/** RFC 9147 §4.2.1: from this epoch on DTLS 1.3 encrypts. DTLS 1.2 never comes so far: nothing is negotiated anew. */
const FIRST_UNIFIED = 2;

/** The bytes of some records, one after the other in one datagram. */
export function encodeRecords(records: readonly DtlsRecord[]): Uint8Array {
  let length = 0;
  for (const { epoch, body } of records) length += overhead(epoch) + body.length;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const record of records) {
    if (record.epoch >= FIRST_UNIFIED) putUnified(bytes, at, record);
    else putPlain(bytes, at, record);
    at += overhead(record.epoch) + record.body.length;
  }
  return bytes;
}

/** What a record is longer than what it carries; the content type of a unified one is one byte behind it. */
function overhead(epoch: number): number {
  return epoch >= FIRST_UNIFIED ? UNIFIED.length + 1 : RECORD_HEADER;
}

function putPlain(bytes: Uint8Array, at: number, record: DtlsRecord): void {
  const { type, epoch, sequence, body } = record;
  bytes[at] = type;
  // DTLS 1.2 is written as the ones' complement of 1.2 (RFC 6347 §4.1). DTLS 1.3 writes the same (RFC 9147 §4).
  bytes[at + 1] = 0xfe;
  bytes[at + 2] = 0xfd;
  bytes[at + 3] = epoch >>> 8;
  bytes[at + 4] = epoch;
  bytes[at + 7] = sequence >>> 24;
  bytes[at + 8] = sequence >>> 16;
  bytes[at + 9] = sequence >>> 8;
  bytes[at + 10] = sequence;
  bytes[at + 11] = body.length >>> 8;
  bytes[at + 12] = body.length;
  bytes.set(body, at + RECORD_HEADER);
}

function putUnified(bytes: Uint8Array, at: number, record: DtlsRecord): void {
  const { type, epoch, sequence, body } = record;
  const length = body.length + 1;
  bytes[at] = UNIFIED.first | (epoch & UNIFIED.epoch);
  bytes[at + 1] = sequence >>> 8;
  bytes[at + 2] = sequence;
  bytes[at + 3] = length >>> 8;
  bytes[at + 4] = length;
  bytes.set(body, at + UNIFIED.length);
  bytes[at + UNIFIED.length + body.length] = type;
}

/** The records of a datagram; what is cut off or no DTLS ends the list, as RFC 6347 §4.1.2.7 lets it be dropped. */
export function decodeRecords(datagram: Uint8Array): readonly DtlsRecord[] {
  const records: DtlsRecord[] = [];
  let at = 0;
  for (;;) {
    const place = recordAt(datagram, at);
    if (place === null || place.end > datagram.length) return records;
    const { isUnified, type, body, bodyEnd, end } = place;
    records.push({
      type,
      ...(isUnified
        ? { epoch: (datagram[at] ?? 0) & UNIFIED.epoch, sequence: word(datagram, at + 1) }
        : {
            epoch: word(datagram, at + 3),
            sequence: word(datagram, at + 7) * 0x10000 + word(datagram, at + 9),
          }),
      body: datagram.subarray(body, bodyEnd),
    });
    at = end;
  }
}

/** The bytes of a handshake message in one fragment. */
export function encodeHandshake({ type, sequence, body }: HandshakeMessage): Uint8Array {
  const bytes = new Uint8Array(HANDSHAKE_HEADER + body.length);
  bytes[0] = type;
  bytes[2] = bytes[10] = body.length >>> 8;
  bytes[3] = bytes[11] = body.length;
  bytes[4] = sequence >>> 8;
  bytes[5] = sequence;
  bytes.set(body, HANDSHAKE_HEADER);
  return bytes;
}

/** A handshake message; null for one that is cut off or fragmented, which no virtual peer sends. */
export function decodeHandshake(bytes: Uint8Array): HandshakeMessage | null {
  const length = word(bytes, 2);
  if (bytes.length !== HANDSHAKE_HEADER + length || (bytes[1] ?? 0) !== 0) return null;
  if (word(bytes, 10) !== length || word(bytes, 7) !== 0) return null;
  return { type: bytes[0] ?? 0, sequence: word(bytes, 4), body: bytes.subarray(HANDSHAKE_HEADER) };
}
