// Which way media goes, from one side's point of view.

/** The four directions (RFC 8866 §6.7). */
export const DIRECTIONS = ['sendrecv', 'sendonly', 'recvonly', 'inactive'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** True where this side sends. Takes what transceivers have, too: `stopped`, and `null` before there is any. */
export function sends(direction: string | null): boolean {
  return direction === 'sendrecv' || direction === 'sendonly';
}

/** True where this side receives. */
export function receives(direction: string | null): boolean {
  return direction === 'sendrecv' || direction === 'recvonly';
}
