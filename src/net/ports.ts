// Which port outside a NAT gives to a new mapping (RFC 4787 §4.2).
import type { Random } from './random.ts';

/** RFC 4787 §4.2.1, REQ-3 a: well-known ports stay among the well-known ones, all others above. */
const FIRST_UNPRIVILEGED = 1024;
const LIMIT = 65_536;

/**
 * A port that nobody has (RFC 4787 §4.2.1, REQ-3: a port is never shared), from the inside port's range.
 * @param used what is taken
 * @param isPreserving the inside port itself, where it is free
 * @returns null when the range is full
 */
export function freePort(
  used: { readonly size: number; has(port: number): boolean },
  inside: number,
  isPreserving: boolean,
  random: Random,
): number | null {
  if (isPreserving && !used.has(inside)) return inside;
  const low = inside < FIRST_UNPRIVILEGED ? 1 : FIRST_UNPRIVILEGED;
  const count = (inside < FIRST_UNPRIVILEGED ? FIRST_UNPRIVILEGED : LIMIT) - low;
  const start = random.below(count);
  for (let step = 0; step < count; step += 1) {
    const port = low + ((start + step) % count);
    if (!used.has(port)) return port;
  }
  return null;
}
