// Making and setting descriptions: the operations of RTCPeerConnection's chain (WebRTC 1.0 §4.4.1.5, §4.4.2).
import * as signaling from '../../rtc/signaling-state.ts';
import type { DescriptionInit } from '../connection.ts';
import type { Author } from './author.ts';
import { failure } from './errors.ts';
import type { LocalCandidates } from './local-candidates.ts';
import type { RemoteEffects } from './remote-streams.ts';
import type { LocalDescription, Session } from './session.ts';
import type { Transport } from './transport.ts';

/** What the negotiator asks of its peer. */
export interface NegotiatorHost {
  now(): number;
  isClosed(): boolean;
  /** signalingState is another. */
  tellSignaling(): void;
  tellTrack(effect: RemoteEffects['tracks'][number]): void;
  /** The transport is gone with the last section that had one. */
  loseTransport(): void;
  /** The transport is gone with the description that brought it. */
  forgetGathering(): void;
  /** The state is stable again: whether negotiation is needed is asked anew. */
  settled(): void;
}

type Type = signaling.DescriptionType;

/** The offers and answers of one peer. */
export class Negotiator {
  readonly #session: Session;
  readonly #author: Author;
  readonly #transport: Transport;
  readonly #candidates: LocalCandidates;
  readonly #host: NegotiatorHost;
  /** [[LastCreatedOffer]] and [[LastCreatedAnswer]]: until an answer is set, whatever is rolled back in between. */
  #lastOffer: LocalDescription | null = null;
  #lastAnswer: LocalDescription | null = null;
  /** [[LocalIceCredentialsToReplace]]: username fragments. */
  readonly #toReplace = new Set<string>();

  constructor(
    session: Session,
    author: Author,
    transport: Transport,
    candidates: LocalCandidates,
    host: NegotiatorHost,
  ) {
    this.#session = session;
    this.#author = author;
    this.#transport = transport;
    this.#candidates = candidates;
    this.#host = host;
  }

  /** restartIce() was called, and what it wants has not come about. */
  get wantsRestart(): boolean {
    return this.#toReplace.size > 0;
  }

  restartIce(): void {
    const { currentLocal, pendingLocal } = this.#session;
    this.#toReplace.clear();
    for (const each of [currentLocal, pendingLocal]) {
      if (each !== null) this.#toReplace.add(each.ufrag);
    }
  }

  /** @throws InvalidStateError */
  createOffer(restart: boolean): DescriptionInit {
    return { type: 'offer', sdp: this.#makeOffer('createOffer', restart).sdp };
  }

  /** @throws InvalidStateError */
  createAnswer(): DescriptionInit {
    return { type: 'answer', sdp: this.#makeAnswer('createAnswer').sdp };
  }

  /** @throws InvalidStateError, InvalidModificationError */
  setLocal(wanted: Type | undefined, sdp: string): void {
    const session = this.#session;
    const type = wanted ?? signaling.impliedType(session.state);
    const next = this.#next('local', type);
    if (type === 'rollback') {
      this.#rollback(next);
      return;
    }
    const local = this.#localOf(type, sdp);
    const isFirst = session.currentLocal === null;
    const { ufrag } = session.local ?? local;
    session.setLocal(type, type === 'pranswer' ? withType(local, type) : local);
    this.#startTransport(local, ufrag);
    // What was found since it was written.
    this.#candidates.grow(session.local, local.ufrag);
    this.#author.applied();
    if (isFirst) this.#transport.agent.setRole(type === 'offer' ? 'controlling' : 'controlled');
    if (type !== 'offer') this.#agree();
    this.#become(next, type);
  }

  /** @throws InvalidStateError, OperationError, InvalidAccessError; what was rolled back stays so */
  async setRemote(type: Type, sdp: string): Promise<void> {
    const session = this.#session;
    if (signaling.rollsBackFirst(session.state, 'remote', type)) {
      this.#rollback('stable');
      // Who listens sees the stable state before the offer takes its place.
      for (let turn = 0; turn < 3; turn += 1) await Promise.resolve();
      if (this.#host.isClosed()) return;
    }
    const next = this.#next('remote', type);
    if (type === 'rollback') {
      this.#rollback(next);
      return;
    }
    const effects = session.setRemote(type, sdp);
    if (type !== 'offer') this.#agree();
    this.#become(next, type);
    this.#tell(effects);
  }

  /** @param reuse the one that is meant if it would be made again just so */
  #makeOffer(
    method: string,
    restart: boolean,
    reuse: LocalDescription | null = null,
  ): LocalDescription {
    if (!signaling.mayOffer(this.#session.state)) {
      throw failure(
        ...(['InvalidStateError', method] as const),
        'PeerConnection cannot create an offer in a state other than stable or have-local-offer.',
      );
    }
    const local = this.#session.local;
    const isDue = local !== null && this.#toReplace.has(local.ufrag);
    return (this.#lastOffer = this.#author.offer(restart || isDue, reuse));
  }

  #makeAnswer(method: string, reuse: LocalDescription | null = null): LocalDescription {
    if (!signaling.mayAnswer(this.#session.state)) {
      throw failure(
        ...(['InvalidStateError', method] as const),
        'PeerConnection cannot create an answer in a state other than have-remote-offer or have-local-pranswer.',
      );
    }
    return (this.#lastAnswer = this.#author.answer(reuse));
  }

  #next(source: signaling.Source, type: Type): signaling.SignalingState {
    const { state } = this.#session;
    const next = signaling.nextState(state, source, type);
    if (next !== null) return next;
    const method = source === 'local' ? 'setLocalDescription' : 'setRemoteDescription';
    const message = `Failed to set ${source} ${type} sdp: Called in wrong state: ${state}`;
    throw failure('InvalidStateError', method, message);
  }

  /** The description that is meant: the one that was made last, or one that is made now. */
  #localOf(type: Exclude<Type, 'rollback'>, sdp: string): LocalDescription {
    const method = 'setLocalDescription';
    const last = type === 'offer' ? this.#lastOffer : this.#lastAnswer;
    if (sdp === '') {
      return type === 'offer'
        ? this.#makeOffer(method, false, last)
        : this.#makeAnswer(method, last);
    }
    if (last !== null && sdp === last.sdp) return last;
    const message = 'The SDP does not match the previously generated SDP for this type';
    throw failure('InvalidModificationError', method, message);
  }

  /** @param ufrag of the description before; of this one where there is none */
  #startTransport({ ufrag, pwd, plan }: LocalDescription, before: string): void {
    const { agent } = this.#transport;
    const now = this.#host.now();
    if (ufrag !== agent.local.ufrag && (ufrag !== before || this.#session.currentLocal === null)) {
      agent.restart(now, { ufrag, pwd });
    }
    if (plan.tag === null) return;
    agent.gather(now);
    this.#transport.wake();
  }

  #rollback(next: signaling.SignalingState): void {
    const session = this.#session;
    const wasLocal = session.pendingLocal !== null;
    const effects = session.rollback();
    if (wasLocal && session.currentLocal === null) {
      // What was gathered for it goes with it.
      this.#candidates.forget();
      this.#transport.agent.restart(this.#host.now());
      this.#host.forgetGathering();
    }
    this.#become(next, 'rollback');
    this.#tell(effects);
  }

  #tell(effects: RemoteEffects): void {
    effects.tellStreams();
    for (const each of effects.tracks) {
      if (this.#host.isClosed()) return;
      this.#host.tellTrack(each);
    }
  }

  /** Hands to the transport what the newest offer and answer agree on. */
  #agree(): void {
    const agreement = this.#session.agreement();
    const remote = this.#session.remote;
    if (agreement === null || remote === null) return;
    const { lines, ended } = remote.slot.growthOf(agreement.tag);
    this.#transport.agree(
      agreement,
      lines.map((line) => line.slice('a='.length)),
      ended,
    );
  }

  #become(next: signaling.SignalingState, by: Type): void {
    const session = this.#session;
    if (by === 'answer') this.#answered();
    if (session.state === next) return;
    session.state = next;
    if (next === 'stable') this.#host.settled();
    this.#host.tellSignaling();
  }

  #answered(): void {
    this.#lastOffer = this.#lastAnswer = null;
    const { currentLocal } = this.#session;
    if (currentLocal === null) return;
    if (!this.#toReplace.has(currentLocal.ufrag)) this.#toReplace.clear();
    // No section is in use any more, so none has a transport (WebRTC 1.0 §4.3.2).
    if (currentLocal.plan.tag === null) this.#host.loseTransport();
  }
}

/** A provisional answer is an answer by another name (RFC 9429 §4.1.10.1). */
function withType(local: LocalDescription, type: 'pranswer'): LocalDescription {
  return { ...local, slot: local.slot.as(type) };
}
