// What a packet carries, as far as a story is told of it: STUN in the open or wrapped for a relay, DTLS, RTP.
import type { Endpoint } from '../../net/packet.ts';
import { bytesOf, isRtp, recordAt } from '../../rtc/datagram.ts';
import { CONTENT } from '../../rtc/dtls.ts';
import { decodeChannelData } from '../../stun/channel-data.ts';
import { attribute, decode, isStun, METHOD, type DecodedMessage } from '../../stun/message.ts';
import type { PacketFrame } from '../../trace/net-frame.ts';

/** How a relay's client or its server has wrapped what a packet carries (RFC 8656 §11, §12); null for not at all. */
export type Wrapping = 'send' | 'data' | 'channel' | null;

/** What a packet carries. */
export type Carried = {
  readonly wrapping: Wrapping;
  /** Whom a wrapped message goes to or comes from, where that is written in it. */
  readonly peer: Endpoint | null;
} & (
  | { readonly kind: 'stun'; readonly message: DecodedMessage }
  | { readonly kind: 'handshake' | 'secured' | 'rtp' | 'other' }
);

const NOTHING: Carried = { wrapping: null, peer: null, kind: 'other' };

/** Recordings are read often, and each packet of one always carries the same. */
const READ = new WeakMap<PacketFrame['path'][number], Carried>();

/** What a packet carries. Takes any bytes. */
export function carriedBy({ bytes, path }: Pick<PacketFrame, 'bytes' | 'path'>): Carried {
  const [first] = path;
  const known = first && READ.get(first);
  if (known !== undefined) return known;
  const carried = bytes === '' ? NOTHING : opened(bytesOf(bytes));
  if (first !== undefined) READ.set(first, carried);
  return carried;
}

function opened(bytes: Uint8Array): Carried {
  const channel = decodeChannelData(bytes);
  if (channel !== null) return { ...plain(channel.payload), wrapping: 'channel', peer: null };
  const outer = plain(bytes);
  if (outer.kind !== 'stun') return outer;
  const { message } = outer;
  const data = attribute(message, 'DATA');
  const isSent = message.method === METHOD.send;
  if (data === undefined || (!isSent && message.method !== METHOD.data)) return outer;
  const peer = attribute(message, 'XOR-PEER-ADDRESS') ?? null;
  return { ...plain(data), wrapping: isSent ? 'send' : 'data', peer };
}

function plain(bytes: Uint8Array): Carried {
  if (isStun(bytes)) {
    const decoded = decode(bytes);
    if (decoded.ok) return { ...NOTHING, kind: 'stun', message: decoded.message };
  }
  const record = recordAt(bytes, 0);
  if (record !== null) {
    return { ...NOTHING, kind: record.type === CONTENT.data ? 'secured' : 'handshake' };
  }
  return isRtp(bytes) ? { ...NOTHING, kind: 'rtp' } : NOTHING;
}
