// The role (RFC 8445 §6.1.1), and its conflict (§7.3.1.1).
import type { Generation } from './generation.ts';

/** Turns the role: priorities are computed anew, and it is told. */
export function setRole(g: Generation, _now: number, role: 'controlling' | 'controlled'): void {
  const { context } = g;
  if (context.role === role) return;
  context.role = role;
  context.emit({ type: 'role', role });
  g.checklist.rank(context.isControlling);
  for (const pair of g.checklist.pairs) pair.nominating = false;
}

/**
 * RFC 8445 §7.3.1.1: what a check that names the same role brings about: the greater tie-breaker is controlling.
 * Gives false where the check is answered with 487.
 */
export function settleConflict(
  g: Generation,
  now: number,
  theirs: 'controlling' | 'controlled' | null,
  tieBreaker: bigint,
): boolean {
  const { role, tieBreaker: own } = g.context;
  if (theirs === null || role === null || theirs !== role) return true;
  const staysControlling = own >= tieBreaker;
  if (role === 'controlling') {
    if (staysControlling) return false;
    setRole(g, now, 'controlled');
    return true;
  }
  if (!staysControlling) return false;
  setRole(g, now, 'controlling');
  return true;
}
