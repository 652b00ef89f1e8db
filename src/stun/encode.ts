// A STUN message as bytes (RFC 8489 §5, §14).
import { ATTRIBUTES } from './attributes.ts';
import type { AttributeName } from './attributes.ts';
import { padded, put16, put32 } from './bytes.ts';
import { crc32 } from './crc32.ts';
import { FINGERPRINT_XOR, HEADER_LENGTH, MAGIC_COOKIE, messageType } from './header.ts';
import { INTEGRITY_LENGTH, sign } from './integrity.ts';
import type { IntegrityKey } from './integrity.ts';
import type { Attribute, StunMessage } from './message-types.ts';
import { valueLength, writeValue } from './value.ts';

/** What was asked to be encoded can't be: a programmer's mistake. */
export class StunEncodeError extends Error {
  override readonly name = 'StunEncodeError';
}

type Row = (typeof ATTRIBUTES)[number];

const types = new Map<string, Row>(ATTRIBUTES.map((row) => [row.name, row]));

/**
 * The message's bytes (RFC 8489 §5). Padding is zero (§14).
 * @param key appends MESSAGE-INTEGRITY (§14.5)
 * @param fingerprint appends FINGERPRINT (§14.7)
 * @throws {StunEncodeError} where a value doesn't fit its attribute or the message its length
 */
export function encode(
  message: StunMessage,
  key: IntegrityKey | null = null,
  fingerprint = true,
): Uint8Array {
  const { attributes, transactionId, method } = message;
  if (transactionId.length !== 12) throw new StunEncodeError('A transaction id has 12 bytes.');
  if (!Number.isInteger(method) || method < 0 || method > 0xfff) {
    throw new StunEncodeError(`A method has 12 bits: ${method}.`);
  }
  let size = HEADER_LENGTH;
  for (const attribute of attributes) size += 4 + padded(lengthOf(attribute));
  const signedAt = size;
  if (key !== null) size += 4 + INTEGRITY_LENGTH;
  const markedAt = size;
  if (fingerprint) size += 8;
  if (size > HEADER_LENGTH + 0xffff) throw new StunEncodeError('The message is too long.');

  const bytes = new Uint8Array(size);
  put16(bytes, 0, messageType(message.class, method));
  put32(bytes, 4, MAGIC_COOKIE);
  bytes.set(transactionId, 8);
  let at = HEADER_LENGTH;
  for (const attribute of attributes) at = put(bytes, at, attribute);
  if (key !== null) {
    put16(bytes, 2, markedAt - HEADER_LENGTH);
    put16(bytes, signedAt, 0x0008);
    put16(bytes, signedAt + 2, INTEGRITY_LENGTH);
    sign(key, bytes, signedAt, bytes, signedAt + 4);
  }
  put16(bytes, 2, size - HEADER_LENGTH);
  if (fingerprint) {
    put16(bytes, markedAt, 0x8028);
    put16(bytes, markedAt + 2, 4);
    put32(bytes, markedAt + 4, crc32(bytes, markedAt) ^ FINGERPRINT_XOR);
  }
  return bytes;
}

function lengthOf(attribute: Attribute): number {
  if (attribute.name === 'unknown' || attribute.name === 'malformed') return attribute.value.length;
  const length = valueLength(rowOf(attribute.name).kind, attribute.value);
  if (length < 0) throw new StunEncodeError(`${attribute.name} can't have this value.`);
  return length;
}

function put(bytes: Uint8Array, at: number, attribute: Attribute): number {
  const isRaw = attribute.name === 'unknown' || attribute.name === 'malformed';
  const length = lengthOf(attribute);
  put16(bytes, at, isRaw ? attribute.type : rowOf(attribute.name).type);
  put16(bytes, at + 2, length);
  if (isRaw) bytes.set(attribute.value, at + 4);
  else writeValue(bytes, at + 4, rowOf(attribute.name).kind, attribute.value);
  return at + 4 + padded(length);
}

function rowOf(name: AttributeName): Row {
  const row = types.get(name);
  if (row === undefined) throw new StunEncodeError(`There is no attribute ${name}.`);
  return row;
}
