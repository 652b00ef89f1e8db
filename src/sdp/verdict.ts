// What an offer and its answer, or one of them, come to: one verdict as data, and the findings by weight.
import type { Finding, TextRole } from './findings/finding.ts';
import type { SdpDocument } from './parse.ts';
import type { ProblemLevel } from './problem.ts';
import { problemsOf } from './problems.ts';

export type { Finding, FindingId, Findings, Sight, TextRole } from './findings/finding.ts';
export type { Reaction, Reactions } from './findings/reactions.ts';

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

/** What the verdicts say, each with its parameters. */
export interface Summaries {
  /** There is no text. */
  readonly nothing: Nothing;
  /** Only parts of descriptions: judged by what they can be judged by. */
  readonly fragment: Nothing;
  /** A browser would not set this text. */
  readonly refused: { readonly by: 'both' | 'chromium' | 'firefox'; readonly role: TextRole };
  /** The answer was not made for this offer. */
  readonly 'other-offer': Nothing;
  /** ICE has nothing to work with. */
  readonly 'no-path': { readonly side: 'offerer' | 'answerer' | 'both' };
  /** The DTLS handshake cannot begin. */
  readonly 'no-keys': Nothing;
  /** No section is in use. */
  readonly 'no-media': Nothing;
  /** A kind of media goes nowhere, though it was offered. */
  readonly 'kind-lost': {
    readonly kind: MediaKind;
    readonly why: 'rejected' | 'codec' | 'inactive';
  };
  /** Something else is wrong. */
  readonly wrong: { readonly count: number };
  /** A kind of media goes one way, since one of the texts says so. */
  readonly 'one-way': {
    readonly kind: MediaKind;
    readonly sender: 'offerer' | 'answerer';
    readonly said: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
    /** The text that left the other way out. */
    readonly by: 'offer' | 'answer';
  };
  /** Nothing wrong, but something that may not be meant. */
  readonly suspicious: { readonly count: number };
  /** Nothing wrong found; of one text, or of both. */
  readonly fine: { readonly role: TextRole | 'pair' };
}

/** What a section carries. */
export type MediaKind = 'audio' | 'video' | 'data' | 'other';

type Nothing = Readonly<Record<string, never>>;

/** The one sentence, as data. */
export type Summary<Id extends keyof Summaries = keyof Summaries> = {
  readonly [Each in Id]: {
    readonly id: Each;
    readonly params: Summaries[Each];
    readonly weight: ProblemLevel;
    /** The finding that decided, and its place in `Verdict.findings`. */
    readonly cause: Finding | null;
  };
}[Id];

/** The verdict. */
export interface Verdict {
  readonly summary: Summary;
  /** The wrong first, then what is suspicious, then what is good to know; within each, in the order of the lines. */
  readonly findings: readonly Finding[];
}

const ROLES = ['offer', 'answer', 'alone'] as const;

/** Judges. Total, and in time that grows with the texts' length. */
export function verdictOf(judged: Judged): Verdict {
  const findings: Finding[] = [];
  for (const role of ROLES) {
    const text = judged[role];
    if (text === undefined || text === null) continue;
    const type = role === 'alone' ? null : role;
    for (const problem of problemsOf(text.document, { type })) {
      const lines = { offer: [], answer: [], alone: [] };
      findings.push({
        ...{ id: problem.id, weight: problem.level, params: problem.params, role },
        lines: { ...lines, [role]: problem.line === null ? [] : [problem.line] },
        candidates: lines,
        reactions: null,
        sight: null,
      } as Finding);
    }
  }
  return { summary: { id: 'nothing', params: {}, weight: 'note', cause: null }, findings };
}
