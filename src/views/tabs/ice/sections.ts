// The candidates of a list by the m= section that they were gathered for, and by their generation of ICE credentials.
import { ufragOf } from '../../../ice/ufrag.ts';
import { parseSdp, sectionByMid } from '../../../sdp/parse.ts';
import { countCandidates } from '../../../trace/count.ts';
import type { CandidateFrame, PeerFrame } from '../../../trace/frame.ts';

/** The candidates of one section. */
export interface CandidateSection {
  readonly key: string;
  /** Its `a=mid`; null for what belongs to no one section, such as the end of candidates where a browser tells it once. */
  readonly mid: string | null;
  /** The media of its m= line, `audio` for one; null where the description is not there yet. */
  readonly media: string | null;
  /** The generation of ICE credentials, where the list has more than one: after an ICE restart. */
  readonly ufrag: string | null;
  readonly candidates: readonly CandidateFrame[];
  /** Without the end of candidates, which is none. */
  readonly count: number;
}

/** A side's candidates, found there or come from the other side: the first generation first, in the order of m= lines. */
export function candidateSections(
  { local, remote, slots }: PeerFrame,
  list: 'local' | 'remote',
): readonly CandidateSection[] {
  const candidates = [...(list === 'local' ? local : remote)];
  const held =
    list === 'local'
      ? (slots.pendingLocal ?? slots.currentLocal)
      : (slots.pendingRemote ?? slots.currentRemote);
  const document = parseSdp(held?.sdp ?? '');
  const generations: (string | null)[] = [];
  const groups: Group[] = [];
  let newest: string | null = null;
  for (const each of candidates) {
    const { sdpMid: mid, sdpMLineIndex } = each.candidate;
    // The end of candidates names no generation: it ends the one whose candidates came last.
    const ufrag: string | null = ufragOf(each.candidate) ?? newest;
    newest = ufrag;
    // Sections that share no transport yet may have credentials of their own, all of one generation.
    const isOfOther = (known: Group) => known.mid === mid && known.ufrag !== ufrag;
    if (!generations.includes(ufrag)) generations.push(ufrag);
    const group = groups.find((known) => known.mid === mid && known.ufrag === ufrag);
    if (group !== undefined) {
      group.candidates.push(each);
      continue;
    }
    const generation = mid === null ? generations.indexOf(ufrag) : groups.filter(isOfOther).length;
    const line = sdpMLineIndex ?? (mid === null ? Infinity : 0);
    groups.push({ mid, ufrag, generation, line, candidates: [each] });
  }
  const isAnew = groups.some(({ generation, mid }) => generation > 0 && mid !== null);
  return groups
    .sort((one, other) => one.generation - other.generation || compare(one.line, other.line))
    .map(({ mid, ufrag, candidates: own }) => ({
      ...{ mid, candidates: own, count: countCandidates(own) },
      key: `${mid ?? ''} ${ufrag ?? ''}`,
      media: mid === null ? null : (sectionByMid(document, mid)?.media?.kind ?? null),
      ufrag: isAnew ? ufrag : null,
    }));
}

interface Group {
  readonly mid: string | null;
  readonly ufrag: string | null;
  /** How many generations of its section came before. */
  readonly generation: number;
  /** The place of its m= line; `Infinity` where it has none. */
  readonly line: number;
  readonly candidates: CandidateFrame[];
}

function compare(one: number, other: number): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
