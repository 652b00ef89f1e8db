// The browser's own peer, behind the port.
import type { IceServer, PeerConnection } from './connection.ts';

/** Whether this browser has WebRTC at all; privacy settings and old webviews take it away. */
export function supportsWebRtc(): boolean {
  return typeof globalThis.RTCPeerConnection === 'function';
}

/** The codecs that this browser can receive (WebRTC 1.0 §5.3); none where it does not tell. */
export function receivableCodecs(kind: 'audio' | 'video'): readonly RTCRtpCodec[] {
  return RTCRtpReceiver.getCapabilities(kind)?.codecs ?? [];
}

/**
 * Makes an RTCPeerConnection (WebRTC 1.0 §4.4.1.1) with the browser's own settings but for its ICE servers.
 * @throws SyntaxError for a URL that is none of an ICE server, InvalidAccessError for a TURN server
 * without credentials, ReferenceError where the browser has no WebRTC
 */
export function openBrowserPeer(iceServers: readonly IceServer[]): PeerConnection {
  // The return type is also the proof that the port is a subset of the browser's own interface.
  return new RTCPeerConnection({ iceServers: [...iceServers] }) satisfies PeerConnection;
}
