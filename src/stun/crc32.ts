// CRC-32 (ITU V.42, ISO/IEC 13239), as FINGERPRINT uses it (RFC 8489 §14.7).

const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** The CRC of the bytes from 0 to below `end`: 32 bits, unsigned. */
export function crc32(bytes: Uint8Array, end: number): number {
  let value = -1;
  for (let at = 0; at < end; at += 1) {
    value = (value >>> 8) ^ (TABLE[(value ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  }
  return ~value >>> 0;
}
