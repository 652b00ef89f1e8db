// The certificate that DTLS saw beside the fingerprint that signaling announced (RFC 8122 §5).
import { attributes, parseSdp } from '../../../sdp/parse.ts';
import type { PeerFrame, SlotFrame } from '../../../trace/frame.ts';

/** How the certificate that a side saw stands to what the other side's description announced. */
export type FingerprintMatch =
  | 'equal'
  /** Of the same hash, and another value. */
  | 'unequal'
  /** The browser's statistics have no certificates. */
  | 'no-certificate'
  /** No description of the other side, or none with a fingerprint of that hash. */
  | 'nothing-announced';

/** The fingerprints of one side. Values are as they stand where they come from. */
export interface Fingerprints {
  /** Of this side's certificate, `algorithm value`; `null` where the browser does not give it. */
  readonly own: string | null;
  /** Of the certificate that the other end of the DTLS handshake showed. */
  readonly seen: string | null;
  /** The values of `a=fingerprint` in the description that the other side sent, each once. */
  readonly announced: readonly string[];
  /** That description's type; `null` while there is none. */
  readonly announcedIn: SlotFrame['type'] | null;
  readonly match: FingerprintMatch;
}

/** The fingerprints of a side at one moment. Takes any SDP. */
export function fingerprintsOf(peer: PeerFrame): Fingerprints {
  const { transport, slots } = peer;
  const description = slots.currentRemote ?? slots.pendingRemote;
  const announced = announcedBy(description?.sdp ?? '');
  const seen = transport?.remoteFingerprint ?? null;
  return {
    own: transport?.localFingerprint ?? null,
    seen,
    announced,
    announcedIn: description?.type ?? null,
    match: matchOf(seen, announced),
  };
}

/** Browsers write the same line into each section; a session may have it for all of them. */
function announcedBy(sdp: string): readonly string[] {
  const values = parseSdp(sdp).sections.flatMap((section) =>
    attributes(section, 'fingerprint').map(({ argument }) => argument ?? ''),
  );
  return [...new Set(values)];
}

function matchOf(seen: string | null, announced: readonly string[]): FingerprintMatch {
  if (seen === null) return 'no-certificate';
  const [hash, value] = partsOf(seen);
  const comparable = announced.map(partsOf).filter(([other]) => other === hash);
  if (comparable.length === 0) return 'nothing-announced';
  return comparable.some(([, other]) => other === value) ? 'equal' : 'unequal';
}

/** Hash names and hexadecimal digits have no case. */
function partsOf(fingerprint: string): readonly [hash: string, value: string] {
  const [hash = '', value = ''] = fingerprint.trim().toLowerCase().split(/\s+/);
  return [hash, value];
}
