// The tabs of the reader, by the names that links have for them.

/** All of them, in the order they stand in; the network's is there where there is one. */
export const TABS = ['network', 'sdp', 'ice', 'states', 'code', 'log', 'transport'] as const;
export type TabName = (typeof TABS)[number];
