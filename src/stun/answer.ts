// What STUN and TURN servers share: checks of a request, and the responses to it (RFC 8489 §6.3).
import type { Endpoint } from '../net/packet.ts';
import { isComprehensionRequired, reasonOf } from './attributes.ts';
import type { ErrorCode } from './attributes.ts';
import type { IntegrityKey } from './integrity.ts';
import { encode } from './message.ts';
import type { Attribute, DecodedMessage } from './message.ts';

/** A success response to a request. FINGERPRINT is in it where the request had one. */
export function success(
  request: DecodedMessage,
  attributes: readonly Attribute[],
  key: IntegrityKey | null = null,
): Uint8Array {
  const { method, transactionId } = request;
  return encode(
    { class: 'success', method, transactionId, attributes },
    key,
    request.fingerprint !== 'absent',
  );
}

/** An error response to a request, with the code's own reason phrase, and what else belongs to it. */
export function failure(
  request: DecodedMessage,
  code: ErrorCode,
  attributes: readonly Attribute[] = [],
  key: IntegrityKey | null = null,
): Uint8Array {
  const { method, transactionId } = request;
  const error: Attribute = { name: 'ERROR-CODE', value: { code, reason: reasonOf(code) } };
  return encode(
    { class: 'error', method, transactionId, attributes: [error, ...attributes] },
    key,
    request.fingerprint !== 'absent',
  );
}

/** RFC 8489 §6.3.1: the 420 that tells which types are unknown. */
export function unknownAttributes(
  request: DecodedMessage,
  types: readonly number[],
  attributes: readonly Attribute[] = [],
  key: IntegrityKey | null = null,
): Uint8Array {
  const unknown: Attribute = { name: 'UNKNOWN-ATTRIBUTES', value: types };
  return failure(request, 420, [unknown, ...attributes], key);
}

/** Whether an attribute that must be understood has a value that isn't one. */
export function isMalformed(request: DecodedMessage): boolean {
  return request.attributes.some(
    (each) => each.name === 'malformed' && isComprehensionRequired(each.type),
  );
}

/** RFC 8489 §6.3.1.1: the attributes of a Binding success response. */
export function bindingAnswer(source: Endpoint, software: string | null): readonly Attribute[] {
  const mapped: Attribute = { name: 'XOR-MAPPED-ADDRESS', value: source };
  return software === null ? [mapped] : [mapped, { name: 'SOFTWARE', value: software }];
}
