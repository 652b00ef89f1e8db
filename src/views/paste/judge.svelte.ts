// What is wrong with a text that may be very long: found in slices, so that the page can draw in between.
import type { SdpDocument } from '../../sdp/parse.ts';
import { LONG_TEXT } from '../sdp/blocks.ts';
import { findProblems, type ProblemOptions, type SdpProblem } from '../../sdp/problems.ts';

/** A slice's length, in ms: short enough to leave a frame its time. */
const SLICE = 6;

/** The judging of one text. It goes on until it is done or stopped. */
export class Judge {
  #problems = $state.raw<readonly SdpProblem[] | null>(null);
  readonly #finding: ReturnType<typeof findProblems>;
  readonly #slice: number;
  #stopped = false;

  /** Begins at once. */
  constructor(document: SdpDocument, options: ProblemOptions) {
    this.#finding = findProblems(document, options);
    this.#slice = document.lines.length > LONG_TEXT ? SLICE : Infinity;
    if (this.#slice === Infinity) this.#go();
    else this.#later();
  }

  /** What was found; null while it is being looked for. */
  get problems(): readonly SdpProblem[] | null {
    return this.#problems;
  }

  /** Nobody wants to know any more. */
  stop(): void {
    this.#stopped = true;
  }

  #later(): void {
    setTimeout(() => {
      if (!this.#stopped) this.#go();
    });
  }

  #go(): void {
    const until = performance.now() + this.#slice;
    let next = this.#finding.next();
    while (next.done !== true) {
      if (performance.now() > until) {
        this.#later();
        return;
      }
      next = this.#finding.next();
    }
    this.#problems = next.value;
  }
}
