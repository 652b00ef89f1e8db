// Whether the app changed something that the other side has not been told (WebRTC 1.0 §4.7.3).
import type { Session } from './session.ts';
import { intersection, reversed, sends } from './direction.ts';

/** True where an offer is needed. @param wantsData a data channel was made */
export function needsNegotiation(session: Session, wantsData: boolean): boolean {
  const { sections, transceivers, currentLocal, currentRemote } = session;
  if (wantsData && !sections.some((each) => each.kind === 'application' && !each.isOver))
    return true;
  return transceivers.some((transceiver) => {
    if (transceiver.isStopping) return transceiver.mid !== null;
    const at = sections.findIndex((section) => section.transceiver === transceiver);
    const said = sections[at]?.said;
    const theirs = currentRemote?.remote.sections[at];
    if (currentLocal === null || said == null || theirs === undefined) return true;
    const { direction, sender } = transceiver;
    if (sends(direction) && sender.track !== null) {
      const [stream = '-'] = sender.streams;
      const isTold = currentLocal.slot.base.includes(`a=msid:${stream} ${sender.msidTrack}\r\n`);
      // A section that the other side does not want is not told of it either.
      if (!isTold && sends(said)) return true;
    }
    const seen = reversed(theirs.direction);
    return currentLocal.slot.type === 'offer'
      ? direction !== said && direction !== seen
      : said !== intersection(direction, seen);
  });
}
