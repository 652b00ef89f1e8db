// What shares a port with STUN, told apart by its first byte (RFC 7983 §7); and bytes as recordings write them.
import { CONTENT, RECORD_HEADER } from './dtls.ts';

/** RFC 3550 §5.1. */
export const RTP_HEADER = 12;

/** Whether the bytes begin with a DTLS record: the first byte is 20 to 63. */
export function isDtls(bytes: Uint8Array): boolean {
  const type = bytes[0] ?? 0;
  return (
    type >= CONTENT.changeCipherSpec &&
    type <= CONTENT.data &&
    bytes[1] === 0xfe &&
    bytes.length >= RECORD_HEADER
  );
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
