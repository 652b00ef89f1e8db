// Where a finding can be seen to happen: a lesson, or an act of a call.
import type { Sight } from './finding.ts';
import type { FindingId } from './pair-problem.ts';

const SIGHTS: Readonly<Partial<Record<FindingId, Sight>>> = {
  'no-path': 'no-way',
  'local-candidates': 'no-way',
  'mdns-path': 'two-routers',
  'relayless-path': 'symmetric-both',
  'no-relay': 'symmetric-both',
  'local-path': 'same-router',
  'direction-not-allowed': 'hold',
  'no-common-codec': 'prefer-codec',
  'codec-profile': 'prefer-codec',
  'candidate-ufrag': 'restart-ice',
  'sctp-no-port': 'add-channel',
  'sctp-mixed': 'add-channel',
  'setup-same': 'call',
  'setup-answer': 'call',
};

/** Where it can be seen; `null` where nothing here shows it. */
export function sightOf(id: FindingId): Sight | null {
  return SIGHTS[id] ?? null;
}
