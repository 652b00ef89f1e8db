// What is judged: descriptions, what is known of them, and the candidates that came beside them.
import type { SdpDocument } from '../parse.ts';

/** A candidate that came beside the description it belongs to. */
export interface AttachedCandidate {
  /** `candidate:…` or `a=candidate:…`; empty where it says that there are no more. */
  readonly candidate: string;
  /** `null` where the message does not say. */
  readonly mid: string | null;
  readonly index: number | null;
  readonly ufrag: string | null;
}

/** A text to judge, with what is known of it. */
export interface JudgedText {
  readonly document: SdpDocument;
  readonly candidates?: readonly AttachedCandidate[];
  /** Where it was found: what JSON holds was not changed by copying. */
  readonly from?: 'plain' | 'json' | 'log';
}

/** What is judged: an offer and its answer, one of them, or one text of which that is not known. */
export interface Judged {
  readonly offer?: JudgedText | null;
  readonly answer?: JudgedText | null;
  readonly alone?: JudgedText | null;
}
