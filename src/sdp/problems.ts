// What is wrong with a description, suspicious in it, or worth a note, as data. The sentences are in lessons/sdp.
import type { Breath } from './breath.ts';
import type { SdpDocument } from './parse.ts';
import type { ProblemId, ProblemLevel, ProblemOptions, SdpProblem } from './problem.ts';
import { bundleProblems } from './problems-bundle.ts';
import { codecProblems } from './problems-codecs.ts';
import { lineProblems } from './problems-lines.ts';
import { transportProblems } from './problems-transport.ts';

export type { ProblemId, ProblemLevel, ProblemOptions, Problems, SdpProblem } from './problem.ts';

/**
 * Finds the problems of a description: first those of the whole, then by line. Total, and in time that grows with the
 * text's length. It can be left whenever it yields, so that a long text does not keep a page from drawing.
 */
export function* findProblems(
  document: SdpDocument,
  options: ProblemOptions = {},
): Generator<Breath, readonly SdpProblem[]> {
  const found: SdpProblem[] = [];
  const report = (
    id: ProblemId,
    level: ProblemLevel,
    line: number | null,
    params: SdpProblem['params'],
  ) => {
    found.push({ id, level, line, params } as SdpProblem);
  };
  yield* lineProblems(document, report);
  yield* transportProblems(document, options.type ?? null, report);
  yield* bundleProblems(document, report);
  yield* codecProblems(document, report);
  // Stable: of one line, the order they were found in.
  return found.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

/** The same in one go. */
export function problemsOf(
  document: SdpDocument,
  options: ProblemOptions = {},
): readonly SdpProblem[] {
  const finding = findProblems(document, options);
  let next = finding.next();
  while (next.done !== true) next = finding.next();
  return next.value;
}
