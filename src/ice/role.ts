// A conflict of roles (RFC 8445 §7.3.1.1).

/** The role of an agent (RFC 8445 §6.1.1). */
export type Role = 'controlling' | 'controlled';

/** The role that the other one has. */
export function otherRole(role: Role): Role {
  return role === 'controlling' ? 'controlled' : 'controlling';
}

/** A side's role, null while it has none, and its tie-breaker. */
export interface Claim {
  readonly role: Role | null;
  readonly tieBreaker: bigint;
}

/**
 * What this side does about a check that claims a role: nothing; answer it with 487, so that the sender turns; or turn
 * itself. RFC 8445 §7.3.1.1: the greater tie-breaker is controlling.
 */
export function settleConflict(own: Claim, theirs: Claim): 'none' | 'refuse' | 'turn' {
  if (theirs.role === null || own.role === null || theirs.role !== own.role) return 'none';
  const staysControlling = own.tieBreaker >= theirs.tieBreaker;
  return (own.role === 'controlling') === staysControlling ? 'refuse' : 'turn';
}
