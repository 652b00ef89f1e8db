// What this side writes: makes an offer or an answer of the session as it stands (RFC 9429 §5.2, §5.3).
import { sends } from '../../rtc/direction.ts';
import type { IceCredentials } from '../../ice/agent-port.ts';
import { makeCredentials } from '../../ice/credentials.ts';
import type { Random } from '../../net/random.ts';
import { remoteTransport } from './apply.ts';
import { describe } from './describe.ts';
import type { Setup } from './describe.ts';
import type { LocalCandidates } from './local-candidates.ts';
import { uuid } from './media.ts';
import { planAnswer, planOffer } from './sections.ts';
import type { Plan } from './sections.ts';
import type { LocalDescription, Session } from './session.ts';
import { Slot } from './slot.ts';
import type { Transport } from './transport.ts';

/** The numbers of an o= line are signed 64-bit integers; these have 62 bits (RFC 9429 §5.2.1). */
function sessionId(random: Random): string {
  const high = BigInt(random.below(2 ** 30));
  return String((high << 32n) + BigInt(random.below(2 ** 32)));
}

/** Writes the descriptions of one side. */
export class Author {
  readonly #session: Session;
  readonly #transport: Transport;
  readonly #candidates: LocalCandidates;
  readonly #random: Random;
  readonly #sessionId: string;
  /** The name that this side's media goes by (RFC 3550 §6.5.1). */
  readonly cname: string;
  readonly #tlsId: string | null;
  #version: number;
  /** Credentials for the next restart: the agent takes them once a description is set that names them. */
  #fresh: IceCredentials | null = null;

  constructor(session: Session, transport: Transport, candidates: LocalCandidates, random: Random) {
    this.#session = session;
    this.#transport = transport;
    this.#candidates = candidates;
    this.#random = random;
    this.#sessionId = sessionId(random);
    this.cname = uuid(random).slice(0, 16);
    const { namesTls, firstVersion } = transport.manner;
    // RFC 8842 §5.5: 20 to 255 characters.
    this.#tlsId = namesTls ? uuid(random).replaceAll('-', '') : null;
    this.#version = firstVersion - 1;
  }

  /**
   * @param restart with new ICE credentials (RFC 9429 §5.2.3.1)
   * @param reuse an offer that was made before: it is given again where it still says the same
   */
  offer(restart: boolean, reuse: LocalDescription | null = null): LocalDescription {
    const { sections, transceivers, currentRemote } = this.#session;
    const wantsData = this.#transport.channels.isWanted;
    const plan = planOffer(sections, transceivers, wantsData, currentRemote?.remote ?? null);
    return this.#write('offer', plan, 'actpass', restart, reuse);
  }

  /** The answer to the offer that is pending. @param reuse as of `offer`. @throws Error where none is */
  answer(reuse: LocalDescription | null = null): LocalDescription {
    const { pendingRemote, currentRemote, sections } = this.#session;
    if (pendingRemote === null) throw new Error('There is no offer to answer.');
    const { remote } = pendingRemote;
    const plan = planAnswer(sections, remote);
    const at = plan.tag;
    const offered = at === null ? null : remoteTransport(remote, at);
    // RFC 9429 §5.3.1: an offer with other credentials restarts ICE, and its answer has new ones too.
    const before = this.#transport.agreement?.transport;
    const restarts =
      currentRemote !== null &&
      before !== undefined &&
      offered !== null &&
      (before.ufrag !== offered.ufrag || before.pwd !== offered.pwd);
    // RFC 9429 §5.3.1: an association that is there keeps its roles; else `active`.
    const { role } = this.#transport.dtls;
    const isClient = role === null ? offered?.setup !== 'active' : role === 'client';
    return this.#write('answer', plan, isClient ? 'active' : 'passive', restarts, reuse);
  }

  /** What was written last has been set. */
  applied(): void {
    this.#fresh = null;
  }

  #credentials(restart: boolean): IceCredentials {
    const { local } = this.#session;
    if (local === null) return this.#transport.agent.local;
    // Where no section is in use, the transport is gone, and the next is another.
    if (!restart && local.plan.tag !== null) return local;
    this.#fresh ??= makeCredentials(this.#random);
    return this.#fresh;
  }

  #write(
    type: 'offer' | 'answer',
    plan: Plan,
    setup: Setup,
    restart: boolean,
    reuse: LocalDescription | null,
  ): LocalDescription {
    const { ufrag, pwd } = this.#credentials(restart);
    const textOf = (version: number) =>
      describe({
        ...{ sessionId: this.#sessionId, version, cname: this.cname },
        transport: {
          ufrag,
          pwd,
          fingerprint: this.#transport.fingerprint,
          setup,
          tlsId: this.#tlsId,
        },
        ...{ sections: plan.texts, bundle: plan.bundle },
        semantic: this.#transport.manner.semantic(streamsOf(plan)),
      });
    if (reuse !== null && textOf(reuse.version) === reuse.slot.base) return reuse;
    this.#version += 1;
    const version = this.#version;
    const slot = new Slot(type, textOf(version));
    this.#candidates.grow({ slot, plan, ufrag }, ufrag);
    return { slot, plan, ufrag, pwd, setup, version, sdp: slot.description.sdp };
  }
}

/** The streams that a description says are sent, each once. */
function streamsOf({ texts }: Plan): readonly string[] {
  const ids = texts.flatMap((text) =>
    text.is === 'rtp' && sends(text.direction) ? text.sender.streams : [],
  );
  return [...new Set(ids)];
}
