// What a priority is made of: a candidate's 32 bits taken apart, and a pair's 64 put together (RFC 8445 §5.1.2, §6.1.2.3).

/** The three numbers that a candidate's priority is made of (RFC 8445 §5.1.2.1). */
export interface PriorityParts {
  readonly priority: number;
  /** 0 to 126 by the rule; the bits of the number can hold up to 255. */
  readonly typePreference: number;
  /** 0 to 65535. */
  readonly localPreference: number;
  /** 1 to 256. */
  readonly component: number;
  /** Within 1 to 2^31 - 1, with a type preference of at most 126, as the rule asks. */
  readonly isLegal: boolean;
}

/**
 * Takes a candidate's priority apart: 2^24 × type preference + 2^8 × local preference + (256 − component).
 * Gives null for what is no unsigned 32-bit integer. A sender may compute its priorities in a way of its
 * own, so the parts are what the formula says and not always what the sender meant.
 */
export function candidatePriority(priority: number): PriorityParts | null {
  if (!Number.isInteger(priority) || priority < 0 || priority > 0xffffffff) return null;
  const typePreference = Math.floor(priority / 0x1000000);
  return {
    priority,
    typePreference,
    localPreference: Math.floor(priority / 0x100) % 0x10000,
    component: 256 - (priority % 0x100),
    isLegal: priority >= 1 && typePreference <= 126,
  };
}

/** Where a type preference comes from: what RFC 8445 recommends, or a browser's own table. */
export type PreferenceSource = 'rfc8445' | 'chromium' | 'firefox' | 'unknown';

interface KnownPreference {
  readonly type: string;
  readonly preference: number;
  readonly source: Exclude<PreferenceSource, 'unknown'>;
  /** What the candidate, or a relay's way to its server, runs over; `null` where that says nothing. */
  readonly over: 'udp' | 'tcp' | 'dtls' | null;
}

// RFC 8445 §5.1.2.2; Chromium's IcePriorityValue; Firefox's nICEr registry. What stands first wins.
const KNOWN: readonly KnownPreference[] = [
  { type: 'host', preference: 126, source: 'rfc8445', over: null },
  { type: 'prflx', preference: 110, source: 'rfc8445', over: null },
  { type: 'srflx', preference: 100, source: 'rfc8445', over: null },
  // 0 is also Chromium's for TURN over TLS, and Firefox's for TURN over TCP.
  { type: 'relay', preference: 0, source: 'rfc8445', over: null },
  { type: 'relay', preference: 3, source: 'chromium', over: 'udp' },
  // Before it knew TURN over DTLS, Chromium gave 2 to UDP.
  { type: 'relay', preference: 2, source: 'chromium', over: 'dtls' },
  { type: 'relay', preference: 1, source: 'chromium', over: 'tcp' },
  { type: 'host', preference: 90, source: 'chromium', over: 'tcp' },
  { type: 'prflx', preference: 80, source: 'chromium', over: 'tcp' },
  { type: 'relay', preference: 5, source: 'firefox', over: 'udp' },
  { type: 'host', preference: 125, source: 'firefox', over: 'tcp' },
  { type: 'prflx', preference: 109, source: 'firefox', over: 'tcp' },
  { type: 'srflx', preference: 99, source: 'firefox', over: 'tcp' },
];

/** What a type preference tells. */
export interface PreferenceMeaning {
  readonly source: PreferenceSource;
  readonly over: 'udp' | 'tcp' | 'dtls' | null;
  /** What RFC 8445 §5.1.2.2 recommends for this type; `null` for a type it does not name. */
  readonly recommended: number | null;
}

/** Whose number a type preference is, for a candidate of this type. Takes any type and any number. */
export function preferenceMeaning(type: string, typePreference: number): PreferenceMeaning {
  const found = KNOWN.find((each) => each.type === type && each.preference === typePreference);
  const own = KNOWN.find((each) => each.type === type && each.source === 'rfc8445');
  return {
    source: found?.source ?? 'unknown',
    over: found?.over ?? null,
    recommended: own?.preference ?? null,
  };
}

/**
 * A pair's priority (RFC 8445 §6.1.2.3): 2^32 × min(G, D) + 2 × max(G, D) + (G > D ? 1 : 0). It needs 64 bits.
 * Takes the priority of the controlling side's candidate (G) and of the controlled side's (D); what is no
 * unsigned 32-bit integer counts as the nearest one, and what is no number as 0.
 */
export function pairPriority(controlling: number, controlled: number): bigint {
  const g = unsigned32(controlling);
  const d = unsigned32(controlled);
  const [low, high] = g < d ? [g, d] : [d, g];
  return (low << 32n) + 2n * high + (g > d ? 1n : 0n);
}

function unsigned32(value: number): bigint {
  if (Number.isNaN(value)) return 0n;
  return BigInt(Math.trunc(Math.min(Math.max(value, 0), 0xffffffff)));
}
