// What an ICE agent takes and gives, without I/O. One agent has one checklist and one component: everything is
// bundled and RTP and RTCP share a port.
import type { ProtocolObject } from '../net/io.ts';
import type { Endpoint, Protocol } from '../net/packet.ts';
import type { Random } from '../net/random.ts';
import type { PairState } from './pair.ts';

/** `rfc8445` goes by the letter; `chromium` as Chromium was measured to behave. */
export type IceProfile = 'rfc8445' | 'chromium';

/** An interface of the agent's host. */
export interface LocalInterface {
  readonly name: string;
  readonly address: string;
}

/** A STUN or TURN server whose name is already an address. */
export interface IceServerAddress {
  /** As the app wrote it, for errors: `turn:turn.example:3478?transport=tcp`. */
  readonly url: string;
  readonly kind: 'stun' | 'turn';
  /** How the client speaks to it. STUN servers are asked over UDP. */
  readonly transport: Protocol;
  readonly endpoint: Endpoint;
  readonly username: string;
  readonly credential: string;
}

/**
 * Host addresses hidden behind names that only hosts on the same link can look up (multicast DNS,
 * draft-ietf-mmusic-mdns-ice-candidates).
 */
export interface HiddenAddresses {
  /** Makes a name for one of this host's addresses: `UUID.local`. */
  announce(address: string): string;
  /** The address of a name; null where nobody on this host's link answers to it. */
  lookUp(name: string): string | null;
}

/** What an agent is made with. */
export interface IceAgentSetup {
  readonly profile: IceProfile;
  readonly random: Random;
  readonly interfaces: readonly LocalInterface[];
  readonly servers: readonly IceServerAddress[];
  /** `relay`: only relayed candidates are used (RTCIceTransportPolicy). */
  readonly policy: 'all' | 'relay';
  /** The page may not know the host's addresses: without camera permission in Chromium. Null or left out: it may. */
  readonly hidden?: HiddenAddresses | null;
}

/** Names of one generation of candidates (RFC 8839 §5.4). */
export interface IceCredentials {
  readonly ufrag: string;
  readonly pwd: string;
}

export type CandidateType = 'host' | 'srflx' | 'prflx' | 'relay';

/** A candidate as the agent knows it. */
export interface AgentCandidate {
  /** The same through the agent's life. */
  readonly id: string;
  readonly type: CandidateType;
  readonly protocol: Protocol;
  /** A name ending in `.local` where the address is hidden. */
  readonly address: string;
  readonly port: number;
  readonly priority: number;
  readonly foundation: string;
  /** RFC 8445 §5.3: where it was seen from; for a relayed one, the mapped address. Null for host candidates. */
  readonly related: Endpoint | null;
  /** RFC 6544; null for UDP. */
  readonly tcpType: 'active' | 'passive' | null;
  readonly ufrag: string;
  /** The server it comes from; null where none was asked, and for remote ones. */
  readonly url: string | null;
}

/** A pair of the checklist, as it stands. */
export interface AgentPair {
  readonly id: string;
  readonly local: AgentCandidate;
  readonly remote: AgentCandidate;
  /** 64 bits (RFC 8445 §6.1.2.3). */
  readonly priority: bigint;
  readonly state: PairState;
  /** In the valid list (RFC 8445 §7.2.5.3.2). */
  readonly valid: boolean;
  readonly nominated: boolean;
  readonly selected: boolean;
  readonly requestsSent: number;
  readonly responsesReceived: number;
  /** Milliseconds; null until measured. */
  readonly rtt: number | null;
}

export type GatheringState = 'new' | 'gathering' | 'complete';
/** RTCIceConnectionState without `closed`, which is the connection's to say. */
export type ConnectionState =
  'new' | 'checking' | 'connected' | 'completed' | 'disconnected' | 'failed';

/** What the agent tells. */
export type IceEvent =
  | { readonly type: 'candidate'; readonly candidate: AgentCandidate }
  | { readonly type: 'gathering'; readonly state: GatheringState }
  | {
      readonly type: 'candidate-error';
      readonly url: string;
      /** A STUN error code, or 701: the server was not reached. */
      readonly code: number;
      readonly text: string;
      readonly local: Endpoint;
    }
  | { readonly type: 'connection'; readonly state: ConnectionState }
  /** A pair is new, gone, or its state, nomination or selection is another. `pairs` reads them all. */
  | { readonly type: 'checklist' }
  | { readonly type: 'selected'; readonly pair: AgentPair }
  | { readonly type: 'role'; readonly role: 'controlling' | 'controlled' }
  /** What came over a pair and is not STUN: DTLS, SRTP. */
  | { readonly type: 'data'; readonly payload: Uint8Array };

/** An ICE agent (RFC 8445) without I/O. Nothing leaves before `gather`, and nothing is checked before both credentials. */
export interface IceAgent extends ProtocolObject<IceEvent> {
  readonly local: IceCredentials;
  readonly role: 'controlling' | 'controlled' | null;
  readonly gathering: GatheringState;
  readonly connection: ConnectionState;
  /** The checklist, the highest priority first. */
  readonly pairs: readonly AgentPair[];
  readonly selected: AgentPair | null;
  readonly localCandidates: readonly AgentCandidate[];
  readonly remoteCandidates: readonly AgentCandidate[];
  /** RFC 8445 §6.1.1: the offerer's is controlling. A conflict may turn it (§7.3.1.1). */
  setRole(role: 'controlling' | 'controlled'): void;
  /** Begins to gather on every interface; a second call of the same generation does nothing. */
  gather(now: number): void;
  /** The other side's credentials; new ones after the first are its restart (RFC 8445 §9). */
  setRemote(now: number, credentials: IceCredentials): void;
  /** A signaled candidate's `candidate:…` text; '' is end-of-candidates. Gives false for what it can't use. */
  addRemoteCandidate(now: number, text: string): boolean;
  /**
   * New credentials and a new generation (RFC 8445 §9). What was selected carries data until a new pair is.
   * @param credentials those that a description already names; made unless given
   */
  restart(now: number, credentials?: IceCredentials): void;
  /** The host's interfaces are others now: sockets on those that are gone are dead. */
  setInterfaces(now: number, interfaces: readonly LocalInterface[]): void;
  /** Sends over the selected pair, or the best valid one. Gives false when there is none. */
  send(now: number, payload: Uint8Array): boolean;
  /** Ends everything; allocations are given back. Outputs may still be polled. */
  close(now: number): void;
}
