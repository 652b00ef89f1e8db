// Text from outside, such as a value out of SDP, made fit to stand between the lessons' own marks.

/** The text with look-alikes in place of the characters that the lessons' markup is made of. */
export function plain(text: string): string {
  return text.replaceAll('`', '’').replaceAll('*', '∗');
}

/** The parameters of a message, with each text among them made fit so. */
export function plainParams<Params extends object>(params: Params): Params {
  const said = Object.entries(params).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === 'string' ? plain(value) : value,
  ]);
  return Object.fromEntries(said) as Params;
}
