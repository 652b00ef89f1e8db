// What is wrong with a network or with a use of it.

/** What can be wrong with a description. */
export type NetworkProblemCode =
  /** An id that two parts share, or an empty one. */
  | 'duplicate-id'
  | 'unknown-segment'
  /** No CIDR notation, or an address that isn't in its canonical text. */
  | 'malformed-prefix'
  | 'malformed-address'
  | 'number-out-of-range'
  | 'address-outside-segment'
  /** Two nodes with one address on a segment. */
  | 'duplicate-address'
  /** A private address on the internet, where nothing goes to it. */
  | 'private-on-internet'
  /** No router has the gateway's address inside on this segment. */
  | 'unknown-gateway'
  | 'no-inside'
  /** A NAT whose address outside is not IPv4. */
  | 'nat-without-ipv4'
  /** The ranges on two sides of a router share addresses. */
  | 'overlapping-prefixes'
  /** Going outwards from router to router comes back to where it began. */
  | 'router-loop'
  /** Two hosts with no way of segments and routers between them. */
  | 'unconnected';

/** One thing that is wrong with a description. */
export interface NetworkProblem {
  readonly code: NetworkProblemCode;
  /** The id of the part that it is about. */
  readonly at: string;
  /** What it is about, as the description has it: an address, a number, another id. */
  readonly subject: string;
  /** A sentence for people. */
  readonly text: string;
}

/** A description that can't work, or a host, router or segment that isn't there. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
  /** Empty where the description is fine and the use of it was not. */
  readonly problems: readonly NetworkProblem[];

  constructor(message: string, problems: readonly NetworkProblem[] = []) {
    super(message);
    this.problems = problems;
  }
}
