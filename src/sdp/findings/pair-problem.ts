// What can be wrong between an offer and its answer, as data: the ids, and what each is told with.

import type { ProblemId, Problems } from '../problem.ts';

/** The problems that two texts can have together, each with its parameters. */
export interface PairProblems {
  readonly 'kind-differs': {
    readonly index: number;
    readonly offered: string;
    readonly answered: string;
  };
}

/** The id of a problem of two texts. */
export type PairProblemId = keyof PairProblems;

/** All kinds of findings, each with its parameters: those of one text, and those of two together. */
export type Findings = Problems & PairProblems;

/** The id of a finding. */
export type FindingId = ProblemId | PairProblemId;
