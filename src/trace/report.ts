// What of a report of statistics is recorded: the candidate pairs, the transport and the counters.
import type { Json, Pair, PairEnd, PairEvent, StatsEvent, TransportEvent } from './event.ts';

/** A report, as far as it is read: a browser's RTCStatsReport is one. */
export interface Report {
  forEach(callback: (stats: Dictionary, id: string) => void): void;
}

type Body<E> = Omit<E, 'n' | 't' | 'step' | 'cause' | 'side' | 'kind'>;
export type PairBody = Body<PairEvent>;
export type TransportBody = Body<TransportEvent>;
export type CountersBody = Body<StatsEvent>;

/** What a report says. `null` where it does not say: before a pair is selected, or where a browser has no such statistics. */
export interface Stats {
  /** The selected pair. */
  readonly pair: PairBody | null;
  /** The user name fragment of its local candidate: which generation of ICE it belongs to. */
  readonly generation: string | null;
  /** All pairs, in the report's order. */
  readonly pairs: readonly Pair[];
  readonly transport: TransportBody | null;
  readonly counters: CountersBody;
}

/** One dictionary of a report, by the names of webrtc-stats (W3C, Identifiers for WebRTC's Statistics API). */
export type Dictionary = Readonly<Record<string, Json | undefined>>;

/** Takes out of a report what is shown. Total: what a report lacks is `null` or 0. */
export function extractStats(report: Report): Stats {
  const all = new Map<string, Dictionary>();
  report.forEach((stats, id) => all.set(id, stats));
  const named = (type: string) => [...all].filter(([, stats]) => stats['type'] === type);
  const of = (type: string) => named(type).map(([, stats]) => stats);

  // Before the answer Chromium has a transport for each m= section; with BUNDLE one of them remains.
  const transports = of('transport');
  const transport =
    transports.find((stats) => text(stats, 'selectedCandidatePairId') !== null) ?? transports[0];
  const pair = selectedPair(all, transport, of('candidate-pair'));
  const selected = new Set(transports.map((stats) => text(stats, 'selectedCandidatePairId')));
  return {
    pair: pair === undefined ? null : pairBody(all, pair),
    generation:
      pair === undefined
        ? null
        : text(all.get(text(pair, 'localCandidateId') ?? '') ?? {}, 'usernameFragment'),
    pairs: named('candidate-pair').map(([id, stats]) =>
      wholePair(all, id, stats, stats === pair || selected.has(id)),
    ),
    transport: transport === undefined ? null : transportBody(all, transport),
    counters: countersBody(of, transport, pair),
  };
}

/** The pair that the transport names; where it names none, the one that Firefox marks, or that is nominated. */
function selectedPair(
  all: ReadonlyMap<string, Dictionary>,
  transport: Dictionary | undefined,
  pairs: readonly Dictionary[],
): Dictionary | undefined {
  const named = all.get(text(transport ?? {}, 'selectedCandidatePairId') ?? '');
  return (
    named ??
    pairs.find((pair) => pair['selected'] === true) ??
    pairs.findLast((pair) => pair['nominated'] === true && pair['state'] === 'succeeded')
  );
}

/** RTCIceCandidatePairStats, and the RTCIceCandidateStats of its two ends. */
function pairBody(all: ReadonlyMap<string, Dictionary>, pair: Dictionary): PairBody {
  return {
    local: pairEnd(all.get(text(pair, 'localCandidateId') ?? '') ?? {}),
    remote: pairEnd(all.get(text(pair, 'remoteCandidateId') ?? '') ?? {}),
    state: text(pair, 'state') ?? '',
    nominated: pair['nominated'] === true,
    rtt: milliseconds(number(pair, 'currentRoundTripTime')),
  };
}

/** All that is told of one pair. Nothing in it is sure to be there: browsers differ in what they give. */
function wholePair(
  all: ReadonlyMap<string, Dictionary>,
  id: string,
  pair: Dictionary,
  selected: boolean,
): Pair {
  return {
    id,
    ...pairBody(all, pair),
    selected,
    priority: unsigned64(number(pair, 'priority')),
    requestsSent: number(pair, 'requestsSent'),
    responsesReceived: number(pair, 'responsesReceived'),
    bytesSent: number(pair, 'bytesSent'),
    bytesReceived: number(pair, 'bytesReceived'),
  };
}

/** All digits of the double that stands for 64 bits; `String` would write zeros for the last of them. */
function unsigned64(value: number | null): string | null {
  const isWhole = value !== null && Number.isInteger(value) && value >= 0 && value < 2 ** 64;
  return isWhole ? String(BigInt(value)) : null;
}

function pairEnd(candidate: Dictionary): PairEnd {
  return {
    type: text(candidate, 'candidateType') ?? '',
    protocol: text(candidate, 'protocol') ?? '',
    address: text(candidate, 'address') ?? '',
    port: number(candidate, 'port'),
    priority: number(candidate, 'priority'),
  };
}

/** RTCTransportStats, and the RTCCertificateStats of the two certificates. */
function transportBody(all: ReadonlyMap<string, Dictionary>, transport: Dictionary): TransportBody {
  const fingerprint = (member: string) => {
    const certificate = all.get(text(transport, member) ?? '') ?? {};
    const value = text(certificate, 'fingerprint');
    const algorithm = text(certificate, 'fingerprintAlgorithm');
    return value === null || algorithm === null ? null : `${algorithm} ${value}`;
  };
  return {
    dtlsState: text(transport, 'dtlsState') ?? '',
    dtlsRole: text(transport, 'dtlsRole'),
    iceRole: text(transport, 'iceRole'),
    tlsVersion: text(transport, 'tlsVersion'),
    dtlsCipher: text(transport, 'dtlsCipher'),
    srtpCipher: text(transport, 'srtpCipher'),
    localFingerprint: fingerprint('localCertificateId'),
    remoteFingerprint: fingerprint('remoteCertificateId'),
  };
}

/**
 * The payload bytes and packets of RTCTransportStats, data channels included. Firefox does not count
 * there: then the bytes are those of the selected pair, and the packets those of RTP, which leaves data
 * channels out.
 */
function countersBody(
  of: (type: string) => readonly Dictionary[],
  transport: Dictionary | undefined,
  pair: Dictionary | undefined,
): CountersBody {
  const inbound = of('inbound-rtp');
  const outbound = of('outbound-rtp');
  const count = (member: string, rtp: readonly Dictionary[]) =>
    number(transport ?? {}, member) ?? number(pair ?? {}, member) ?? sum(rtp, member);
  return {
    bytesSent: count('bytesSent', outbound),
    bytesReceived: count('bytesReceived', inbound),
    packetsSent: count('packetsSent', outbound),
    packetsReceived: count('packetsReceived', inbound),
    packetsLost: sum(inbound, 'packetsLost'),
    framesDecoded: sum(inbound, 'framesDecoded'),
    rtt: milliseconds(number(pair ?? {}, 'currentRoundTripTime')),
  };
}

function text(stats: Dictionary, member: string): string | null {
  const value = stats[member];
  return typeof value === 'string' ? value : null;
}

function number(stats: Dictionary, member: string): number | null {
  const value = stats[member];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function sum(list: readonly Dictionary[], member: string): number {
  return list.reduce((total, stats) => total + (number(stats, member) ?? 0), 0);
}

/** Seconds to milliseconds, to a thousandth: the report's own precision is none better. */
function milliseconds(seconds: number | null): number | null {
  return seconds === null ? null : Math.round(seconds * 1e6) / 1e3;
}

/** What of a pair is news when it changes: no counter, but that it began to count. */
export function newsOf({ id, local, remote, state, nominated, selected, ...rest }: Pair): string {
  const isAsked = (rest.requestsSent ?? 0) > 0;
  const isAnswered = (rest.responsesReceived ?? 0) > 0 || rest.rtt !== null;
  return JSON.stringify([id, local, remote, state, nominated, selected, isAsked, isAnswered]);
}
