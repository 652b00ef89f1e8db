// Rules that hold across the sections of a bundle: numbers of header extensions, credentials, candidates (RFC 9143).
import { bundleGroups, isRejected } from '../bundle.ts';
import { attribute, attributes, sectionByMid } from '../parse.ts';
import type { SdpDocument, SdpSection } from '../parse.ts';
import type { ProblemOptions, Report } from '../problem.ts';
import { words } from '../sources.ts';

/** Finds what breaks them. */
export function bundleRules(
  document: SdpDocument,
  type: ProblemOptions['type'],
  report: Report,
): void {
  const seen = new Set<string>();
  const reported = new Set<string>();
  for (const { line, mids } of bundleGroups(document)) {
    for (const mid of mids) {
      if (seen.has(mid) && !reported.has(mid)) {
        reported.add(mid);
        report('bundle-twice', 'wrong', line.number, { mid });
      }
      seen.add(mid);
    }
    const members = [...new Set(mids)]
      .flatMap((mid) => sectionByMid(document, mid) ?? [])
      .filter((section) => !isRejected(section));
    extensions(members, report);
    transport(document, members, type, report);
  }
}

/** RFC 9143 §13: one number is one extension in all of a bundle. */
function extensions(members: readonly SdpSection[], report: Report): void {
  const uris = new Map<string, string>();
  const reported = new Set<string>();
  for (const section of members) {
    const own = new Set<string>();
    for (const { argument, number } of attributes(section, 'extmap')) {
      const [head = '', uri = ''] = words(argument ?? '');
      const [id = ''] = head.split('/');
      // Twice in a section is a problem of its own.
      if (own.has(id) || uri === '') continue;
      own.add(id);
      const before = uris.get(id);
      if (before === undefined) uris.set(id, uri);
      else if (before !== uri && !reported.has(id)) {
        reported.add(id);
        report('bundle-extension', 'wrong', number, { id });
      }
    }
  }
}

function transport(
  document: SdpDocument,
  members: readonly SdpSection[],
  type: ProblemOptions['type'],
  report: Report,
): void {
  const [tagged, ...others] = members;
  if (tagged === undefined) return;
  const ufrag = attribute(tagged, 'ice-ufrag')?.argument ?? null;
  const other = others.find((section) => {
    const its = attribute(section, 'ice-ufrag')?.argument ?? null;
    return its !== null && ufrag !== null && its !== ufrag;
  });
  // An offer may give each section a transport, for an answer that does not bundle (RFC 9143 §7.2).
  if (other !== undefined && (type === 'answer' || type === 'pranswer')) {
    const number = attribute(other, 'ice-ufrag')?.number ?? null;
    report('bundle-credentials', 'suspicious', number, {});
  }
  if (attribute(tagged, 'candidate') !== null || other !== undefined) return;
  for (const section of others) {
    const candidate = attribute(section, 'candidate');
    if (candidate === null) continue;
    report('candidate-untagged', 'suspicious', candidate.number, {
      ...{ mid: section.mid ?? '', tagged: tagged.mid ?? '' },
    });
    return;
  }
}
