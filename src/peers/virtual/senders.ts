// addTrack, removeTrack and addTransceiver: which transceiver sends a track (WebRTC 1.0 §5.1).
import { DIRECTIONS, receives } from '../../rtc/direction.ts';
import type { RtpSender } from '../rtp-port.ts';
import { directionFrom } from './direction.ts';
import { failure } from './errors.ts';
import type { VirtualSender } from './sender.ts';
import type { Session } from './session.ts';
import type { VirtualTransceiver } from './transceiver.ts';

/** @throws InvalidAccessError for a track that is being sent */
export function addTrack(
  session: Session,
  track: MediaStreamTrack,
  streams: readonly MediaStream[],
): VirtualSender {
  const live = session.transceivers.filter(({ isStopping }) => !isStopping);
  if (live.some(({ sender }) => sender.track === track)) {
    const message = 'A sender already exists for the track.';
    throw failure('InvalidAccessError', 'addTrack', message);
  }
  const kind = track.kind === 'audio' ? 'audio' : 'video';
  const free = live.find(
    (each) => each.kind === kind && each.sender.track === null && !each.hasSent,
  );
  const transceiver = free ?? session.add({ kind, direction: 'sendrecv' });
  const { sender, direction } = transceiver;
  sender.track = track;
  sender.streams = idsOf(streams);
  transceiver.isFromAddTrack = true;
  transceiver.isRemoteMade = false;
  transceiver.turn(directionFrom(true, receives(direction)));
  return sender;
}

/** @throws InvalidAccessError for a sender of another connection */
export function removeTrack(session: Session, sender: RtpSender): void {
  const transceiver = session.transceivers.find((each) => each.sender === sender);
  if (transceiver === undefined) {
    const message = 'The sender was not created by this peer connection.';
    throw failure('InvalidAccessError', 'removeTrack', message);
  }
  if (transceiver.isStopping || transceiver.sender.track === null) return;
  transceiver.sender.track = null;
  transceiver.turn(directionFrom(false, receives(transceiver.direction)));
}

/** @throws TypeError for what is no kind or direction, or for encodings that can't be */
export function addTransceiver(
  session: Session,
  trackOrKind: MediaStreamTrack | string,
  init: RTCRtpTransceiverInit,
): VirtualTransceiver {
  const track = typeof trackOrKind === 'string' ? null : trackOrKind;
  const kind = typeof trackOrKind === 'string' ? trackOrKind : trackOrKind.kind;
  const { direction = 'sendrecv', streams = [], sendEncodings: encodings = [] } = init;
  if (kind !== 'audio' && kind !== 'video') {
    throw new TypeError(`The argument provided as parameter 1 is not a valid kind: '${kind}'.`);
  }
  // What is typed may still come from untyped code.
  if (direction === 'stopped' || !DIRECTIONS.includes(direction)) {
    throw new TypeError(`'${direction}' is no direction that a transceiver begins with.`);
  }
  const transceiver = session.add({ kind, direction, encodings });
  transceiver.sender.track = track;
  transceiver.sender.streams = idsOf(streams);
  return transceiver;
}

function idsOf(streams: readonly MediaStream[]): readonly string[] {
  return [...new Set(streams.map(({ id }) => id))];
}
