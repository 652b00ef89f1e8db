// What is wrong with a description, suspicious in it, or worth a note, as data. The sentences are in lessons/sdp.
import type { Breath } from './breath.ts';
import { strictProblems } from './findings/strict.ts';
import { strayEnd } from './findings/stray-end.ts';
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
  whole: SdpDocument,
  options: ProblemOptions = {},
): Generator<Breath, readonly SdpProblem[]> {
  // What is left of escaped line ends is one problem, not one a line.
  const stray = strayEnd(whole);
  const document = stray?.cleaned ?? whole;
  const found: SdpProblem[] = [];
  const report = (
    id: ProblemId,
    level: ProblemLevel,
    line: number | null,
    params: SdpProblem['params'],
  ) => {
    found.push({ id, level, line, params } as SdpProblem);
  };
  if (stray !== null) {
    report('stray-end', 'suspicious', null, { end: stray.end, count: stray.count });
  }
  yield* lineProblems(document, options, report);
  strictProblems(document, options, report);
  yield* transportProblems(document, options.type ?? null, report);
  yield* bundleProblems(document, options.type ?? null, report);
  yield* codecProblems(document, report);
  // Stable: of one line, the order they were found in.
  return withoutEchoes(found).sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

/** What another problem of the same line explains better. */
const ECHOES: Readonly<Partial<Record<ProblemId, readonly ProblemId[]>>> = {
  comma: ['malformed', 'bundle-stranger'],
  'near-miss': ['unknown-type'],
  swallowed: ['malformed', 'direction-twice'],
  placeholder: ['malformed', 'candidate-unreadable', 'candidate-address', 'ice-length'],
  'candidate-address': ['malformed'],
  'sctp-mixed': ['obsolete'],
};

function withoutEchoes(found: readonly SdpProblem[]): SdpProblem[] {
  const echoes = new Set<string>();
  for (const { id, line } of found) {
    if (line === null) continue;
    for (const echo of ECHOES[id] ?? []) echoes.add(`${String(line)} ${echo}`);
  }
  return found.filter(({ id, line }) => !echoes.has(`${String(line)} ${id}`));
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
