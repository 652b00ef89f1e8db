// What shares a port with STUN, told apart by its first byte (RFC 7983 §7); and bytes as recordings write them.
import { CONTENT, isUnified, RECORD_HEADER, UNIFIED } from './dtls.ts';

/** RFC 3550 §5.1. */
export const RTP_HEADER = 12;

/** Whether the bytes begin with a DTLS record: the first byte is 20 to 63. */
export function isDtls(bytes: Uint8Array): boolean {
  return recordAt(bytes, 0) !== null;
}

/** Where a record of DTLS is in its datagram, and what it carries. */
export interface RecordPlace {
  /** Under the header of DTLS 1.3 (RFC 9147 §4), which says nothing of the content. */
  readonly isUnified: boolean;
  /** The content type. Under the unified header it is the last byte inside (RFC 9147 §4, DTLSInnerPlaintext). */
  readonly type: number;
  /** Where what it carries begins and ends, and where the next record is. */
  readonly body: number;
  readonly bodyEnd: number;
  readonly end: number;
}

/** The record of DTLS that begins there; null where none does, or not a whole header of one. Takes any bytes. */
export function recordAt(bytes: Uint8Array, at: number): RecordPlace | null {
  const first = bytes[at] ?? 0;
  if (isUnified(first)) {
    const body = at + UNIFIED.length;
    const end = body + ((bytes[at + 3] ?? 0) << 8) + (bytes[at + 4] ?? 0);
    if (end > bytes.length || end === body) return null;
    return { isUnified: true, type: bytes[end - 1] ?? 0, body, bodyEnd: end - 1, end };
  }
  const isKnown = first >= CONTENT.changeCipherSpec && first <= CONTENT.ack;
  const body = at + RECORD_HEADER;
  if (!isKnown || bytes[at + 1] !== 0xfe || bytes.length < body) return null;
  const end = body + ((bytes[at + 11] ?? 0) << 8) + (bytes[at + 12] ?? 0);
  return { isUnified: false, type: first, body, bodyEnd: end, end };
}

/** Whether the bytes are RTP: the first byte is 128 to 191. */
export function isRtp(bytes: Uint8Array): boolean {
  return (bytes[0] ?? 0) >> 6 === 2 && bytes.length >= RTP_HEADER;
}

/** The bytes that hexadecimal text stands for. */
export function bytesOf(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length >> 1);
  for (let at = 0; at < bytes.length; at += 1) {
    bytes[at] = Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16);
  }
  return bytes;
}

/** 16 bits at a place; 0 beyond the end. */
export function word(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) * 0x100 + (bytes[at + 1] ?? 0);
}
