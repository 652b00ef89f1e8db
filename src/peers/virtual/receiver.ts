// RTCRtpReceiver of a virtual peer (WebRTC 1.0 §5.3).
import type { DtlsTransport, RtpReceiver, StatsReport } from '../rtp-port.ts';
import { capabilitiesOf } from './capabilities.ts';
import { VirtualTrack } from './media.ts';
import { codecParameters, extensionParameters } from './parameters.ts';
import type { RtpHost, Shared } from './rtp-host.ts';

/** A receiver, and the track that it has for all its life. */
export class VirtualReceiver implements RtpReceiver {
  readonly track: VirtualTrack;
  readonly #transceiver: Shared;
  readonly #host: RtpHost;

  constructor(transceiver: Shared, host: RtpHost, trackId: string) {
    this.#transceiver = transceiver;
    this.#host = host;
    const { kind } = transceiver;
    this.track = new VirtualTrack(kind, trackId, `remote ${kind}`, true);
  }

  static getCapabilities(kind: string): RTCRtpCapabilities | null {
    return capabilitiesOf(kind);
  }

  get transport(): DtlsTransport | null {
    return this.#host.transportOf(this.#transceiver);
  }

  getParameters(): RTCRtpReceiveParameters {
    const { kind, negotiated } = this.#transceiver;
    return {
      headerExtensions: extensionParameters(negotiated),
      rtcp: { reducedSize: negotiated?.reducedSize ?? false },
      codecs: codecParameters(kind, negotiated),
    };
  }

  /** Virtual media has no mixers. */
  getContributingSources(): RTCRtpContributingSource[] {
    return [];
  }

  /** Nothing is played, so no source is heard or seen. */
  getSynchronizationSources(): RTCRtpSynchronizationSource[] {
    return [];
  }

  getStats(): Promise<StatsReport> {
    return Promise.resolve(this.#host.statsOf(this.#transceiver, 'inbound-rtp'));
  }
}
