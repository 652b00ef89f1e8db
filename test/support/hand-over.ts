// Candidates that go from one plain connection to another without a channel.

/** Hands candidates over as soon as the other side can take them. */
export function handOver(from: RTCPeerConnection, to: RTCPeerConnection): void {
  const waiting: RTCIceCandidate[] = [];
  const hand = (candidate: RTCIceCandidate) => {
    to.addIceCandidate(candidate).catch(() => undefined);
  };
  from.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate === null) return;
    if (to.remoteDescription === null) waiting.push(candidate);
    else hand(candidate);
  });
  to.addEventListener('signalingstatechange', () => {
    if (to.remoteDescription !== null) for (const each of waiting.splice(0)) hand(each);
  });
}
