// Media as far as it can be counted: RTP packets with true headers and nothing in them (RFC 3550 §5.1), modelled.
import type { Random } from '../../net/random.ts';
import { word } from '../../rtc/datagram.ts';
import type { MediaRate } from './host.ts';

const HEADER = 12;
/** Bytes of payload that a packet of each kind carries: 20 ms of Opus, and a small piece of a picture. */
const PAYLOAD = { audio: 80, video: 600 } as const;
/** RTP clocks, in ticks for a millisecond: Opus 48 kHz (RFC 7587 §4.1), video 90 kHz. */
const CLOCK = { audio: 48, video: 90 } as const;

/** The header of a packet, as far as it tells whose it is. */
export interface RtpHeader {
  readonly payloadType: number;
  readonly sequence: number;
  readonly ssrc: number;
}

/** Reads the header; null for what is no RTP of version 2. */
export function decodeRtp(bytes: Uint8Array): RtpHeader | null {
  const [first = 0, second = 0] = bytes;
  if (bytes.length < HEADER || first >>> 6 !== 2) return null;
  return {
    payloadType: second & 0x7f,
    sequence: word(bytes, 2),
    ssrc: word(bytes, 8) * 0x10000 + word(bytes, 10),
  };
}

/** One sending track: a few packets at a fixed rate. Virtual media only shows that it flows. */
export class RtpSource {
  readonly ssrc: number;
  packetsSent = 0;
  /** Payload bytes, as webrtc-stats counts them. */
  bytesSent = 0;
  readonly #kind: 'audio' | 'video';
  payloadType: number;
  readonly #rate: MediaRate;
  #sequence: number;
  /** How many packets it sends in all, for now. */
  #last: number;
  #due: number;

  /** @param now its first packet is due at once */
  constructor(
    kind: 'audio' | 'video',
    payloadType: number,
    ssrc: number,
    random: Random,
    rate: MediaRate,
    now: number,
  ) {
    this.#kind = kind;
    this.payloadType = payloadType;
    this.ssrc = ssrc;
    this.#sequence = random.below(0x8000);
    this.#rate = rate;
    this.#last = rate.count;
    this.#due = now;
  }

  /** Sends as many packets once more, beginning now. */
  play(now: number): void {
    this.#last = this.packetsSent + this.#rate.count;
    this.#due = Math.max(this.#due, now);
  }

  /** When its next packet is due; null when it has sent all. */
  pollTimeout(): number | null {
    return this.packetsSent < this.#last ? this.#due : null;
  }

  /** The packet that is due, or null. */
  next(now: number): Uint8Array | null {
    if (now < this.#due || this.packetsSent >= this.#last) return null;
    this.#due = now + this.#rate.interval;
    const bytes = new Uint8Array(HEADER + PAYLOAD[this.#kind]);
    const view = new DataView(bytes.buffer);
    bytes[0] = 0x80;
    // The marker begins a talkspurt (RFC 3551 §4.1), and ends a picture (RFC 7741 §4.1).
    const isMarked = this.#kind === 'video' || this.packetsSent === 0;
    bytes[1] = this.payloadType + (isMarked ? 0x80 : 0);
    view.setUint16(2, this.#sequence & 0xffff);
    view.setUint32(4, Math.round(now * CLOCK[this.#kind]) >>> 0);
    view.setUint32(8, this.ssrc);
    this.#sequence += 1;
    this.packetsSent += 1;
    this.bytesSent += PAYLOAD[this.#kind];
    return bytes;
  }
}
