// Statistics: reads a peer's reports and writes what changed.
import type { Side } from '../rtc/steps.ts';
import { extractStats, newsOf, type Stats } from '../trace/report.ts';
import type { PeerConnection } from './connection.ts';
import type { Tape } from './tape.ts';

/** Reads a peer's statistics. Rejects as `getStats` does. */
export async function readStats(peer: Pick<PeerConnection, 'getStats'>): Promise<Stats> {
  return extractStats(await peer.getStats());
}

/** A peer, as far as its statistics need it. */
export type StatsSource = Pick<PeerConnection, 'getStats' | 'connectionState'>;

/** The kinds of event that are written of statistics. */
type Written = 'pair' | 'pairs' | 'transport' | 'stats';

/** Reads a peer's statistics whenever it is told to, and writes what changed. */
export class StatsRecorder {
  readonly #peer: StatsSource;
  readonly #side: Side;
  readonly #tape: Tape;
  readonly #last = new Map<Written, string>([['pairs', '[]']]);
  #reading: Promise<Stats | null> | null = null;

  constructor(peer: StatsSource, side: Side, tape: Tape) {
    this.#peer = peer;
    this.#side = side;
    this.#tape = tape;
  }

  /**
   * Reads and writes. A call while another is under way shares its result. Never rejects.
   * @returns what was read; `null` when the peer gave nothing, as one that is closed does
   */
  read(): Promise<Stats | null> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #read(): Promise<Stats | null> {
    const stats = await readStats(this.#peer).catch(() => null);
    // A closed peer gives an empty report, which is no news of the call.
    if (stats === null || this.#peer.connectionState === 'closed') return null;
    const side = this.#side;
    const { pair, pairs, transport, counters } = stats;
    // The round trip differs at each reading and is among the counters; alone it makes no other pair.
    if (pair !== null && this.#changed('pair', { ...pair, rtt: null })) {
      this.#tape.write({ kind: 'pair', side, ...pair });
    }
    if (this.#changed('pairs', pairs.map(newsOf).sort())) {
      this.#tape.write({ kind: 'pairs', side, pairs });
    }
    if (transport !== null && this.#changed('transport', transport)) {
      this.#tape.write({ kind: 'transport', side, ...transport });
    }
    if (this.#changed('stats', counters)) this.#tape.write({ kind: 'stats', side, ...counters });
    return stats;
  }

  #changed(what: Written, body: object): boolean {
    const now = JSON.stringify(body);
    if (this.#last.get(what) === now) return false;
    this.#last.set(what, now);
    return true;
  }
}
