// A STUN message out of any bytes (RFC 8489 §5, §14).
import { attributeOfType, isComprehensionRequired } from './attributes.ts';
import { get16, get32, padded } from './bytes.ts';
import { crc32 } from './crc32.ts';
import { classOf, FINGERPRINT_XOR, HEADER_LENGTH, MAGIC_COOKIE, methodOf } from './header.ts';
import { INTEGRITY_LENGTH } from './integrity.ts';
import type {
  Attribute,
  Decoded,
  DecodedMessage,
  DecodeRefusal,
  PlacedAttribute,
} from './message-types.ts';
import { readValue } from './value.ts';

/** Reads a message. Takes any bytes; never throws. The message keeps the bytes: don't write to them. */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes.length < HEADER_LENGTH) return refused('too-short');
  const type = get16(bytes, 0);
  if (type > 0x3fff) return refused('first-bits');
  if (get32(bytes, 4) !== MAGIC_COOKIE) return refused('magic-cookie');
  const length = get16(bytes, 2);
  if (length % 4 !== 0) return refused('length-alignment');
  if (HEADER_LENGTH + length > bytes.length) return refused('truncated');
  if (HEADER_LENGTH + length < bytes.length) return refused('over-long');

  const attributes: Attribute[] = [];
  const placed: PlacedAttribute[] = [];
  const unknown: number[] = [];
  let integrityAt: number | null = null;
  let fingerprint: DecodedMessage['fingerprint'] = 'absent';
  for (let start = HEADER_LENGTH; start < bytes.length;) {
    // The message's length is a multiple of 4, and each attribute takes one: a header always fits.
    const attributeType = get16(bytes, start);
    const end = start + 4 + get16(bytes, start + 2);
    if (end > bytes.length) return refused('attribute-length');
    const attribute = read(bytes, attributeType, start + 4, end);
    const isMark = attributeType === 0x8028;
    // RFC 8489 §14.7: FINGERPRINT is the last. Behind it nothing counts either.
    const ignored = fingerprint !== 'absent' || (integrityAt !== null && !isMark);
    placed.push({ attribute, type: attributeType, start, end, ignored });
    if (!ignored) {
      attributes.push(attribute);
      if (attribute.name === 'MESSAGE-INTEGRITY') integrityAt = start;
      else if (isMark) fingerprint = checkFingerprint(bytes, start, attribute);
      else if (
        attribute.name === 'unknown' &&
        isComprehensionRequired(attributeType) &&
        !unknown.includes(attributeType)
      ) {
        unknown.push(attributeType);
      }
    }
    start += 4 + padded(end - start - 4);
  }
  return {
    ok: true,
    message: {
      class: classOf(type),
      method: methodOf(type),
      transactionId: bytes.subarray(8, HEADER_LENGTH),
      bytes,
      attributes,
      placed,
      integrityAt,
      fingerprint,
      unknown,
    },
  };
}

function refused(why: DecodeRefusal): Decoded {
  return { ok: false, why };
}

function read(bytes: Uint8Array, type: number, start: number, end: number): Attribute {
  const row = attributeOfType(type);
  if (row === undefined) return { name: 'unknown', type, value: bytes.subarray(start, end) };
  const value = readValue(bytes, start, end, row.kind);
  if (value === null || (row.type === 0x0008 && end - start !== INTEGRITY_LENGTH)) {
    return { name: 'malformed', type, value: bytes.subarray(start, end) };
  }
  // The table is what binds a name to its kind of value; the compiler can't follow it through a row.
  return { name: row.name, value } as Attribute;
}

function checkFingerprint(
  bytes: Uint8Array,
  start: number,
  attribute: Attribute,
): 'right' | 'wrong' {
  if (attribute.name !== 'FINGERPRINT' || start + 8 !== bytes.length) return 'wrong';
  return (crc32(bytes, start) ^ FINGERPRINT_XOR) >>> 0 === attribute.value ? 'right' : 'wrong';
}
