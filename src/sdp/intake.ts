// Finds SDP in pasted material: plain, in JSON, or in a log. Total: what has none gives an empty list.
import type { FoundSdp } from './found.ts';
import { findInJson } from './intake-json.ts';
import { findInLines } from './intake-lines.ts';

export type { FoundSdp } from './found.ts';

/**
 * Finds the descriptions in a text, in its order: plain SDP, session descriptions in JSON however deep, escaped SDP in
 * a line of a log, and SDP line by line behind timestamps, quotes or indents. A lone section, some a= lines or a lone
 * candidate are found too, as a fragment. In time that grows with the text's length.
 */
export function findSdp(text: string): readonly FoundSdp[] {
  if (!/[a-z]=|candidate:/.test(text)) return [];
  return findInJson(text) ?? findWhole(text) ?? findInLines(text, true);
}

/** A text that begins with its one `v=` line is a description as it stands, whatever else is in it. */
function findWhole(text: string): readonly FoundSdp[] | null {
  if (!/^(?:\s*[\r\n])?v=/.test(text) || /[\r\n][ \t]*v=/.test(text.trimStart())) return null;
  // In one line with its ends escaped, or wrapped in something else, it does not stand there plainly.
  if (/^\s*v=[^\r\n]*(?:\\|$)/.test(text)) return null;
  const before = text.length - text.trimStart().length;
  const where = text.slice(0, before).split(/\r\n|\n|\r/).length;
  return [{ type: null, sdp: text.slice(before), from: 'plain', where }];
}
