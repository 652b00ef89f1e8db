// A remote candidate as it is signaled (RFC 8839 §5.1, RFC 8838 §8): read and judged.
import { isSameEndpoint } from '../rtc/address.ts';
import { addressInfo, formatIPv6, isHiddenName, parseIPv6 } from '../rtc/address.ts';
import type { AgentCandidate } from './agent-port.ts';
import { endpointOf } from './base.ts';
import type { Remote } from './base.ts';
import { parseCandidate } from './candidate.ts';
import type { CandidateFields } from './candidate.ts';

/**
 * Reads a signaled candidate. Takes any text, and gives null for what this agent can't use.
 * @param ufrag the other side's user fragment; null while it is not known
 * @param nextId a new candidate's id
 * @param lookUp the address that a name ending in `.local` stands for; null where nobody answers to it
 */
export function readSignaled(
  text: string,
  ufrag: string | null,
  nextId: () => string,
  lookUp: (name: string) => string | null,
): Remote | null {
  const fields = parseCandidate(text);
  if (fields === null) return null;
  const named = fields.extensions.find(([name]) => name === 'ufrag')?.[1] ?? null;
  // A candidate of another generation (RFC 8838 §8.1).
  if (named !== null && ufrag !== null && named !== ufrag) return null;
  const hidden = isHiddenName(fields.address) ? fields.address : null;
  const address = hidden === null ? fields.address : lookUp(hidden);
  if (address === null) return null;
  const found = candidateOf(nextId(), { ...fields, address }, named ?? ufrag ?? '');
  if (found === null) return null;
  return {
    candidate: hidden === null ? found : { ...found, address: hidden },
    endpoint: endpointOf(found),
    family: addressInfo(found.address).family === 6 ? 6 : 4,
  };
}

/** The candidate in a line, or null for one that this agent can't check. */
function candidateOf(id: string, fields: CandidateFields, ufrag: string): AgentCandidate | null {
  const { component, transport, priority, port, type, foundation } = fields;
  const { relatedAddress, relatedPort, tcpType } = fields;
  if (component !== 1 || (transport !== 'udp' && transport !== 'tcp')) return null;
  if (type !== 'host' && type !== 'srflx' && type !== 'prflx' && type !== 'relay') return null;
  // RFC 8445 §5.1.2: 1 to 2^31 - 1.
  if (priority < 1 || priority > 0x7fff_ffff || port < 1 || port > 65_535) return null;
  const { kind, family } = addressInfo(fields.address);
  if (family === null || kind === 'unspecified' || kind === 'multicast') return null;
  const isTcp = transport === 'tcp';
  if (isTcp && tcpType !== 'active' && tcpType !== 'passive') return null;
  const hasRelated = relatedAddress !== null && relatedPort !== null && relatedPort > 0;
  const related = hasRelated ? { address: relatedAddress, port: relatedPort } : null;
  return {
    id,
    type,
    protocol: transport,
    address: canonical(fields.address),
    port,
    priority,
    foundation,
    related: related !== null && isSameEndpoint(related, fields) ? null : related,
    tcpType: isTcp && (tcpType === 'active' || tcpType === 'passive') ? tcpType : null,
    ufrag,
    url: null,
  };
}

/** An IPv6 address as a packet will show it (RFC 5952); IPv4 has one text only. */
function canonical(address: string): string {
  const groups = parseIPv6(address);
  return address.includes(':') && groups !== null ? formatIPv6(groups) : address;
}
