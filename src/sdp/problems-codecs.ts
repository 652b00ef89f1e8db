// Problems of payload types: in the m= line, in rtpmap, fmtp and rtcp-fb, and in what repairs what.
import { breathe, type Breath } from './breath.ts';
import { carriesRtp, codecsOf, payloadTypeOf } from './codecs.ts';
import { codecKindProblems } from './findings/codec-kinds.ts';
import { attributes, isFragment } from './parse.ts';
import type { SdpDocument, SdpSection } from './parse.ts';
import type { Report } from './problem.ts';

/** Finds them, and can be left between two sections. */
export function* codecProblems(document: SdpDocument, report: Report): Generator<Breath> {
  for (const section of document.sections) {
    if (section.index > 0 && carriesRtp(section)) {
      ofSection(section, isFragment(document), report);
      if (!isFragment(document)) congestion(document, section, report);
    }
    yield* breathe(section.index);
  }
}

function ofSection(section: SdpSection, isPart: boolean, report: Report): void {
  const number = section.lines[0]?.number ?? null;
  const seen = new Set<string>();
  for (const pt of section.media?.formats ?? []) {
    if (seen.has(pt)) report('payload-twice', 'wrong', number, { pt });
    seen.add(pt);
  }
  // RFC 3550 §5.1: a payload type has seven bits.
  if ([...seen].some((pt) => !/^\d{1,3}$/.test(pt) || Number(pt) > 127)) {
    report('malformed', 'wrong', number, { missing: 'no', part: 'format' });
  }
  const mapped = new Set<string>();
  for (const line of attributes(section, 'rtpmap')) {
    const pt = payloadTypeOf(line);
    if (mapped.has(pt)) report('payload-twice', 'wrong', line.number, { pt });
    mapped.add(pt);
  }
  const codecs = codecsOf(section);
  for (const codec of codecs.values()) {
    const { payloadType: pt, name, isListed, rtpmap, fmtp, feedback, role, goesWith } = codec;
    // A quoted piece may have been shortened.
    if (isListed && name === null && rtpmap === null && !isPart && /^\d+$/.test(pt)) {
      report('no-rtpmap', 'wrong', number, { pt });
    }
    if (!isListed) {
      if (rtpmap !== null) report('rtpmap-unlisted', 'suspicious', rtpmap.number, { pt });
      else {
        const [first] = [...fmtp, ...feedback];
        if (first !== undefined) report('format-stranger', 'suspicious', first.number, { pt });
      }
    }
    const repairs = codecs.get(goesWith ?? '');
    if (role === 'rtx' && goesWith !== null && repairs?.isListed !== true) {
      report('apt-stranger', 'wrong', fmtp[0]?.number ?? number, { pt, apt: goesWith });
    }
  }
  codecKindProblems(section, codecs, report);
}

const CONGESTION = 'draft-holmer-rmcat-transport-wide-cc-extensions';

/** Feedback on each packet's arrival counts the numbers that the header extension gives. */
function congestion(document: SdpDocument, section: SdpSection, report: Report): void {
  const line = attributes(section, 'rtcp-fb').find(({ argument }) =>
    / transport-cc\b/.test(argument ?? ''),
  );
  if (line === undefined) return;
  const [session] = document.sections;
  const maps = [section, session].flatMap((each) =>
    each === undefined ? [] : attributes(each, 'extmap'),
  );
  if (maps.some(({ argument }) => (argument ?? '').includes(CONGESTION))) return;
  report('transport-cc', 'suspicious', line.number, {});
}
