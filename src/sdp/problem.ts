// A problem of a description as data: which there are, how bad, and what each is told with.
import type { PartId } from './split.ts';

/** The problems that there are, each with its parameters. */
export interface Problems {
  // Lines
  readonly empty: Nothing;
  readonly fragment: Nothing;
  readonly 'missing-line': { readonly type: 'v' | 'o' | 's' | 't' };
  /** Of the session's lines. */
  readonly order: { readonly type: string; readonly after: string };
  /** Of a section's lines, or of those of the session that browsers look for anywhere. */
  readonly 'order-section': { readonly type: string; readonly after: string };
  readonly 'unknown-type': Nothing;
  readonly 'no-line': { readonly blank: 'yes' | 'no' };
  readonly 'line-end': { readonly end: 'lf' | 'cr' | 'none'; readonly count: number };
  readonly binary: Nothing;
  /** What is missing, or the part that has not its form. */
  readonly malformed: { readonly missing: 'yes' | 'no'; readonly part: PartId | 'other' };
  /** The last line's end, in a text that copying has not touched. */
  readonly 'line-end-lost': Nothing;
  /** All lines end in what is left of an escaped line end. */
  readonly 'stray-end': { readonly end: string; readonly count: number };
  readonly 'no-connection': Nothing;
  readonly 'empty-name': Nothing;
  readonly 'non-ascii': { readonly character: string; readonly column: number };
  /** Text that a program writes where it has no value. */
  readonly placeholder: { readonly word: string };
  /** An attribute that is not known and looks like one that is. */
  readonly 'near-miss': {
    readonly written: string;
    readonly wanted: string;
    readonly how: 'colon' | 'space' | 'spelling';
  };
  /** Another line's text inside a line. */
  readonly swallowed: { readonly what: string };
  /** A comma between two values, where a space or a semicolon belongs. */
  readonly comma: { readonly value: string; readonly wanted: 'space' | 'semicolon' };
  readonly range: { readonly value: string; readonly limit: number };
  readonly level: { readonly wanted: 'session' | 'media' };
  readonly obsolete: {
    readonly what: 'sctpmap' | 'crypto' | 'dtls-sctp' | 'google-ice' | 'mslabel';
  };
  // Transport and keys
  readonly 'no-media': { readonly text: 'offer' | 'answer' | 'unknown' };
  readonly rejected: Nothing;
  readonly 'not-encrypted': { readonly proto: string; readonly keys: 'yes' | 'no' };
  readonly 'no-fingerprint': Nothing;
  readonly 'fingerprint-length': { readonly bytes: number; readonly wanted: number };
  readonly 'fingerprint-weak': Nothing;
  readonly 'no-setup': Nothing;
  readonly 'setup-offer': Nothing;
  readonly 'setup-answer': Nothing;
  /** An offer should not say so; the type is not known. */
  readonly 'setup-unclear': { readonly value: string };
  readonly 'setup-unusable': { readonly value: string };
  readonly 'fingerprint-case': Nothing;
  readonly 'no-ice': { readonly which: 'ufrag' | 'pwd' };
  readonly 'ice-length': {
    readonly which: 'ufrag' | 'pwd';
    readonly length: number;
    readonly least: number;
  };
  /** The answer says that ICE is not used: the offer's address is none of its candidates. */
  readonly 'ice-mismatch': Nothing;
  readonly 'no-candidates': Nothing;
  readonly 'local-candidates': { readonly kind: 'mdns' | 'private' };
  /** The candidates have ended, and none of them is a relay's. */
  readonly 'no-relay': Nothing;
  readonly 'lite-candidate': { readonly type: string };
  readonly 'candidate-port': Nothing;
  readonly 'candidate-address': { readonly address: string };
  readonly 'candidate-ufrag': { readonly written: string; readonly wanted: string };
  /** Candidates stand in a bundled section that is not the tagged one, and none in that one. */
  readonly 'candidate-untagged': { readonly mid: string; readonly tagged: string };
  /** A candidate that came beside the description names a section that it has not. */
  readonly 'candidate-section': { readonly section: string };
  readonly 'candidate-unreadable': Nothing;
  readonly 'candidate-late': Nothing;
  // Groups and sections
  readonly 'no-mid': Nothing;
  readonly 'mid-twice': Nothing;
  readonly 'mid-characters': { readonly mid: string };
  readonly 'mid-length': { readonly length: number };
  readonly 'bundle-stranger': Nothing;
  readonly 'bundle-rejected': Nothing;
  readonly 'no-mux': Nothing;
  readonly 'bundle-twice': { readonly mid: string };
  readonly 'bundle-extension': { readonly id: string };
  readonly 'bundle-credentials': Nothing;
  readonly 'bundle-payload': { readonly pt: string };
  readonly 'direction-twice': Nothing;
  readonly 'extension-twice': { readonly id: string };
  readonly 'extension-range': { readonly id: string };
  readonly 'transport-cc': Nothing;
  readonly 'ssrc-group-stranger': { readonly ssrc: string };
  readonly 'plan-b': { readonly count: number };
  readonly 'ssrc-twice': { readonly ssrc: string };
  // Codecs
  readonly 'payload-twice': { readonly pt: string };
  readonly 'no-rtpmap': { readonly pt: string };
  readonly 'rtpmap-unlisted': { readonly pt: string };
  readonly 'format-stranger': { readonly pt: string };
  readonly 'apt-stranger': { readonly pt: string; readonly apt: string };
  readonly 'rtx-no-apt': { readonly pt: string };
  readonly 'red-stranger': { readonly pt: string; readonly served: string };
  readonly 'static-kind': { readonly pt: string; readonly codec: string; readonly kind: string };
  readonly 'codec-kind': { readonly pt: string; readonly codec: string; readonly kind: string };
  readonly 'static-renamed': {
    readonly pt: string;
    readonly codec: string;
    readonly wanted: string;
  };
  readonly 'h264-bare': { readonly pt: string; readonly missing: 'fmtp' | 'profile' };
  /** A parameter whose value its codec has not. */
  readonly 'codec-value': {
    readonly codec: string;
    readonly parameter: string;
    readonly value: string;
  };
  /** Only what goes with a codec: redundancy, repair, tones. */
  readonly 'no-main-codec': Nothing;
  // Simulcast
  readonly 'rid-stranger': { readonly rid: string };
  readonly 'rid-unused': { readonly rid: string };
  readonly 'rid-twice': { readonly rid: string };
  readonly 'rid-direction': { readonly rid: string; readonly wanted: 'send' | 'recv' };
  readonly 'rid-payload': { readonly rid: string; readonly pt: string };
  readonly 'simulcast-twice': { readonly form: 'lines' | 'lists' };
  readonly 'simulcast-no-extension': Nothing;
  readonly 'sim-group': Nothing;
  // Data
  readonly 'sctp-mixed': { readonly proto: string; readonly format: string };
  /** The older `sctpmap` gives it, or nothing does. */
  readonly 'sctp-no-port': { readonly map: 'yes' | 'no' };
  readonly 'sctp-init': { readonly form: 'good' | 'bad' };
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
  /** Where it was found: what JSON holds, copying has not changed. */
  readonly from?: 'plain' | 'json' | 'log';
}

/** Notes a problem. */
export type Report = <Id extends ProblemId>(
  id: Id,
  level: ProblemLevel,
  line: number | null,
  params: Problems[Id],
) => void;
