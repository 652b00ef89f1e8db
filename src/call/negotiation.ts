// One exchange of an offer and an answer, whoever offers: the only place where its choreography is written.
import type { DescriptionInit } from '../peers/connection.ts';
import type { Side } from '../rtc/steps.ts';
import type { Description } from '../trace/event.ts';
import type { End, Exchange } from './end.ts';

/** A description that has arrived, and the event that says so. */
interface Arrived {
  readonly description: Description;
  readonly cause: number;
}

type Role = 'offer' | 'answer' | 'pranswer';
/** What answers an offer: for good, or for the time being (RFC 9429 §4.1.10.1). */
type AnswerRole = Exclude<Role, 'offer'>;

/**
 * An exchange between two ends. Its verbs are called in their order, by a machine or one after the other. Each rejects
 * with a StepError when a call of the API or a message fails, and may then be called again.
 */
export class Negotiation implements Exchange {
  readonly offerer: End;
  readonly answerer: End;
  readonly #trickle: boolean;
  readonly #made: Partial<Record<Role, Description>> = {};
  readonly #arrived: Partial<Record<Role, Arrived>> = {};
  readonly #watchers = new Set<() => void>();
  #answering: Promise<void> = Promise.resolve();

  /** @param trickle whether candidates are signaled one by one, or only inside the descriptions */
  constructor(offerer: End, answerer: End, trickle: boolean) {
    this.offerer = offerer;
    this.answerer = answerer;
    this.#trickle = trickle;
  }

  async createOffer(): Promise<void> {
    const { offerer } = this;
    this.#made.offer = plain(await offerer.attempt(() => offerer.peer.createOffer()));
  }

  async setLocalOffer(): Promise<void> {
    await this.offerer.setLocal(this.#own('offer'));
  }

  /** Both in one: `setLocalDescription()` makes the offer that it sets. */
  async offer(): Promise<void> {
    this.#made.offer = await this.offerer.makeLocal();
  }

  /** The event that says that the offer has arrived; `null` before. */
  get offerArrived(): number | null {
    return this.#arrived.offer?.cause ?? null;
  }

  /** The offer leaves, and after it the candidates found so far. Resolves when the offer has arrived. */
  async sendOffer(): Promise<void> {
    await this.offerer.send(this.#outgoing('offer'));
  }

  async setRemoteOffer(): Promise<void> {
    await this.#setRemote(this.answerer, 'offer');
  }

  /** @returns the answer, and the offer that it answers */
  async createAnswer(): Promise<{ readonly offer: Description; readonly answer: Description }> {
    const { answerer } = this;
    const answer = plain(await answerer.attempt(() => answerer.peer.createAnswer()));
    this.#made.answer = answer;
    return { offer: required(this.#arrived.offer, 'offer').description, answer };
  }

  /** Both in one: `setLocalDescription()` makes the answer that it sets. */
  async answer(): Promise<void> {
    this.#made.answer = await this.answerer.makeLocal();
  }

  /** @param as `pranswer` to answer for the time being, with the same text */
  async setLocalAnswer(as: AnswerRole = 'answer'): Promise<void> {
    if (as === 'pranswer') this.#made.pranswer = { ...this.#own('answer'), type: 'pranswer' };
    await this.answerer.setLocal(this.#own(as));
  }

  /** The answer is on its way, and candidates follow it. That it arrives is `receiveAnswer`. */
  sendAnswer(as: AnswerRole = 'answer'): void {
    this.#answering = this.answerer.send(this.#outgoing(as));
    // Whether it arrives is seen in `receiveAnswer`, which awaits this and can send it again.
    this.#answering.catch(() => undefined);
  }

  /** The answer has arrived. @param again it was lost before: it is sent once more */
  async receiveAnswer(
    again: boolean,
    signal: AbortSignal,
    as: AnswerRole = 'answer',
  ): Promise<void> {
    if (again && this.#arrived[as] === undefined) this.sendAnswer(as);
    await Promise.race([this.#until(as, signal), this.#answering]);
  }

  async setRemoteAnswer(as: AnswerRole = 'answer'): Promise<void> {
    await this.#setRemote(this.offerer, as);
  }

  /** Takes a description that has arrived at a side. */
  take(at: Side, type: 'offer' | 'answer', description: Description, cause: number): void {
    // An offer that arrives at its own offerer is none of this exchange.
    if ((type === 'offer' ? this.answerer : this.offerer).side !== at) return;
    const role = type === 'answer' && description.type === 'pranswer' ? 'pranswer' : type;
    this.#arrived[role] = { description, cause };
    for (const watcher of this.#watchers) watcher();
  }

  async #setRemote(end: End, type: Role): Promise<void> {
    const { description, cause } = required(this.#arrived[type], type);
    await end.setRemote(description, cause);
  }

  /** What leaves: with all candidates inside when they don't trickle, as it was made when they do. */
  #outgoing(type: Role): Description {
    if (this.#trickle) return this.#own(type);
    const { peer } = type === 'offer' ? this.offerer : this.answerer;
    return plain(required(peer.localDescription ?? undefined, 'localDescription'));
  }

  #own(type: Role): Description {
    return required(this.#made[type], type);
  }

  async #until(type: Role, signal: AbortSignal): Promise<void> {
    if (this.#arrived[type] !== undefined) return;
    await new Promise<void>((resolve, reject) => {
      const watcher = () => {
        if (this.#arrived[type] === undefined) return;
        this.#watchers.delete(watcher);
        resolve();
      };
      this.#watchers.add(watcher);
      signal.addEventListener('abort', () => {
        reject(new Error('stopped'));
      });
    });
  }
}

function plain(description: DescriptionInit): Description {
  return { type: description.type, sdp: description.sdp ?? '' };
}

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`There is no ${what} yet: a step ran out of order.`);
  return value;
}
