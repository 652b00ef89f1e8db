// What an offer and its answer say differently of the media of a section: directions, codecs, extensions, layers.
import { codecsOf, parameterOf } from '../codecs.ts';
import type { Codec } from '../codecs.ts';
import { DIRECTIONS } from '../../rtc/direction.ts';
import type { CodecOutcome } from '../negotiation-codec.ts';
import type { SectionNegotiation } from '../negotiation.ts';
import { attribute, attributes } from '../parse.ts';
import type { SdpDocument, SdpSection } from '../parse.ts';
import type { PairReport } from './pair-problem.ts';
import { simulcastOf, type SimulcastList } from './simulcast.ts';

/** Finds them in one section. */
export function pairMedia(
  offer: SdpDocument,
  answer: SdpDocument,
  agreed: SectionNegotiation,
  report: PairReport,
): void {
  const [from, to] = [offer.sections[agreed.index], answer.sections[agreed.index]];
  if (from === undefined || to === undefined) return;
  if (agreed.outcome === 'rejected') rejected(from, to, report);
  if (agreed.outcome !== 'accepted') return;
  directions(from, to, agreed, report);
  codecs(from, to, agreed, report);
  extensions(from, to, agreed, report);
  layers(from, to, report);
  const [ours, theirs] = [attribute(from, 'sctp-init'), attribute(to, 'sctp-init')];
  if ((ours === null) !== (theirs === null)) {
    report(
      'sctp-init-alone',
      'note',
      { offer: [ours?.number], answer: [theirs?.number] },
      { side: ours === null ? 'answerer' : 'offerer' },
    );
  }
}

function directions(
  from: SdpSection,
  to: SdpSection,
  { direction }: SectionNegotiation,
  report: PairReport,
): void {
  if (direction === null || direction.isAllowed) return;
  const { offered, answered } = direction;
  report(
    'direction-not-allowed',
    'wrong',
    { offer: [directionLine(from)], answer: [directionLine(to)] },
    { offered, answered },
  );
}

/** The number of the line that gives a section its direction, or of its m= line. */
export function directionLine(section: SdpSection): number | null {
  const line = section.lines.find(({ name }) => DIRECTIONS.some((each) => each === name));
  return (line ?? section.lines[0])?.number ?? null;
}

const codecLine = ({ fmtp, rtpmap }: Codec) => (fmtp[0] ?? rtpmap)?.number;

/** What decides nothing by itself, or is told by a finding of its own. */
const isMain = ({ offered }: CodecOutcome) => offered.role === 'media';

function codecs(
  from: SdpSection,
  to: SdpSection,
  { codecs: agreed, kind }: SectionNegotiation,
  report: PairReport,
): void {
  const [first, second] = [from.lines[0]?.number, to.lines[0]?.number];
  const { outcomes, added } = agreed;
  const answered = [...codecsOf(to).values()].filter(({ isListed }) => isListed);
  const isShared = outcomes.some((each) => isMain(each) && each.answered !== null);
  if (outcomes.length > 0 && !isShared) {
    report('no-common-codec', 'wrong', { offer: [first], answer: [second] }, { kind });
  }
  const told = new Set<string>();
  for (const outcome of outcomes) {
    if (!isMain(outcome)) continue;
    const name = outcome.offered.name?.toLowerCase() ?? '';
    if (outcome.answered !== null) {
      levels(outcome.offered, outcome.answered, report);
      continue;
    }
    // Of several variants that were offered, one is enough.
    const isKept = outcomes.some(
      (each) => each.answered !== null && each.offered.name?.toLowerCase() === name,
    );
    const differs = outcome.decisions.find(
      ({ offered, answered: values }) => values.length > 0 && !values.includes(offered),
    );
    if (outcome.reason !== 'other-parameters' || isKept || differs === undefined) continue;
    if (told.has(name)) continue;
    told.add(name);
    const other = answered.find((codec) => codec.name?.toLowerCase() === name);
    report(
      'codec-profile',
      isShared ? 'suspicious' : 'wrong',
      {
        offer: [codecLine(outcome.offered)],
        answer: [other === undefined ? second : codecLine(other)],
      },
      {
        codec: outcome.offered.name ?? '',
        parameter: differs.parameter,
        offered: differs.offered,
        answered: differs.answered.join(', '),
      },
    );
  }
  if (added.length > 0) {
    const payloadTypes = added.map(({ payloadType }) => payloadType).join(', ');
    report('codec-added', 'note', { answer: added.map(codecLine) }, { payloadTypes });
  }
  const offeredCodecs = codecsOf(from);
  for (const codec of answered) {
    const before = offeredCodecs.get(codec.payloadType);
    const [was, is] = [before?.name ?? null, codec.name];
    if (before?.isListed !== true || was === null || is === null) continue;
    if (was.toLowerCase() === is.toLowerCase()) continue;
    report(
      'payload-reused',
      'suspicious',
      { offer: [codecLine(before)], answer: [codecLine(codec)] },
      { pt: codec.payloadType, offered: was, answered: is },
    );
  }
}

/** Levels of one codec: what each side can receive, unless they are not allowed to differ (RFC 6184 §8.2.2). */
function levels(offered: Codec, answered: Codec, report: PairReport): void {
  const place = { offer: [codecLine(offered)], answer: [codecLine(answered)] };
  const name = offered.name?.toLowerCase();
  if (name === 'h264') {
    const may = (codec: Codec) => parameterOf(codec, 'level-asymmetry-allowed') === '1';
    const [one, other] = [levelOf(offered), levelOf(answered)];
    if (one === null || other === null || one === other) return;
    if (may(offered) && may(answered)) return;
    report('h264-level', other > one ? 'suspicious' : 'note', place, {
      offered: parameterOf(offered, 'profile-level-id') ?? '420010',
      answered: parameterOf(answered, 'profile-level-id') ?? '420010',
    });
  }
  if (name === 'h265') {
    const [one, other] = [offered, answered].map((codec) => parameterOf(codec, 'level-id') ?? '93');
    if (one === undefined || other === undefined || one === other) return;
    report('h265-level', 'note', place, { offered: one, answered: other });
  }
}

function levelOf(codec: Codec): number | null {
  const said = parameterOf(codec, 'profile-level-id') ?? '420010';
  return /^[\da-f]{6}$/i.test(said) ? parseInt(said.slice(4), 16) : null;
}

/** Why a section may have been rejected: what both write of one codec, and what differs in it. */
function rejected(from: SdpSection, to: SdpSection, report: PairReport): void {
  const theirs = [...codecsOf(to).values()];
  for (const codec of codecsOf(from).values()) {
    const other = theirs.find(
      ({ name, role }) => role === 'media' && name?.toLowerCase() === codec.name?.toLowerCase(),
    );
    if (codec.role !== 'media' || other === undefined || codec.name === null) continue;
    const differs = codec.parameters.find(({ name, value }) => {
      const said = parameterOf(other, name.toLowerCase());
      return name !== '' && said !== null && said !== value;
    });
    if (differs === undefined) continue;
    report(
      'rejected-differs',
      'suspicious',
      { offer: [codecLine(codec)], answer: [codecLine(other)] },
      {
        codec: codec.name,
        parameter: differs.name,
        offered: differs.value,
        answered: parameterOf(other, differs.name.toLowerCase()) ?? '',
      },
    );
    return;
  }
}

function extensions(
  from: SdpSection,
  to: SdpSection,
  { extensions: { outcomes, added } }: SectionNegotiation,
  report: PairReport,
): void {
  const [ours, theirs] = [extensionLines(from), extensionLines(to)];
  if (added.length > 0) {
    report(
      'extension-added',
      'suspicious',
      { answer: added.map(({ id }) => theirs.get(id)) },
      { uris: added.map(({ uri }) => uri).join(', ') },
    );
  }
  for (const { offered, answered } of outcomes) {
    // From 4096 on the offer leaves the number to the answer (RFC 8285 §6).
    if (answered === null || offered.id === answered.id || Number(offered.id) >= 4096) continue;
    report(
      'extension-moved',
      'suspicious',
      { offer: [ours.get(offered.id)], answer: [theirs.get(answered.id)] },
      { uri: offered.uri, offered: offered.id, answered: answered.id },
    );
    return;
  }
}

/** The line of each number of a section's header extensions. */
function extensionLines(section: SdpSection): ReadonlyMap<string, number> {
  const lines = attributes(section, 'extmap').map(({ argument, number }) => {
    return [/^\s*(\d+)/.exec(argument ?? '')?.[1] ?? '', number] as const;
  });
  return new Map(lines.reverse());
}

const rids = (list: SimulcastList | undefined) => list?.layers.map(({ rid }) => rid) ?? [];
const join = (list: readonly string[]) => list.join(', ');

/** What became of the layers that the offer wants to send, or to receive (RFC 8853 §5.3). */
function layers(from: SdpSection, to: SdpSection, report: PairReport): void {
  const [ours, theirs] = [simulcastOf(from), simulcastOf(to)];
  const line = attribute(to, 'simulcast')?.number;
  const place = { offer: [attribute(from, 'simulcast')?.number], answer: [line] };
  for (const list of ours) {
    const turned = list.way === 'send' ? 'recv' : 'send';
    const answer = theirs.find(({ way }) => way === turned);
    if (answer === undefined) {
      const same = theirs.find(({ way }) => way === list.way);
      if (same !== undefined) {
        report('simulcast-direction', 'suspicious', place, { way: same.way });
      } else {
        report(
          'simulcast-refused',
          'suspicious',
          { ...place, answer: [to.lines[0]?.number] },
          { offered: join(rids(list)) },
        );
      }
      continue;
    }
    const known = new Set(rids(list));
    const added = rids(answer).filter((rid) => !known.has(rid));
    if (added.length > 0) report('simulcast-added', 'suspicious', place, { rids: join(added) });
    const paused = new Set(answer.layers.filter(({ isPaused }) => isPaused).map(({ rid }) => rid));
    const started = list.layers.filter(
      ({ rid, isPaused }) => isPaused && rids(answer).includes(rid) && !paused.has(rid),
    );
    if (started.length > 0) {
      const names = join(started.map(({ rid }) => rid));
      report('simulcast-unpaused', 'suspicious', place, { rids: names });
    }
    report('simulcast-layers', 'note', place, {
      offered: join(list.layers.map(({ rid, isPaused }) => (isPaused ? `~${rid}` : rid))),
      taken: join(rids(answer)),
      paused: join([...paused]),
    });
  }
}
