// Directions of media, from one side's point of view and from the other's (RFC 9429 §4.2.4).
import { receives, sends, type Direction } from '../../rtc/direction.ts';

/** RTCRtpTransceiverDirection. */
export type TransceiverDirection = Direction | 'stopped';

/** A direction of what this side does, from two answers. */
export function directionFrom(send: boolean, receive: boolean): Direction {
  if (send) return receive ? 'sendrecv' : 'sendonly';
  return receive ? 'recvonly' : 'inactive';
}

/** The same direction as the other side sees it. */
export function reversed(direction: Direction): Direction {
  return directionFrom(receives(direction), sends(direction));
}

/** What both directions allow. */
export function intersection(one: string, other: string): Direction {
  return directionFrom(sends(one) && sends(other), receives(one) && receives(other));
}
