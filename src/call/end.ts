// One end of the call: what an app on one side does with its peer, its candidates and what it receives.
import { ufragOf } from '../ice/ufrag.ts';
import { recordCall } from '../peers/call.ts';
import { errorInfo } from '../peers/error.ts';
import type { RecordedChannel } from '../peers/data.ts';
import type { Capture } from '../peers/media.ts';
import type { DataChannel, PeerConnection } from '../peers/connection.ts';
import type { RecordedPeer } from '../peers/recording.ts';
import type { Tape } from '../peers/tape.ts';
import { ufragsOf } from '../sdp/ufrag.ts';
import type { SignalMessage } from '../signaling/channel.ts';
import type { Candidate, Description } from '../trace/event.ts';
import type { Side } from '../rtc/steps.ts';
import type { Outgoing } from './mail.ts';
import { explainApiError } from './step-error.ts';
import { Inbox, Outbox, type Waiting } from './trickle.ts';

/** What an end talks to its peer through: a connection, which may put off what it writes. */
export type EndPeer = PeerConnection & Partial<Pick<RecordedPeer, 'flush'>>;

/** What carries an end's messages. */
export interface Post {
  /** Sends a message to the other side. Resolves when it has arrived. @throws StepError `message-lost` */
  post(from: Side, message: Outgoing, cause: number | null): Promise<void>;
}

/** What takes the descriptions that arrive at an end. */
export interface Exchange {
  readonly offerer: { readonly side: Side };
  /** @param cause the event that says that it has arrived */
  take(at: Side, type: 'offer' | 'answer', description: Description, cause: number): void;
}

/**
 * One side's app. Candidates it finds leave once the description they belong to has left; candidates it gets wait
 * until theirs has been set (`addIceCandidate` rejects before that, WebRTC 1.0 §4.4.2). So in each exchange anew.
 */
export class End {
  readonly side: Side;
  /** Where this side's peer writes. It knows which event set off the call that is being made. */
  readonly tape: Tape;
  #post: Post | null = null;
  #peer: EndPeer | null = null;
  /** What it captured for the call, and the screen that it shares. */
  capture: Capture | null = null;
  screen: Capture | null = null;
  /** A second sound that it sends. */
  sound: Capture | null = null;
  /** What its other camera sees, once it has swapped cameras; and what it no longer sends of these. */
  otherCamera: Capture | null = null;
  readonly retired: Capture[] = [];
  /** What the other side sends: the stream of the call, and the newest that came after it. */
  remote: MediaStream | null = null;
  remoteScreen: MediaStream | null = null;
  /** The newest track that the other side sends. */
  remoteTrack: MediaStreamTrack | null = null;
  /** The newest exchange that each side has offered: there are two at once where both offers cross. */
  readonly #exchanges = new Map<Side, Exchange>();
  channel: RecordedChannel | null = null;
  readonly #channelWatchers = new Set<() => void>();

  readonly #trickle: boolean;
  #cause: number | null = null;
  #lastFound: number | null = null;
  readonly #outbox = new Outbox();
  readonly #inbox = new Inbox();
  /** The generations of ICE that this side has described. */
  readonly #generations = new Set<string>();
  #ended = false;
  #closed = false;

  /** @param trickle whether candidates are signaled one by one, or only inside the descriptions */
  constructor(side: Side, tape: Tape, trickle: boolean) {
    this.side = side;
    this.#trickle = trickle;
    this.tape = {
      write: (body, cause) => {
        const n = tape.write(body, cause ?? (body.kind === 'call' ? this.#cause : null));
        if (body.kind === 'candidate' && body.at === 'found') this.#lastFound = n;
        // Nobody waits for these calls, so no step fails with them: what was rejected is told beside the steps.
        if (body.kind === 'exception' && body.method === 'addIceCandidate' && !this.#closed) {
          const problem = { code: 'candidate-rejected', error: body.error } as const;
          tape.write({ kind: 'problem', side, problem }, n);
        }
        return n;
      },
    };
  }

  /** Gives the end its way out. */
  join(post: Post): void {
    this.#post = post;
  }

  /** The peer. @throws Error before `use`: a step ran out of order. */
  get peer(): EndPeer {
    if (this.#peer === null) throw new Error(`The ${this.side} has no RTCPeerConnection yet.`);
    return this.#peer;
  }

  /** The peer has been made. */
  get hasPeer(): boolean {
    return this.#peer !== null;
  }

  /** The peer has found all candidates of its present description. */
  get hasFoundAll(): boolean {
    return this.#ended;
  }

  /** Takes a peer that was just made, and listens to what it finds. */
  use(peer: EndPeer): void {
    this.#peer = peer;
    peer.addEventListener('track', ({ streams, track }) => {
      this.remoteTrack = track;
      this.#arrives(track, streams[0]);
    });
    peer.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate === null) {
        // Chromium tells of the end by the legacy null only, Firefox by an empty candidate of each section too.
        if (this.#ended) return;
        this.#found({ candidate: '', sdpMid: null, sdpMLineIndex: null, usernameFragment: null });
      } else {
        const { candidate: line, sdpMid, sdpMLineIndex, usernameFragment } = candidate;
        this.#found({ candidate: line, sdpMid, sdpMLineIndex, usernameFragment });
      }
    });
  }

  /**
   * Sends this side's description, and after it the candidates that waited for it to leave; the channel keeps their
   * order. Later ones leave as they are found. Resolves when the description has arrived.
   * @throws StepError `message-lost`
   */
  async send(description: Description): Promise<void> {
    const { type: is, sdp } = description;
    const type = is === 'offer' ? 'offer' : 'answer';
    const body: Description = { type: is === 'pranswer' ? is : type, sdp };
    const arrival = this.#send({ type, body }, null);
    for (const each of this.#outbox.sent(description.sdp)) void this.#signal(each);
    await arrival;
  }

  /** What a message does when it arrives. `cause` is the event of its delivery. */
  receive(message: SignalMessage, cause: number): void {
    switch (message.type) {
      case 'offer':
      case 'answer':
        this.#inbox.arrived(message.body.sdp);
        this.#exchangeOf(message.type, message.from)?.take(
          ...([this.side, message.type, message.body, cause] as const),
        );
        break;
      case 'candidate':
      case 'end-of-candidates':
        this.#take(message.body, cause);
        break;
      case 'call':
      case 'hang-up':
      case 'error':
        // That a call is wanted is said with its offer, which follows. What follows from a goodbye is a step of its own; of an error the sender's own record has the exception.
        break;
    }
  }

  /** Messages belong to this exchange from now on, and no longer to one that the same side has offered before. */
  follow(exchange: Exchange): void {
    this.#exchanges.set(exchange.offerer.side, exchange);
  }

  /** An offer belongs to what its sender offers, an answer to what its receiver does. */
  #exchangeOf(type: 'offer' | 'answer', from: Side): Exchange | undefined {
    return this.#exchanges.get(type === 'offer' ? from : this.side);
  }

  /** Sets a description that this side has made. @throws StepError */
  async setLocal(description: Description): Promise<void> {
    this.#describes(description.sdp);
    await this.attempt(() => this.peer.setLocalDescription(description));
  }

  /** Has the browser make the description that fits its state, and set it. @returns it @throws StepError */
  async makeLocal(): Promise<Description> {
    await this.attempt(() => this.peer.setLocalDescription());
    const made = this.peer.localDescription;
    if (made === null) throw new Error('A description was set, and there is none.');
    this.#describes(made.sdp);
    return { type: made.type, sdp: made.sdp };
  }

  /** Takes back the offer that is pending, of either side. @throws StepError */
  async rollBack(): Promise<void> {
    await this.attempt(() => this.peer.setLocalDescription({ type: 'rollback' }));
  }

  /** The offer that has arrived is not taken, and no call of the API says so. @param cause the event of its arrival */
  ignoreOffer(cause: number | null): void {
    this.#inbox.ignored();
    this.#because(cause, () => recordCall(this.tape, this.side, 'Peerglass', 'ignoreOffer', []));
  }

  /** Only a new generation is gathered for (RFC 8445 §9). */
  #describes(sdp: string): void {
    const ufrags = ufragsOf(sdp);
    const isNew = ufrags.some((ufrag) => !this.#generations.has(ufrag));
    for (const ufrag of ufrags) this.#generations.add(ufrag);
    if (isNew) this.#ended = false;
  }

  /**
   * Sets a description that has arrived, then adds the candidates that waited for it, in their order. These are
   * not waited for: the browser does it one after the other beside whatever comes next.
   * @param cause the event of its arrival
   * @throws StepError `wrong-state` or `unexpected`, and tells the other side
   */
  async setRemote(description: Description, cause: number): Promise<void> {
    await this.attempt(() =>
      this.#because(cause, () => this.peer.setRemoteDescription(description)),
    );
    const ready = this.#inbox.applied(description.sdp);
    for (const each of ready) this.#add(each.candidate, each.cause);
  }

  /**
   * Runs a call of the API; when it throws, the other side is told before the step fails.
   * @throws StepError
   */
  async attempt<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (thrown) {
      const problem = explainApiError(thrown);
      this.#tell(problem.error ?? errorInfo(thrown));
      throw problem;
    }
  }

  /** Ends the call at this end: closes the peer and stops the media. Safe to call twice. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.channel?.close();
    this.#peer?.close();
    this.capture?.stop();
    this.screen?.stop();
    this.sound?.stop();
    this.otherCamera?.stop();
  }

  /** Takes this side's data channel, made here or announced by the other side. */
  useChannel(channel: DataChannel, recorded: RecordedChannel): void {
    if (this.channel === null || this.channel.readyState === 'closed') this.channel = recorded;
    const told = () => {
      for (const watcher of this.#channelWatchers) watcher();
    };
    for (const type of ['open', 'closing', 'close'] as const) channel.addEventListener(type, told);
    told();
  }

  /** Calls back when there is a data channel and when its state changes. Gives what stops it. */
  watchChannel(watcher: () => void): () => void {
    this.#channelWatchers.add(watcher);
    return () => this.#channelWatchers.delete(watcher);
  }

  /** Says that a call is wanted. The offer follows it: what is lost with the one is told by the other. */
  sayCall(): void {
    void this.#send({ type: 'call', body: null }, null).catch(() => undefined);
  }

  /** Says goodbye to the other side. Resolves when it has heard, or can't be reached. */
  async sayHangUp(cause: number): Promise<void> {
    await this.#send({ type: 'hang-up', body: null }, cause).catch(() => undefined);
  }

  /** Makes a call whose cause is known: the peer writes the call before this returns. */
  #because<T>(cause: number | null, call: () => T): T {
    this.#cause = cause;
    try {
      return call();
    } finally {
      this.#cause = null;
    }
  }

  /** The first stream is the call's; one that comes later is a screen. What a virtual peer sends cannot be played. */
  #arrives(track: MediaStreamTrack, stream: MediaStream | undefined): void {
    if (typeof MediaStreamTrack === 'undefined' || !(track instanceof MediaStreamTrack)) return;
    const whole = stream ?? new MediaStream([track]);
    if (this.remote === null || this.remote.id === whole.id) this.remote = whole;
    else this.remoteScreen = whole;
  }

  #found(candidate: Candidate): void {
    this.#ended ||= candidate.candidate === '';
    if (!this.#trickle) return;
    const found = { candidate, cause: this.#lastFound };
    // The end of candidates names no generation: it is that of what is being gathered for.
    const ufrag = ufragOf(candidate) ?? ufragsOf(this.peer.localDescription?.sdp ?? '')[0] ?? null;
    if (this.#outbox.put(found, ufrag)) void this.#signal(found);
  }

  /** Sends a candidate. One that is lost stops nothing: it is in the record, and leaves again with the next attempt. */
  async #signal(found: Waiting): Promise<void> {
    const { candidate, cause } = found;
    const type = candidate.candidate === '' ? 'end-of-candidates' : 'candidate';
    try {
      await this.#send({ type, body: candidate }, cause);
    } catch {
      this.#outbox.putBack(found);
    }
  }

  async #send(message: Outgoing, cause: number | null): Promise<void> {
    if (this.#post === null) throw new Error(`The ${this.side} has no channel yet.`);
    await this.#post.post(this.side, message, cause);
  }

  #tell(error: { readonly name: string; readonly message: string }): void {
    const short = { name: error.name.slice(0, 128), message: error.message.slice(0, 4096) };
    // The step fails with the exception itself; that the other side could not be told adds nothing.
    void this.#send({ type: 'error', body: short }, null).catch(() => undefined);
  }

  #take(candidate: Candidate, cause: number): void {
    if (this.#inbox.take(candidate, cause)) this.#add(candidate, cause);
    else this.tape.write({ kind: 'candidate', side: this.side, at: 'queued', candidate }, cause);
  }

  /** The browser takes them one after the other by itself (WebRTC 1.0 §4.4.1.2): nothing waits in between. */
  #add(candidate: Candidate, cause: number): void {
    const added = this.#because(cause, () => this.#peer?.addIceCandidate(candidate));
    // The tape has made a problem of the exception; the other candidates may still do.
    added?.catch(() => undefined);
  }
}
