// The check that RTCPeerConnection's constructor makes of its ICE servers (WebRTC 1.0 §4.4.1.1, §4.4.1.6).
import type { IceServer } from '../connection.ts';

/**
 * Checks ICE servers.
 * @throws SyntaxError for a URL that is none of RFC 7064 or 7065, InvalidAccessError for a TURN server without credentials
 */
export function checkIceServers(servers: readonly IceServer[]): void {
  const refuse = (message: string, name: string) =>
    new DOMException(`Failed to construct 'RTCPeerConnection': ${message}`, name);
  for (const { urls, username, credential } of servers) {
    const list = typeof urls === 'string' ? [urls] : urls;
    if (list.length === 0) throw refuse('urls is empty.', 'SyntaxError');
    for (const url of list) {
      const scheme = URL_FORM.exec(url)?.[1]?.toLowerCase();
      if (scheme === undefined) {
        throw refuse(`'${url}' is not a valid stun or turn URL.`, 'SyntaxError');
      }
      if (!scheme.startsWith('turn') || (username !== undefined && credential !== undefined))
        continue;
      throw refuse(
        'Both username and credential are required when the URL scheme is "turn" or "turns".',
        'InvalidAccessError',
      );
    }
  }
}

/** RFC 7064 §3.1, RFC 7065 §3.1: scheme, host, port, and for TURN a transport. */
const URL_FORM =
  /^(stuns?(?=:[^?]*$)|turns?):(?:\[[\da-f:.]+\]|[^\s:?@/[\]]+)(?::\d{1,5})?(?:\?transport=(?:udp|tcp))?$/i;
