// The other side's candidates of one generation, by where they are.
import { endpointKey } from '../net/packet.ts';
import type { Endpoint, Protocol } from '../net/packet.ts';
import type { Remote } from './base.ts';

/** Remote candidates that are kept at most. */
const MAX_REMOTES = 200;

/** Each endpoint of a protocol has one candidate. */
export class Remotes implements Iterable<Remote> {
  readonly #byPlace = new Map<string, Remote>();

  /** The candidate there, or null. */
  at(protocol: Protocol, endpoint: Endpoint): Remote | null {
    return this.#byPlace.get(placeKey(protocol, endpoint)) ?? null;
  }

  /** Puts a candidate among the others. Gives false where there is no room. */
  keep(remote: Remote): boolean {
    if (this.#byPlace.size >= MAX_REMOTES) return false;
    this.#byPlace.set(placeKey(remote.candidate.protocol, remote.endpoint), remote);
    return true;
  }

  [Symbol.iterator](): Iterator<Remote> {
    return this.#byPlace.values();
  }
}

function placeKey(protocol: Protocol, endpoint: Endpoint): string {
  return `${protocol} ${endpointKey(endpoint)}`;
}
