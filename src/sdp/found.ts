// What was found in pasted material: descriptions and candidates, each with where it stands.

/** Where something was found. `plain`: the text itself. `json`: in a JSON text. `log`: between other things. */
export type FoundFrom = 'plain' | 'json' | 'log';

/** Of whom the material is: `local` made or sent it, `remote` is what arrived. */
export type FoundSide = 'local' | 'remote';

/** What was done before the lines could be read, where more than copying had happened to them. */
export type Mending =
  /** All line ends were lost: the text was cut before what begins a line. */
  | 'ends-lost'
  /** Each line ended with an `r` or `rn`, whose backslash was lost. */
  | 'stray-r'
  /** Each line ended with a dot, as ngrep writes what is not printed. */
  | 'dots'
  /** It was encoded as base64. */
  | 'base64'
  /** It was a list of lines. */
  | 'list'
  /** Wireshark’s tree, which writes `(a):` for `a=`. */
  | 'tree';

/** A description that was found. */
export interface FoundSdp {
  /** As the material says; `null` where it does not. */
  readonly type: 'offer' | 'answer' | 'pranswer' | null;
  readonly sdp: string;
  readonly from: FoundFrom;
  /** The number of the line of the material where it begins, from 1. */
  readonly where: number;
  /** For each line of `sdp`, as `parseSdp` cuts it: the number of the material’s line where it stands. */
  readonly lines: readonly number[];
  /** True where neither v=, o=, s= nor t= is there: a section or some lines that somebody quoted. */
  readonly isFragment: boolean;
  /** True where a console shortened it. Such stand behind all that are whole. */
  readonly isPreview: boolean;
  /**
   * True where the line ends are the description’s own: written out in a string, such as `\r\n` in JSON. A last
   * line without an end means something only there; else a text box, a log or a hand may have made the ends.
   */
  readonly hasOwnEnds: boolean;
  readonly mended: readonly Mending[];
  /** `null` where the material does not say. */
  readonly side: FoundSide | null;
  /** The id of a peer, connection or session that stands beside it; `null` where none does. */
  readonly peer: string | null;
  /** Its place among all that was found, descriptions and candidates, in the order of the text; from 0. */
  readonly place: number;
}

/** A candidate that stands by itself: not in a description. */
export interface FoundCandidate {
  /** `candidate:…` without `a=`; an empty string says that no more will come. */
  readonly candidate: string;
  readonly sdpMid: string | null;
  readonly sdpMLineIndex: number | null;
  /** As told beside it or in it. */
  readonly ufrag: string | null;
  readonly side: FoundSide | null;
  readonly peer: string | null;
  readonly from: FoundFrom;
  /** The number of the line of the material, from 1. */
  readonly where: number;
  /** As of `FoundSdp`. */
  readonly place: number;
}

/** A description that the material has again, byte for byte. */
export interface FoundAgain {
  readonly where: number;
  readonly side: FoundSide | null;
  readonly peer: string | null;
}

/** A description, with where else it stands: created and set, sent and received. */
export interface FoundDescription extends FoundSdp {
  readonly again: readonly FoundAgain[];
}

/** All that was found in a text. */
export interface Material {
  /** In the order of the text; previews last. One that stands there several times is listed once. */
  readonly descriptions: readonly FoundDescription[];
  /** In the order of the text. */
  readonly candidates: readonly FoundCandidate[];
}
