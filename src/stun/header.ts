// The header of a STUN message (RFC 8489 §5), and how STUN is told from what else comes to the same socket.
import { get16, get32 } from './bytes.ts';

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
export function messageType(kind: MessageClass, method: number): number {
  const bits = CLASSES.indexOf(kind);
  return (
    (method & 0xf) |
    ((method & 0x70) << 1) |
    ((method & 0xf80) << 2) |
    ((bits & 1) << 4) |
    ((bits & 2) << 7)
  );
}

/** The class in the two bits of a message type. */
export function classOf(type: number): MessageClass {
  return CLASSES[((type >> 4) & 1) | ((type >> 7) & 2)] ?? 'request';
}

/** The method in the twelve bits of a message type. */
export function methodOf(type: number): number {
  return (type & 0xf) | ((type >> 1) & 0x70) | ((type >> 2) & 0xf80);
}
