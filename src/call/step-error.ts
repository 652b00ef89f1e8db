// What the actors of the steps reject with: a named problem, with the real exception behind it.
import { errorInfo } from '../peers/error.ts';
import type { ErrorInfo, Problem, ProblemCode } from '../trace/event.ts';

/** A step can't be done, for a reason that the screen can explain. */
export class StepError extends Error implements Problem {
  override readonly name = 'StepError';
  readonly code: ProblemCode;
  readonly error: ErrorInfo | null;

  constructor(problem: Problem) {
    super(problem.error?.message ?? problem.code);
    this.code = problem.code;
    this.error = problem.error;
  }
}

/** Names what a call of the API threw (WebRTC 1.0 §4.4.2, §4.2.4). */
export function explainApiError(thrown: unknown): StepError {
  if (thrown instanceof StepError) return thrown;
  const error = errorInfo(thrown);
  switch (error.name) {
    case 'InvalidStateError':
      return new StepError({ code: 'wrong-state', error });
    default:
      return new StepError({ code: 'unexpected', error });
  }
}
