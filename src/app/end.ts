// One end of the call: what an app on one side does with its peer, its candidates and what it receives.
import { errorInfo } from '../peers/error.ts';
import type { RecordedChannel } from '../peers/data.ts';
import type { Capture } from '../peers/media.ts';
import type { DataChannel, DescriptionInit } from '../peers/connection.ts';
import type { RecordedPeer } from '../peers/recording.ts';
import type { Tape } from '../peers/tape.ts';
import type { SignalMessage } from '../signaling/channel.ts';
import type { Candidate, Description } from '../trace/event.ts';
import type { Side } from '../trace/step.ts';
import type { Mail, Outgoing } from './mail.ts';
import { explainApiError } from './step-error.ts';

/** A description that has arrived, and the event that says so. */
interface Arrived {
  readonly description: Description;
  readonly cause: number;
}

/** A candidate that was found, and the event that says so. */
interface Found {
  readonly candidate: Candidate;
  readonly cause: number | null;
}

/**
 * One side's app. Candidates it finds leave once its description has left; candidates it gets wait until
 * it has a remote description (`addIceCandidate` rejects before that, WebRTC 1.0 §4.4.2).
 */
export class End {
  readonly side: Side;
  /** Where this side's peer writes. It knows which event set off the call that is being made. */
  readonly tape: Tape;
  #mail: Mail | null = null;
  #peer: RecordedPeer | null = null;
  capture: Capture | null = null;
  remote: MediaStream | null = null;
  channel: RecordedChannel | null = null;
  readonly #channelWatchers = new Set<() => void>();
  created: Description | null = null;

  readonly #trickle: boolean;
  #cause: number | null = null;
  #lastFound: number | null = null;
  #sent = false;
  #outbox: Found[] = [];
  #ended = false;
  #closed = false;

  #hasRemote = false;
  #waiting: { readonly candidate: Candidate; readonly cause: number }[] = [];

  readonly #arrived: Partial<Record<'offer' | 'answer', Arrived>> = {};
  readonly #awaiting: Partial<Record<'offer' | 'answer', (arrived: Arrived) => void>> = {};

  /** @param trickle whether candidates are signaled one by one, or only inside the descriptions */
  constructor(side: Side, tape: Tape, trickle: boolean) {
    this.side = side;
    this.#trickle = trickle;
    this.tape = {
      write: (body, cause) => {
        const n = tape.write(body, cause ?? (body.kind === 'call' ? this.#cause : null));
        if (body.kind === 'candidate' && body.at === 'found') this.#lastFound = n;
        return n;
      },
    };
  }

  /** Gives the end its way out. */
  join(mail: Mail): void {
    this.#mail = mail;
  }

  /** The peer. @throws Error before `use`: a step ran out of order. */
  get peer(): RecordedPeer {
    if (this.#peer === null) throw new Error(`The ${this.side} has no RTCPeerConnection yet.`);
    return this.#peer;
  }

  /** The peer has been made. */
  get hasPeer(): boolean {
    return this.#peer !== null;
  }

  /** Takes a peer that was just made, and listens to what it finds. */
  use(peer: RecordedPeer): void {
    this.#peer = peer;
    peer.addEventListener('track', ({ streams, track }) => {
      // What a virtual peer sends cannot be played.
      if (track instanceof MediaStreamTrack) this.remote = streams[0] ?? new MediaStream([track]);
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
   * Sends this side's own description, and after it the candidates that waited for it to leave; the channel keeps
   * their order.
   * @throws StepError `message-lost`
   */
  async send(description: Description): Promise<void> {
    const arrival = this.sendAlone(description);
    this.letCandidatesGo();
    await arrival;
  }

  /** Sends a description and nothing after it. Resolves when it has arrived. @throws StepError `message-lost` */
  sendAlone(description: Description): Promise<void> {
    const type = description.type === 'offer' ? 'offer' : 'answer';
    return this.#post({ type, body: { type, sdp: description.sdp } }, null);
  }

  /** From now on candidates leave as they are found; those that waited leave at once. */
  letCandidatesGo(): void {
    this.#sent = true;
    const outbox = this.#outbox;
    this.#outbox = [];
    for (const each of outbox) void this.#signal(each);
  }

  /** What a message does when it arrives. `cause` is the event of its delivery. */
  receive(message: SignalMessage, cause: number): void {
    switch (message.type) {
      case 'offer':
      case 'answer': {
        const arrived = { description: message.body, cause };
        this.#arrived[message.type] = arrived;
        this.#awaiting[message.type]?.(arrived);
        break;
      }
      case 'candidate':
      case 'end-of-candidates':
        this.#take(message.body, cause);
        break;
      case 'hang-up':
        this.close();
        break;
      case 'error':
        // The sender's own record has the exception; being told is all there is to it.
        break;
    }
  }

  /** The description of that type that has arrived; null before. */
  arrived(type: 'offer' | 'answer'): Description | null {
    return this.#arrived[type]?.description ?? null;
  }

  /** Resolves when a description of that type has arrived, at once if it has already. */
  async untilArrived(type: 'offer' | 'answer', signal: AbortSignal): Promise<void> {
    if (this.#arrived[type] !== undefined) return;
    await new Promise<void>((resolve, reject) => {
      this.#awaiting[type] = () => {
        resolve();
      };
      signal.addEventListener('abort', () => {
        reject(new Error('stopped'));
      });
    });
  }

  /**
   * Sets the description that has arrived, then adds the candidates that waited for it, in their order. These are
   * not waited for: the browser does it one after the other beside whatever comes next.
   * @throws StepError `wrong-state` or `unexpected`, and tells the other side
   */
  async setRemote(description: DescriptionInit): Promise<void> {
    const cause = this.#arrived[description.type === 'offer' ? 'offer' : 'answer']?.cause ?? null;
    await this.attempt(() =>
      this.#because(cause, () => this.peer.setRemoteDescription(description)),
    );
    this.#hasRemote = true;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const each of waiting) this.#add(each.candidate, each.cause);
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
  }

  /**
   * Offers anew with new ICE credentials (RFC 8445 §9). Resolves when the offer has arrived.
   * @throws StepError
   */
  async offerRestart(): Promise<void> {
    this.#ended = false;
    const { type, sdp = '' } = await this.attempt(() =>
      this.peer.createOffer({ iceRestart: true }),
    );
    const offer = { type, sdp };
    this.created = offer;
    await this.attempt(() => this.peer.setLocalDescription(offer));
    await this.sendAlone(offer);
  }

  /** Takes an offer that has arrived and answers it. Resolves when the answer has arrived. @throws StepError */
  async answerAgain(): Promise<void> {
    this.#ended = false;
    const offer = this.arrived('offer');
    if (offer === null) throw new Error('There is no offer yet.');
    await this.setRemote(offer);
    const { type, sdp = '' } = await this.attempt(() => this.peer.createAnswer());
    const answer = { type, sdp };
    this.created = answer;
    await this.attempt(() => this.peer.setLocalDescription(answer));
    await this.sendAlone(answer);
  }

  /** Takes this side's data channel, made here or announced by the other side. */
  useChannel(channel: DataChannel, recorded: RecordedChannel): void {
    this.channel = recorded;
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

  /** Says goodbye to the other side. Resolves when it has heard, or can't be reached. */
  async sayHangUp(cause: number): Promise<void> {
    await this.#post({ type: 'hang-up', body: null }, cause).catch(() => undefined);
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

  #found(candidate: Candidate): void {
    if (!this.#trickle) return;
    this.#ended ||= candidate.candidate === '';
    const cause = this.#lastFound;
    if (this.#sent) void this.#signal({ candidate, cause });
    else this.#outbox.push({ candidate, cause });
  }

  /** Sends a candidate. One that is lost stops nothing: it is in the record, and leaves again with the next attempt. */
  async #signal(found: Found): Promise<void> {
    const { candidate, cause } = found;
    const type = candidate.candidate === '' ? 'end-of-candidates' : 'candidate';
    try {
      await this.#post({ type, body: candidate }, cause);
    } catch {
      this.#outbox.push(found);
    }
  }

  async #post(message: Outgoing, cause: number | null): Promise<void> {
    if (this.#mail === null) throw new Error(`The ${this.side} has no channel yet.`);
    await this.#mail.post(this.side, message, cause);
  }

  #tell(error: { readonly name: string; readonly message: string }): void {
    const short = { name: error.name.slice(0, 128), message: error.message.slice(0, 4096) };
    // The step fails with the exception itself; that the other side could not be told adds nothing.
    void this.#post({ type: 'error', body: short }, null).catch(() => undefined);
  }

  #take(candidate: Candidate, cause: number): void {
    if (this.#hasRemote) {
      this.#add(candidate, cause);
      return;
    }
    this.tape.write({ kind: 'candidate', side: this.side, at: 'queued', candidate }, cause);
    this.#waiting.push({ candidate, cause });
  }

  /** The browser takes them one after the other by itself (WebRTC 1.0 §4.4.1.2): nothing waits in between. */
  #add(candidate: Candidate, cause: number): void {
    const added = this.#because(cause, () => this.#peer?.addIceCandidate(candidate));
    // The record has the exception and the candidate as rejected; the others may still do.
    added?.catch(() => undefined);
  }
}
