// What a virtual peer does in a browser's way where specifications leave it a choice, or where browsers go by another.
// ICE's own part is the agent's profile (docs/ice-scope.md).
import type { ConnectionState, IceProfile } from '../../ice/agent-port.ts';
import type { DtlsVersion } from '../../rtc/dtls.ts';

/** One way. */
export interface Manner {
  /** The newest version of DTLS that it speaks. */
  readonly dtls: DtlsVersion;
  /** The version in the o= line of the first description (RFC 9429 §5.2.1 leaves it open). */
  readonly firstVersion: number;
  /** `a=tls-id` is in its descriptions (RFC 8842 §5.5). */
  readonly namesTls: boolean;
  /** The end of candidates is told as one of '' (WebRTC 1.0 §4.4.1.3), before `null`. */
  readonly tellsEnd: boolean;
  /** What `a=msid-semantic:` says. RFC 8830 has done away with it. @param streams that are sent */
  semantic(streams: readonly string[]): string;
  /** iceConnectionState, for a state of ICE. */
  shownIce(state: ConnectionState): ConnectionState;
}

const SPECIFIED: Manner = {
  dtls: '1.2',
  firstVersion: 1,
  namesTls: true,
  tellsEnd: true,
  semantic: () => 'WMS *',
  shownIce: (state) => state,
};

/** Measured, Chromium 156. */
const CHROMIUM: Manner = {
  dtls: '1.3',
  firstVersion: 2,
  namesTls: false,
  tellsEnd: false,
  semantic: (streams) => ` WMS${streams.map((id) => ` ${id}`).join('')}`,
  // `failed` is shown as `disconnected` (crbug.com/957487); connectionState says `failed` none the less.
  shownIce: (state) => (state === 'failed' ? 'disconnected' : state),
};

const MANNERS: Readonly<Record<IceProfile, Manner>> = { rfc8445: SPECIFIED, chromium: CHROMIUM };

/** What goes with a profile of ICE. @param dtls another version than it would speak; null for none */
export function mannerOf(profile: IceProfile, dtls: DtlsVersion | null = null): Manner {
  const manner = MANNERS[profile];
  return dtls === null ? manner : { ...manner, dtls };
}
