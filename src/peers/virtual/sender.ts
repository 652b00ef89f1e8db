// RTCRtpSender of a virtual peer (WebRTC 1.0 §5.2).
import type { Random } from '../../net/random.ts';
import type { DtlsTransport, RtpSender, StatsReport } from '../rtp-port.ts';
import { capabilitiesOf } from './capabilities.ts';
import type { MediaKind } from './codecs.ts';
import type { DescribedSender } from './describe.ts';
import { refusal } from './errors.ts';
import {
  checkEncodings,
  codecParameters,
  extensionParameters,
  firstEncodings,
  isAllowedChange,
} from './parameters.ts';
import type { RtpHost, Shared } from './rtp-host.ts';

/** A sender: what it sends, to which streams of the other side it belongs, and how. */
export class VirtualSender implements RtpSender {
  track: MediaStreamTrack | null = null;
  /** The ids of the streams it goes with. */
  streams: readonly string[] = [];
  /** Synchronization sources of the media and of its retransmissions (RFC 3550 §8, RFC 4588 §4). */
  readonly ssrc: number;
  readonly repairSsrc: number | null;
  /** DTMF tones are not sent in this world. */
  readonly dtmf = null;
  readonly #transceiver: Shared;
  readonly #host: RtpHost;
  #encodings: readonly RTCRtpEncodingParameters[];
  #msidTrack: string | null = null;
  #transaction = 0;
  #lastParameters: RTCRtpSendParameters | null = null;

  /** @throws TypeError, RangeError for encodings that can't be */
  constructor(
    transceiver: Shared,
    host: RtpHost,
    random: Random,
    encodings: readonly RTCRtpEncodingParameters[],
  ) {
    this.#transceiver = transceiver;
    this.#host = host;
    // 0 is left out: some take it for "none".
    this.ssrc = 1 + random.below(0xfffffffe);
    this.repairSsrc = transceiver.kind === 'video' ? 1 + random.below(0xfffffffe) : null;
    this.#encodings = firstEncodings(transceiver.kind, encodings);
  }

  static getCapabilities(kind: string): RTCRtpCapabilities | null {
    return capabilitiesOf(kind);
  }

  get kind(): MediaKind {
    return this.#transceiver.kind;
  }

  get transport(): DtlsTransport | null {
    return this.#host.transportOf(this.#transceiver);
  }

  /** What a description says of it. Its track's id stays when the track is replaced (RFC 9429 §5.2.1). */
  described(mid: string): DescribedSender {
    const { streams, ssrc, repairSsrc } = this;
    const named = this.#encodings.flatMap(({ rid }) => (rid === undefined ? [] : [rid]));
    const rids = named.length > 1 ? named : [];
    this.#msidTrack ??= this.track?.id ?? mid;
    return { streams, ssrc, repairSsrc, rids, msidTrack: this.#msidTrack };
  }

  /** False where the app has switched all encodings off. */
  get isActive(): boolean {
    return this.#encodings.some(({ active }) => active !== false);
  }

  get encodings(): readonly RTCRtpEncodingParameters[] {
    return this.#encodings;
  }

  getParameters(): RTCRtpSendParameters {
    const { kind, negotiated } = this.#transceiver;
    this.#transaction += 1;
    const parameters: RTCRtpSendParameters = {
      transactionId: `${String(this.ssrc)}-${String(this.#transaction)}`,
      encodings: this.#encodings.map((each) => ({ ...each })),
      headerExtensions: extensionParameters(negotiated),
      rtcp: { cname: this.#host.cname(), reducedSize: negotiated?.reducedSize ?? false },
      codecs: codecParameters(kind, negotiated),
    };
    this.#lastParameters = parameters;
    return structuredClone(parameters);
  }

  setParameters(parameters: RTCRtpSendParameters): Promise<void> {
    const refused = (error: Error) => Promise.reject(error);
    const on = ['setParameters', 'RTCRtpSender'] as const;
    const { transactionId, encodings, codecs } = parameters as Partial<RTCRtpSendParameters>;
    if (transactionId === undefined || !Array.isArray(encodings) || !Array.isArray(codecs)) {
      return refused(new TypeError('The parameters lack what every set of them has.'));
    }
    if (this.#transceiver.isStopping) {
      return refused(refusal('InvalidStateError', ...on, 'The transceiver is stopped.'));
    }
    const last = this.#lastParameters;
    if (last === null) {
      const message = 'getParameters() must be called before setParameters().';
      return refused(refusal('InvalidStateError', ...on, message));
    }
    if (!isAllowedChange(last, parameters)) {
      const message = 'Read-only parameters were modified.';
      return refused(refusal('InvalidModificationError', ...on, message));
    }
    try {
      checkEncodings(parameters.encodings);
    } catch (error) {
      return refused(error as RangeError);
    }
    return Promise.resolve().then(() => {
      this.#lastParameters = null;
      this.#encodings = parameters.encodings.map((each) => ({ ...each }));
      this.#host.resend();
    });
  }

  replaceTrack(track: MediaStreamTrack | null): Promise<void> {
    const stopped = () =>
      refusal('InvalidStateError', 'replaceTrack', 'RTCRtpSender', 'The sender is stopped.');
    if (track !== null && track.kind !== this.kind) {
      return Promise.reject(
        new TypeError(`A track of kind ${track.kind} can't be sent as ${this.kind}.`),
      );
    }
    return this.#host.chain('replaceTrack', () => {
      if (this.#transceiver.isStopping) throw stopped();
      this.track = track;
      this.#host.resend();
    });
  }

  setStreams(...streams: MediaStream[]): void {
    const refuse = (message: string) =>
      refusal('InvalidStateError', 'setStreams', 'RTCRtpSender', message);
    if (this.#host.isClosed()) throw refuse('The connection is closed.');
    if (this.#transceiver.isStopping) throw refuse('The transceiver is stopped.');
    this.streams = [...new Set(streams.map(({ id }) => id))];
    this.#host.changed();
  }

  getStats(): Promise<StatsReport> {
    return Promise.resolve(this.#host.statsOf(this.#transceiver, 'outbound-rtp'));
  }

  /**
   * What was negotiated is another: parameters that were read before are old.
   * @param taken the encodings that the other side takes by name; without any of them, the first is left
   */
  renegotiated(taken: readonly string[] | null): void {
    this.#lastParameters = null;
    if (taken === null || this.#encodings.length < 2) return;
    const kept = this.#encodings.filter(({ rid }) => rid !== undefined && taken.includes(rid));
    this.#encodings = kept.length > 0 ? kept : this.#encodings.slice(0, 1);
  }
}
