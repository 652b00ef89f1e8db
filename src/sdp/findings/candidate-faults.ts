// What one candidate can have wrong, wherever it came from: a description's line, or a message beside it.
import { parseCandidate } from '../../ice/candidate.ts';
import type { CandidateFields } from '../../ice/candidate.ts';
import { addressInfo } from '../../rtc/address.ts';
import type { Problems } from '../problem.ts';

/** What is known around a candidate. */
export interface CandidatePlace {
  /** The side has `ice-lite`. */
  readonly isLite: boolean;
  /** The user name of its section; `null` where there is none. */
  readonly ufrag: string | null;
}

type FaultId =
  | 'candidate-unreadable'
  | 'candidate-port'
  | 'candidate-address'
  | 'candidate-ufrag'
  | 'lite-candidate';

/** A fault of a candidate. */
export type CandidateFault = {
  readonly [Id in FaultId]: {
    readonly id: Id;
    readonly level: 'wrong' | 'suspicious';
    readonly params: Problems[Id];
  };
}[FaultId];

/** Addresses that nothing can be sent to. */
const NOWHERE: ReadonlySet<string> = new Set(['unspecified', 'multicast', 'malformed', 'hidden']);

/** Takes `candidate:…` or the line of a description. What it says, and what is wrong with it. */
export function candidateFaults(
  text: string,
  { isLite, ufrag }: CandidatePlace,
): { readonly fields: CandidateFields | null; readonly faults: readonly CandidateFault[] } {
  const fields = parseCandidate(text);
  if (fields === null) {
    return { fields, faults: [{ id: 'candidate-unreadable', level: 'wrong', params: {} }] };
  }
  const faults: CandidateFault[] = [];
  const { address, port, type, transport, tcpType, extensions } = fields;
  if (NOWHERE.has(addressInfo(address).kind)) {
    faults.push({ id: 'candidate-address', level: 'wrong', params: { address } });
  }
  // An active TCP candidate has no port to be reached at (RFC 6544 §4.1).
  if (port === 0 && !(transport === 'tcp' && tcpType === 'active')) {
    faults.push({ id: 'candidate-port', level: 'wrong', params: {} });
  }
  if (isLite && type !== 'host') {
    faults.push({ id: 'lite-candidate', level: 'suspicious', params: { type } });
  }
  const written = extensions.find(([name]) => name === 'ufrag')?.[1] ?? '';
  if (written !== '' && ufrag !== null && ufrag !== '' && written !== ufrag) {
    faults.push({
      ...{ id: 'candidate-ufrag', level: 'suspicious', params: { written, wanted: ufrag } },
    });
  }
  return { fields, faults };
}
