// Which tracks send and receive RTP, and how much of it there was.
import { receives, sends } from '../../rtc/direction.ts';
import type { Random } from '../../net/random.ts';
import type { CodecEntry } from './codecs.ts';
import type { AnsweredRtp } from './describe.ts';
import type { MediaRate } from './host.ts';
import { decodeRtp, RtpSource } from './rtp.ts';
import type { Agreement } from './session.ts';
import type { VirtualTransceiver } from './transceiver.ts';

type Media = Agreement['media'];

/** What came of one remote source. */
export interface Inbound {
  readonly ssrc: number;
  readonly transceiver: VirtualTransceiver;
  packetsReceived: number;
  bytesReceived: number;
  readonly firstSequence: number;
  lastSequence: number;
}

const HEADER = 12;

function isAgreed({ payloadType }: CodecEntry, negotiated: AnsweredRtp | null): boolean {
  return negotiated?.codecs.some((each) => each.payloadType === payloadType) ?? false;
}

/** The RTP of a peer. */
export class MediaFlow {
  readonly sources = new Map<VirtualTransceiver, RtpSource>();
  readonly inbound = new Map<number, Inbound>();
  readonly #random: Random;
  readonly #rate: MediaRate;
  readonly #task: (task: () => void) => void;
  #media: Media = [];

  /** @param task has an event fire in a task of its own */
  constructor(random: Random, rate: MediaRate, task: (task: () => void) => void) {
    this.#random = random;
    this.#rate = rate;
    this.#task = task;
  }

  /** Sends and takes what was agreed on; a track that is new begins now. */
  use(media: Media, now: number): void {
    if (media === this.#media) return;
    this.#media = media;
    this.resend(now);
  }

  /** What is sent may be another than before: begins and ends accordingly. */
  resend(now: number): void {
    const wanted = new Set<VirtualTransceiver>();
    for (const { transceiver, remote } of this.#media) {
      const { sender, currentDirection, kind, isStopping, negotiated } = transceiver;
      const codec = remote.codecs.find((each) => !each.isRepair && isAgreed(each, negotiated));
      if (codec === undefined || sender.track === null || !sends(currentDirection)) continue;
      if (isStopping || !sender.isActive) continue;
      wanted.add(transceiver);
      const payloadType = Number(codec.payloadType);
      const known = this.sources.get(transceiver);
      if (known !== undefined) {
        known.payloadType = payloadType;
        continue;
      }
      const source = new RtpSource(kind, payloadType, sender.ssrc, this.#random, this.#rate, now);
      this.sources.set(transceiver, source);
    }
    for (const transceiver of this.sources.keys()) {
      if (!wanted.has(transceiver)) this.sources.delete(transceiver);
    }
  }

  /** What is sent goes on for as many packets again. */
  play(now: number): void {
    for (const source of this.sources.values()) source.play(now);
  }

  pollTimeout(): number | null {
    let first: number | null = null;
    for (const source of this.sources.values()) {
      const due = source.pollTimeout();
      if (due !== null && (first === null || due < first)) first = due;
    }
    return first;
  }

  /** A packet that is due, or null. */
  next(now: number): Uint8Array | null {
    for (const source of this.sources.values()) {
      const packet = source.next(now);
      if (packet !== null) return packet;
    }
    return null;
  }

  /** Takes a packet: its track is no longer muted (WebRTC 1.0 §5.3). What belongs to no section is dropped. */
  receive(packet: Uint8Array): void {
    const header = decodeRtp(packet);
    if (header === null) return;
    const { ssrc, sequence, payloadType } = header;
    // RFC 9143 §9.2: by the source that was signaled, else by the payload type.
    const owner =
      this.#media.find(({ remote }) => remote.ssrcs.includes(ssrc)) ??
      this.#media.find(({ remote }) =>
        remote.codecs.some((codec) => Number(codec.payloadType) === payloadType),
      );
    if (owner === undefined || !receives(owner.transceiver.currentDirection)) return;
    const known = this.inbound.get(ssrc);
    const bytes = packet.length - HEADER;
    if (known === undefined) {
      const counts = { packetsReceived: 1, bytesReceived: bytes };
      const { transceiver } = owner;
      this.inbound.set(ssrc, {
        ...{ ssrc, transceiver, ...counts },
        ...{ firstSequence: sequence, lastSequence: sequence },
      });
    } else {
      known.packetsReceived += 1;
      known.bytesReceived += bytes;
      known.lastSequence = Math.max(known.lastSequence, sequence);
    }
    const { track } = owner.transceiver.receiver;
    if (!track.muted) return;
    const { transceiver } = owner;
    this.#task(() => {
      if (receives(transceiver.currentDirection)) track.setMuted(false);
    });
  }
}
