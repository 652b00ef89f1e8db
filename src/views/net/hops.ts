// Endpoints compared, as the network compares them.
import type { Endpoint } from '../../net/packet.ts';

/** True for the same address and port. */
export function isSameEnd(one: Endpoint, other: Endpoint): boolean {
  return one.port === other.port && one.address === other.address;
}
