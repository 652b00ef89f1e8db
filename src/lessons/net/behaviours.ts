// The everyday kinds of NAT, as the behaviours of RFC 4787 that their names of RFC 3489 stand for.
import type { NatBehaviour } from '../../net/description.ts';
import type { NatRule } from '../../rtc/nat.ts';

/** The names of RFC 3489 §5. RFC 4787 §3 does without them, because many NATs are none of the four. */
export const NAT_NAMES = ['full cone', 'restricted', 'port-restricted', 'symmetric'] as const;
export type NatName = (typeof NAT_NAMES)[number];

/** RFC 4787 §4.3, REQ-5: the shortest time that a UDP mapping may live, in ms. */
export const SHORTEST_LIFETIME = 120_000;

const CONE = {
  mapping: 'endpoint-independent',
  // The ports inside and outside are told apart more easily when they are others.
  portPreservation: false,
  hairpinning: false,
  lifetime: SHORTEST_LIFETIME,
} as const;

export const FULL_CONE: NatBehaviour = { ...CONE, filtering: 'endpoint-independent' };
export const RESTRICTED: NatBehaviour = { ...CONE, filtering: 'address-dependent' };
export const PORT_RESTRICTED: NatBehaviour = { ...CONE, filtering: 'address-and-port-dependent' };
export const SYMMETRIC: NatBehaviour = {
  ...CONE,
  mapping: 'address-and-port-dependent',
  filtering: 'address-and-port-dependent',
};

const BY_FILTERING: Readonly<Record<NatRule, NatName>> = {
  'endpoint-independent': 'full cone',
  'address-dependent': 'restricted',
  'address-and-port-dependent': 'port-restricted',
};

/** What a NAT is called by its mapping and filtering (RFC 3489 §5); null for one that has no such name. */
export function natName({
  mapping,
  filtering,
}: Pick<NatBehaviour, 'mapping' | 'filtering'>): NatName | null {
  if (mapping === 'endpoint-independent') return BY_FILTERING[filtering];
  const { mapping: strict, filtering: closed } = SYMMETRIC;
  return mapping === strict && filtering === closed ? 'symmetric' : null;
}
