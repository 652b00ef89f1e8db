// Kinds of NAT, in the words of RFC 4787: how one maps (§4.1), and how it filters (§5). The "cones" of RFC 3489 are no
// part of it.

/**
 * What a NAT's mappings or filters look at, from the openest to the strictest. Mapping: which packets share one outside
 * port. Filtering: from whom a packet may come in through it.
 */
export const NAT_RULES = [
  'endpoint-independent',
  'address-dependent',
  'address-and-port-dependent',
] as const;
export type NatRule = (typeof NAT_RULES)[number];

/** A rule in short, as links write it. */
export const RULE_IDS = {
  'endpoint-independent': 'ei',
  'address-dependent': 'ad',
  'address-and-port-dependent': 'apd',
} as const satisfies Readonly<Record<NatRule, string>>;

/** How a NAT maps and how it filters. */
export interface NatKind {
  readonly mapping: NatRule;
  readonly filtering: NatRule;
}

/** All nine kinds, by mapping and then by filtering. A kind's place is its index here. */
export const NAT_KINDS: readonly NatKind[] = NAT_RULES.flatMap((mapping) =>
  NAT_RULES.map((filtering) => ({ mapping, filtering })),
);

/** The kind at a place; the openest where there is none. */
export function natKind(place: number): NatKind {
  return NAT_KINDS[place] ?? { mapping: 'endpoint-independent', filtering: 'endpoint-independent' };
}

/** The place of a kind. */
export function placeOf({ mapping, filtering }: NatKind): number {
  return NAT_RULES.indexOf(mapping) * NAT_RULES.length + NAT_RULES.indexOf(filtering);
}

/** A kind's id, as links write it: `apd-ei` maps by address and port, and filters nobody. */
export function natId({ mapping, filtering }: NatKind): string {
  return `${RULE_IDS[mapping]}-${RULE_IDS[filtering]}`;
}

/** How many pairs of kinds there are. */
export const NAT_PAIRS = NAT_KINDS.length ** 2;

/** Where the pair of two places is in a table of all pairs, by the first and then by the second. */
export function natPairAt(one: number, other: number): number {
  return one * NAT_KINDS.length + other;
}
