// MESSAGE-INTEGRITY (HMAC-SHA1, RFC 8489 §14.5) and its keys (§9.1.1, §9.2.2).
// MESSAGE-INTEGRITY-SHA256 (§14.6) is left out: it is read as data and never checked.
import { hmac } from '@noble/hashes/hmac.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { utf8 } from './text.ts';

/** RFC 8489 §14.5: the length of a SHA-1 HMAC. */
export const INTEGRITY_LENGTH = 20;

type State = ReturnType<typeof hmac.create>;

/** A key, with HMAC's two states after it: what each message costs is its own bytes. Make it once and keep it. */
export interface IntegrityKey {
  readonly state: State;
}

const empty: State = hmac.create(sha1, new Uint8Array(0));
// One for all keys: signing takes a copy of the key's state, and nothing else runs meanwhile.
const working = empty.clone();
let scratch = new Uint8Array(1024);
const expected = new Uint8Array(INTEGRITY_LENGTH);

/** A key from its bytes. */
export function integrityKey(bytes: Uint8Array): IntegrityKey {
  return { state: hmac.create(sha1, bytes) };
}

/**
 * The key of short-term credentials (RFC 8489 §9.1.1), as ICE uses them: OpaqueString(password).
 * OpaqueString (RFC 8265 §4.2) leaves printable ASCII as it is; other passwords are taken as they are, in UTF-8.
 */
export function shortTermKey(password: string): IntegrityKey {
  return integrityKey(utf8(password));
}

/**
 * The key of long-term credentials (RFC 8489 §9.2.2, with MD5): MD5 of `username:realm:password`.
 * OpaqueString leaves printable ASCII as it is; the RFC's own preparation of other texts is the caller's.
 */
export function longTermKey(username: string, realm: string, password: string): IntegrityKey {
  return integrityKey(md5(utf8(`${username}:${realm}:${password}`)));
}

/**
 * Writes the HMAC of the first `end` bytes to `into` at `at`. The header's length is hashed as it stands: it must
 * already count up to the end of MESSAGE-INTEGRITY, and nothing behind it.
 */
export function sign(key: IntegrityKey, bytes: Uint8Array, end: number, into: Uint8Array, at = 0) {
  key.state._cloneInto(working).update(bytes.subarray(0, end));
  working.digestInto(into.subarray(at, at + INTEGRITY_LENGTH));
}

/**
 * Whether the MESSAGE-INTEGRITY that begins at `start` is the one that the key gives. Never throws.
 * @param bytes a whole message
 * @param start where the attribute's type stands: a multiple of 4
 */
export function verify(key: IntegrityKey, bytes: Uint8Array, start: number): boolean {
  const value = start + 4;
  if (start < 20 || value + INTEGRITY_LENGTH > bytes.length) return false;
  if (scratch.length < start) scratch = new Uint8Array(start * 2);
  scratch.set(bytes.subarray(0, start));
  // RFC 8489 §14.5: the length as it was when MESSAGE-INTEGRITY was the last attribute.
  const length = value + INTEGRITY_LENGTH - 20;
  scratch[2] = length >>> 8;
  scratch[3] = length & 0xff;
  sign(key, scratch, start, expected);
  let difference = 0;
  for (let at = 0; at < INTEGRITY_LENGTH; at += 1) {
    difference |= (bytes[value + at] ?? 0) ^ (expected[at] ?? 0);
  }
  return difference === 0;
}
