// Which generation of ICE credentials a candidate belongs to.
import { parseCandidate } from './candidate.ts';

/** The user name fragment that a candidate names, beside its line or in it; `null` where it names none. */
export function ufragOf({
  candidate,
  usernameFragment,
}: {
  readonly candidate: string;
  readonly usernameFragment: string | null;
}): string | null {
  if (usernameFragment !== null) return usernameFragment;
  const { extensions = [] } = parseCandidate(candidate) ?? {};
  return extensions.find(([name]) => name === 'ufrag')?.[1] ?? null;
}
