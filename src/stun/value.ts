// The values of attributes between bytes and data, by kind (RFC 8489 §14, RFC 8656 §18).
import type { Endpoint } from '../net/packet.ts';
import { formatIPv6 } from '../rtc/address.ts';
import { FAMILY_IPV4, FAMILY_IPV6, formatIpv4, ipv4Bits, ipv6Groups } from './address.ts';
import type { ValueKind } from './attributes.ts';
import { get16, get32, put16, put32 } from './bytes.ts';
import { readUtf8, utf8Length, writeUtf8 } from './text.ts';

/** What ERROR-CODE carries. */
export interface StunError {
  /** 300 to 699. */
  readonly code: number;
  readonly reason: string;
}

/** The value that each kind has as data. */
export interface Values {
  readonly address: Endpoint;
  readonly 'xor-address': Endpoint;
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly uint32: number;
  readonly uint64: bigint;
  readonly flag: true;
  readonly error: StunError;
  readonly types: readonly number[];
  readonly channel: number;
  readonly uint8: number;
  readonly bit: boolean;
}

/** `bytes` are always a whole message: XOR takes the cookie and the transaction id from its header. */
interface Codec<Value> {
  /** In bytes without padding; -1 for a value that can't be written. */
  length(value: Value): number;
  write(bytes: Uint8Array, at: number, value: Value): void;
  /** Null where the bytes are not of this kind. */
  read(bytes: Uint8Array, start: number, end: number): Value | null;
}

/** How many bytes a value takes, without padding; -1 for one that can't be written. */
export function valueLength<Kind extends ValueKind>(kind: Kind, value: Values[Kind]): number {
  return CODECS[kind].length(value);
}

/** Writes a value that has a length into a message whose header is written. */
export function writeValue<Kind extends ValueKind>(
  bytes: Uint8Array,
  at: number,
  kind: Kind,
  value: Values[Kind],
): void {
  CODECS[kind].write(bytes, at, value);
}

/** The value between `start` and `end` of a whole message, or null where the bytes are not of this kind. */
export function readValue<Kind extends ValueKind>(
  bytes: Uint8Array,
  start: number,
  end: number,
  kind: Kind,
): Values[Kind] | null {
  return CODECS[kind].read(bytes, start, end);
}

const isUnsigned = (value: number, limit: number) =>
  Number.isInteger(value) && value >= 0 && value < limit;

/** RFC 8489 §14.1, and §14.2 with `mask` -1: the port is combined with the cookie, the address with cookie and id. */
function addresses(mask: 0 | -1): Codec<Endpoint> {
  return {
    length({ address, port }) {
      if (!isUnsigned(port, 0x1_0000)) return -1;
      if (ipv4Bits(address) >= 0) return 8;
      return ipv6Groups(address) === null ? -1 : 20;
    },
    write(bytes, at, { address, port }) {
      put16(bytes, at + 2, port ^ (get16(bytes, 4) & mask));
      const bits = ipv4Bits(address);
      bytes[at + 1] = bits >= 0 ? FAMILY_IPV4 : FAMILY_IPV6;
      if (bits >= 0) {
        put32(bytes, at + 4, bits ^ (get32(bytes, 4) & mask));
        return;
      }
      const groups = ipv6Groups(address) ?? [];
      for (let group = 0; group < 8; group += 1) {
        const place = 2 * group;
        put16(bytes, at + 4 + place, (groups[group] ?? 0) ^ (get16(bytes, 4 + place) & mask));
      }
    },
    read(bytes, start, end) {
      const family = bytes[start + 1];
      const port = get16(bytes, start + 2) ^ (get16(bytes, 4) & mask);
      if (family === FAMILY_IPV4 && end - start === 8) {
        return { address: formatIpv4(get32(bytes, start + 4) ^ (get32(bytes, 4) & mask)), port };
      }
      if (family !== FAMILY_IPV6 || end - start !== 20) return null;
      const groups: number[] = [];
      for (let place = 0; place < 16; place += 2) {
        groups.push(get16(bytes, start + 4 + place) ^ (get16(bytes, 4 + place) & mask));
      }
      return { address: formatIPv6(groups), port };
    },
  };
}

const CODECS: { readonly [Kind in ValueKind]: Codec<Values[Kind]> } = {
  address: addresses(0),
  'xor-address': addresses(-1),
  text: { length: utf8Length, write: writeUtf8, read: readUtf8 },
  bytes: {
    length: (value) => value.length,
    write: (bytes, at, value) => bytes.set(value, at),
    read: (bytes, start, end) => bytes.subarray(start, end),
  },
  uint32: {
    length: (value) => (isUnsigned(value, 0x1_0000_0000) ? 4 : -1),
    write: put32,
    read: (bytes, start, end) => (end - start === 4 ? get32(bytes, start) : null),
  },
  uint64: {
    length: (value) => (BigInt.asUintN(64, value) === value ? 8 : -1),
    write(bytes, at, value) {
      put32(bytes, at, Number(value >> 32n));
      put32(bytes, at + 4, Number(value & 0xffff_ffffn));
    },
    read: (bytes, start, end) =>
      end - start === 8
        ? (BigInt(get32(bytes, start)) << 32n) | BigInt(get32(bytes, start + 4))
        : null,
  },
  flag: {
    length: () => 0,
    write: () => undefined,
    read: (_bytes, start, end) => (end === start ? true : null),
  },
  error: {
    length: ({ code, reason }) =>
      Number.isInteger(code) && code >= 300 && code < 700 ? 4 + utf8Length(reason) : -1,
    write(bytes, at, { code, reason }) {
      bytes[at + 2] = Math.floor(code / 100);
      bytes[at + 3] = code % 100;
      writeUtf8(bytes, at + 4, reason);
    },
    read(bytes, start, end) {
      if (end - start < 4) return null;
      const hundreds = (bytes[start + 2] ?? 0) & 7;
      const rest = bytes[start + 3] ?? 0;
      const reason = readUtf8(bytes, start + 4, end);
      if (hundreds < 3 || hundreds > 6 || rest > 99 || reason === null) return null;
      return { code: hundreds * 100 + rest, reason };
    },
  },
  types: {
    length: (value) => (value.every((type) => isUnsigned(type, 0x1_0000)) ? 2 * value.length : -1),
    write: (bytes, at, value) => value.forEach((type, place) => put16(bytes, at + 2 * place, type)),
    read(bytes, start, end) {
      if ((end - start) % 2 !== 0) return null;
      const types: number[] = [];
      for (let at = start; at < end; at += 2) types.push(get16(bytes, at));
      return types;
    },
  },
  channel: {
    length: (value) => (isUnsigned(value, 0x1_0000) ? 4 : -1),
    write: put16,
    read: (bytes, start, end) => (end - start === 4 ? get16(bytes, start) : null),
  },
  uint8: {
    length: (value) => (isUnsigned(value, 0x100) ? 4 : -1),
    write(bytes, at, value) {
      bytes[at] = value;
    },
    read: (bytes, start, end) => (end - start === 4 ? (bytes[start] ?? 0) : null),
  },
  bit: {
    length: () => 1,
    write(bytes, at, value) {
      bytes[at] = value ? 0x80 : 0;
    },
    read: (bytes, start, end) => (end - start === 1 ? ((bytes[start] ?? 0) & 0x80) !== 0 : null),
  },
};
