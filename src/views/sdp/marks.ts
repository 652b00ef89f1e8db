// Which lines of a text are marked, and by which problems.
import type { SdpProblem } from '../../sdp/problems.ts';

/** The problems of each line that has any, by its number. Those of no line are left out. */
export function problemsByLine(
  problems: readonly SdpProblem[],
): ReadonlyMap<number, readonly SdpProblem[]> {
  const byLine = new Map<number, SdpProblem[]>();
  for (const problem of problems) {
    if (problem.line === null) continue;
    const known = byLine.get(problem.line);
    if (known === undefined) byLine.set(problem.line, [problem]);
    else known.push(problem);
  }
  return byLine;
}
