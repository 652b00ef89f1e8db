// Addresses and prefixes as bytes and as text. What an address is for is rtc/address.ts's to say.
import { addressInfo, formatIPv6, parseIPv4, parseIPv6 } from '../rtc/address.ts';

/** The 4 or 16 bytes of an address, or null for what is none. Zones (`fe80::1%eth0`) are none here. */
export function parseAddress(text: string): Uint8Array | null {
  const four = parseIPv4(text);
  if (four !== null) return Uint8Array.from(four);
  const six = text.includes('%') ? null : parseIPv6(text);
  if (six === null) return null;
  return Uint8Array.from(six.flatMap((group) => [group >> 8, group & 255]));
}

/**
 * The canonical text of an address: dotted decimals, or RFC 5952 §4.
 * @param bytes 4 or 16 of them
 * @throws RangeError for any other number of bytes
 */
export function formatAddress(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.length !== 16) throw new RangeError(`An address of ${bytes.length} bytes`);
  const groups = Array.from(
    { length: 8 },
    (_, at) => ((bytes[at * 2] ?? 0) << 8) | (bytes[at * 2 + 1] ?? 0),
  );
  return formatIPv6(groups);
}

/** The address in its canonical text, or null for what is none. */
export function canonicalAddress(text: string): string | null {
  const bytes = parseAddress(text);
  return bytes === null ? null : formatAddress(bytes);
}

/** A range of addresses: those that begin with the first `length` bits. */
export interface Prefix {
  readonly bytes: Uint8Array;
  readonly length: number;
}

/** Reads CIDR notation (RFC 4632 §3.1, RFC 4291 §2.3), such as `10.0.0.0/8`; null for what is none. */
export function parsePrefix(text: string): Prefix | null {
  const slash = text.indexOf('/');
  const bytes = slash < 0 ? null : parseAddress(text.slice(0, slash));
  const bits = text.slice(slash + 1);
  if (bytes === null || !/^(?:0|[1-9]\d{0,2})$/.test(bits)) return null;
  const length = Number(bits);
  return length > bytes.length * 8 ? null : { bytes, length };
}

/** Whether the address is in the range. An address of the other family never is. */
export function isInPrefix(bytes: Uint8Array, prefix: Prefix): boolean {
  return bytes.length === prefix.bytes.length && beginAlike(bytes, prefix.bytes, prefix.length);
}

/** Whether some address is in both ranges. */
export function doPrefixesOverlap(one: Prefix, other: Prefix): boolean {
  if (one.bytes.length !== other.bytes.length) return false;
  return beginAlike(one.bytes, other.bytes, Math.min(one.length, other.length));
}

function beginAlike(one: Uint8Array, other: Uint8Array, bits: number): boolean {
  const whole = bits >> 3;
  for (let at = 0; at < whole; at += 1) if (one[at] !== other[at]) return false;
  const shift = 8 - (bits & 7);
  return shift === 8 || (one[whole] ?? 0) >> shift === (other[whole] ?? 0) >> shift;
}

/** True where the internet has no route to it: private, shared, link-local, unique-local, loopback and the like. */
export function isLocalAddress(text: string): boolean {
  const { kind } = addressInfo(text);
  return kind !== 'global' && kind !== 'documentation' && kind !== 'reserved';
}

/** 4 or 6. It takes an address for one: anything with a colon is IPv6. */
export function familyOf(address: string): 4 | 6 {
  return address.includes(':') ? 6 : 4;
}
