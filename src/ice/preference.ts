// A local candidate's priority (RFC 8445 §5.1.2, RFC 6544 §4.2), by profile.
import { addressInfo } from './address.ts';
import type { CandidateType, IceProfile } from './agent-port.ts';

/** RFC 8445 §5.1.2.1: the one component that there is. */
const COMPONENT = 1;

/** What a priority is made from. */
export interface Ranked {
  readonly type: CandidateType;
  readonly tcpType: 'active' | 'passive' | null;
  /** How a relayed candidate's client speaks to its server; null for the others. */
  readonly relayOver: 'udp' | 'tcp' | null;
  readonly localPreference: number;
}

/** RFC 8445 §5.1.2.1: 2^24 × type preference + 2^8 × local preference + (256 − component). */
export function priorityFor(profile: IceProfile, ranked: Ranked): number {
  const type = typePreference(profile, ranked);
  return type * 0x100_0000 + ranked.localPreference * 0x100 + (256 - COMPONENT);
}

/** The priority that a check names (RFC 8445 §7.1.1): as of a peer-reflexive candidate with the same local preference. */
export function reflexivePriority(priority: number, isTcp: boolean): number {
  return (isTcp ? 80 : 110) * 0x100_0000 + (priority % 0x100_0000);
}

function typePreference(profile: IceProfile, { type, tcpType, relayOver }: Ranked): number {
  switch (type) {
    case 'host':
      return tcpType === null ? 126 : 90;
    case 'prflx':
      return tcpType === null ? 110 : 80;
    case 'srflx':
      return 100;
    case 'relay':
      // Measured in Chromium: 3 over UDP, 1 over TCP. RFC 8445 §5.1.2.2 recommends 0.
      if (profile === 'rfc8445') return 0;
      return relayOver === 'tcp' ? 1 : 3;
  }
}

/**
 * A local preference that no other interface of the host has (RFC 8445 §5.1.2.1).
 * `rfc8445`: 65535 for the first, and one less for each after it. `chromium`: the address's precedence in the lower
 * byte (30 for IPv4, measured; the others from libwebrtc), the interfaces after each other in the upper one.
 * @param place the interface's place among those of the host, from 0
 * @param count how many interfaces there are
 */
export function localPreferenceOf(
  profile: IceProfile,
  address: string,
  place: number,
  count: number,
): number {
  if (profile === 'rfc8445') return Math.max(0, 0xffff - place);
  return Math.min(Math.max(0, count - 1 - place), 0xfe) * 0x100 + precedence(address);
}

function precedence(address: string): number {
  const { kind, family } = addressInfo(address);
  if (family !== 6) return 30;
  if (kind === 'loopback') return 60;
  return kind === 'unique-local' ? 50 : 40;
}

/** A relayed candidate's local preference: Chromium's is one more than its interface's (measured). */
export function relayPreference(profile: IceProfile, localPreference: number): number {
  return profile === 'chromium' ? Math.min(localPreference + 1, 0xffff) : localPreference;
}

/** RFC 6544 §4.2: 2^13 × direction preference (active 6, passive 4) + what tells interfaces apart. */
export function tcpPreference(
  profile: IceProfile,
  tcpType: 'active' | 'passive',
  localPreference: number,
): number {
  if (profile === 'chromium') return localPreference;
  return (tcpType === 'active' ? 6 : 4) * 0x2000 + (localPreference % 0x2000);
}
