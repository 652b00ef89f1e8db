// addTrack and removeTrack: which transceiver sends a track (WebRTC 1.0 §5.1).
import { failure } from './errors.ts';
import type { Session } from './session.ts';
import { directionFrom, receives } from './transceivers.ts';
import type { VirtualSender } from './transceivers.ts';

/** @throws InvalidAccessError for a track that is being sent */
export function addTrack(
  session: Session,
  track: MediaStreamTrack,
  streams: readonly MediaStream[],
): VirtualSender {
  if (session.transceivers.some(({ sender }) => sender.track === track)) {
    const message = 'A sender already exists for the track.';
    throw failure('InvalidAccessError', 'addTrack', message);
  }
  const kind = track.kind === 'audio' ? 'audio' : 'video';
  const free = session.transceivers.find(
    ({ kind: own, sender, stopped }) =>
      own === kind && sender.track === null && !stopped && !sender.hasBeenUsed,
  );
  const transceiver = free ?? session.add(kind, 'sendrecv');
  const { sender, direction } = transceiver;
  sender.track = track;
  sender.streams = streams.map(({ id }) => id);
  sender.hasBeenUsed = true;
  transceiver.isFromAddTrack = true;
  transceiver.isRemoteMade = false;
  transceiver.direction = directionFrom(true, receives(direction));
  return sender;
}

/** @throws InvalidAccessError for a sender of another connection */
export function removeTrack(session: Session, sender: VirtualSender): void {
  const transceiver = session.transceivers.find((each) => each.sender === sender);
  if (transceiver === undefined) {
    const message = 'The sender was not created by this peer connection.';
    throw failure('InvalidAccessError', 'removeTrack', message);
  }
  if (sender.track === null) return;
  sender.track = null;
  if (transceiver.stopped) return;
  transceiver.direction = directionFrom(false, receives(transceiver.direction));
}
