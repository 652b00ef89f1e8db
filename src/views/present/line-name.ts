// What a line of SDP is called where it is explained in a sentence: the line without its value. Pure.

/** `a=ice-ufrag` of an attribute, `m=audio` of a section, `o=` of any other line. */
export function lineName(text: string): string {
  return /^(?:a=[^:\s]+|m=\w+|.=)/.exec(text)?.[0] ?? text;
}
