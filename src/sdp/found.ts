// A description that was found in pasted material.

/** A description that was found. */
export interface FoundSdp {
  /** As the material says; `null` where it does not. */
  readonly type: 'offer' | 'answer' | 'pranswer' | null;
  readonly sdp: string;
  /** `plain`: the text itself. `json`: a string of a JSON text. `log`: between other things, or escaped. */
  readonly from: 'plain' | 'json' | 'log';
  /** The number of the line of the material where it begins, from 1. */
  readonly where: number;
}
