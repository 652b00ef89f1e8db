// Which lines belong with a line: those of the same payload type, source, group, transport or simulcast.
import { codecsOf, partnersOf, payloadTypeOf } from './codecs.ts';
import type { RuleId } from './grammar.ts';
import { attributes, sectionByMid } from './parse.ts';
import type { SdpDocument, SdpLine, SdpSection } from './parse.ts';
import { linesOfSources, words } from './sources.ts';

type Find = (document: SdpDocument, section: SdpSection, line: SdpLine) => Iterable<SdpLine>;

/** Finds the lines of these names in the same section, or those of the session that count in their place. */
function named(...names: readonly RuleId[]): Find {
  return ({ sections }, section) =>
    names.flatMap((name) => {
      const own = attributes(section, name);
      const [session] = sections;
      return own.length > 0 || session === undefined ? own : attributes(session, name);
    });
}

const CREDENTIALS = named('ice-ufrag', 'ice-pwd', 'ice-options');
const KEYS = named('fingerprint', 'setup', 'tls-id');
const RTCP = named('rtcp', 'rtcp-mux', 'rtcp-mux-only', 'rtcp-rsize');
const DATA = named('sctp-port', 'sctpmap', 'max-message-size');
const SIMULCAST = named('simulcast', 'rid');
// Not the other candidates: there may be very many, and they say nothing about this one.
const CANDIDATES = named('ice-ufrag', 'ice-pwd', 'end-of-candidates');

const KIN: Readonly<Partial<Record<RuleId, Find>>> = {
  m: (_document, section) =>
    (section.media?.formats ?? []).flatMap((pt) => codecsOf(section).get(pt)?.rtpmap ?? []),
  ...{ rtpmap: ofPayloadType, fmtp: ofPayloadType, 'rtcp-fb': ofPayloadType },
  imageattr: ofPayloadType,
  ssrc: (_document, section, line) => linesOfSources(section, line),
  'ssrc-group': (_document, section, line) => linesOfSources(section, line),
  msid: (_document, section) =>
    attributes(section, 'ssrc').filter(({ argument }) => / msid:/.test(argument ?? '')),
  mid: (document, section) =>
    groupsOf(document).filter(({ argument }) =>
      words(argument ?? '').includes(section.mid ?? '', 1),
    ),
  group: (document, _section, line) =>
    words(line.argument ?? '')
      .slice(1)
      .flatMap((mid) => {
        const section = sectionByMid(document, mid);
        return section === null ? [] : attributes(section, 'mid');
      }),
  ...{ simulcast: SIMULCAST, rid: SIMULCAST },
  ...{ 'ice-ufrag': CREDENTIALS, 'ice-pwd': CREDENTIALS, 'ice-options': CREDENTIALS },
  ...{ candidate: CANDIDATES, 'end-of-candidates': CREDENTIALS },
  ...{ fingerprint: KEYS, setup: KEYS, 'tls-id': KEYS },
  ...{ rtcp: RTCP, 'rtcp-mux': RTCP, 'rtcp-mux-only': RTCP, 'rtcp-rsize': RTCP },
  ...{ 'sctp-port': DATA, sctpmap: DATA, 'max-message-size': DATA },
};

/** The numbers of the lines that belong with a line, ascending, without its own. */
export function kinOf(
  document: SdpDocument,
  section: SdpSection,
  line: SdpLine,
  rule: RuleId,
): readonly number[] {
  const kin = new Set<number>();
  for (const each of KIN[rule]?.(document, section, line) ?? []) kin.add(each.number);
  kin.delete(line.number);
  return [...kin].sort((a, b) => a - b);
}

/** A payload type's own lines, those of what repairs it or what it repairs, and the m= line. */
function ofPayloadType(
  _document: SdpDocument,
  section: SdpSection,
  line: SdpLine,
): readonly SdpLine[] {
  const [media] = section.lines;
  return [
    ...(media?.type === 'm' ? [media] : []),
    ...partnersOf(section, payloadTypeOf(line)).flatMap(({ rtpmap, fmtp, feedback }) => [
      ...(rtpmap === null ? [] : [rtpmap]),
      ...fmtp,
      ...feedback,
    ]),
  ];
}

function groupsOf({ sections }: SdpDocument): readonly SdpLine[] {
  const [session] = sections;
  return session === undefined ? [] : attributes(session, 'group');
}
