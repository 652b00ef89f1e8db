// Text from outside, such as a value out of SDP, made fit to stand between the lessons' own marks.

/** The text with look-alikes in place of the characters that the lessons' markup is made of. */
export function plain(text: string): string {
  return text.replaceAll('`', '’').replaceAll('*', '∗');
}
