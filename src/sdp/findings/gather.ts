// All findings about what is judged: those of each text, of the candidates beside it, and of both texts together.
import { isFragment } from '../parse.ts';
import { negotiate } from '../negotiation.ts';
import type { Negotiation } from '../negotiation.ts';
import type { ProblemLevel } from '../problem.ts';
import { problemsOf } from '../problems.ts';
import { attachedFaults, candidatesOf } from './attached.ts';
import type { Finding, TextRole } from './finding.ts';
import type { Judged, JudgedText } from './judged.ts';
import { pairBundles, pairSections, pairSetup } from './pair-sections.ts';
import { pairMedia } from './pair-media.ts';
import { pairPath } from './pair-path.ts';
import type { FindingId, PairPlace, PairReport } from './pair-problem.ts';
import { reactionsTo } from './reactions.ts';
import { sightOf } from './sights.ts';

const ROLES = ['offer', 'answer', 'alone'] as const;
const NOWHERE = { offer: [], answer: [], alone: [] };
const LEVELS: readonly ProblemLevel[] = ['wrong', 'suspicious', 'note'];

/** What was found, and what was agreed on where there are two whole texts. */
export interface Gathered {
  readonly findings: readonly Finding[];
  readonly agreed: Negotiation | null;
}

/** Gathers them, the worst first. */
export function gather(judged: Judged): Gathered {
  const found: Finding[] = [];
  for (const role of ROLES) {
    const text = judged[role];
    if (text !== undefined && text !== null) found.push(...ofText(role, text));
  }
  const { offer, answer } = judged;
  if (offer === undefined || offer === null || answer === undefined || answer === null) {
    return { findings: inOrder(found), agreed: null };
  }
  const isPart = isFragment(offer.document) || isFragment(answer.document);
  if (isPart || answer.document.sections.length < 2) {
    return { findings: inOrder(found), agreed: null };
  }
  const agreed = negotiate(offer.document, answer.document);
  const pair = ofPair(offer, answer, agreed);
  return { findings: inOrder(withoutEchoes([...found, ...pair])), agreed };
}

function finding(
  id: FindingId,
  weight: ProblemLevel,
  role: TextRole | null,
  params: Finding['params'],
  places: Partial<Pick<Finding, 'lines' | 'candidates'>>,
): Finding {
  return {
    ...{ id, weight, params, role, lines: NOWHERE, candidates: NOWHERE },
    ...places,
    reactions: reactionsTo(id, role, params),
    sight: sightOf(id),
  } as Finding;
}

function ofText(role: TextRole, text: JudgedText): readonly Finding[] {
  const { document, candidates = [], from = 'plain' } = text;
  const type = role === 'alone' ? null : role;
  const problems = problemsOf(document, { type, from }).filter(
    ({ id }) => id !== 'no-candidates' || candidates.length === 0,
  );
  return [
    ...problems.map(({ id, level, line, params }) =>
      finding(id, level, role, params, {
        lines: { ...NOWHERE, [role]: line === null ? [] : [line] },
      }),
    ),
    ...attachedFaults(text).map(({ id, level, params, place }) =>
      finding(id, level, role, params, { candidates: { ...NOWHERE, [role]: [place] } }),
    ),
  ];
}

function ofPair(offer: JudgedText, answer: JudgedText, agreed: Negotiation): readonly Finding[] {
  const found: Finding[] = [];
  const numbers = (list: PairPlace['offer']) => [
    ...new Set((list ?? []).flatMap((number) => number ?? [])),
  ];
  const report: PairReport = (id, weight, place, params) => {
    const lines = { offer: numbers(place.offer), answer: numbers(place.answer), alone: [] };
    found.push(finding(id, weight, null, params, { lines }));
  };
  const [from, to] = [offer.document, answer.document];
  pairSections(from, to, report);
  pairBundles(from, to, report);
  pairSetup(from, to, agreed.transports, report);
  for (const section of agreed.sections) pairMedia(from, to, section, report);
  pairPath(candidatesOf(offer), candidatesOf(answer), report);
  return found;
}

/** What a finding of both texts says better than one of one of them. */
const ECHOES: Readonly<Partial<Record<FindingId, readonly FindingId[]>>> = {
  'no-path': ['local-candidates', 'no-relay'],
  'mdns-path': ['local-candidates', 'no-relay'],
  'local-path': ['local-candidates'],
  'relayless-path': ['no-relay'],
};

function withoutEchoes(found: readonly Finding[]): readonly Finding[] {
  const echoes = new Set(found.flatMap(({ id }) => ECHOES[id] ?? []));
  return found.filter(({ id }) => !echoes.has(id));
}

function inOrder(found: readonly Finding[]): readonly Finding[] {
  const line = ({ lines }: Finding) => Math.min(...ROLES.flatMap((role) => lines[role]), Infinity);
  return [...found].sort((one, other) => {
    const weight = LEVELS.indexOf(one.weight) - LEVELS.indexOf(other.weight);
    if (weight !== 0) return weight;
    // Infinity less itself is no number.
    const [first, second] = [line(one), line(other)];
    return first === second ? 0 : first - second;
  });
}
