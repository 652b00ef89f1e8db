// ChannelData messages (RFC 8656 §12.4).
import { get16, padded, put16 } from './bytes.ts';
import { isChannelData } from './header.ts';

/** RFC 8656 §12: the numbers that channels can have. */
export const FIRST_CHANNEL = 0x4000;
export const LAST_CHANNEL = 0x4fff;

/** A ChannelData message. */
export interface ChannelData {
  /** 0x4000 to 0x4FFF. */
  readonly number: number;
  readonly payload: Uint8Array;
}

/** The bytes of a ChannelData message; over TCP it is padded to a multiple of 4 (RFC 8656 §12.5). */
export function encodeChannelData({ number, payload }: ChannelData, isStream: boolean): Uint8Array {
  const length = 4 + payload.length;
  const bytes = new Uint8Array(isStream ? padded(length) : length);
  put16(bytes, 0, number);
  put16(bytes, 2, payload.length);
  bytes.set(payload, 4);
  return bytes;
}

/** Reads a ChannelData message, or gives null. Takes any bytes; what stands behind its length is padding. */
export function decodeChannelData(bytes: Uint8Array): ChannelData | null {
  if (!isChannelData(bytes)) return null;
  return { number: get16(bytes, 0), payload: bytes.subarray(4, 4 + get16(bytes, 2)) };
}
