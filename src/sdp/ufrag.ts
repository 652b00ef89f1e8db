// Generations of ICE credentials by their user name fragment, in descriptions.

/**
 * The user name fragments of a description. Each stands for one generation of ICE credentials: an ICE restart makes
 * new ones (RFC 8445 §9), and a candidate says by it which description it belongs to.
 */
export function ufragsOf(sdp: string): readonly string[] {
  // Without cutting it into lines, which costs far more: ends ask this of every description, again and again.
  const found = [...sdp.matchAll(/a=ice-ufrag:(\S+)/g)];
  return found
    .filter(({ index }) => index === 0 || '\r\n'.includes(sdp.charAt(index - 1)))
    .map(([, ufrag = '']) => ufrag);
}
