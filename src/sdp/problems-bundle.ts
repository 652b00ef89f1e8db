// Problems between sections: mids, BUNDLE groups, directions, header extensions and sources.
import { DIRECTIONS } from '../rtc/direction.ts';
import { breathe, type Breath } from './breath.ts';
import { bundleGroups, isRejected, usesDtls } from './bundle.ts';
import { carriesRtp, codecsOf } from './codecs.ts';
import type { Codec } from './codecs.ts';
import { attribute, attributes, isFragment, sectionByMid } from './parse.ts';
import type { SdpDocument, SdpSection } from './parse.ts';
import { bundleRules } from './findings/bundle-rules.ts';
import { simulcastProblems } from './findings/simulcast.ts';
import { sourceRules } from './findings/sources-rules.ts';
import type { ProblemOptions, Report } from './problem.ts';
import { words } from './sources.ts';

/** Finds them, and can be left between two sections. */
export function* bundleProblems(
  document: SdpDocument,
  type: ProblemOptions['type'],
  report: Report,
): Generator<Breath> {
  const media = document.sections.filter(({ index }) => index > 0);
  for (const section of media) {
    if (section.mid === null) {
      if (!isFragment(document)) {
        report('no-mid', 'note', section.lines[0]?.number ?? null, {});
      }
    } else if (sectionByMid(document, section.mid) !== section) {
      report('mid-twice', 'wrong', attribute(section, 'mid')?.number ?? null, {});
    }
    directions(section, report);
    extensions(section, report);
    simulcastProblems(document, section, report);
    sourceRules(section, report);
    if (!isFragment(document)) mux(section, report);
    yield* breathe(section.index);
  }
  if (!isFragment(document)) {
    groups(document, report);
    bundleRules(document, type, report);
  }
  sources(media, report);
}

function groups(document: SdpDocument, report: Report): void {
  for (const { line, mids } of bundleGroups(document)) {
    const payloads = new Map<string, string>();
    let isStrange = false;
    let holdsRejected = false;
    for (const mid of new Set(mids)) {
      const section = sectionByMid(document, mid);
      if (section === null) isStrange = true;
      else if (isRejected(section)) holdsRejected = true;
      else ofMember(section, payloads, report);
    }
    if (isStrange) report('bundle-stranger', 'wrong', line.number, {});
    // RFC 9143 §7.3.3, §7.5.3: a section of port 0 leaves the group.
    if (holdsRejected) report('bundle-rejected', 'suspicious', line.number, {});
  }
}

/** RFC 9143 §9.3: bundled RTP is multiplexed with RTCP. Browsers ask for that everywhere (RFC 9429 §4.1.1). */
function mux(section: SdpSection, report: Report): void {
  if (!carriesRtp(section) || !usesDtls(section) || isRejected(section)) return;
  if (attribute(section, 'rtcp-mux') === null && attribute(section, 'rtcp-mux-only') === null) {
    report('no-mux', 'wrong', section.lines[0]?.number ?? null, {});
  }
}

/** RFC 9143 §9.1: a payload type means the same throughout a group. */
function ofMember(section: SdpSection, payloads: Map<string, string>, report: Report): void {
  if (!carriesRtp(section)) return;
  for (const codec of codecsOf(section).values()) {
    if (codec.rtpmap === null) continue;
    const config = configuration(codec);
    const before = payloads.get(codec.payloadType);
    if (before === undefined) payloads.set(codec.payloadType, config);
    else if (before !== config) {
      report('bundle-payload', 'wrong', codec.rtpmap.number, { pt: codec.payloadType });
    }
  }
}

function configuration({ name, rate, channels, parameters }: Codec): string {
  const said = parameters.map((each) => `${each.name.toLowerCase()}=${each.value}`);
  return [name?.toLowerCase(), rate, channels ?? 1, ...said.sort()].join(' ');
}

function directions(section: SdpSection, report: Report): void {
  const all = DIRECTIONS.flatMap((name) => attributes(section, name));
  const second = all.map(({ number }) => number).sort((a, b) => a - b)[1];
  if (second !== undefined) report('direction-twice', 'suspicious', second, {});
}

/** RFC 8285 §5: an id stands for one extension in a section; from 4096 on, for one that is still to be chosen. */
function extensions(section: SdpSection, report: Report): void {
  const seen = new Set<string>();
  for (const { argument, number } of attributes(section, 'extmap')) {
    const [head = ''] = words(argument ?? '');
    const [id = ''] = head.split('/');
    if (!seen.has(id)) seen.add(id);
    else if (!(Number(id) >= 4096)) report('extension-twice', 'wrong', number, { id });
    // RFC 8285 §4.2: 0 is padding.
    if (/^0+$/.test(id)) report('extension-range', 'wrong', number, { id });
  }
}

/** RFC 3550 §8: an SSRC names one source of an RTP session. */
function sources(media: readonly SdpSection[], report: Report): void {
  const owners = new Map<string, SdpSection>();
  const reported = new Set<string>();
  for (const section of media) {
    for (const { argument, number } of attributes(section, 'ssrc')) {
      const ssrc = words(argument ?? '')[0] ?? '';
      const owner = owners.get(ssrc);
      if (owner === undefined) owners.set(ssrc, section);
      else if (owner !== section && !reported.has(ssrc)) {
        reported.add(ssrc);
        report('ssrc-twice', 'wrong', number, { ssrc });
      }
    }
  }
}
