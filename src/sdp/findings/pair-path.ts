// Whether ICE has a path to find between two sides, by the candidates that each of them has shown.
import type { CandidateFields } from '../../ice/candidate.ts';
import { addressInfo, parseIPv4 } from '../../rtc/address.ts';
import type { PairPlace, PairReport, Side } from './pair-problem.ts';

/** The candidates of one side, from its description and from messages beside it. */
export interface SideCandidates {
  readonly candidates: readonly CandidateFields[];
  /** It has said that there are no more. */
  readonly isEnded: boolean;
  readonly isLite: boolean;
  /** A line of its description that has one. */
  readonly line: number | null;
}

/** From how far a side can be reached: by a relay, at an address of the internet, behind a NAT, on its own network. */
type Reach = 'relay' | 'open' | 'mapped' | 'local' | 'none';

/** Addresses of one network only. */
const LOCAL: ReadonlySet<string> = new Set([
  ...['mdns', 'loopback', 'private', 'link-local', 'unique-local', 'shared'],
]);
const NOWHERE: ReadonlySet<string> = new Set(['unspecified', 'multicast', 'malformed', 'hidden']);
const kindOf = ({ address }: CandidateFields) => addressInfo(address).kind;
const isUsable = (each: CandidateFields) =>
  !NOWHERE.has(kindOf(each)) && (each.port !== 0 || each.tcpType === 'active');

function reachOf(usable: readonly CandidateFields[]): Reach {
  if (usable.some(({ type }) => type === 'relay')) return 'relay';
  if (usable.some((each) => each.type === 'host' && !LOCAL.has(kindOf(each)))) return 'open';
  if (usable.some(({ type }) => type === 'srflx' || type === 'prflx')) return 'mapped';
  return usable.length > 0 ? 'local' : 'none';
}

/** Finds what keeps both sides from meeting, or may. Says nothing of a side that has shown no candidate yet. */
export function pairPath(
  offerer: SideCandidates,
  answerer: SideCandidates,
  report: PairReport,
): void {
  const place = { offer: [offerer.line], answer: [answerer.line] };
  if (offerer.isLite && answerer.isLite) report('both-lite', 'suspicious', {}, {});
  const sides = [offerer, answerer].map((side) => side.candidates.filter(isUsable));
  const [one = [], other = []] = sides;
  const isKnown = (side: SideCandidates) => side.candidates.length > 0 || side.isEnded;
  // A side that has shown nothing may be found by the checks it sends itself.
  if (!isKnown(offerer) || !isKnown(answerer)) return;
  if ((one.length === 0 && offerer.isEnded) || (other.length === 0 && answerer.isEnded)) {
    if (one.length === 0 && other.length === 0)
      report('no-path', 'wrong', place, { why: 'none', side: 'both' });
    return;
  }
  if (one.length === 0 || other.length === 0) return;
  const why = noCommon(one, other);
  if (why !== null) {
    report('no-path', 'wrong', place, { why, side: 'both' });
    return;
  }
  reaches(one, other, offerer, answerer, place, report);
}

function reaches(
  one: readonly CandidateFields[],
  other: readonly CandidateFields[],
  offerer: SideCandidates,
  answerer: SideCandidates,
  place: PairPlace,
  report: PairReport,
): void {
  const [ours, theirs] = [reachOf(one), reachOf(other)];
  if ([ours, theirs].some((reach) => reach === 'relay' || reach === 'open')) return;
  // Whoever has not ended may show a better one yet.
  const isOpen = !offerer.isEnded && !answerer.isEnded;
  if (ours === 'mapped' && theirs === 'mapped') {
    if (!isOpen) report('relayless-path', 'note', place, {});
    return;
  }
  // Private addresses do on one network, whatever else there is.
  if (areNear(one, other)) {
    if (ours === theirs) report('local-path', 'note', place, {});
    return;
  }
  if ([one, other].every((list) => list.some((each) => kindOf(each) === 'mdns'))) {
    report('mdns-path', 'suspicious', place, {});
    return;
  }
  if (ours === theirs) report('no-path', 'wrong', place, { why: 'private', side: 'both' });
  else {
    const side: Side = ours === 'local' ? 'offerer' : 'answerer';
    report('no-path', 'wrong', place, { why: 'unreachable', side });
  }
}

/** Whether two private addresses look as if they were of one network: the same first three bytes. */
function areNear(one: readonly CandidateFields[], other: readonly CandidateFields[]): boolean {
  const nets = new Set(one.flatMap((each) => netOf(each) ?? []));
  return other.some((each) => nets.has(netOf(each) ?? ''));
}

function netOf({ address }: CandidateFields): string | null {
  const bytes = parseIPv4(address);
  if (bytes !== null) return bytes.slice(0, 3).join('.');
  const { kind } = addressInfo(address);
  // A prefix of IPv6 as it is written: four groups.
  return kind === 'unique-local' ? address.toLowerCase().split(':').slice(0, 4).join(':') : null;
}

/** Why nothing of one side can be paired with anything of the other; `null` where something can. */
function noCommon(
  one: readonly CandidateFields[],
  other: readonly CandidateFields[],
): 'family' | 'transport' | null {
  const families = (list: readonly CandidateFields[]) =>
    new Set(list.map(({ address }) => addressInfo(address).family));
  const [ours, theirs] = [families(one), families(other)];
  // A name stands for either.
  const isEither = ours.has(null) || theirs.has(null);
  if (!isEither && ![...ours].some((family) => theirs.has(family))) return 'family';
  const meets = one.some((mine) =>
    other.some((its) => {
      if (mine.transport !== its.transport) return false;
      return mine.transport !== 'tcp' || !(mine.tcpType === 'active' && its.tcpType === 'active');
    }),
  );
  return meets ? null : 'transport';
}
