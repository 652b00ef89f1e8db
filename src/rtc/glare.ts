// Who is who where both sides offer at once, by what was chosen.
import { otherSide, SIDES, type ActSettings, type Side } from './steps.ts';

/** What is chosen of a glare. */
export interface GlareChoice {
  /** Both apps have perfect negotiation (WebRTC 1.0 §10.7). */
  readonly isPerfect: boolean;
  readonly polite: Side;
  readonly impolite: Side;
  /** Whose offer is set first, leaves first and arrives first; null where that is whoever begins. */
  readonly first: Side | null;
}

/** Reads the settings of a glare. What they don't say is as an app most often has it. */
export function glareChoice({ how, polite: chosen, first }: ActSettings): GlareChoice {
  const polite = sideIn(chosen) ?? 'callee';
  return {
    isPerfect: how === 'perfect',
    ...{ polite, impolite: otherSide(polite) },
    first: sideIn(first),
  };
}

function sideIn(name: string | undefined): Side | null {
  return SIDES.find((side) => side === name) ?? null;
}
