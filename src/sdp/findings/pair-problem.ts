// What can be wrong between an offer and its answer, as data: the ids, and what each is told with.
import type { ProblemId, ProblemLevel, Problems } from '../problem.ts';

/** The problems that two texts can have together, each with its parameters. */
export interface PairProblems {
  // Sections and their order
  readonly 'section-count': { readonly offered: number; readonly answered: number };
  /** The same sections, in another order. */
  readonly 'order-differs': Nothing;
  readonly 'kind-differs': {
    readonly index: number;
    readonly offered: string;
    readonly answered: string;
  };
  readonly 'mid-differs': { readonly offered: string; readonly answered: string };
  readonly 'proto-differs': { readonly offered: string; readonly answered: string };
  /** The answer uses a section that the offer has switched off. */
  readonly 'port-revived': { readonly mid: string };
  /** Both texts are one side's. */
  readonly 'same-side': Nothing;
  // BUNDLE
  readonly 'bundle-added': { readonly mid: string };
  readonly 'bundle-refused': Nothing;
  readonly 'bundle-only-left': { readonly mid: string };
  readonly 'mux-refused': Nothing;
  // DTLS
  readonly 'setup-same': { readonly setup: string };
  // Media
  readonly 'direction-not-allowed': { readonly offered: string; readonly answered: string };
  readonly 'no-common-codec': { readonly kind: string };
  /** A codec of both, but with other values of a parameter that decides. */
  readonly 'codec-profile': CodecValues;
  /** Of a rejected section: what differs in what both write of a codec. */
  readonly 'rejected-differs': CodecValues;
  readonly 'h264-level': { readonly offered: string; readonly answered: string };
  readonly 'h265-level': { readonly offered: string; readonly answered: string };
  readonly 'codec-added': { readonly payloadTypes: string };
  readonly 'payload-reused': {
    readonly pt: string;
    readonly offered: string;
    readonly answered: string;
  };
  readonly 'extension-added': { readonly uris: string };
  readonly 'extension-moved': {
    readonly uri: string;
    readonly offered: string;
    readonly answered: string;
  };
  // Simulcast
  readonly 'simulcast-layers': {
    readonly offered: string;
    readonly taken: string;
    readonly paused: string;
  };
  readonly 'simulcast-refused': { readonly offered: string };
  readonly 'simulcast-added': { readonly rids: string };
  readonly 'simulcast-unpaused': { readonly rids: string };
  readonly 'simulcast-direction': { readonly way: string };
  // Data
  readonly 'sctp-init-alone': { readonly side: Side };
  // The path
  readonly 'both-lite': Nothing;
  /** Neither side can reach the other. */
  readonly 'no-path': { readonly why: NoPath; readonly side: Side | 'both' };
  /** Private addresses of what looks like one network. */
  readonly 'local-path': Nothing;
  /** Only names that one local network can look up. */
  readonly 'mdns-path': Nothing;
  /** Both sides have public mappings, and nobody has a relay. */
  readonly 'relayless-path': Nothing;
}

/** A side of one exchange. */
export type Side = 'offerer' | 'answerer';

/** Why no candidate of one side can reach one of the other. */
export type NoPath =
  /** Both have private addresses, of networks that differ. */
  | 'private'
  /** One side has only private addresses, the other is behind a NAT. */
  | 'unreachable'
  /** One side has only IPv4, the other only IPv6. */
  | 'family'
  /** One side has only UDP, the other only TCP; or both only begin TCP. */
  | 'transport'
  /** A side has ended its list without one that can be used. */
  | 'none';

interface CodecValues {
  readonly codec: string;
  readonly parameter: string;
  readonly offered: string;
  readonly answered: string;
}

type Nothing = Readonly<Record<string, never>>;

/** The id of a problem of two texts. */
export type PairProblemId = keyof PairProblems;

/** All kinds of findings, each with its parameters: those of one text, and those of two together. */
export type Findings = Problems & PairProblems;

/** The id of a finding. */
export type FindingId = ProblemId | PairProblemId;

/** Where a problem of two texts shows: lines of both, and candidates that came beside them. */
export interface PairPlace {
  readonly offer?: readonly (number | null | undefined)[];
  readonly answer?: readonly (number | null | undefined)[];
}

/** Notes a problem of two texts. */
export type PairReport = <Id extends PairProblemId>(
  id: Id,
  level: ProblemLevel,
  place: PairPlace,
  params: PairProblems[Id],
) => void;
