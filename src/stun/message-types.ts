// A STUN message as data: what there is to be encoded, and what there is once decoded (RFC 8489 §5, §14).
import type { ATTRIBUTES, AttributeName } from './attributes.ts';
import type { MessageClass } from './header.ts';
import type { Values } from './value.ts';

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
