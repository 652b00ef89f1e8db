// Which descriptions of a pasted text belong to each other, and which candidates to each: what is judged together.
import type { FoundCandidate, FoundSdp } from './found.ts';
import { parseSdp } from './parse.ts';
import { ufragsOf } from './ufrag.ts';
import type { AttachedCandidate, Judged, JudgedText } from './verdict.ts';

const isAnswer = ({ type }: FoundSdp) => type === 'answer' || type === 'pranswer';

/**
 * The other half of a description in the same text: the first answer after an offer, the nearest offer before an answer
 * (RFC 3264 §4). Null where there is none, or where the text does not say what the description is.
 */
export function partnerOf(one: FoundSdp, all: readonly FoundSdp[]): FoundSdp | null {
  if (one.type === 'offer') {
    return all.find((other) => isAnswer(other) && other.place > one.place) ?? null;
  }
  if (!isAnswer(one)) return null;
  return all.findLast((other) => other.type === 'offer' && other.place < one.place) ?? null;
}

/** Of two, the second is the offer. Where neither says what it is, the first is taken for it. */
export function isTurned(first: FoundSdp, second: FoundSdp): boolean {
  return isAnswer(first) || second.type === 'offer';
}

/**
 * What is to be judged of one description, or of two.
 * @param second null for one alone
 * @param candidates those that stand by themselves in the same material
 */
export function judgedOf(
  first: FoundSdp,
  second: FoundSdp | null,
  candidates: readonly FoundCandidate[],
): Judged {
  const text = (found: FoundSdp): JudgedText => ({
    document: parseSdp(found.sdp),
    candidates: attached(found, candidates, second === null),
    from: found.hasOwnEnds ? 'json' : found.from === 'json' ? 'log' : found.from,
  });
  if (second !== null) {
    const [offer, answer] = isTurned(first, second) ? [second, first] : [first, second];
    return { offer: text(offer), answer: text(answer) };
  }
  if (first.type === 'offer') return { offer: text(first) };
  return isAnswer(first) ? { answer: text(first) } : { alone: text(first) };
}

/** The candidates of a description: by their ufrag (RFC 8839 §5.4); one without belongs where there is no other. */
function attached(
  { sdp }: FoundSdp,
  candidates: readonly FoundCandidate[],
  isAlone: boolean,
): readonly AttachedCandidate[] {
  const own = ufragsOf(sdp);
  return candidates
    .filter(({ ufrag }) => (ufrag === null ? isAlone : own.includes(ufrag)))
    .map(({ candidate, sdpMid, sdpMLineIndex, ufrag }) => ({
      ...{ candidate, ufrag, mid: sdpMid, index: sdpMLineIndex },
    }));
}
