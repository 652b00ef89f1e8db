// The two ways an agent behaves: by the letter of RFC 8445, and as Chromium does. Times are milliseconds.
import type { IceProfile } from './agent-port.ts';

/** RFC 8445 §14.2: between two new transactions. */
export const TA = 50;
/** RFC 8445 §14.3: no retransmission sooner. */
export const MIN_RTO = 500;
/** RFC 8863 §4: as long as a transaction with the usual RTO takes to fail. */
export const PAC_TIMER = 39_500;
/** RFC 8445 §6.1.2.5. */
export const MAX_PAIRS = 100;
/** RFC 7675 §5.1: between consent checks on average, how far each is off, and how long consent lives. */
export const CONSENT_INTERVAL = 5000;
export const CONSENT_SPREAD = 0.2;
export const CONSENT_LIFETIME = 30_000;

/** How an agent of this profile times and ranks. */
export interface Profile {
  readonly name: IceProfile;
  /** USE-CANDIDATE on every check of the controlling side, and each check a transaction of its own, sent once. */
  readonly aggressive: boolean;
  /** Between checks while no pair works. */
  readonly checkInterval: number;
  /** Between checks once one works. */
  readonly steadyInterval: number;
  /** Nothing has failed before so long. */
  readonly failAfter: number;
  /** What was connected is disconnected when nothing has answered for so long. */
  readonly disconnectAfter: number;
  /** ICE-TCP candidates that are gathered (RFC 6544 §5.1). */
  readonly tcpTypes: readonly ('active' | 'passive')[];
  /** A relay candidate found once connected is told. */
  readonly tellsLateRelays: boolean;
}

const RFC8445: Profile = {
  name: 'rfc8445',
  aggressive: false,
  checkInterval: TA,
  steadyInterval: TA,
  failAfter: PAC_TIMER,
  // RFC 7675 names no such state; W3C WebRTC leaves its trigger to the agent: two consent checks unanswered.
  disconnectAfter: 2 * CONSENT_INTERVAL * (1 + CONSENT_SPREAD),
  tcpTypes: ['active', 'passive'],
  tellsLateRelays: true,
};

const CHROMIUM: Profile = {
  name: 'chromium',
  aggressive: true,
  // Measured.
  checkInterval: 62,
  steadyInterval: 530,
  // Measured; in libwebrtc CONNECTION_WRITE_TIMEOUT.
  failAfter: 15_000,
  // libwebrtc: CONNECTION_WRITE_CONNECT_TIMEOUT.
  disconnectAfter: 5000,
  tcpTypes: ['active'],
  // Measured.
  tellsLateRelays: false,
};

/** The profile of a name. */
export function profileOf(name: IceProfile): Profile {
  return name === 'chromium' ? CHROMIUM : RFC8445;
}
