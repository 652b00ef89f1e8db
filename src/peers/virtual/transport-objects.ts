// RTCDtlsTransport, RTCIceTransport and RTCSctpTransport of a virtual peer (WebRTC 1.0 §5.5, §5.6, §6.1).
import type { AgentCandidate, IceAgent } from '../../ice/agent-port.ts';
import type { DtlsTransport, IceTransport, SctpTransport } from '../rtp-port.ts';
import { candidateText } from './candidate-line.ts';
import type { DtlsState } from './dtls.ts';

/** What the objects show: the states as the peer has told of them. */
export interface TransportView {
  readonly agent: IceAgent;
  readonly isClosed: boolean;
  readonly ice: string;
  readonly gathering: IceAgent['gathering'];
  readonly dtls: DtlsState;
  /** What may be sent at once, in bytes. */
  readonly maxMessageSize: number;
}

/** RTCIceTransport. */
export class VirtualIceTransport extends EventTarget implements IceTransport {
  readonly component = 'rtp';
  readonly #view: TransportView;

  constructor(view: TransportView) {
    super();
    this.#view = view;
  }

  get role(): string {
    return this.#view.agent.role ?? 'unknown';
  }

  get state(): string {
    return this.#view.isClosed ? 'closed' : this.#view.ice;
  }

  get gatheringState(): IceAgent['gathering'] {
    return this.#view.gathering;
  }

  getLocalCandidates(): readonly CandidateView[] {
    return this.#view.agent.localCandidates.map(candidateOf);
  }

  getRemoteCandidates(): readonly CandidateView[] {
    return this.#view.agent.remoteCandidates.map(candidateOf);
  }

  getSelectedCandidatePair(): {
    readonly local: CandidateView;
    readonly remote: CandidateView;
  } | null {
    const { selected, pairs } = this.#view.agent;
    // Before one is nominated, packets go over the best one that works.
    const pair = selected ?? pairs.find(({ valid }) => valid);
    if (pair === undefined) return null;
    return { local: candidateOf(pair.local), remote: candidateOf(pair.remote) };
  }

  getLocalParameters(): { readonly usernameFragment: string; readonly password: string } {
    const { ufrag, pwd } = this.#view.agent.local;
    return { usernameFragment: ufrag, password: pwd };
  }
}

/** RTCIceCandidate, as far as it tells of an address. */
export interface CandidateView extends Pick<
  AgentCandidate,
  'foundation' | 'protocol' | 'priority' | 'address' | 'port' | 'type' | 'tcpType'
> {
  readonly candidate: string;
  readonly component: 'rtp';
  readonly usernameFragment: string;
  readonly relatedAddress: string | null;
  readonly relatedPort: number | null;
}

function candidateOf(each: AgentCandidate): CandidateView {
  const { foundation, protocol, priority, address, port, type, tcpType, ufrag, related } = each;
  return {
    ...{ foundation, protocol, priority, address, port, type, tcpType, component: 'rtp' },
    ...{ candidate: candidateText(each), usernameFragment: ufrag },
    ...{ relatedAddress: related?.address ?? null, relatedPort: related?.port ?? null },
  };
}

/** RTCDtlsTransport. */
export class VirtualDtlsTransport extends EventTarget implements DtlsTransport {
  readonly iceTransport: VirtualIceTransport;
  readonly #view: TransportView;

  constructor(view: TransportView) {
    super();
    this.#view = view;
    this.iceTransport = new VirtualIceTransport(view);
  }

  get state(): string {
    return this.#view.isClosed ? 'closed' : this.#view.dtls;
  }
}

/** RFC 8831 §6.2: as many streams as SCTP can have, without the last. */
const MAX_CHANNELS = 65_534;

/** RTCSctpTransport. */
export class VirtualSctpTransport extends EventTarget implements SctpTransport {
  readonly #transport: () => VirtualDtlsTransport | null;
  readonly #view: TransportView;
  #state: 'connecting' | 'connected' | 'closed' = 'connecting';

  /** @param transport gives the one that it goes over, which bundling may change */
  constructor(view: TransportView, transport: () => VirtualDtlsTransport | null) {
    super();
    this.#view = view;
    this.#transport = transport;
    this.#state = view.dtls === 'connected' ? 'connected' : 'connecting';
  }

  get state(): string {
    return this.#state;
  }

  get transport(): VirtualDtlsTransport {
    const transport = this.#transport();
    if (transport === null) throw new Error('Data that is described has a transport.');
    return transport;
  }

  get maxMessageSize(): number {
    return this.#view.maxMessageSize;
  }

  get maxChannels(): number | null {
    return this.#state === 'connected' ? MAX_CHANNELS : null;
  }

  /** The association is up, or over. */
  become(state: 'connected' | 'closed'): void {
    if (this.#state === state) return;
    this.#state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}
