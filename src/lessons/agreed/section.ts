// What became of an m= section, in words: whether it is used, which way, and what is wrong with it.
import { formatNumber } from '../../i18n/format.ts';
import { m } from '../../i18n/paraglide/messages.js';
import type { DataSide, DirectionAgreed, SectionNegotiation } from '../../sdp/negotiation.ts';
import type { SectionOutcome, SectionProblem } from '../../sdp/negotiation.ts';
import { plain } from '../ice/plain.ts';
import { firstCodecText } from './codec.ts';
import { muxText } from './transport.ts';

/** Whether a section is used, and why not. */
export function outcomeText(outcome: SectionOutcome): string {
  return m.agreed_section({ outcome });
}

/** Which way media goes, and what each side has said. */
export function directionTexts(direction: DirectionAgreed): readonly string[] {
  const { offered, answered, offererSends, answererSends } = direction;
  const one = offererSends ? 'offerer' : answererSends ? 'answerer' : 'none';
  return [
    m.agreed_direction({ ways: offererSends && answererSends ? 'both' : one }),
    m.agreed_direction_values({ offered, answered }),
  ];
}

/** What both sides take over data channels. */
export function dataTexts(offered: DataSide, answered: DataSide): readonly string[] {
  const ports =
    offered.port === null || answered.port === null
      ? m.agreed_data_port_missing()
      : m.agreed_data_ports({ offered: String(offered.port), answered: String(answered.port) });
  return [ports, sizeText('offerer', offered), sizeText('answerer', answered)];
}

function sizeText(side: 'offerer' | 'answerer', { maxMessageSize }: DataSide): string {
  const isAny = maxMessageSize === 0;
  const any = side === 'offerer' ? 'offererany' : 'answererany';
  return m.agreed_data_size({ side: isAny ? any : side, size: formatNumber(maxMessageSize) });
}

/** What is not as it must be between two sections. */
export function problemText(problem: SectionProblem): string {
  switch (problem.id) {
    case 'kind-differs':
      return m.agreed_problem_kind(sides(problem));
    case 'proto-differs':
      return m.agreed_problem_proto(sides(problem));
    case 'mid-differs':
      return m.agreed_problem_mid(sides(problem));
    case 'direction-not-allowed':
      return m.agreed_problem_direction();
    case 'no-common-codec':
      return m.agreed_problem_codec();
    case 'codec-added':
      return m.agreed_problem_added({ list: plain(problem.payloadTypes.join(', ')) });
    case 'extension-added':
      return m.agreed_problem_extension({ list: plain(problem.uris.join(', ')) });
  }
}

function sides({ offered, answered }: { offered: string | null; answered: string | null }) {
  const say = (text: string | null) =>
    text === null || text === '' ? m.agreed_nothing() : plain(text);
  return { offered: say(offered), answered: say(answered) };
}

/** All of a section but its lists of codecs and extensions, a sentence each: problems first after the outcome. */
export function sectionTexts(section: SectionNegotiation): readonly string[] {
  const { outcome, problems, direction, codecs, mux, reducedSizeRtcp, data } = section;
  const first = direction === null ? null : firstCodecText(codecs, direction);
  return [
    outcomeText(outcome),
    ...problems.map(problemText),
    ...(direction === null ? [] : directionTexts(direction)),
    ...(first === null ? [] : [first]),
    ...(mux === null ? [] : [muxText(mux)]),
    ...(reducedSizeRtcp ? [m.agreed_rsize()] : []),
    ...(data === null ? [] : dataTexts(data.offered, data.answered)),
  ];
}
