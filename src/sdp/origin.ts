// Which session description a text is: its o= line stays the same for as long as it is (RFC 8866 §5.2).

/** The o= line of a description; '' where it has none. */
export function originOf(sdp: string): string {
  return /^o=.*$/m.exec(sdp)?.[0] ?? '';
}
