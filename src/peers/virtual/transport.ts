// The one transport of a virtual peer: ICE below, DTLS on it, data channels and RTP in it (RFC 7983 tells them apart).
import type {
  AgentCandidate,
  ConnectionState,
  IceAgent,
  IceEvent,
  LocalInterface,
} from '../../ice/agent-port.ts';
import type { Input, Output } from '../../net/io.ts';
import type { Random } from '../../net/random.ts';
import { DataChannels } from './data-channels.ts';
import type { VirtualDataChannel } from './data-channel.ts';
import { MAX_MESSAGE_SIZE } from './describe.ts';
import { Dtls, fingerprintText } from './dtls.ts';
import type { DtlsState } from './dtls.ts';
import type { MediaRate, VirtualHost } from './host.ts';
import { mannerOf } from './manner.ts';
import type { Manner } from './manner.ts';
import { MediaFlow } from './media-flow.ts';
import type { Agreement } from './session.ts';

/** Who is told what happens: at once, inside `handleInput` or `handleTimeout`, whatever the events are to wait for. */
export interface TransportSink {
  candidate(candidate: AgentCandidate): void;
  candidateError(error: Extract<IceEvent, { type: 'candidate-error' }>): void;
  gathering(state: IceAgent['gathering']): void;
  ice(state: ConnectionState): void;
  dtls(state: DtlsState): void;
  channel(channel: VirtualDataChannel): void;
  /** Has an event fire in a task of its own. */
  task(task: () => void): void;
}

/** WebRTC 1.0 §6.1.1.2: what the other side takes, 0 for anything, and no more than this side sends. */
function sendLimit(remote: number): number {
  return remote === 0 ? MAX_MESSAGE_SIZE : Math.min(remote, MAX_MESSAGE_SIZE);
}

/** ICE, DTLS and what they carry, as one protocol without I/O. */
export class Transport {
  readonly agent: IceAgent;
  readonly manner: Manner;
  readonly dtls: Dtls;
  readonly channels: DataChannels;
  readonly media: MediaFlow;
  /** This side's certificate, `AB:CD:…`. */
  readonly fingerprint: string;
  /** What the DTLS records and RTP packets hold, as webrtc-stats counts them. */
  readonly counters = { packetsSent: 0, packetsReceived: 0, bytesSent: 0, bytesReceived: 0 };
  readonly #host: VirtualHost;
  readonly #sink: TransportSink;
  #agreement: Agreement | null = null;
  #dtlsState: DtlsState = 'new';
  /** Candidates that the agent has been given of the remote side's generation. */
  #given: { readonly ufrag: string; readonly pwd: string; readonly texts: Set<string> } | null =
    null;
  /** An API call left something to do. */
  #isDirty = false;
  #isClosed = false;

  constructor(host: VirtualHost, random: Random, rate: MediaRate, sink: TransportSink) {
    this.#host = host;
    this.#sink = sink;
    this.agent = host.makeAgent();
    this.manner = host.manner ?? mannerOf('rfc8445');
    // The certificate is made up: 32 bytes that stand for the SHA-256 of one.
    const certificate = random.bytes(32);
    this.fingerprint = fingerprintText(certificate);
    this.dtls = new Dtls(random, certificate, this.manner.dtls);
    this.media = new MediaFlow(random.fork(), rate, (task) => {
      sink.task(task);
    });
    this.channels = new DataChannels({
      transmit: (bytes) => {
        if (this.dtls.state === 'connected') this.#send(this.dtls.protect(bytes));
      },
      wake: () => {
        this.wake();
      },
      task: (task) => {
        sink.task(task);
      },
      announce: (channel) => {
        sink.channel(channel);
      },
    });
  }

  /** The selected pair's other side, and what was agreed; null before an answer. */
  get agreement(): Agreement | null {
    return this.#agreement;
  }

  /** Has the world come back, to do what an API call left. */
  wake(): void {
    this.#isDirty = true;
    this.#host.wake();
  }

  /** Takes what an offer and its answer agree on, with the candidates that are known. */
  agree(agreement: Agreement, trickled: readonly string[], ended: boolean): void {
    const now = this.#host.now();
    this.#agreement = agreement;
    const { transport, dtlsRole, data } = agreement;
    const { ufrag, pwd, candidates, fingerprints } = transport;
    if (this.#given?.ufrag !== ufrag || this.#given.pwd !== pwd) {
      this.#given = { ufrag, pwd, texts: new Set() };
      this.agent.setRemote(now, { ufrag, pwd });
    }
    for (const text of candidates) this.addCandidate(text);
    for (const text of trickled) this.addCandidate(text);
    if (ended || transport.ended) this.addCandidate('');
    this.dtls.configure(now, dtlsRole, fingerprints);
    if (data !== null) this.channels.maxMessageSize = sendLimit(data.maxMessageSize);
    this.channels.setRole(this.dtls.role ?? dtlsRole);
    this.wake();
  }

  /** What the app sends is another: a track replaced, an encoding switched off, a transceiver stopped. */
  resend(): void {
    this.media.resend(this.#host.now());
    this.wake();
  }

  /** Modelled media flows for a moment more. */
  play(): void {
    this.media.play(this.#host.now());
    this.wake();
  }

  /** True where a candidate of this section and generation is for the agent now. */
  takes(index: number, ufrag: string): boolean {
    return this.#agreement?.tag === index && this.#given?.ufrag === ufrag;
  }

  /** Gives the agent a remote candidate, once; '' is the end of them. */
  addCandidate(text: string): void {
    const given = this.#given;
    if (given === null || given.texts.has(text)) return;
    given.texts.add(text);
    this.agent.addRemoteCandidate(this.#host.now(), text);
    this.wake();
  }

  /** The host's interfaces are others now. */
  setInterfaces(interfaces: readonly LocalInterface[]): void {
    this.agent.setInterfaces(this.#host.now(), interfaces);
    this.wake();
  }

  handleInput(now: number, input: Input): void {
    this.agent.handleInput(now, input);
    this.#work(now);
  }

  handleTimeout(now: number): void {
    const due = this.agent.pollTimeout();
    if (due !== null && due <= now) this.agent.handleTimeout(now);
    this.dtls.handleTimeout(now);
    this.channels.handleTimeout(now);
    this.#work(now);
  }

  pollTimeout(): number | null {
    let first = this.agent.pollTimeout();
    if (this.#isClosed) return first;
    if (this.#isDirty) return this.#host.now();
    for (const part of [this.dtls, this.channels, this.media]) {
      const due = part.pollTimeout();
      if (due !== null && (first === null || due < first)) first = due;
    }
    return first;
  }

  pollOutput(): Output | null {
    return this.agent.pollOutput();
  }

  /** Ends it here: the other side is told, and nothing fires an event any more. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.dtls.close();
    this.#drain();
    this.channels.end(true);
    this.agent.close(this.#host.now());
    this.#host.wake();
  }

  #work(now: number): void {
    this.#isDirty = false;
    for (;;) {
      const event = this.agent.pollEvent();
      if (event === null) break;
      if (!this.#isClosed) this.#take(now, event);
    }
    if (this.#isClosed) return;
    this.#drain();
    this.#noteDtls();
    this.channels.flush(now);
    if (this.#dtlsState !== 'connected') return;
    this.#carry(now);
    for (let packet = this.media.next(now); packet !== null; packet = this.media.next(now)) {
      this.#send(packet);
    }
  }

  #take(now: number, event: IceEvent): void {
    switch (event.type) {
      case 'candidate':
        this.#sink.candidate(event.candidate);
        return;
      case 'candidate-error':
        this.#sink.candidateError(event);
        return;
      case 'gathering':
        this.#sink.gathering(event.state);
        return;
      case 'connection':
        if (event.state === 'connected' || event.state === 'completed') this.dtls.open(now);
        this.#sink.ice(event.state);
        return;
      case 'data':
        this.#receive(now, event.payload);
        return;
      case 'checklist':
      case 'selected':
      case 'role':
    }
  }

  /** RFC 7983 §7: the first byte tells. STUN has gone to the agent. */
  #receive(now: number, payload: Uint8Array): void {
    const first = payload[0] ?? 0;
    this.counters.packetsReceived += 1;
    this.counters.bytesReceived += payload.length;
    if (first >= 128 && first <= 191) {
      if (this.#dtlsState === 'connected') this.media.receive(payload);
      return;
    }
    if (first < 20 || first > 63) return;
    const data = this.dtls.handle(now, payload);
    this.#drain();
    this.#noteDtls();
    if (data !== null && !this.#isClosed) this.channels.handle(now, data);
  }

  #noteDtls(): void {
    const { state } = this.dtls;
    if (state === this.#dtlsState) return;
    this.#dtlsState = state;
    this.#sink.dtls(state);
    if (state === 'closed' || state === 'failed') this.channels.end(false);
    else if (state === 'connected') this.#carry(this.#host.now());
  }

  /** DTLS is connected: what was agreed on may be sent. */
  #carry(now: number): void {
    if (this.#agreement === null) return;
    this.media.use(this.#agreement.media, now);
    if (this.#agreement.data !== null) this.channels.start();
  }

  #drain(): void {
    for (let next = this.dtls.poll(); next !== null; next = this.dtls.poll()) this.#send(next);
  }

  #send(payload: Uint8Array): void {
    if (!this.agent.send(this.#host.now(), payload)) return;
    this.counters.packetsSent += 1;
    this.counters.bytesSent += payload.length;
  }
}
