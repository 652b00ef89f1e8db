// What lines of SDP look like, where nothing else tells that they are some.

const NAMES =
  'candidate|end-of-candidates|rtpmap|fmtp|rtcp-fb|rtcp-mux-only|rtcp-mux|rtcp-rsize|rtcp-xr|rtcp|extmap-allow-mixed|extmap|ssrc-group|ssrc|msid-semantic|msid|mid|group|ice-ufrag|ice-pwd|ice-options|ice-lite|ice-mismatch|remote-candidates|fingerprint|setup|connection|sendrecv|sendonly|recvonly|inactive|sctpmap|sctp-port|max-message-size|crypto|rid|simulcast|imageattr|identity|bundle-only|ptime|maxptime|framerate|label|tls-id|dtls-id|mediaclk|ts-refclk|tool|cname|rtcp-unicast|x-google-flag|key-mgmt|content|silenceSupp|pcfg|acfg|tcap|acap|range|control|quality|framesize|direction';

/** A line’s own form, from where its letter stands. */
const STRONG = new RegExp(
  `(?:o=\\S{1,200} \\S{1,99} \\S{1,99} IN IP|c=IN IP[46]|t=\\d+ \\d|b=(?:AS|TIAS|CT|RR|RS):\\d|m=(?:audio|video|application|text|image|message) \\d|a=(?:${NAMES})(?![A-Za-z\\d]))`,
  'y',
);

/** True where a line of SDP begins there by its form. */
export function isStrong(text: string, at: number): boolean {
  STRONG.lastIndex = at;
  return STRONG.test(text);
}

/** Where lines begin in a text whose line ends are lost. */
const LOST = new RegExp(
  ` ?(?:(?=(?:o=\\S{1,64} \\d{1,30} \\d{1,30} IN IP|c=IN IP[46]|t=\\d+ \\d|b=(?:AS|TIAS|CT|RR|RS):\\d|m=(?:audio|video|application|text|image|message) \\d|a=(?:${NAMES})))|(?<!a)(?==(?:ice-pwd|ice-ufrag|ice-options|fingerprint|setup|mid|rtpmap|fmtp|candidate):))`,
  'g',
);

/** The lines of a text whose line ends are lost, or became spaces. */
export function cutLost(text: string): string[] {
  const cut = text.replace(/\s+/g, ' ').replace(LOST, '\n').split('\n');
  const lines: string[] = [];
  let hasName = false;
  for (const piece of cut) {
    // What a session is called has no form: it stands behind the address of o=.
    const name = !hasName && piece.startsWith('o=') ? / ?(?=s=)/.exec(piece.slice(2)) : null;
    if (name === null) lines.push(piece.startsWith('=') ? `a${piece}` : piece);
    else {
      hasName = true;
      lines.push(piece.slice(0, 2 + name.index), piece.slice(2 + name.index + name[0].length));
    }
  }
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}
