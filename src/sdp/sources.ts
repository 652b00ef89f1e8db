// The RTP sources (SSRCs) of a section: their lines, their groups, and what they are for (RFC 5576 §4, RFC 4588 §8.3).
import { attributes } from './parse.ts';
import type { SdpLine, SdpSection } from './parse.ts';

/** One source. */
interface Source {
  readonly lines: SdpLine[];
  readonly groups: SdpLine[];
  use: 'media' | 'repair' | 'other';
}

const tables = new WeakMap<SdpSection, ReadonlyMap<string, Source>>();

function sourcesOf(section: SdpSection): ReadonlyMap<string, Source> {
  const known = tables.get(section);
  if (known !== undefined) return known;
  const sources = new Map<string, Source>();
  const sourceOf = (ssrc: string): Source => {
    const source = sources.get(ssrc) ?? { lines: [], groups: [], use: 'other' };
    sources.set(ssrc, source);
    return source;
  };
  for (const line of attributes(section, 'ssrc')) {
    sourceOf(words(line.argument ?? '')[0] ?? '').lines.push(line);
  }
  for (const line of attributes(section, 'ssrc-group')) {
    const [semantics = '', ...members] = words(line.argument ?? '');
    for (const [place, ssrc] of members.entries()) {
      const source = sourceOf(ssrc);
      source.groups.push(line);
      if (semantics === 'FID' || semantics === 'FEC-FR') {
        source.use = place === 0 ? 'media' : 'repair';
      }
    }
  }
  tables.set(section, sources);
  return sources;
}

/** Whether a source carries media or repairs it: of FID and FEC-FR groups the first is the media. */
export function sourceUse(section: SdpSection, ssrc: string): 'media' | 'repair' | 'other' {
  return sourcesOf(section).get(ssrc)?.use ?? 'other';
}

/** All lines that speak of the sources of an ssrc or ssrc-group line, and of those grouped with them. */
export function linesOfSources(section: SdpSection, line: SdpLine): ReadonlySet<SdpLine> {
  const sources = sourcesOf(section);
  const [first = '', ...others] = words(line.argument ?? '');
  const own = line.name === 'ssrc-group' ? [line] : (sources.get(first)?.groups ?? []);
  const members = own.flatMap((group) => words(group.argument ?? '').slice(1));
  const named = new Set([...(line.name === 'ssrc-group' ? others : [first]), ...members]);
  return new Set([...own, ...[...named].flatMap((ssrc) => sources.get(ssrc)?.lines ?? [])]);
}

/** The words of a text, without the spaces. */
export function words(text: string): readonly string[] {
  return text.split(' ').filter((word) => word !== '');
}
