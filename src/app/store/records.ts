// The recordings of this page: the newest at hand in memory, and all of them on their way to the browser's storage.
import type { Trace } from '../../trace/trace.ts';
import { parts } from '../parts.ts';

/** How many are at hand whether or not the browser's storage works. */
const AT_HAND = 4;

/**
 * Keeps recordings and finds them again. Nobody waits while one is kept: storage that is slow, silent, full or denied
 * holds nothing up.
 */
export class Records {
  /** By id, the newest last. */
  readonly #atHand = new Map<string, Trace>();
  /** What is still to be written. */
  readonly #due = new Set<string>();
  #writing = false;
  readonly #kept: (trace: Trace) => void;

  /** @param kept told when the browser's storage holds a recording, so that a reload would find it */
  constructor(kept: (trace: Trace) => void) {
    this.#kept = kept;
  }

  /** Keeps a recording, as it is when its turn comes: one that still grows is kept again later. */
  keep(trace: Trace): void {
    const { id } = trace.header;
    this.#atHand.delete(id);
    this.#atHand.set(id, trace);
    for (const old of this.#atHand.keys()) {
      if (this.#atHand.size <= AT_HAND) break;
      this.#atHand.delete(old);
    }
    this.#due.add(id);
    void this.#write();
  }

  /** The recording of that id; null when there is none, or the browser doesn't give it in time. Never rejects. */
  async find(id: string): Promise<Trace | null> {
    const atHand = this.#atHand.get(id);
    if (atHand !== undefined) return atHand;
    try {
      const { decode, readRecord } = await parts.file();
      const text = await readRecord(id);
      return text === null ? null : decode(text);
    } catch {
      // Storage is switched off or silent, or an older program kept it: a new call takes its place.
      return null;
    }
  }

  /** Writes what is due, one after the other: storage that never answers then holds one text, and not each new one. */
  async #write(): Promise<void> {
    if (this.#writing) return;
    this.#writing = true;
    for (const id of this.#due) {
      this.#due.delete(id);
      const trace = this.#atHand.get(id);
      if (trace === undefined) continue;
      try {
        const { encode, keepRecord } = await parts.file();
        await keepRecord(id, encode(trace), Date.now());
        this.#kept(trace);
      } catch {
        // Storage is switched off or full: the recording stays at hand as long as this page does.
      }
    }
    this.#writing = false;
  }
}
