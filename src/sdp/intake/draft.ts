// What the finders hand on: findings without their place, and what is known of the text they look at.
import type { FoundCandidate, FoundFrom, FoundSdp, FoundSide, Mending } from '../found.ts';

type Open<T> = { -readonly [Key in keyof T]: T[Key] };

/** A description, to be completed by what stands around it. */
export type SdpDraft = Open<Omit<FoundSdp, 'place' | 'isFragment' | 'isPreview'>> & {
  readonly kind: 'sdp';
};

/** A candidate, to be completed by what stands around it. */
export type CandidateDraft = Open<Omit<FoundCandidate, 'place'>> & { readonly kind: 'candidate' };

export type Draft = SdpDraft | CandidateDraft;

/** What is known of a text before it is looked at. */
export interface Context {
  readonly type: FoundSdp['type'];
  readonly side: FoundSide | null;
  readonly from: FoundFrom;
  /** The line of the material where all of the text stands; `null` where the text is the material. */
  readonly line: number | null;
  /** True in a string whose line ends are its own. */
  readonly own: boolean;
  readonly mended: readonly Mending[];
  /** How many texts this one is in. */
  readonly depth: number;
}

/** Looks for everything in a text, however it is written. */
export type Scan = (text: string, context: Context, out: Draft[]) => void;
