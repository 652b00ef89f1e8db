// The candidates that this side's agent has found, as its descriptions show them.
import type { AgentCandidate } from '../../ice/agent-port.ts';
import { candidateText, defaultAddress } from './candidate-line.ts';
import type { LocalDescription } from './session.ts';
import type { Growth } from './slot.ts';

/** All that was told of, by generation. */
export class LocalCandidates {
  readonly #found: AgentCandidate[] = [];
  /** Username fragments of generations that are complete. */
  readonly #ended = new Set<string>();

  add(candidate: AgentCandidate): void {
    this.#found.push(candidate);
  }

  end(ufrag: string): void {
    this.#ended.add(ufrag);
  }

  hasEnded(ufrag: string): boolean {
    return this.#ended.has(ufrag);
  }

  /** The transport that they were found for is gone. */
  forget(): void {
    this.#found.length = 0;
    this.#ended.clear();
  }

  /** What a generation has come to. */
  growthOf(ufrag: string): Growth {
    const found = this.#found.filter((each) => each.ufrag === ufrag);
    return {
      lines: found.map((each) => `a=${candidateText(each)}`),
      ended: this.#ended.has(ufrag),
      address: defaultAddress(found),
    };
  }

  /** Brings a description up to date, where it is of the generation and has a transport. */
  grow(local: Pick<LocalDescription, 'slot' | 'plan' | 'ufrag'> | null, ufrag: string): void {
    if (local === null || local.ufrag !== ufrag || local.plan.tag === null) return;
    local.slot.grow(local.plan.tag, this.growthOf(ufrag));
  }
}
