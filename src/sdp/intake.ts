// Finds SDP and candidates in pasted material, however they are written. Total: what has none gives empty lists.
import type { FoundCandidate, FoundDescription, FoundSdp, Material } from './found.ts';
import type { Draft, SdpDraft } from './intake/draft.ts';
import { scan } from './intake/scan.ts';
import { isFragment, parseSdp } from './parse.ts';

export type { FoundCandidate, FoundDescription, FoundSdp, Material } from './found.ts';

/**
 * Finds the descriptions and the candidates in a text: plain, in JSON however deep, in logs behind timestamps and
 * quotes, escaped, encoded, or with their line ends lost. Candidates that stand by themselves (trickle messages,
 * lines of a log) are no descriptions. In time that grows with the text's length.
 */
export function findMaterial(text: string): Material {
  const { descriptions, candidates } = findAll(text);
  const once = new Map<string, FoundDescription>();
  for (const found of descriptions) {
    const key = `${found.type ?? ''} ${found.sdp}`;
    const { where, side, peer } = found;
    const first = once.get(key);
    once.set(
      key,
      first === undefined
        ? { ...found, again: [] }
        : { ...first, again: [...first.again, { where, side, peer }] },
    );
  }
  return { descriptions: [...once.values()], candidates };
}

/** What a text is read for: its descriptions, repeats among them, and the candidates that stand beside them. */
export interface Pasted {
  readonly descriptions: readonly FoundSdp[];
  readonly candidates: readonly FoundCandidate[];
}

/**
 * Reads a text once for both. Where it has no description, the candidates that stand by themselves are one, a
 * fragment, and beside it there are none.
 */
export function findPasted(text: string): Pasted {
  const { descriptions, candidates } = findAll(text);
  const some = candidates.filter(({ candidate }) => candidate !== '');
  const [first] = some;
  if (descriptions.length > 0 || first === undefined) return { descriptions, candidates };
  const { from, where, side, peer, place } = first;
  const fragment: FoundSdp = {
    type: null,
    sdp: some.map(({ candidate }) => `a=${candidate}`).join('\r\n'),
    ...{ from, where, side, peer, place },
    lines: some.map((each) => each.where),
    isFragment: true,
    isPreview: false,
    hasOwnEnds: false,
    mended: [],
  };
  return { descriptions: [fragment], candidates: [] };
}

function findAll(text: string): { descriptions: FoundSdp[]; candidates: FoundCandidate[] } {
  const drafts: Draft[] = [];
  const context = { type: null, side: null, from: 'plain', line: null } as const;
  scan(text, { ...context, own: false, mended: [], depth: 0 }, drafts);
  const whole: FoundSdp[] = [];
  const previews: FoundSdp[] = [];
  const candidates: FoundCandidate[] = [];
  for (const [place, draft] of drafts.entries()) {
    if (draft.kind === 'candidate') {
      const { kind: _, ...candidate } = draft;
      candidates.push({ ...candidate, place });
      continue;
    }
    const found = completed(draft, place);
    (found.isPreview ? previews : whole).push(found);
  }
  return { descriptions: [...whole, ...previews], candidates };
}

function completed({ kind: _, ...draft }: SdpDraft, place: number): FoundSdp {
  const document = parseSdp(draft.sdp);
  const last = draft.lines.at(-1) ?? draft.where;
  return {
    ...draft,
    // What was cut one way may be read another: a line end within a line.
    lines: document.lines.map((_line, at) => draft.lines[at] ?? last),
    isFragment: isFragment(document),
    isPreview: isPreview(draft.sdp),
    place,
  };
}

/** A console writes `…` for what it leaves out; a session's name may have one, too. */
function isPreview(sdp: string): boolean {
  if (/\.\.\.(?: \d+ more characters?)?\s*$/.test(sdp.slice(-40))) return true;
  return sdp.includes('…') && !/^[si]=[^\r\n]*…[^\r\n]*\r?\n[tuepcb]=/m.test(sdp);
}
