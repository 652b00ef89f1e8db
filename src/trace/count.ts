// How many candidates there are: every place that shows a number of them counts here.

/** A candidate is one unless it is empty: end-of-candidates travels as a candidate, and says that there are no more. */
export function isCandidate(candidate: { readonly candidate: string } | null): boolean {
  return candidate !== null && candidate.candidate !== '';
}

/** How many of these hold a candidate. */
export function countCandidates(
  holders: Iterable<{ readonly candidate: { readonly candidate: string } | null }>,
): number {
  let count = 0;
  for (const { candidate } of holders) if (isCandidate(candidate)) count += 1;
  return count;
}
