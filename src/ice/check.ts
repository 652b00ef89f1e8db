// A connectivity check and its answer as bytes (RFC 8445 §7.1, §7.3), and what an arriving check is worth.
import { reasonOf } from '../stun/attributes.ts';
import type { IntegrityKey } from '../stun/integrity.ts';
import { attribute, encode, hasIntegrity, METHOD, verifyIntegrity } from '../stun/message.ts';
import type { Attribute, DecodedMessage } from '../stun/message.ts';
import type { Endpoint } from '../net/packet.ts';
import type { Pair } from './checked-pair.ts';
import type { Role } from './role.ts';

/** A check that is under way. */
export interface Check {
  /** Its transaction id, as a text. */
  readonly key: string;
  readonly pair: Pair;
  readonly bytes: Uint8Array;
  readonly useCandidate: boolean;
  /** RFC 8445 §7.1.1: the priority that a peer-reflexive candidate found by it has. */
  readonly priority: number;
  readonly role: Role;
  readonly startedAt: number;
  /** How often it was sent. */
  sent: number;
  /** RFC 8489 §6.2.1: the first wait for its answer; null for one that is sent once, and then only listened for. */
  readonly rto: number | null;
  /** When it is sent again, or given up; null for one that is only listened for. */
  dueAt: number | null;
}

/** What a check says. */
export interface CheckRequest {
  readonly transactionId: Uint8Array;
  /** The other side's user fragment, the local one: RFC 8445 §7.1.2. */
  readonly username: string;
  readonly priority: number;
  readonly role: Role;
  readonly tieBreaker: bigint;
  readonly useCandidate: boolean;
}

/** The bytes of a check (RFC 8445 §7.1). The key is the other side's password. */
export function encodeCheck(check: CheckRequest, key: IntegrityKey): Uint8Array {
  const attributes: Attribute[] = [
    { name: 'USERNAME', value: check.username },
    {
      name: check.role === 'controlling' ? 'ICE-CONTROLLING' : 'ICE-CONTROLLED',
      value: check.tieBreaker,
    },
  ];
  if (check.useCandidate) attributes.push({ name: 'USE-CANDIDATE', value: true });
  attributes.push({ name: 'PRIORITY', value: check.priority });
  const { transactionId } = check;
  return encode({ class: 'request', method: METHOD.binding, transactionId, attributes }, key);
}

/** The answer to a check that was good (RFC 8445 §7.3.1.2). */
export function encodeSuccess(
  transactionId: Uint8Array,
  mapped: Endpoint,
  key: IntegrityKey,
): Uint8Array {
  const attributes: Attribute[] = [{ name: 'XOR-MAPPED-ADDRESS', value: mapped }];
  return encode({ class: 'success', method: METHOD.binding, transactionId, attributes }, key);
}

/** An error response. Signed where the request was authenticated (RFC 8489 §9.1.3). */
export function encodeRefusal(
  request: DecodedMessage,
  code: number,
  key: IntegrityKey | null,
): Uint8Array {
  const attributes: Attribute[] = [{ name: 'ERROR-CODE', value: { code, reason: reasonOf(code) } }];
  if (code === 420) attributes.push({ name: 'UNKNOWN-ATTRIBUTES', value: request.unknown });
  const { method, transactionId } = request;
  return encode({ class: 'error', method, transactionId, attributes }, key);
}

/** An arriving check, read. */
export type Judged =
  /** Answered with this code; unsigned for 400 and 401. */
  | { readonly ok: false; readonly code: 400 | 401 | 420 }
  | {
      readonly ok: true;
      /** The sender's user fragment. */
      readonly ufrag: string;
      readonly priority: number;
      readonly useCandidate: boolean;
      /** The role that the sender has, and its tie-breaker; null where it names none. */
      readonly role: Role | null;
      readonly tieBreaker: bigint;
    };

/**
 * Whether a Binding request is a check for this agent (RFC 8489 §9.1.3, §6.3.1; RFC 8445 §7.3).
 * @param ufrag the local user fragment
 * @param key of the local password
 */
export function judgeRequest(request: DecodedMessage, ufrag: string, key: IntegrityKey): Judged {
  const username = attribute(request, 'USERNAME');
  if (username === undefined || !hasIntegrity(request)) return { ok: false, code: 400 };
  const colon = username.indexOf(':');
  if (colon < 0 || username.slice(0, colon) !== ufrag || !verifyIntegrity(request, key)) {
    return { ok: false, code: 401 };
  }
  if (request.unknown.length > 0) return { ok: false, code: 420 };
  const priority = attribute(request, 'PRIORITY');
  if (priority === undefined) return { ok: false, code: 400 };
  const controlling = attribute(request, 'ICE-CONTROLLING');
  const controlled = attribute(request, 'ICE-CONTROLLED');
  return {
    ok: true,
    ufrag: username.slice(colon + 1),
    priority,
    useCandidate: attribute(request, 'USE-CANDIDATE') === true,
    role:
      controlling !== undefined ? 'controlling' : controlled !== undefined ? 'controlled' : null,
    tieBreaker: controlling ?? controlled ?? 0n,
  };
}
