// connectionState, put together of ICE's and DTLS's states (WebRTC 1.0 §4.3.3).
import type { ConnectionState } from '../../ice/agent-port.ts';
import type { DtlsState } from './dtls.ts';

/** RTCPeerConnectionState. */
export type PeerState = 'new' | 'connecting' | 'connected' | 'disconnected' | 'failed' | 'closed';

/** The state of a connection that is not closed; the first rule that fits counts. */
export function peerState(ice: ConnectionState, dtls: DtlsState): PeerState {
  if (ice === 'failed' || dtls === 'failed') return 'failed';
  if (ice === 'disconnected') return 'disconnected';
  if (ice === 'new' && (dtls === 'new' || dtls === 'closed')) return 'new';
  const isIceUp = ice === 'connected' || ice === 'completed';
  return isIceUp && (dtls === 'connected' || dtls === 'closed') ? 'connected' : 'connecting';
}
