// A problem of a description as data: which there are, how bad, and what each is told with.

/** The problems that there are, each with its parameters. */
export interface Problems {
  // Lines
  readonly empty: Nothing;
  readonly fragment: Nothing;
  readonly 'missing-line': { readonly type: 'v' | 'o' | 's' | 't' };
  readonly order: { readonly type: string; readonly after: string };
  readonly 'unknown-type': Nothing;
  readonly 'no-line': { readonly blank: 'yes' | 'no' };
  readonly 'line-end': { readonly end: 'lf' | 'cr' | 'none'; readonly count: number };
  readonly binary: Nothing;
  readonly malformed: { readonly missing: 'yes' | 'no' };
  readonly range: { readonly value: string; readonly limit: number };
  readonly level: { readonly wanted: 'session' | 'media' };
  readonly obsolete: {
    readonly what: 'sctpmap' | 'crypto' | 'dtls-sctp' | 'google-ice' | 'mslabel';
  };
  // Transport and keys
  readonly 'no-media': Nothing;
  readonly rejected: Nothing;
  readonly 'not-encrypted': { readonly proto: string };
  readonly 'no-fingerprint': Nothing;
  readonly 'fingerprint-length': { readonly bytes: number; readonly wanted: number };
  readonly 'fingerprint-weak': Nothing;
  readonly 'no-setup': Nothing;
  readonly 'setup-offer': Nothing;
  readonly 'setup-answer': Nothing;
  readonly 'no-ice': { readonly which: 'ufrag' | 'pwd' };
  readonly 'ice-length': {
    readonly which: 'ufrag' | 'pwd';
    readonly length: number;
    readonly least: number;
  };
  readonly 'no-candidates': Nothing;
  readonly 'local-candidates': Nothing;
  readonly 'candidate-unreadable': Nothing;
  readonly 'candidate-late': Nothing;
  // Groups and sections
  readonly 'no-mid': Nothing;
  readonly 'mid-twice': Nothing;
  readonly 'bundle-stranger': Nothing;
  readonly 'bundle-rejected': Nothing;
  readonly 'no-mux': Nothing;
  readonly 'bundle-payload': { readonly pt: string };
  readonly 'direction-twice': Nothing;
  readonly 'extension-twice': { readonly id: string };
  readonly 'ssrc-twice': { readonly ssrc: string };
  // Codecs
  readonly 'payload-twice': { readonly pt: string };
  readonly 'no-rtpmap': { readonly pt: string };
  readonly 'rtpmap-unlisted': { readonly pt: string };
  readonly 'format-stranger': { readonly pt: string };
  readonly 'apt-stranger': { readonly pt: string; readonly apt: string };
}

type Nothing = Readonly<Record<string, never>>;

/** The id of a problem. */
export type ProblemId = keyof Problems;

/** How bad it is: it breaks a rule that readers rely on; it may be meant; or it is only worth knowing. */
export type ProblemLevel = 'wrong' | 'suspicious' | 'note';

/** One problem. */
export type SdpProblem<Id extends ProblemId = ProblemId> = {
  readonly [Each in Id]: {
    readonly id: Each;
    /** The number of the line it shows in, from 1; `null` where it is about what is not there. */
    readonly line: number | null;
    readonly level: ProblemLevel;
    readonly params: Problems[Each];
  };
}[Id];

/** What is known of a description besides its text. */
export interface ProblemOptions {
  /** `null`, or left out: not known, and what depends on it is not judged. */
  readonly type?: 'offer' | 'answer' | 'pranswer' | null;
}

/** Notes a problem. */
export type Report = <Id extends ProblemId>(
  id: Id,
  level: ProblemLevel,
  line: number | null,
  params: Problems[Id],
) => void;
