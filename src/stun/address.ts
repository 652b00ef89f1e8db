// Addresses between their text and their bytes, as STUN carries them (RFC 8489 §14.1). Texts are canonical.
import { parseIPv6 } from '../rtc/address.ts';

/** RFC 8489 §14.1: the numbers of the address families. */
export const FAMILY_IPV4 = 0x01;
export const FAMILY_IPV6 = 0x02;

/** The 32 bits of a dotted IPv4 address, unsigned, or -1. */
export function ipv4Bits(text: string): number {
  let bits = 0;
  let byte = -1;
  let dots = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x2e) {
      if (byte < 0 || dots === 3) return -1;
      bits = bits * 256 + byte;
      byte = -1;
      dots += 1;
      continue;
    }
    const digit = code - 0x30;
    // A leading zero is an error: some read it as octal.
    if (digit < 0 || digit > 9 || byte === 0) return -1;
    byte = byte < 0 ? digit : byte * 10 + digit;
    if (byte > 255) return -1;
  }
  return byte < 0 || dots !== 3 ? -1 : bits * 256 + byte;
}

/** The eight groups of an IPv6 address, or null. A zone is no part of an address on the wire: null. */
export function ipv6Groups(text: string): readonly number[] | null {
  return text.includes('%') ? null : parseIPv6(text);
}

/** Dotted decimals. @param bits 32 bits, signed or not */
export function formatIpv4(bits: number): string {
  return `${bits >>> 24}.${(bits >>> 16) & 255}.${(bits >>> 8) & 255}.${bits & 255}`;
}

/** The family number of an address text, or null for what is no address. */
export function familyOf(address: string): typeof FAMILY_IPV4 | typeof FAMILY_IPV6 | null {
  if (ipv4Bits(address) >= 0) return FAMILY_IPV4;
  return ipv6Groups(address) === null ? null : FAMILY_IPV6;
}
