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
import type { ATTRIBUTES, AttributeName } from './attributes.ts';
import type { MessageClass } from './header.ts';
import { verify } from './integrity.ts';
import type { IntegrityKey } from './integrity.ts';
import type { Values } from './value.ts';

export { decode } from './decode.ts';
export { encode, StunEncodeError } from './encode.ts';
export { CLASSES, isChannelData, isStun, METHOD } from './header.ts';
export type { MessageClass } from './header.ts';
export type { StunError } from './value.ts';

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
