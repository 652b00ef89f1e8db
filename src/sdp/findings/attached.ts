// Candidates that came beside a description: what is wrong with each, and all that a side has shown.
import type { CandidateFields } from '../../ice/candidate.ts';
import { parseCandidate } from '../../ice/candidate.ts';
import { attribute, attributes, inherited, sectionByMid } from '../parse.ts';
import type { SdpDocument } from '../parse.ts';
import type { ProblemId, ProblemLevel, Problems } from '../problem.ts';
import { candidateFaults } from './candidate-faults.ts';
import type { AttachedCandidate, JudgedText } from './judged.ts';
import type { SideCandidates } from './pair-path.ts';

const isLite = ({ sections: [session] }: SdpDocument) =>
  session !== undefined && attribute(session, 'ice-lite') !== null;

/** The section that a candidate beside the text is for: the first where nothing is said; `null` where there is none. */
function sectionOf({ sections }: SdpDocument, document: SdpDocument, each: AttachedCandidate) {
  if (each.mid !== null && each.mid !== '') return sectionByMid(document, each.mid);
  return sections[(each.index ?? 0) + 1] ?? null;
}

/** A fault of a candidate that came beside a text, and its place in the list. */
export interface AttachedFault {
  readonly id: ProblemId;
  readonly level: ProblemLevel;
  readonly params: Problems[ProblemId];
  readonly place: number;
}

/** What is wrong with the candidates beside a text. */
export function attachedFaults({
  document,
  candidates = [],
}: JudgedText): readonly AttachedFault[] {
  const lite = isLite(document);
  return candidates.flatMap((each, place): readonly AttachedFault[] => {
    if (each.candidate.trim() === '') return [];
    const section = sectionOf(document, document, each);
    if (section === null && document.sections.length > 1) {
      const params = { section: each.mid ?? String(each.index ?? 0) };
      return [{ id: 'candidate-section', level: 'wrong', params, place }];
    }
    const line = section === null ? null : inherited(document, section, 'ice-ufrag');
    const ufrag = line?.argument?.trim() ?? null;
    const { faults } = candidateFaults(each.candidate, { isLite: lite, ufrag });
    const [own] = faults.filter(({ id }) => id === 'candidate-ufrag');
    // The message may say whose it is, where the candidate does not.
    const said = each.ufrag ?? '';
    const isForeign = own === undefined && said !== '' && ufrag !== null && said !== ufrag;
    return [
      ...faults.map(({ id, level, params }) => ({ id, level, params, place })),
      ...(isForeign
        ? [
            {
              id: 'candidate-ufrag' as const,
              level: 'suspicious' as const,
              params: { written: said, wanted: ufrag },
              place,
            },
          ]
        : []),
    ];
  });
}

/** All candidates that a side has shown, in its text and beside it. */
export function candidatesOf({ document, candidates = [] }: JudgedText): SideCandidates {
  const lines = document.sections.flatMap((section) => attributes(section, 'candidate'));
  const read = (text: string): readonly CandidateFields[] => {
    const fields = parseCandidate(text);
    return fields === null ? [] : [fields];
  };
  const beside = candidates.filter(({ candidate }) => candidate.trim() !== '');
  return {
    candidates: [
      ...lines.flatMap(({ text }) => read(text.trim())),
      ...beside.flatMap(({ candidate }) => read(candidate.trim())),
    ],
    isEnded:
      beside.length < candidates.length ||
      document.sections.some((section) => attribute(section, 'end-of-candidates') !== null),
    isLite: isLite(document),
    line: lines[0]?.number ?? null,
  };
}
