// Candidates on their way: each leaves after the description it belongs to, and is added after that one has been set.
import { ufragOf } from '../ice/ufrag.ts';
import { midsOf, ufragsOf } from '../sdp/ufrag.ts';
import type { Candidate } from '../trace/event.ts';

/** A candidate that was found or has arrived, and the event that says so. */
export interface Waiting {
  readonly candidate: Candidate;
  readonly cause: number | null;
}

/**
 * What descriptions have said so far: generations of ICE, and the sections of each. A browser that gathers for a
 * section of its own names a generation that is known and a section that is not.
 */
class Said {
  readonly #mids = new Map<string, Set<string>>();

  add(sdp: string): void {
    const mids = midsOf(sdp);
    for (const ufrag of ufragsOf(sdp)) {
      const known = this.#mids.get(ufrag) ?? new Set();
      for (const mid of mids) known.add(mid);
      this.#mids.set(ufrag, known);
    }
  }

  has(ufrag: string, mid: string | null): boolean {
    const mids = this.#mids.get(ufrag);
    if (mids === undefined) return false;
    // A description without mids leaves nothing to tell sections by.
    return mid === null || mids.size === 0 || mids.has(mid);
  }
}

/** What a side has found: it waits until the description that has its generation and its section has left. */
export class Outbox {
  readonly #left = new Said();
  #waiting: (Waiting & { readonly ufrag: string | null })[] = [];

  /**
   * Takes a candidate.
   * @param ufrag its generation; `null` where that is not known: it leaves with the next description
   * @returns whether it may leave at once; it waits otherwise
   */
  put(found: Waiting, ufrag: string | null): boolean {
    if (ufrag !== null && this.#left.has(ufrag, found.candidate.sdpMid)) return true;
    this.#waiting.push({ ...found, ufrag });
    return false;
  }

  /** Takes one that was lost on the way: it leaves again with the next description. */
  putBack(found: Waiting): void {
    this.#waiting.push({ ...found, ufrag: null });
  }

  /** A description has left. @returns what may follow it, in the order it was found */
  sent(sdp: string): readonly Waiting[] {
    this.#left.add(sdp);
    const mayLeave = ({ ufrag, candidate }: Waiting & { readonly ufrag: string | null }) =>
      ufrag === null || this.#left.has(ufrag, candidate.sdpMid);
    const leaving = this.#waiting.filter(mayLeave);
    this.#waiting = this.#waiting.filter((each) => !mayLeave(each));
    return leaving;
  }
}

/** What the other side has sent: it waits until the description that has its generation and its section has been set. */
export class Inbox {
  readonly #set = new Said();
  /** The generations of the newest description that has arrived or was set. */
  #newest: readonly string[] = [];
  #hasRemote = false;
  #waiting: (Waiting & { readonly cause: number })[] = [];

  /** A description has arrived, and is not set yet. */
  arrived(sdp: string): void {
    this.#newest = ufragsOf(sdp);
  }

  /** Takes a candidate that has arrived. @returns whether it can be added at once; it waits otherwise */
  take(candidate: Candidate, cause: number): boolean {
    if (this.#isReady(candidate)) return true;
    this.#waiting.push({ candidate, cause });
    return false;
  }

  /** A description has been set. @returns what waited for it, in the order it arrived */
  applied(sdp: string): readonly (Waiting & { readonly cause: number })[] {
    this.#hasRemote = true;
    this.#newest = ufragsOf(sdp);
    this.#set.add(sdp);
    const ready = this.#waiting.filter(({ candidate }) => this.#isReady(candidate));
    this.#waiting = this.#waiting.filter(({ candidate }) => !this.#isReady(candidate));
    return ready;
  }

  /** The offer that has arrived is not taken: what came with it is of no use to anybody. */
  ignored(): void {
    this.#waiting = [];
  }

  /** One that names no generation belongs to the newest description that its sender has spoken of. */
  #isReady(candidate: Candidate): boolean {
    if (!this.#hasRemote) return false;
    const ufrag = ufragOf(candidate);
    if (ufrag !== null) return this.#set.has(ufrag, candidate.sdpMid);
    return this.#newest.every((each) => this.#set.has(each, null));
  }
}
