// Whether the app changed something that the other side has not been told (WebRTC 1.0 §4.7.3).
import { sends } from '../../rtc/direction.ts';
import type { SectionText } from './describe.ts';
import { intersection, reversed } from './direction.ts';
import type { Session } from './session.ts';
import type { VirtualTransceiver } from './transceiver.ts';

/** True where an offer is needed. @param wantsData a data channel was made */
export function needsNegotiation(session: Session, wantsData: boolean): boolean {
  const { sections, transceivers, currentLocal, currentRemote } = session;
  if (wantsData && !session.hasData) return true;
  return transceivers.some((transceiver) => {
    if (transceiver.isStopped) return false;
    if (transceiver.isStopping) return true;
    const at = sections.findIndex((section) => section.transceiver === transceiver);
    const said = currentLocal?.plan.texts[at];
    const theirs = currentRemote?.remote.sections[at];
    if (currentLocal === null || said?.is !== 'rtp' || theirs === undefined) return true;
    if (sends(transceiver.direction) && !isTold(transceiver, said)) return true;
    const seen = reversed(theirs.direction);
    return currentLocal.slot.type === 'offer'
      ? transceiver.direction !== said.direction && transceiver.direction !== seen
      : said.direction !== intersection(transceiver.direction, seen);
  });
}

/** The other side knows the streams that this one sends in. */
function isTold(
  { sender }: VirtualTransceiver,
  said: Extract<SectionText, { is: 'rtp' }>,
): boolean {
  const told = new Set(said.sender.streams);
  return (
    sends(said.direction) &&
    told.size === sender.streams.length &&
    sender.streams.every((id) => told.has(id))
  );
}
