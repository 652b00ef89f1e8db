// Generations of ICE credentials by their user name fragment, in descriptions.

/**
 * The user name fragments of a description. Each stands for one generation of ICE credentials: an ICE restart makes
 * new ones (RFC 8445 §9), and a candidate says by it which description it belongs to.
 */
export function ufragsOf(sdp: string): readonly string[] {
  return valuesOf(sdp, /a=ice-ufrag:(\S+)/g);
}

/** The mids of a description's sections, by which a candidate says which of them it is for. */
export function midsOf(sdp: string): readonly string[] {
  return valuesOf(sdp, /a=mid:(\S+)/g);
}

/** Without cutting it into lines, which costs far more: ends ask this of every description, again and again. */
function valuesOf(sdp: string, line: RegExp): readonly string[] {
  return [...sdp.matchAll(line)]
    .filter(({ index }) => index === 0 || '\r\n'.includes(sdp.charAt(index - 1)))
    .map(([, value = '']) => value);
}
