// What is wrong with a description, suspicious in it, or worth a note, as data. The sentences are in lessons/sdp.
import type { Breath } from './breath.ts';
import type { SdpDocument } from './parse.ts';
import { bundleProblems } from './problems-bundle.ts';
import { codecProblems } from './problems-codecs.ts';
import { lineProblems } from './problems-lines.ts';
import { transportProblems } from './problems-transport.ts';

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

/**
 * Finds the problems of a description: first those of the whole, then by line. Total, and in time that grows with the
 * text's length. It can be left whenever it yields, so that a long text does not keep a page from drawing.
 */
export function* findProblems(
  document: SdpDocument,
  options: ProblemOptions = {},
): Generator<Breath, readonly SdpProblem[]> {
  const found: SdpProblem[] = [];
  const report = (
    id: ProblemId,
    level: ProblemLevel,
    line: number | null,
    params: SdpProblem['params'],
  ) => {
    found.push({ id, level, line, params } as SdpProblem);
  };
  yield* lineProblems(document, report);
  yield* transportProblems(document, options.type ?? null, report);
  yield* bundleProblems(document, report);
  yield* codecProblems(document, report);
  // Stable: of one line, the order they were found in.
  return found.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

/** The same in one go. */
export function problemsOf(
  document: SdpDocument,
  options: ProblemOptions = {},
): readonly SdpProblem[] {
  const finding = findProblems(document, options);
  let next = finding.next();
  while (next.done !== true) next = finding.next();
  return next.value;
}
