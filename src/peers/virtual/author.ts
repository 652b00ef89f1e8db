// What this side writes: makes an offer or an answer of the session as it stands (RFC 9429 §5.2, §5.3).
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
import { sends } from './direction.ts';
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
  readonly #now: () => number;
  readonly #sessionId: string;
  /** The name that this side's media goes by (RFC 3550 §6.5.1). */
  readonly cname: string;
  readonly #tlsId: string | null;
  #version: number;
  /**
   * The agent has new credentials that no description was set with. An agent takes them when they are made: before
   * that, a description could not name them.
   */
  #isFresh = false;

  constructor(
    session: Session,
    transport: Transport,
    candidates: LocalCandidates,
    random: Random,
    now: () => number,
  ) {
    this.#session = session;
    this.#transport = transport;
    this.#candidates = candidates;
    this.#now = now;
    this.#sessionId = sessionId(random);
    this.cname = uuid(random).slice(0, 16);
    const { namesTls, firstVersion } = transport.manner;
    // RFC 8842 §5.5: 20 to 255 characters.
    this.#tlsId = namesTls ? uuid(random).replaceAll('-', '') : null;
    this.#version = firstVersion - 1;
  }

  /** @param restart with new ICE credentials (RFC 9429 §5.2.3.1) */
  offer(restart: boolean): LocalDescription {
    if (restart) this.#restart();
    const { sections, transceivers, currentRemote } = this.#session;
    const wantsData = this.#transport.channels.isWanted;
    const plan = planOffer(sections, transceivers, wantsData, currentRemote?.remote ?? null);
    return this.#write('offer', plan, 'actpass');
  }

  /** The answer to the offer that is pending. @throws Error where none is */
  answer(): LocalDescription {
    const { pendingRemote, currentRemote, sections } = this.#session;
    if (pendingRemote === null) throw new Error('There is no offer to answer.');
    const { remote } = pendingRemote;
    const plan = planAnswer(sections, remote);
    const at = plan.tag;
    const offered = at === null ? null : remoteTransport(remote, at);
    // RFC 9429 §5.3.1: an offer with other credentials restarts ICE, and its answer has new ones too.
    const before = this.#transport.agreement?.transport;
    if (currentRemote !== null && before !== undefined && offered !== null) {
      if (before.ufrag !== offered.ufrag || before.pwd !== offered.pwd) this.#restart();
    }
    // RFC 9429 §5.3.1: an association that is there keeps its roles; else `active`.
    const { role } = this.#transport.dtls;
    const isClient = role === null ? offered?.setup !== 'active' : role === 'client';
    return this.#write('answer', plan, isClient ? 'active' : 'passive');
  }

  /** What was written last has been set. */
  applied(): void {
    this.#isFresh = false;
  }

  #restart(): void {
    if (this.#isFresh || this.#session.local === null) return;
    this.#transport.agent.restart(this.#now());
    this.#isFresh = true;
    this.#transport.wake();
  }

  #write(type: 'offer' | 'answer', plan: Plan, setup: Setup): LocalDescription {
    const { ufrag, pwd } = this.#transport.agent.local;
    this.#version += 1;
    const base = describe({
      ...{ sessionId: this.#sessionId, version: this.#version, cname: this.cname },
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
    const slot = new Slot(type, base);
    this.#candidates.grow({ slot, plan, ufrag }, ufrag);
    return { slot, plan, ufrag, pwd, setup, sdp: slot.description.sdp };
  }
}

/** The streams that a description says are sent, each once. */
function streamsOf({ texts }: Plan): readonly string[] {
  const ids = texts.flatMap((text) =>
    text.is === 'rtp' && sends(text.direction) ? text.sender.streams : [],
  );
  return [...new Set(ids)];
}
