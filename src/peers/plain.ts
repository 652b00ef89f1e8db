// Objects of the browser as plain JSON, with what the record keeps of them.
import { withoutCredentials } from '../rtc/ice-url.ts';
import type { Candidate, Description, Json, Transceiver } from '../trace/event.ts';
import type {
  CandidateInit,
  DescriptionInit,
  IceServer,
  RtpTransceiver,
  SessionDescription,
} from './connection.ts';

/** A track as the record shows it among arguments and results. */
export function plainTrack(track: MediaStreamTrack): Json {
  return { kind: track.kind, id: track.id, label: track.label };
}

/** A stream and its tracks. */
export function plainStream(stream: MediaStream): Json {
  return { id: stream.id, tracks: stream.getTracks().map(plainTrack) };
}

/** `kind` of a track, which has these two values only (Media Capture and Streams §4.3). */
export function mediaOf(track: { readonly kind: string }): 'audio' | 'video' {
  return track.kind === 'audio' ? 'audio' : 'video';
}

/** What a slot holds. */
export function plainDescription(description: SessionDescription): Description {
  return { type: description.type, sdp: description.sdp };
}

/** What a call was given or gave: without `sdp` where there was none. */
export function plainDescriptionInit(description: DescriptionInit): Json {
  return description.sdp === undefined
    ? { type: description.type }
    : { type: description.type, sdp: description.sdp };
}

/** A candidate of any make, with the defaults of RTCIceCandidateInit (WebRTC 1.0 §4.8.1). */
export function plainCandidate(candidate: CandidateInit): Candidate {
  return {
    candidate: candidate.candidate ?? '',
    sdpMid: candidate.sdpMid ?? null,
    sdpMLineIndex: candidate.sdpMLineIndex ?? null,
    usernameFragment: candidate.usernameFragment ?? null,
  };
}

/** A transceiver as it stands. */
export function plainTransceiver(transceiver: RtpTransceiver): Transceiver {
  return {
    mid: transceiver.mid,
    media: mediaOf(transceiver.receiver.track),
    direction: transceiver.direction,
    currentDirection: transceiver.currentDirection,
    sending: transceiver.sender.track?.id ?? null,
    receiving: transceiver.receiver.track.id,
  };
}

/** The URLs of an ICE server, and nothing else of it. */
export function plainIceServer(server: IceServer): Json {
  const urls = typeof server.urls === 'string' ? [server.urls] : server.urls;
  return { urls: urls.map(withoutCredentials) };
}
