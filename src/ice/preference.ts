// A local candidate's priority (RFC 8445 §5.1.2, RFC 6544 §4.2), and what each profile prefers.
import { addressInfo } from '../rtc/address.ts';
import type { CandidateType } from './agent-port.ts';

/** RFC 8445 §5.1.2.1: the one component that there is. */
const COMPONENT = 1;
/** RFC 8445 §5.1.2.2, and libwebrtc's for TCP. */
const REFLEXIVE = 110;
const REFLEXIVE_TCP = 80;

/** What a priority is made from. */
export interface Ranked {
  readonly type: CandidateType;
  readonly tcpType: 'active' | 'passive' | null;
  /** How a relayed candidate's client speaks to its server; null for the others. */
  readonly relayOver: 'udp' | 'tcp' | null;
  readonly localPreference: number;
}

/** The parts of a priority that a profile chooses. */
export interface Preferences {
  /** The type preference of a relayed candidate whose client speaks like this to its server. */
  ofRelayType(over: 'udp' | 'tcp'): number;
  /**
   * A local preference that no other interface of the host has (RFC 8445 §5.1.2.1).
   * @param place the interface's place among those of the host, from 0
   * @param count how many interfaces there are
   */
  ofInterface(address: string, place: number, count: number): number;
  /** The local preference of a relayed candidate, from its interface's. */
  ofRelay(localPreference: number): number;
  /** The local preference of a TCP candidate, from its interface's. */
  ofTcp(tcpType: 'active' | 'passive', localPreference: number): number;
}

/** How candidates are gathered while the page may not know the host's addresses. */
export interface Hiding {
  /** How many of the host's interfaces are used. */
  readonly interfaces: number;
  /** The local preference of a candidate there. */
  ofInterface(address: string): number;
}

/** The draft says nothing of preferences. */
export const rfcHiding: Hiding = { interfaces: Infinity, ofInterface: () => 0xffff };
/** Measured: the priority of an interface that nothing is known of. libwebrtc: the default route's alone. */
export const chromiumHiding: Hiding = { interfaces: 1, ofInterface: precedence };

/** As RFC 8445 recommends. */
export const rfcPreferences: Preferences = {
  // §5.1.2.2.
  ofRelayType: () => 0,
  // 65535 for the first, and one less for each after it.
  ofInterface: (_address, place) => Math.max(0, 0xffff - place),
  ofRelay: (localPreference) => localPreference,
  // RFC 6544 §4.2: 2^13 × direction preference (active 6, passive 4) + what tells interfaces apart.
  ofTcp: (tcpType, localPreference) =>
    (tcpType === 'active' ? 6 : 4) * 0x2000 + (localPreference % 0x2000),
};

/** As Chromium does. */
export const chromiumPreferences: Preferences = {
  // Measured.
  ofRelayType: (over) => (over === 'tcp' ? 1 : 3),
  // Measured for the first: the address's precedence in the lower byte, the interfaces one after the other in the upper.
  ofInterface: (address, place) =>
    Math.max(0, FIRST_INTERFACE - place) * 0x100 + precedence(address),
  // Measured: one more than its interface's.
  ofRelay: (localPreference) => Math.min(localPreference + 1, 0xffff),
  ofTcp: (_tcpType, localPreference) => localPreference,
};

/** Measured: libwebrtc counts down from 127, which the loopback interface has. */
const FIRST_INTERFACE = 126;

/** 30 for IPv4 is measured, the others are libwebrtc's. */
function precedence(address: string): number {
  const { kind, family } = addressInfo(address);
  if (family !== 6) return 30;
  if (kind === 'loopback') return 60;
  return kind === 'unique-local' ? 50 : 40;
}

/** RFC 8445 §5.1.2.1: 2^24 × type preference + 2^8 × local preference + (256 − component). */
export function priorityFor(preferences: Preferences, ranked: Ranked): number {
  const type = typePreference(preferences, ranked);
  return type * 0x100_0000 + ranked.localPreference * 0x100 + (256 - COMPONENT);
}

/** The priority that a check names (RFC 8445 §7.1.1): as of a peer-reflexive candidate with the same local preference. */
export function reflexivePriority(priority: number, isTcp: boolean): number {
  return (isTcp ? REFLEXIVE_TCP : REFLEXIVE) * 0x100_0000 + (priority % 0x100_0000);
}

function typePreference(preferences: Preferences, { type, tcpType, relayOver }: Ranked): number {
  switch (type) {
    case 'host':
      return tcpType === null ? 126 : 90;
    case 'prflx':
      return tcpType === null ? REFLEXIVE : REFLEXIVE_TCP;
    case 'srflx':
      return 100;
    case 'relay':
      return preferences.ofRelayType(relayOver ?? 'udp');
  }
}
