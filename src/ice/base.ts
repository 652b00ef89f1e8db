// Where packets leave from (RFC 8445 §5.1.1.1: a base), and the candidates of both sides as the agent holds them.
import { familyOf } from '../net/address.ts';
import type { Endpoint, Protocol } from '../net/packet.ts';
import { endpointKey } from '../net/packet.ts';
import type { AgentCandidate } from './agent-port.ts';
import type { Relay } from './relay.ts';

/** A socket of the host, or what stands for one: an allocation's relayed address, the TCP side of an interface. */
export interface Base {
  /** A text that only this base has. */
  readonly key: string;
  /** What its candidates' protocol is. */
  readonly protocol: Protocol;
  /** RFC 6544; null for UDP. */
  readonly tcpType: 'active' | 'passive' | null;
  readonly endpoint: Endpoint;
  readonly family: 4 | 6;
  /** The address of the host's interface that it is on. */
  readonly network: string;
  readonly localPreference: number;
  /** The allocation that its packets go through; null for a socket of the host. */
  readonly relay: Relay | null;
  /** What is checked from here: its host or relayed candidate. Null where the policy forbids it. */
  own: Local | null;
  /** All candidates with this base. */
  readonly candidates: Local[];
  isDead: boolean;
}

/** A local candidate and its base. */
export interface Local {
  readonly candidate: AgentCandidate;
  /** Where it truly is, whatever its candidate says. */
  readonly endpoint: Endpoint;
  readonly base: Base;
}

/** A remote candidate; one that was found by a check may be told later, and is another view from then on. */
export interface Remote {
  candidate: AgentCandidate;
  readonly endpoint: Endpoint;
  readonly family: 4 | 6;
}

/** A new base without candidates. */
export function makeBase(
  from: Pick<Base, 'protocol' | 'tcpType' | 'endpoint' | 'network' | 'localPreference' | 'relay'>,
): Base {
  const { protocol, tcpType, endpoint, network, localPreference, relay } = from;
  return {
    key: `${protocol}${tcpType ?? ''}${relay === null ? '' : 'relay'} ${endpointKey(endpoint)}`,
    protocol,
    tcpType,
    endpoint,
    family: familyOf(endpoint.address),
    network,
    localPreference,
    relay,
    own: null,
    candidates: [],
    isDead: false,
  };
}

/** The endpoint that a candidate names. */
export function endpointOf({ address, port }: AgentCandidate): Endpoint {
  return { address, port };
}
