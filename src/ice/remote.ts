// A remote candidate as it is signaled (RFC 8839 §5.1, RFC 8838 §8): read, judged, and put among the others.
import { isSameEndpoint } from '../net/packet.ts';
import { formatIpv6 } from '../stun/address.ts';
import { addressInfo, parseIPv6 } from './address.ts';
import type { AgentCandidate } from './agent-port.ts';
import type { Remote } from './base.ts';
import { parseCandidate } from './candidate.ts';
import type { CandidateFields } from './candidate.ts';
import type { Generation } from './generation.ts';
import { updateState } from './liveness.ts';

/** What one generation takes of the other side; gives false for what it can't use. Takes any text. */
export function takeRemote(g: Generation, now: number, text: string): boolean {
  if (text === '') {
    g.isEnded = true;
    updateState(g, now);
    return true;
  }
  const fields = parseCandidate(text);
  if (fields === null) return false;
  const ufrag = fields.extensions.find(([name]) => name === 'ufrag')?.[1] ?? null;
  // A candidate of another generation (RFC 8838 §8.1).
  if (ufrag !== null && g.remote !== null && ufrag !== g.remote.ufrag) return false;
  const candidate = candidateOf(g.context.nextId('R'), fields, ufrag ?? g.remote?.ufrag ?? '');
  if (candidate === null) return false;
  const endpoint = { address: candidate.address, port: candidate.port };
  const known = g.remoteAt(candidate.protocol, endpoint);
  if (known !== null) return update(g, now, known, candidate);
  const remote: Remote = {
    candidate,
    endpoint,
    family: addressInfo(candidate.address).family === 6 ? 6 : 4,
  };
  if (!g.keepRemote(remote)) return false;
  g.pairRemote(now, remote);
  return true;
}

/**
 * What a check had found is told now. RFC 8445 §7.3.1.3: it gets its foundation. Chromium takes it for what it was told
 * to be, and its pairs change their places (libwebrtc).
 */
function update(g: Generation, now: number, known: Remote, candidate: AgentCandidate): boolean {
  if (known.candidate.type !== 'prflx') return true;
  const { id, foundation } = known.candidate;
  known.candidate = g.context.profile.aggressive
    ? { ...candidate, id }
    : { ...known.candidate, foundation: candidate.foundation };
  if (foundation !== candidate.foundation) g.checklist.rank(g.context.isControlling);
  g.pairRemote(now, known);
  return true;
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
  return address.includes(':') && groups !== null ? formatIpv6(groups) : address;
}
