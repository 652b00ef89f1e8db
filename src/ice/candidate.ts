// A candidate line taken apart (RFC 8839 §5.1). Lossless where it can be, and total: what is no candidate is null.

/** The fields of one candidate. */
export interface CandidateFields {
  readonly foundation: string;
  /** 1 is RTP (and everything, with rtcp-mux), 2 is RTCP. */
  readonly component: number;
  /** `udp` or `tcp`, in lower case. */
  readonly transport: string;
  /** 1 to 2^31 - 1 by RFC 8445 §5.1.2; what the line says, unchecked. */
  readonly priority: number;
  /** An IP address, or a name ending in `.local` where the browser hides it. */
  readonly address: string;
  readonly port: number;
  /** `host`, `srflx`, `prflx`, `relay`, or a token this program does not know. */
  readonly type: string;
  /** Where it was seen from, for all but host candidates. */
  readonly relatedAddress: string | null;
  readonly relatedPort: number | null;
  /** `active`, `passive` or `so` for TCP (RFC 6544 §4.5). */
  readonly tcpType: string | null;
  /** All other name and value pairs, in order. */
  readonly extensions: readonly (readonly [name: string, value: string])[];
}

/**
 * Takes a candidate apart. Takes `candidate:…` as signaled, or the SDP line `a=candidate:…`.
 * Gives null for what has not the eight fields that the grammar asks for, and for end-of-candidates.
 */
export function parseCandidate(text: string): CandidateFields | null {
  const body = /^(?:a=)?candidate:(.*?)\s*$/s.exec(text)?.[1];
  if (body === undefined) return null;
  const words = body.split(' ').filter((word) => word !== '');
  const [foundation, component, transport, priority, address, port, typ, type, ...rest] = words;
  if (
    foundation === undefined ||
    component === undefined ||
    transport === undefined ||
    priority === undefined ||
    address === undefined ||
    port === undefined ||
    typ !== 'typ' ||
    type === undefined ||
    ![component, priority, port].every((word) => /^\d+$/.test(word))
  ) {
    return null;
  }
  const pairs: [string, string][] = [];
  for (let at = 0; at < rest.length; at += 2) pairs.push([rest[at] ?? '', rest[at + 1] ?? '']);
  const value = (name: string) => pairs.find(([key]) => key === name)?.[1] ?? null;
  const relatedPort = value('rport');
  return {
    foundation,
    component: Number(component),
    transport: transport.toLowerCase(),
    priority: Number(priority),
    address,
    port: Number(port),
    type,
    relatedAddress: value('raddr'),
    relatedPort: relatedPort === null || !/^\d+$/.test(relatedPort) ? null : Number(relatedPort),
    tcpType: value('tcptype'),
    extensions: pairs.filter(([key]) => !['raddr', 'rport', 'tcptype'].includes(key)),
  };
}
