// A virtual peer: RTCPeerConnection by RFC 9429 and WebRTC 1.0, over an ICE agent in a virtual network.
import type {
  AgentCandidate,
  ConnectionState,
  IceAgent,
  LocalInterface,
} from '../ice/agent-port.ts';
import type { Input, Output } from '../net/io.ts';
import type * as port from './connection.ts';
import { Author } from './virtual/author.ts';
import { candidateText } from './virtual/candidate-line.ts';
import { checkConfiguration } from './virtual/configuration.ts';
import type { Configuration } from './virtual/configuration.ts';
import type { DtlsState } from './virtual/dtls.ts';
import { closedFailure, typeFailure } from './virtual/errors.ts';
import { MEDIA_RATE } from './virtual/host.ts';
import type { VirtualConfiguration, VirtualHost } from './virtual/host.ts';
import { Listeners } from './virtual/listeners.ts';
import { LocalCandidates } from './virtual/local-candidates.ts';
import { needsNegotiation } from './virtual/negotiation-needed.ts';
import { Operations } from './virtual/operations.ts';
import { addRemoteCandidate } from './virtual/remote-candidates.ts';
import { trickles } from './virtual/apply.ts';
import { Session } from './virtual/session.ts';
import { addTrack, addTransceiver, removeTrack } from './virtual/senders.ts';
import type { SignalingState } from '../rtc/signaling-state.ts';
import { Negotiator } from './virtual/negotiator.ts';
import type { NegotiatorHost } from './virtual/negotiator.ts';
import type { RemoteEffects } from './virtual/remote-streams.ts';
import { peerState } from './virtual/states.ts';
import type { PeerState } from './virtual/states.ts';
import { reportOf, selectedReport } from './virtual/stats.ts';
import type { RtpStats } from './virtual/stats.ts';
import { Tasks } from './virtual/tasks.ts';
import { Transport } from './virtual/transport.ts';
import type { RtpHost, Shared } from './virtual/rtp-host.ts';
import { TransportBoard } from './virtual/transport-board.ts';
import type { VirtualSctpTransport } from './virtual/transport-objects.ts';
import type { VirtualReceiver } from './virtual/receiver.ts';
import type { VirtualSender } from './virtual/sender.ts';
import type { VirtualTransceiver } from './virtual/transceiver.ts';

export type { VirtualConfiguration, VirtualHost } from './virtual/host.ts';
export { VirtualReceiver } from './virtual/receiver.ts';
export { VirtualTransceiver } from './virtual/transceiver.ts';
export {
  VirtualDtlsTransport,
  VirtualIceTransport,
  VirtualSctpTransport,
} from './virtual/transport-objects.ts';
export { VirtualSender } from './virtual/sender.ts';
export { isVirtual, virtualStream, VirtualStream, VirtualTrack } from './virtual/media.ts';

/**
 * A peer in a virtual network. Signaling goes as in a browser: its events fire in the promises' jobs. What the network
 * sets off fires inside `handleInput` and `handleTimeout`. Its DTLS, data channels and media are modelled (see there):
 * it speaks with its like, and exchanges descriptions with any.
 */
export class VirtualPeer implements port.PeerConnection {
  readonly #host: VirtualHost;
  readonly #session: Session;
  readonly #transport: Transport;
  readonly #board: TransportBoard;
  readonly #candidates = new LocalCandidates();
  readonly #author: Author;
  readonly #negotiator: Negotiator;
  readonly #operations: Operations;
  readonly #tasks: Tasks;
  readonly #listeners = new Listeners<port.PeerEvents>();
  #connection: PeerState = 'new';
  #isClosed = false;
  #isNegotiationNeeded = false;
  /** Somebody heard of what the task that runs does. */
  #isHeard = false;
  #configuration: Configuration;

  /** @throws SyntaxError, InvalidAccessError for its ICE servers, as RTCPeerConnection does */
  constructor(host: VirtualHost, configuration: VirtualConfiguration = {}) {
    this.#host = host;
    this.#tasks = new Tasks(() => {
      host.wake();
    });
    const random = host.random.fork();
    this.#configuration = checkConfiguration(configuration, null);
    this.#session = new Session(
      random.fork(),
      this.#rtpHost(this.#configuration.bundlePolicy === 'max-bundle'),
    );
    this.#operations = new Operations(
      () => this.#isClosed,
      () => {
        this.#noteNegotiation();
      },
    );
    this.#transport = new Transport(host, random.fork(), configuration.media ?? MEDIA_RATE, {
      task: (task) => {
        this.#tasks.add(task);
      },
      candidate: (candidate) => {
        this.#task(() => {
          this.#foundCandidate(candidate);
        });
      },
      candidateError: ({ url, code, text, local }) => {
        const { address, port: number } = local;
        const error = { url, errorCode: code, errorText: text, address, port: number };
        this.#task(() => {
          this.#fire('icecandidateerror', error);
        });
      },
      gathering: (state) => {
        this.#setGathering(state);
      },
      ice: (state) => {
        this.#task(() => {
          this.#setIce(state);
        });
      },
      dtls: (state) => {
        this.#task(() => {
          this.#setDtls(state);
        });
      },
      channel: (channel) => {
        this.#fire('datachannel', { channel });
      },
    });
    this.#board = new TransportBoard(this.#transport);
    this.#author = new Author(
      ...([this.#session, this.#transport, this.#candidates] as const),
      random.fork(),
    );
    this.#negotiator = new Negotiator(
      ...([this.#session, this.#author, this.#transport, this.#candidates] as const),
      this.#negotiatorHost(),
    );
  }

  get signalingState(): SignalingState {
    return this.#session.state;
  }
  get iceGatheringState(): IceAgent['gathering'] {
    return this.#board.gathering;
  }
  get iceConnectionState(): ConnectionState | 'closed' {
    return this.#isClosed ? 'closed' : this.#transport.manner.shownIce(this.#board.ice);
  }
  get connectionState(): PeerState {
    return this.#isClosed ? 'closed' : this.#connection;
  }
  get localDescription(): port.SessionDescription | null {
    return this.#session.local?.slot.description ?? null;
  }
  get remoteDescription(): port.SessionDescription | null {
    return this.#session.remote?.slot.description ?? null;
  }
  get currentLocalDescription(): port.SessionDescription | null {
    return this.#session.currentLocal?.slot.description ?? null;
  }
  get currentRemoteDescription(): port.SessionDescription | null {
    return this.#session.currentRemote?.slot.description ?? null;
  }
  get pendingLocalDescription(): port.SessionDescription | null {
    return this.#session.pendingLocal?.slot.description ?? null;
  }
  get pendingRemoteDescription(): port.SessionDescription | null {
    return this.#session.pendingRemote?.slot.description ?? null;
  }

  createOffer(options: port.OfferOptions = {}): Promise<port.DescriptionInit> {
    return this.#chain('createOffer', () =>
      this.#negotiator.createOffer(options.iceRestart === true),
    );
  }

  createAnswer(): Promise<port.DescriptionInit> {
    return this.#chain('createAnswer', () => this.#negotiator.createAnswer());
  }

  setLocalDescription(description?: port.LocalDescriptionInit): Promise<void> {
    return this.#chain('setLocalDescription', () => {
      this.#negotiator.setLocal(description?.type, description?.sdp ?? '');
    });
  }

  setRemoteDescription(description: port.DescriptionInit): Promise<void> {
    return this.#chain('setRemoteDescription', () =>
      this.#negotiator.setRemote(description.type, description.sdp ?? ''),
    );
  }

  addIceCandidate(candidate: port.CandidateInit = {}): Promise<void> {
    const { sdpMid = null, sdpMLineIndex = null } = candidate;
    if ((candidate.candidate ?? '') !== '' && sdpMid === null && sdpMLineIndex === null) {
      const message = 'Candidate missing values for both sdpMid and sdpMLineIndex';
      return Promise.reject(typeFailure('addIceCandidate', message));
    }
    return this.#chain('addIceCandidate', () => {
      addRemoteCandidate(this.#session, this.#transport, candidate);
    });
  }

  /** @throws InvalidStateError when closed, InvalidAccessError for a track that is being sent */
  addTrack(track: MediaStreamTrack, ...streams: MediaStream[]): VirtualSender {
    this.#checkOpen('addTrack');
    const sender = addTrack(this.#session, track, streams);
    this.#noteNegotiation();
    return sender;
  }

  /** @throws InvalidStateError when closed, InvalidAccessError for a sender of another connection */
  removeTrack(sender: port.RtpSender): void {
    this.#checkOpen('removeTrack');
    removeTrack(this.#session, sender);
    this.#noteNegotiation();
  }

  /** The next offer has new ICE credentials. */
  restartIce(): void {
    this.#negotiator.restartIce();
    this.#noteNegotiation();
  }

  /** @throws InvalidStateError when closed, TypeError, RangeError for what can't be made */
  addTransceiver(
    trackOrKind: MediaStreamTrack | 'audio' | 'video',
    init: RTCRtpTransceiverInit = {},
  ): VirtualTransceiver {
    this.#checkOpen('addTransceiver');
    const transceiver = addTransceiver(this.#session, trackOrKind, init);
    this.#noteNegotiation();
    return transceiver;
  }

  /** @throws InvalidStateError when closed, TypeError, OperationError for options that can't be */
  createDataChannel(label: string, options: RTCDataChannelInit = {}): port.DataChannel {
    this.#checkOpen('createDataChannel');
    const channel = this.#transport.channels.create(label, options);
    this.#noteNegotiation();
    return channel;
  }

  getSenders(): VirtualSender[] {
    return this.#live().map(({ sender }) => sender);
  }

  getReceivers(): VirtualReceiver[] {
    return this.#live().map(({ receiver }) => receiver);
  }

  getTransceivers(): VirtualTransceiver[] {
    return [...this.#session.transceivers];
  }

  /** Whether the other side takes candidates one by one; null before it was heard (WebRTC 1.0 §4.4.2). */
  get canTrickleIceCandidates(): boolean | null {
    const remote = this.#session.remote;
    return remote === null ? null : trickles(remote.remote);
  }

  get sctp(): VirtualSctpTransport | null {
    return this.#board.sctpOf(this.#session.hasData, () => this.#session.dataTransport);
  }

  getConfiguration(): RTCConfiguration {
    return structuredClone(this.#configuration);
  }

  /** @throws InvalidStateError when closed, InvalidModificationError for what can't be changed */
  setConfiguration(configuration: RTCConfiguration = {}): void {
    this.#checkOpen('setConfiguration');
    this.#configuration = checkConfiguration(configuration, this.#configuration);
  }

  getStats(): Promise<port.StatsReport> {
    return Promise.resolve(
      this.#isClosed ? new Map() : reportOf(this.#transport, this.#host.now()),
    );
  }

  #statsOf(transceiver: Shared, type: RtpStats): port.StatsReport {
    return this.#isClosed
      ? new Map()
      : selectedReport(reportOf(this.#transport, this.#host.now()), transceiver, type);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#session.state = 'closed';
    for (const transceiver of this.#session.transceivers) transceiver.halt(true);
    this.#transport.close();
    this.#tasks.clear();
    this.#board.close();
  }

  addEventListener<K extends keyof port.PeerEvents>(
    type: K,
    listener: (event: port.PeerEvents[K]) => void,
  ): void {
    this.#listeners.add(type, listener);
  }

  removeEventListener<K extends keyof port.PeerEvents>(
    type: K,
    listener: (event: port.PeerEvents[K]) => void,
  ): void {
    this.#listeners.remove(type, listener);
  }

  /** The host's interfaces are others now: sockets on those that are gone are dead. */
  setInterfaces(interfaces: readonly LocalInterface[]): void {
    this.#transport.setInterfaces(interfaces);
  }
  /** Its modelled media, of which there is little, flows for a moment more. */
  playMedia(): void {
    this.#transport.play();
  }

  /** Takes what arrived at the peer's host. @param now the virtual time in ms */
  handleInput(now: number, input: Input): void {
    this.#transport.handleInput(now, input);
  }
  /** To be called once `pollTimeout` is due; too early does nothing. */
  handleTimeout(now: number): void {
    this.#transport.handleTimeout(now);
    this.#tasks.runOne();
  }
  /** When `handleTimeout` is due, in ms; null while nothing is. */
  pollTimeout(): number | null {
    return this.#tasks.isEmpty ? this.#transport.pollTimeout() : this.#host.now();
  }
  /** What the peer wants done in the network; null when that is all. */
  pollOutput(): Output | null {
    return this.#transport.pollOutput();
  }
  /** The agent: its checklist, candidates and roles, for who shows them. */
  get agent(): IceAgent {
    return this.#transport.agent;
  }

  #live(): readonly VirtualTransceiver[] {
    return this.#session.transceivers.filter(({ isStopped }) => !isStopped);
  }

  #negotiatorHost(): NegotiatorHost {
    return {
      now: () => this.#host.now(),
      isClosed: () => this.#isClosed,
      tellSignaling: () => {
        this.#tell('signalingstatechange');
      },
      tellTrack: (effect) => {
        this.#tellTrack(effect);
      },
      loseTransport: () => {
        this.#become('new');
      },
      forgetGathering: () => {
        this.#task(() => {
          this.#become('new');
        });
      },
      settled: () => {
        this.#isNegotiationNeeded = false;
        this.#noteNegotiation();
      },
    };
  }

  #rtpHost(isBundled: boolean): RtpHost {
    return {
      isBundled,
      isClosed: () => this.#isClosed,
      cname: () => this.#author.cname,
      transportOf: (section) => this.#board.transportOf(section),
      changed: () => {
        this.#noteNegotiation();
      },
      resend: () => {
        this.#transport.resend();
      },
      chain: (method, operation) => this.#chain(method, operation),
      statsOf: (transceiver, type) => this.#statsOf(transceiver, type),
    };
  }

  #chain<T>(method: string, operation: () => T | Promise<T>): Promise<T> {
    if (this.#isClosed) return Promise.reject(closedFailure(method));
    return this.#operations.run(operation);
  }

  #checkOpen(method: string): void {
    if (this.#isClosed) throw closedFailure(method);
  }

  #tellTrack({ transceiver, streams }: RemoteEffects['tracks'][number]): void {
    const { receiver } = transceiver;
    this.#fire('track', { track: receiver.track, receiver, streams, transceiver });
  }

  #foundCandidate(candidate: AgentCandidate): void {
    if (!this.#describes(candidate.ufrag)) return;
    this.#candidates.add(candidate);
    this.#growLocal(candidate.ufrag);
    this.#tellCandidate(candidateText(candidate), candidate.ufrag);
  }

  /** False for a generation that was rolled back. */
  #describes(ufrag: string): boolean {
    const { pendingLocal, currentLocal } = this.#session;
    return pendingLocal?.ufrag === ufrag || currentLocal?.ufrag === ufrag;
  }

  #growLocal(ufrag: string): void {
    this.#candidates.grow(this.#session.pendingLocal, ufrag);
    this.#candidates.grow(this.#session.currentLocal, ufrag);
  }

  #tellCandidate(text: string, ufrag: string): void {
    const { pendingLocal, currentLocal } = this.#session;
    const local = [pendingLocal, currentLocal].find((each) => each?.ufrag === ufrag) ?? null;
    const index = local?.plan.tag ?? 0;
    this.#fire('icecandidate', {
      candidate: {
        ...{ candidate: text, sdpMLineIndex: index, usernameFragment: ufrag },
        sdpMid: local?.plan.sections[index]?.mid ?? null,
      },
    });
  }

  /** WebRTC 1.0 §4.4.1.3 and §5.6.3: the end of the candidates, then the state, then null. */
  #setGathering(state: IceAgent['gathering']): void {
    const { ufrag } = this.#transport.agent.local;
    const add = (task: () => void) => {
      this.#task(() => {
        if (this.#describes(ufrag)) task();
      });
    };
    if (state === 'complete') {
      add(() => {
        this.#candidates.end(ufrag);
        this.#growLocal(ufrag);
        if (this.#transport.manner.tellsEnd) this.#tellCandidate('', ufrag);
      });
    }
    add(() => {
      this.#become(state);
    });
    if (state !== 'complete') return;
    add(() => {
      this.#fire('icecandidate', { candidate: null });
    });
  }

  #become(state: IceAgent['gathering']): void {
    if (this.#board.setGathering(state)) this.#tell('icegatheringstatechange');
  }

  #setIce(state: ConnectionState): void {
    if (this.#board.setIce(state)) this.#tell('iceconnectionstatechange');
    this.#noteConnection();
  }

  #setDtls(state: DtlsState): void {
    this.#board.setDtls(state);
    this.#noteConnection();
  }

  #noteConnection(): void {
    const state = peerState(this.#board.ice, this.#board.dtls);
    if (this.#isClosed || this.#connection === state) return;
    this.#connection = state;
    this.#tell('connectionstatechange');
  }

  /** Once the chain is empty, in a task (WebRTC 1.0 §4.7.3). */
  #noteNegotiation(): void {
    if (this.#isClosed || !this.#operations.isEmpty) return;
    this.#task(() => {
      if (!this.#operations.isEmpty || this.#session.state !== 'stable') return;
      const isNeeded =
        this.#negotiator.wantsRestart ||
        needsNegotiation(this.#session, this.#transport.channels.isWanted);
      const before = this.#isNegotiationNeeded;
      this.#isNegotiationNeeded = isNeeded;
      if (isNeeded && !before) this.#tell('negotiationneeded');
    });
  }

  #tell(
    type: Exclude<
      keyof port.PeerEvents,
      'icecandidate' | 'icecandidateerror' | 'track' | 'datachannel'
    >,
  ): void {
    if (!this.#isClosed) this.#fire(type, { type });
  }

  #fire<K extends keyof port.PeerEvents>(type: K, event: port.PeerEvents[K]): void {
    if (this.#listeners.tell(type, event)) this.#isHeard = true;
  }

  /** Queues a task whose events are this object's and its transports' alone. */
  #task(run: () => void): void {
    this.#tasks.add(() => {
      this.#isHeard = this.#board.isSeen;
      run();
      return this.#isHeard;
    });
  }
}
