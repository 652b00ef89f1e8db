// Which session description a text is: its o= line stays the same for as long as it is (RFC 8866 §5.2).

/** The o= line of a description; '' where it has none. */
export function originOf(sdp: string): string {
  return /^o=.*$/m.exec(sdp)?.[0] ?? '';
}

/** The session that a description is a version of: who began it, and its number (RFC 8866 §5.2); '' where it has none. */
export function sessionOf(sdp: string): string {
  return /^o=(\S+ \S+) \S+ /m.exec(sdp)?.[1] ?? '';
}
