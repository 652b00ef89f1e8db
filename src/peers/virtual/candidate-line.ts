// A candidate as it is written (RFC 8839 §5.1), and which of them stands in the m= and c= lines.
import type { AgentCandidate } from '../../ice/agent-port.ts';
import { isHiddenName } from '../../rtc/address.ts';

/** `candidate:…` as it is signaled; `a=` before it makes it a line of SDP. */
export function candidateText(candidate: AgentCandidate): string {
  const { foundation, protocol, priority, address, port, type, related, tcpType, ufrag } =
    candidate;
  let text = `candidate:${foundation} 1 ${protocol} ${priority} ${address} ${port} typ ${type}`;
  if (related !== null) text += ` raddr ${related.address} rport ${related.port}`;
  if (tcpType !== null) text += ` tcptype ${tcpType}`;
  // Which generation it is of (RFC 8840 §4.2).
  return `${text} ufrag ${ufrag}`;
}

/** An address and port for a section's m= and c= lines. */
export interface DefaultAddress {
  readonly family: 'IP4' | 'IP6';
  readonly address: string;
  readonly port: number;
}

const ORDER: readonly AgentCandidate['type'][] = ['relay', 'srflx', 'prflx', 'host'];

/** RFC 8839 §4.2.1.2: the default is what most likely works, relayed before server reflexive before host; over UDP. */
export function defaultAddress(candidates: readonly AgentCandidate[]): DefaultAddress | null {
  let best: AgentCandidate | null = null;
  for (const each of candidates) {
    // A name is no address for these lines (draft-ietf-mmusic-mdns-ice-candidates §4.1).
    if (each.protocol !== 'udp' || isHiddenName(each.address)) continue;
    if (best === null || ORDER.indexOf(each.type) < ORDER.indexOf(best.type)) best = each;
  }
  if (best === null) return null;
  const { address, port } = best;
  return { family: address.includes(':') ? 'IP6' : 'IP4', address, port };
}
