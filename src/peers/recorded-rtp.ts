// Senders and transceivers that are being recorded: each call on them, and each attribute that is set.
import type { InterfaceName, Json } from '../trace/event.ts';
import { runLater, runNow } from './call.ts';
import type { RecordedCall } from './call.ts';
import type {
  DtlsTransport,
  RtpReceiver,
  RtpSender,
  RtpTransceiver,
  StatsReport,
} from './connection.ts';
import { plainTrack } from './plain.ts';

/** What recording a sender or a transceiver asks of the recording of its peer. */
export interface RtpTape {
  /**
   * Begins a call.
   * @param changes it may make a negotiation needed
   */
  begin(
    on: InterfaceName,
    method: string,
    args: readonly Json[],
    mid: string | null,
    changes: boolean,
  ): RecordedCall;
  /** Writes the transceivers where they are no longer as they were. */
  looked(cause: number): void;
}

/** The recorded senders and transceivers of a peer: one for each of the peer's own, always the same. */
export class RecordedRtp {
  readonly #tape: RtpTape;
  readonly #peer: { getTransceivers(): readonly RtpTransceiver[] };
  readonly #senders = new WeakMap<RtpSender, RecordedSender>();
  readonly #transceivers = new WeakMap<RtpTransceiver, RecordedTransceiver>();

  constructor(peer: { getTransceivers(): readonly RtpTransceiver[] }, tape: RtpTape) {
    this.#peer = peer;
    this.#tape = tape;
  }

  sender(sender: RtpSender): RecordedSender {
    const known = this.#senders.get(sender);
    if (known !== undefined) return known;
    // A sender does not say which section it sends in; its transceiver does.
    const midOf = () =>
      this.#peer.getTransceivers().find((each) => each.sender === sender)?.mid ?? null;
    const made = new RecordedSender(sender, this.#tape, midOf);
    this.#senders.set(sender, made);
    return made;
  }

  transceiver(transceiver: RtpTransceiver): RecordedTransceiver {
    const known = this.#transceivers.get(transceiver);
    if (known !== undefined) return known;
    const made = new RecordedTransceiver(transceiver, this.sender(transceiver.sender), this.#tape);
    this.#transceivers.set(transceiver, made);
    return made;
  }
}

/** RTCRtpSender. */
export class RecordedSender implements RtpSender {
  /** The peer's own. */
  readonly inner: RtpSender;
  readonly #tape: RtpTape;
  readonly #midOf: () => string | null;

  constructor(inner: RtpSender, tape: RtpTape, midOf: () => string | null) {
    this.inner = inner;
    this.#tape = tape;
    this.#midOf = midOf;
  }

  get track(): MediaStreamTrack | null {
    return this.inner.track;
  }

  get transport(): DtlsTransport | null {
    return this.inner.transport;
  }

  get mid(): string | null {
    return this.#midOf();
  }

  getParameters(): RTCRtpSendParameters {
    return runNow(
      this.#begin('getParameters', []),
      () => this.inner.getParameters(),
      plainEncodings,
    );
  }

  setParameters(parameters: RTCRtpSendParameters): Promise<void> {
    const call = this.#begin('setParameters', [plainEncodings(parameters)]);
    return runLater(call, () => this.inner.setParameters(parameters));
  }

  async replaceTrack(track: MediaStreamTrack | null): Promise<void> {
    const call = this.#begin('replaceTrack', [track === null ? null : plainTrack(track)]);
    await runLater(call, async () => {
      await this.inner.replaceTrack(track);
      this.#tape.looked(call.n);
    });
  }

  setStreams(...streams: MediaStream[]): void {
    const call = this.#begin(
      'setStreams',
      streams.map(({ id }) => ({ id })),
      true,
    );
    runNow(call, () => {
      this.inner.setStreams(...streams);
    });
  }

  getStats(): Promise<StatsReport> {
    return this.inner.getStats();
  }

  #begin(method: string, args: readonly Json[], changes = false): RecordedCall {
    return this.#tape.begin('RTCRtpSender', method, args, this.mid, changes);
  }
}

/** RTCRtpTransceiver. */
export class RecordedTransceiver implements RtpTransceiver {
  readonly sender: RecordedSender;
  readonly #inner: RtpTransceiver;
  readonly #tape: RtpTape;

  constructor(inner: RtpTransceiver, sender: RecordedSender, tape: RtpTape) {
    this.#inner = inner;
    this.sender = sender;
    this.#tape = tape;
  }

  get mid(): string | null {
    return this.#inner.mid;
  }

  get receiver(): RtpReceiver {
    return this.#inner.receiver;
  }

  get currentDirection(): RTCRtpTransceiverDirection | null {
    return this.#inner.currentDirection;
  }

  get direction(): RTCRtpTransceiverDirection {
    return this.#inner.direction;
  }

  set direction(direction: RTCRtpTransceiverDirection) {
    this.#run('direction', [direction], () => {
      this.#inner.direction = direction;
    });
  }

  stop(): void {
    this.#run('stop', [], () => {
      this.#inner.stop();
    });
  }

  setCodecPreferences(codecs: RTCRtpCodec[]): void {
    // Which codecs, in which order: their parameters are in the SDP.
    const names = [...new Set(codecs.map(({ mimeType }) => mimeType))];
    this.#run('setCodecPreferences', [names], () => {
      this.#inner.setCodecPreferences(codecs);
    });
  }

  #run(method: string, args: readonly Json[], run: () => void): void {
    const call = this.#tape.begin('RTCRtpTransceiver', method, args, this.mid, true);
    runNow(call, () => {
      run();
      this.#tape.looked(call.n);
    });
  }
}

/** Of the parameters, what an app may change. */
function plainEncodings({ encodings }: RTCRtpSendParameters): Json {
  return {
    encodings: encodings.map(({ active, maxBitrate, scaleResolutionDownBy, maxFramerate }) => ({
      ...(active === undefined ? {} : { active }),
      ...(maxBitrate === undefined ? {} : { maxBitrate }),
      ...(scaleResolutionDownBy === undefined ? {} : { scaleResolutionDownBy }),
      ...(maxFramerate === undefined ? {} : { maxFramerate }),
    })),
  };
}
