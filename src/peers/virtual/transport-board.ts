// The transports' states as the peer has told of them, and the objects that show them: made when somebody asks.
import type { ConnectionState, IceAgent } from '../../ice/agent-port.ts';
import type { DtlsState } from './dtls.ts';
import type { Shared } from './rtp-host.ts';
import { VirtualDtlsTransport, VirtualSctpTransport } from './transport-objects.ts';
import type { TransportView } from './transport-objects.ts';
import type { Transport } from './transport.ts';

type Section = Pick<Shared, 'transportKind'>;

/** What of a peer's transports the app can see. */
export class TransportBoard implements TransportView {
  ice: ConnectionState = 'new';
  dtls: DtlsState = 'new';
  gathering: IceAgent['gathering'] = 'new';
  isClosed = false;
  readonly #transport: Transport;
  #shared: VirtualDtlsTransport | null = null;
  readonly #own = new Map<Section, VirtualDtlsTransport>();
  #sctp: VirtualSctpTransport | null = null;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Somebody may be listening to the transport's object. */
  get isSeen(): boolean {
    return this.#shared !== null || this.#sctp !== null;
  }

  get agent(): IceAgent {
    return this.#transport.agent;
  }

  get maxMessageSize(): number {
    return this.#transport.channels.maxMessageSize;
  }

  /** The object of a section's transport; null where it has none. */
  transportOf(section: Section): VirtualDtlsTransport | null {
    if (section.transportKind === null) return null;
    if (section.transportKind === 'own') return this.#ownOf(section);
    this.#shared ??= new VirtualDtlsTransport(this);
    return this.#shared;
  }

  /** The object of the association for data; null where no section for it is described. */
  sctpOf(hasData: boolean, section: () => Section): VirtualSctpTransport | null {
    if (!hasData) {
      this.#sctp = null;
      return null;
    }
    this.#sctp ??= new VirtualSctpTransport(this, () => this.transportOf(section()));
    return this.#sctp;
  }

  /** Tells of ICE's state. Gives whether it is another. */
  setIce(state: ConnectionState): boolean {
    if (this.ice === state) return false;
    this.ice = state;
    this.#shared?.iceTransport.dispatchEvent(new Event('statechange'));
    return true;
  }

  setDtls(state: DtlsState): void {
    this.dtls = state;
    this.#shared?.dispatchEvent(new Event('statechange'));
    if (state === 'connected' || state === 'closed') this.#sctp?.become(state);
  }

  /** Tells of gathering. Gives whether it is another state. */
  setGathering(state: IceAgent['gathering']): boolean {
    if (this.gathering === state) return false;
    this.gathering = state;
    this.#shared?.iceTransport.dispatchEvent(new Event('gatheringstatechange'));
    return true;
  }

  close(): void {
    this.isClosed = true;
    const sctp = this.#sctp;
    // Of all that a connection has, only this object tells that it was closed, as it does in browsers.
    if (sctp === null) return;
    queueMicrotask(() => {
      sctp.become('closed');
    });
  }

  /** A transport that has nothing behind it, and is closed once its section goes over the other. */
  #ownOf(section: Section): VirtualDtlsTransport {
    const known = this.#own.get(section);
    if (known !== undefined) return known;
    const isClosed = () => this.isClosed || section.transportKind !== 'own';
    const made = new VirtualDtlsTransport({
      ...{ agent: this.agent, ice: 'new', gathering: 'new', dtls: 'new' },
      ...{ maxMessageSize: this.maxMessageSize },
      get isClosed() {
        return isClosed();
      },
    });
    this.#own.set(section, made);
    return made;
  }
}
