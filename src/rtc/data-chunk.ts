// The chunks that carry data channels (RFC 9260 §3.3), as far as they are modelled, and DCEP messages (RFC 8832 §5).
import { word } from './datagram.ts';

/** RFC 9260 §3.2, RFC 6525 §3.1 (chunk types). */
const DATA = 0;
const SACK = 3;
const RESET = 130;
/** RFC 9260 §3.3.1. */
const DATA_HEADER = 16;

/** RFC 8831 §8, RFC 8832 §8.1 (payload protocol identifiers). */
export const PPID = { dcep: 50, text: 51, binary: 53, textEmpty: 56, binaryEmpty: 57 } as const;

/** A numbered chunk: a part of a message, or the end of a stream. */
export interface DataChunk {
  readonly is: 'data' | 'reset';
  /** RFC 9260 §3.3.1: transmission sequence number. */
  readonly tsn: number;
  readonly stream: number;
  readonly ppid: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly payload: Uint8Array;
}

/** A chunk. A SACK says up to which number all has arrived. */
export type Chunk = DataChunk | { readonly is: 'sack'; readonly tsn: number };

/** The bytes of a chunk. A stream's end, which RFC 6525 has outside of the numbering, is numbered here. */
export function encodeChunk(chunk: Chunk): Uint8Array {
  const payload = chunk.is === 'sack' ? null : chunk.payload;
  const bytes = new Uint8Array(DATA_HEADER + (payload?.length ?? 0));
  const view = new DataView(bytes.buffer);
  bytes[0] = chunk.is === 'sack' ? SACK : chunk.is === 'reset' ? RESET : DATA;
  view.setUint16(2, bytes.length);
  view.setUint32(4, chunk.tsn);
  if (chunk.is === 'sack' || payload === null) {
    // RFC 9260 §3.3.4: the receiver's window; no gaps, no duplicates.
    view.setUint32(8, 0x20000);
    return bytes;
  }
  // RFC 9260 §3.3.1: B and E.
  bytes[1] = (chunk.isFirst ? 2 : 0) + (chunk.isLast ? 1 : 0);
  view.setUint16(8, chunk.stream);
  view.setUint32(12, chunk.ppid);
  bytes.set(payload, DATA_HEADER);
  return bytes;
}

/** A chunk; null for what is none of these. */
export function decodeChunk(bytes: Uint8Array): Chunk | null {
  if (bytes.length < DATA_HEADER || word(bytes, 2) !== bytes.length) return null;
  const tsn = word(bytes, 4) * 0x10000 + word(bytes, 6);
  const [type, flags = 0] = bytes;
  if (type === SACK) return { is: 'sack', tsn };
  if (type !== DATA && type !== RESET) return null;
  return {
    is: type === DATA ? 'data' : 'reset',
    tsn,
    stream: word(bytes, 8),
    ppid: word(bytes, 12) * 0x10000 + word(bytes, 14),
    isFirst: (flags & 2) !== 0,
    isLast: (flags & 1) !== 0,
    payload: bytes.subarray(DATA_HEADER),
  };
}

/** RFC 8832 §8.2.1 (message types). */
const OPEN = 3;
const ACK = 2;
/** RFC 8832 §5.1. */
const OPEN_HEADER = 12;

/** What DATA_CHANNEL_OPEN says of a channel. */
export interface OpenMessage {
  readonly label: string;
  readonly protocol: string;
  readonly ordered: boolean;
  readonly maxPacketLifeTime: number | null;
  readonly maxRetransmits: number | null;
}

/** RFC 8832 §8.2.2 (channel types): reliable, or with a limit; the highest bit is for unordered. */
const TYPE = { reliable: 0, retransmits: 1, timed: 2, unordered: 0x80 } as const;

/** DATA_CHANNEL_OPEN (RFC 8832 §5.1). */
export function encodeOpen(message: OpenMessage): Uint8Array {
  const { ordered, maxPacketLifeTime, maxRetransmits } = message;
  const encoder = new TextEncoder();
  const label = encoder.encode(message.label);
  const protocol = encoder.encode(message.protocol);
  const bytes = new Uint8Array(OPEN_HEADER + label.length + protocol.length);
  const view = new DataView(bytes.buffer);
  bytes[0] = OPEN;
  const limit =
    maxRetransmits !== null
      ? TYPE.retransmits
      : maxPacketLifeTime !== null
        ? TYPE.timed
        : TYPE.reliable;
  bytes[1] = limit + (ordered ? 0 : TYPE.unordered);
  // Priority: normal (RFC 8831 §6.4).
  bytes[2] = 1;
  view.setUint32(4, maxRetransmits ?? maxPacketLifeTime ?? 0);
  view.setUint16(8, label.length);
  view.setUint16(10, protocol.length);
  bytes.set(label, OPEN_HEADER);
  bytes.set(protocol, OPEN_HEADER + label.length);
  return bytes;
}

/** DATA_CHANNEL_ACK (RFC 8832 §5.2). */
export function encodeAck(): Uint8Array {
  return Uint8Array.of(ACK);
}

/** A DCEP message; null for what is none. */
export function decodeDcep(
  bytes: Uint8Array,
): ({ readonly is: 'open' } & OpenMessage) | { readonly is: 'ack' } | null {
  if (bytes[0] === ACK) return { is: 'ack' };
  const label = OPEN_HEADER + word(bytes, 8);
  const protocol = label + word(bytes, 10);
  if (bytes[0] !== OPEN || bytes.length < protocol) return null;
  const decoder = new TextDecoder();
  const [, type = 0] = bytes;
  const parameter = word(bytes, 4) * 0x10000 + word(bytes, 6);
  const limit = type & ~TYPE.unordered;
  return {
    is: 'open',
    label: decoder.decode(bytes.subarray(OPEN_HEADER, label)),
    protocol: decoder.decode(bytes.subarray(label, protocol)),
    ordered: (type & TYPE.unordered) === 0,
    maxRetransmits: limit === TYPE.retransmits ? parameter : null,
    maxPacketLifeTime: limit === TYPE.timed ? parameter : null,
  };
}
