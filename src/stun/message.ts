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
import type { AttributeName } from './attributes.ts';
import { verify } from './integrity.ts';
import type { IntegrityKey } from './integrity.ts';
import type { AttributeValue, DecodedMessage, StunMessage } from './message-types.ts';

export { decode } from './decode.ts';
export { encode, StunEncodeError } from './encode.ts';
export { CLASSES, isChannelData, isStun, METHOD } from './header.ts';
export type { MessageClass } from './header.ts';
export type {
  Attribute,
  AttributeValue,
  Decoded,
  DecodedMessage,
  DecodeRefusal,
  PlacedAttribute,
  StunMessage,
} from './message-types.ts';
export type { StunError } from './value.ts';

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
