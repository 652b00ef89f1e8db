// The checklist (RFC 8445 §6.1.2): pairs formed, limited, kept in order, frozen by foundation, and which is next.
import type { Base, Local, Remote } from './base.ts';
import type { Endpoint } from '../net/packet.ts';
import { NOT_NOMINATED } from './checked-pair.ts';
import type { Pair } from './checked-pair.ts';
import type { PairState } from './pair.ts';
import { pairPriority } from './priority.ts';

/** RFC 8445 §6.1.2.5. */
const MAX_PAIRS = 100;

/** So many checks go in a row to peer-reflexive candidates while one that was signaled waits. */
export const REFLEXIVE_IN_ROW = 3;

/** Pairs that share both foundations (RFC 8445 §6.1.2.6). */
interface Group {
  /** Waiting or in progress. */
  active: number;
  succeeded: boolean;
}

/** RFC 6544 §6.2: active with passive. A passive candidate is never checked from, so it forms no pair. */
function fits(local: Local, remote: Remote): boolean {
  const { base } = local;
  if (base.family !== remote.family || base.protocol !== remote.candidate.protocol) return false;
  if (base.protocol === 'udp') return true;
  return base.tcpType === 'active' && remote.candidate.tcpType === 'passive';
}

/** One checklist. It knows nothing of packets and time. */
export class Checklist {
  /** The highest priority first; equal ones in the order that they came in. */
  readonly pairs: Pair[] = [];
  /** Something that `pairs` shows is another since this was set to false. */
  changed = false;
  readonly #byPath = new Map<string, Pair>();
  readonly #groups = new Map<string, Group>();
  #triggered: Pair[] = [];
  /** Checks of peer-reflexive candidates since the last of a signaled one. */
  reflexiveInRow = 0;
  readonly #freezes: boolean;
  readonly #nextId: () => string;

  /**
   * @param freezes RFC 8445 freezes pairs; Chromium does not
   * @param nextId a new pair's id
   */
  constructor(freezes: boolean, nextId: () => string) {
    this.#freezes = freezes;
    this.#nextId = nextId;
  }

  /**
   * Forms a pair and puts it in its place (RFC 8445 §6.1.2.2 to §6.1.2.5, RFC 8838 §12). Gives null where the two do
   * not fit, there is one already, or it is the least of too many. Local candidates are always their own base, so what
   * §6.1.2.4 prunes, a server-reflexive one's pair beside its host candidate's, is never formed.
   */
  form(local: Local, remote: Remote, isControlling: boolean): Pair | null {
    return fits(local, remote) ? this.add(local, remote, isControlling) : null;
  }

  /** As `form`, for a path over which a check came in: whatever the two are, they fit. */
  add(local: Local, remote: Remote, isControlling: boolean): Pair | null {
    if (this.find(local.base, remote.endpoint) !== null) return null;
    const pair = this.#make(local, remote, isControlling);
    if (!this.#makeRoom(pair.priority)) return null;
    const group = this.#groupOf(pair);
    pair.state = this.#freezes && group.active > 0 && !group.succeeded ? 'frozen' : 'waiting';
    if (pair.state === 'waiting') group.active += 1;
    this.#insert(pair);
    this.#byPath.set(pathKey(pair.base, remote.endpoint), pair);
    return pair;
  }

  /** RFC 8445 §7.2.5.3.2: the valid pair that `checked` made, where its local candidate is another. */
  addValid(checked: Pair, local: Local, isControlling: boolean): Pair {
    const known = this.pairs.find((each) => each.local === local && each.remote === checked.remote);
    if (known !== undefined) return known;
    const pair = this.#make(local, checked.remote, isControlling);
    pair.state = 'succeeded';
    this.#insert(pair);
    return pair;
  }

  /** The pair whose packets go this way, or null. */
  find(base: Base, remote: Endpoint): Pair | null {
    return this.#byPath.get(pathKey(base, remote)) ?? null;
  }

  /** Gives a pair another state, and counts it in its group. */
  setState(pair: Pair, state: PairState): void {
    if (pair.state === state) return;
    const group = this.#groupOf(pair);
    group.active += Number(isActive(state)) - Number(isActive(pair.state));
    pair.state = state;
    this.changed = true;
    if (state !== 'succeeded' || group.succeeded) return;
    // RFC 8445 §7.2.5.3.3: what works here may work for all of the foundation.
    group.succeeded = true;
    for (const other of this.pairs) {
      if (other.state === 'frozen' && other.foundation === pair.foundation) {
        this.setState(other, 'waiting');
      }
    }
  }

  /** RFC 8445 §7.3.1.4: the pair's check is among the next. */
  trigger(pair: Pair): void {
    this.setState(pair, 'waiting');
    if (pair.isTriggered) return;
    pair.isTriggered = true;
    this.#triggered.push(pair);
  }

  /** RFC 8445 §6.1.2.6, when checks begin: one pair of each foundation waits, the highest; the others are frozen. */
  freeze(): void {
    if (!this.#freezes) return;
    const seen = new Set<string>();
    for (const pair of this.pairs) {
      if (!isActive(pair.state) && pair.state !== 'frozen') continue;
      const isFirst = !seen.has(pair.foundation);
      if (!pair.isTriggered) this.setState(pair, isFirst ? 'waiting' : 'frozen');
      seen.add(pair.foundation);
    }
  }

  /**
   * RFC 8445 §6.1.4.2: the pair to be checked now; null when there is none. A triggered one comes first and leaves its
   * queue. But where a check makes a new mapping, its mapping a new peer-reflexive candidate, and that one a new check,
   * the candidates that were signaled would never have their turn (docs/ice-scope.md).
   */
  next(): Pair | null {
    const pair =
      (this.reflexiveInRow < REFLEXIVE_IN_ROW ? null : this.#signaled()) ?? this.#first();
    if (pair === null) return null;
    this.untrigger(pair);
    this.noteChecked(pair);
    return pair;
  }

  /** A pair is checked now. */
  noteChecked({ remote }: Pair): void {
    this.reflexiveInRow = remote.candidate.type === 'prflx' ? this.reflexiveInRow + 1 : 0;
  }

  /** The first of the triggered ones, else the highest of those that wait. */
  #first(): Pair | null {
    return this.#triggered[0] ?? this.#ordinary();
  }

  /** The highest of those that wait for a candidate that was signaled. */
  #signaled(): Pair | null {
    return (
      this.pairs.find(
        ({ state, remote }) => state === 'waiting' && remote.candidate.type !== 'prflx',
      ) ?? null
    );
  }

  #ordinary(): Pair | null {
    let frozen: Pair | null = null;
    for (const pair of this.pairs) {
      if (pair.state === 'waiting') return pair;
      if (frozen === null && pair.state === 'frozen' && this.#groupOf(pair).active === 0) {
        frozen = pair;
      }
    }
    if (frozen !== null) this.setState(frozen, 'waiting');
    return frozen;
  }

  /** Whether `next` would give one now. */
  get hasNext(): boolean {
    if (this.#triggered.length > 0) return true;
    return this.pairs.some(
      (pair) =>
        pair.state === 'waiting' || (pair.state === 'frozen' && this.#groupOf(pair).active === 0),
    );
  }

  /** Whether a pair has not been decided on: it is frozen, waits, or is in progress. */
  get isRunning(): boolean {
    return this.pairs.some(({ state }) => state === 'frozen' || isActive(state));
  }

  /** How many wait or are in progress (RFC 8445 §14.3). */
  get active(): number {
    let count = 0;
    for (const { active } of this.#groups.values()) count += active;
    return count;
  }

  /** Takes a pair away. */
  remove(pair: Pair): void {
    const at = this.pairs.indexOf(pair);
    if (at < 0) return;
    if (isActive(pair.state)) this.#groupOf(pair).active -= 1;
    this.pairs.splice(at, 1);
    const path = pathKey(pair.base, pair.remote.endpoint);
    if (this.#byPath.get(path) === pair) this.#byPath.delete(path);
    this.untrigger(pair);
    this.changed = true;
  }

  /** Takes a pair out of the triggered-check queue. */
  untrigger(pair: Pair): void {
    if (!pair.isTriggered) return;
    pair.isTriggered = false;
    this.#triggered = this.#triggered.filter((each) => each !== pair);
  }

  /** Computes every priority anew: a role turned (RFC 8445 §7.3.1.1), or a candidate is another. */
  rank(isControlling: boolean): void {
    for (const pair of this.pairs) pair.priority = priorityOf(pair, isControlling);
    this.pairs.sort((one, other) =>
      one.priority === other.priority ? 0 : one.priority > other.priority ? -1 : 1,
    );
    this.changed = true;
  }

  #make(local: Local, remote: Remote, isControlling: boolean): Pair {
    return {
      id: this.#nextId(),
      base: local.base,
      local,
      remote,
      foundation: `${(local.base.own ?? local).candidate.foundation} ${remote.candidate.foundation}`,
      priority: priorityOf({ local, remote }, isControlling),
      state: 'frozen',
      valid: false,
      nomination: NOT_NOMINATED,
      requestsSent: 0,
      responsesReceived: 0,
      rtt: null,
      made: null,
      isTriggered: false,
      pruned: false,
      lastSentAt: null,
      lastRequestAt: null,
      lastRequest: null,
      unanswered: 0,
      unansweredSince: null,
      answeredAt: null,
    };
  }

  /** RFC 8445 §6.1.2.5: the lowest of too many goes, as long as it has done nothing yet, or nothing more. */
  #makeRoom(priority: bigint): boolean {
    if (this.pairs.length < MAX_PAIRS) return true;
    for (let at = this.pairs.length - 1; at >= 0; at -= 1) {
      const pair = this.pairs[at];
      if (pair === undefined || (pair.state !== 'failed' && pair.priority >= priority)) continue;
      if (pair.state === 'in-progress' || pair.state === 'succeeded') continue;
      this.remove(pair);
      return true;
    }
    return false;
  }

  #insert(pair: Pair): void {
    let low = 0;
    let high = this.pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.pairs[middle]?.priority ?? 0n) >= pair.priority) low = middle + 1;
      else high = middle;
    }
    this.pairs.splice(low, 0, pair);
    this.changed = true;
  }

  #groupOf({ foundation }: Pair): Group {
    let group = this.#groups.get(foundation);
    if (group === undefined) {
      group = { active: 0, succeeded: false };
      this.#groups.set(foundation, group);
    }
    return group;
  }
}

const isActive = (state: PairState) => state === 'waiting' || state === 'in-progress';

function pathKey(base: Base, { address, port }: Endpoint): string {
  return `${base.key} ${address} ${port}`;
}

function priorityOf({ local, remote }: Pick<Pair, 'local' | 'remote'>, isControlling: boolean) {
  const [own, other] = [local.candidate.priority, remote.candidate.priority];
  return isControlling ? pairPriority(own, other) : pairPriority(other, own);
}
