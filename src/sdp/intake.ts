// Finds SDP in pasted material: plain, in JSON, or in a log. Total: what has none gives an empty list.
import type { FoundCandidate, FoundSdp, Material } from './found.ts';
import { findInJson } from './intake-json.ts';
import { findInLines, type Draft } from './intake-lines.ts';
import { isFragment, parseSdp } from './parse.ts';

export type { FoundCandidate, FoundDescription, FoundSdp, Material } from './found.ts';

/**
 * Finds the descriptions in a text, in its order: plain SDP, session descriptions in JSON however deep, escaped SDP in
 * a line of a log, and SDP line by line behind timestamps, quotes or indents. A lone section, some a= lines or a lone
 * candidate are found too, as a fragment. In time that grows with the text's length.
 */
export function findSdp(text: string): readonly FoundSdp[] {
  if (!/[a-z]=|candidate:/.test(text)) return [];
  const drafts = findInJson(text) ?? findWhole(text) ?? findInLines(text, true);
  return drafts.map((draft, place) => {
    const document = parseSdp(draft.sdp);
    return {
      ...draft,
      lines: document.lines.map((_, at) =>
        draft.from === 'plain' ? draft.where + at : draft.where,
      ),
      isFragment: isFragment(document),
      isPreview: false,
      hasOwnEnds: draft.from === 'json',
      mended: [],
      side: null,
      peer: null,
      place,
    };
  });
}

/**
 * Finds the descriptions and the candidates in a text. Total; in time that grows with the text’s length.
 * Candidates that stand by themselves (trickle messages, lines of a log) are no descriptions.
 */
export function findMaterial(text: string): Material {
  const descriptions = [];
  const candidates: FoundCandidate[] = [];
  for (const found of findSdp(text)) {
    const lone = /^a=(candidate:[^\r\n]*)\s*$/.exec(found.sdp)?.[1];
    if (lone === undefined) descriptions.push({ ...found, again: [] });
    else {
      const { side, peer, from, where, place } = found;
      candidates.push({
        candidate: lone,
        sdpMid: null,
        sdpMLineIndex: null,
        ufrag: null,
        side,
        peer,
        from,
        where,
        place,
      });
    }
  }
  return { descriptions, candidates };
}

/** A text that begins with its one `v=` line is a description as it stands, whatever else is in it. */
function findWhole(text: string): readonly Draft[] | null {
  if (!/^(?:\s*[\r\n])?v=/.test(text) || /[\r\n][ \t]*v=/.test(text.trimStart())) return null;
  // In one line with its ends escaped, or wrapped in something else, it does not stand there plainly.
  if (/^\s*v=[^\r\n]*(?:\\|$)/.test(text)) return null;
  const before = text.length - text.trimStart().length;
  const where = text.slice(0, before).split(/\r\n|\n|\r/).length;
  return [{ type: null, sdp: text.slice(before), from: 'plain', where }];
}
