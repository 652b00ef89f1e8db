// STUN messages between bytes and data (RFC 8489 §5, §14).
//
//   encode(message, key?, fingerprint = true) → bytes      appends MESSAGE-INTEGRITY (with a key) and FINGERPRINT
//   decode(bytes) → { ok: true, message } | { ok: false, why }        any bytes
//   attribute(message, 'XOR-MAPPED-ADDRESS') → its value, or undefined; a flag's is true
//   verifyIntegrity(message, key), hasIntegrity(message)        keys: shortTermKey, longTermKey in integrity.ts
//   message.fingerprint: 'right' | 'wrong' | 'absent'           message.unknown: comprehension-required, not in the table
//   transactionKey(message.transactionId) → a text for a Map
//   isStun(bytes), isChannelData(bytes)
//
//   encode({ class: 'request', method: METHOD.binding, transactionId: random.bytes(12), attributes: [
//     { name: 'USERNAME', value: 'a:b' }, { name: 'PRIORITY', value: 1 }, { name: 'USE-CANDIDATE', value: true },
//     { name: 'ICE-CONTROLLING', value: 1n } ] }, shortTermKey(password))
import { attributeOfType, ATTRIBUTES, isComprehensionRequired } from './attributes.ts';
import type { AttributeName } from './attributes.ts';
import { get16, get32, padded, put16, put32 } from './bytes.ts';
import { crc32 } from './crc32.ts';
import { INTEGRITY_LENGTH, sign, verify } from './integrity.ts';
import type { IntegrityKey } from './integrity.ts';
import { readValue, valueLength, writeValue } from './value.ts';
import type { Values } from './value.ts';

/** RFC 8489 §5. */
export const MAGIC_COOKIE = 0x2112a442;
export const HEADER_LENGTH = 20;
/** RFC 8489 §14.7: what the CRC is combined with, so that it isn't another protocol's. */
export const FINGERPRINT_XOR = 0x5354554e;

/** RFC 8489 §18.2, RFC 8656 §17: the methods, 12 bits. */
export const METHOD = {
  binding: 0x001,
  allocate: 0x003,
  refresh: 0x004,
  send: 0x006,
  data: 0x007,
  createPermission: 0x008,
  channelBind: 0x009,
} as const;

/** RFC 8489 §5, in the order of their two bits. */
export const CLASSES = ['request', 'indication', 'success', 'error'] as const;
export type MessageClass = (typeof CLASSES)[number];

type Row = (typeof ATTRIBUTES)[number];

type ValueOf = { readonly [Each in Row as Each['name']]: Values[Each['kind']] };

/** The type of an attribute's value, by its name. */
export type AttributeValue<Name extends AttributeName> = ValueOf[Name];

/** An attribute by its name; one that the table doesn't have, or whose value isn't what it says, by its number. */
export type Attribute =
  | {
      readonly [Name in AttributeName]: {
        readonly name: Name;
        readonly value: AttributeValue<Name>;
      };
    }[AttributeName]
  | {
      readonly name: 'unknown' | 'malformed';
      /** 16 bits. */
      readonly type: number;
      readonly value: Uint8Array;
    };

/** A message to be encoded. */
export interface StunMessage {
  readonly class: MessageClass;
  /** 12 bits: one of METHOD, or any other. */
  readonly method: number;
  /** 12 bytes. */
  readonly transactionId: Uint8Array;
  /** In their order. Without MESSAGE-INTEGRITY and FINGERPRINT, which `encode` appends. */
  readonly attributes: readonly Attribute[];
}

/** An attribute and where it stands in the message. */
export interface PlacedAttribute {
  readonly attribute: Attribute;
  readonly type: number;
  /** Where its type begins. */
  readonly start: number;
  /** Where its value ends, without padding. The value begins at `start + 4`. */
  readonly end: number;
  /** It stands behind MESSAGE-INTEGRITY, where only FINGERPRINT counts (RFC 8489 §14.5). */
  readonly ignored: boolean;
}

/** A message as it was received. */
export interface DecodedMessage extends StunMessage {
  /** The message's own; not a copy. */
  readonly bytes: Uint8Array;
  /** Those that count; `placed` has them all. */
  readonly attributes: readonly Attribute[];
  readonly placed: readonly PlacedAttribute[];
  /** Where MESSAGE-INTEGRITY begins, or null. */
  readonly integrityAt: number | null;
  readonly fingerprint: 'right' | 'wrong' | 'absent';
  /** Comprehension-required types that the table doesn't have, each once: what 420 answers (RFC 8489 §6.3.1). */
  readonly unknown: readonly number[];
}

/** Why bytes are no STUN message. */
export type DecodeRefusal =
  /** Less than a header. */
  | 'too-short'
  /** The first two bits are not zero. */
  | 'first-bits'
  | 'magic-cookie'
  /** The header's length is no multiple of 4. */
  | 'length-alignment'
  /** The header's length says more, or less, than there is. */
  | 'truncated'
  | 'over-long'
  /** An attribute goes on behind the message's end. */
  | 'attribute-length';

export type Decoded =
  | { readonly ok: true; readonly message: DecodedMessage }
  | { readonly ok: false; readonly why: DecodeRefusal };

/** What was asked to be encoded can't be: a programmer's mistake. */
export class StunEncodeError extends Error {
  override readonly name = 'StunEncodeError';
}

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

/** The value of the first attribute of a name that counts (RFC 8489 §14), or undefined. */
export function attribute<Name extends AttributeName>(
  message: Pick<StunMessage, 'attributes'>,
  name: Name,
): AttributeValue<Name> | undefined {
  const wanted: string = name;
  for (const each of message.attributes) {
    // As in `read`: the compiler can't follow a name to its kind of value.
    if (each.name === wanted) return each.value as AttributeValue<Name>;
  }
  return undefined;
}

/** Whether the message carries MESSAGE-INTEGRITY of a right length. */
export function hasIntegrity(message: DecodedMessage): boolean {
  return message.integrityAt !== null;
}

/** Whether the message carries the MESSAGE-INTEGRITY that the key gives (RFC 8489 §14.5). */
export function verifyIntegrity(message: DecodedMessage, key: IntegrityKey): boolean {
  return message.integrityAt !== null && verify(key, message.bytes, message.integrityAt);
}

/** A text that two transaction ids share exactly when they are equal. */
export function transactionKey(id: Uint8Array): string {
  let text = '';
  for (let at = 0; at < id.length; at += 1) text += String.fromCharCode(id[at] ?? 0);
  return text;
}

/** RFC 7983 §7 and RFC 8489 §5: first byte 0 to 3, magic cookie, a length of whole words that fits. */
export function isStun(bytes: Uint8Array): boolean {
  return (
    bytes.length >= HEADER_LENGTH &&
    (bytes[0] ?? 255) < 4 &&
    get32(bytes, 4) === MAGIC_COOKIE &&
    HEADER_LENGTH + get16(bytes, 2) === bytes.length
  );
}

/** RFC 8656 §12: channel numbers 0x4000 to 0x4FFF, with all that the length says there. */
export function isChannelData(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && (bytes[0] ?? 0) >> 4 === 4 && get16(bytes, 2) <= bytes.length - 4;
}

/** RFC 8489 §5, figure 3: the class's two bits lie between the method's twelve. */
function messageType(kind: MessageClass, method: number): number {
  const bits = CLASSES.indexOf(kind);
  return (
    (method & 0xf) |
    ((method & 0x70) << 1) |
    ((method & 0xf80) << 2) |
    ((bits & 1) << 4) |
    ((bits & 2) << 7)
  );
}

function classOf(type: number): MessageClass {
  return CLASSES[((type >> 4) & 1) | ((type >> 7) & 2)] ?? 'request';
}

function methodOf(type: number): number {
  return (type & 0xf) | ((type >> 1) & 0x70) | ((type >> 2) & 0xf80);
}
