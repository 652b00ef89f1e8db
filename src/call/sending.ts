// What a side sends: the sections of what it captured for the call, and of the screen that it shares.
import { setEnabled } from '../peers/local-track.ts';
import type { RtpTransceiver } from '../peers/connection.ts';
import { mediaOf } from '../peers/plain.ts';
import { sends } from '../rtc/direction.ts';
import type { Side } from '../rtc/steps.ts';
import type { Transceiver } from '../trace/event.ts';
import type { PeerFrame } from '../trace/frame.ts';
import type { Call } from './call.ts';

export type Media = 'audio' | 'video';

/** The sections that the call began with, as a side has them: the first of each kind. */
export function ownSections(peer: PeerFrame): readonly Transceiver[] {
  return (['audio', 'video'] as const).flatMap(
    (media) => peer.transceivers.find((each) => each.media === media && isOpen(each)) ?? [],
  );
}

/** The sections in which a side sends a screen. */
export function screenSections(peer: PeerFrame): readonly Transceiver[] {
  const screens = new Set(
    [...peer.tracks].flatMap(({ id, shows }) => (shows === 'screen' ? id : [])),
  );
  return peer.transceivers.filter(
    (each) => isOpen(each) && typeof each.sending === 'string' && screens.has(each.sending),
  );
}

/** The section sends a track that its app has not switched off. */
export function isHeard(peer: PeerFrame, { sending, direction }: Transceiver): boolean {
  const track = [...peer.tracks].find(({ id, origin }) => origin === 'local' && id === sending);
  return track?.enabled === true && track.at !== 'ended' && sends(direction);
}

function isOpen({ direction }: { readonly direction: string }): boolean {
  return direction !== 'stopped';
}

/** The transceiver of what a side captured for the call, of a kind; of the other kind where it has none of this one. */
export function ownTransceiver(call: Call, side: Side, wanted: Media): RtpTransceiver {
  const all = call.ends[side].peer.getTransceivers().filter(isOpen);
  const first = (media: Media) => all.find(({ receiver }) => mediaOf(receiver.track) === media);
  const found = first(wanted) ?? first(wanted === 'audio' ? 'video' : 'audio');
  if (found === undefined) throw new Error('There is nothing that could be sent.');
  return found;
}

/** The transceiver in which a side sends the screen that it shares. */
export function screenTransceiver(call: Call, side: Side): RtpTransceiver {
  const end = call.ends[side];
  const tracks: readonly (MediaStreamTrack | null)[] = end.screen?.stream.getTracks() ?? [];
  const found = end.peer
    .getTransceivers()
    .find(
      ({ sender, direction }) =>
        direction !== 'stopped' && sender.track !== null && tracks.includes(sender.track),
    );
  if (found === undefined) throw new Error('No screen is shared.');
  return found;
}

/** Switches the track of a transceiver off or on. Nothing is told to the connection. */
export function enable(call: Call, side: Side, { sender }: RtpTransceiver, enabled: boolean): void {
  if (sender.track === null) throw new Error('There is no track to switch.');
  setEnabled(call.ends[side].tape, side, sender.track, enabled);
}

/** The track that a side captured for a transceiver of the call. */
export function capturedTrack(
  call: Call,
  side: Side,
  { receiver }: RtpTransceiver,
): MediaStreamTrack {
  const { capture, otherCamera } = call.ends[side];
  const media = mediaOf(receiver.track);
  const captures = [otherCamera, capture].map((each) => each?.stream.getTracks() ?? []);
  const track = captures.flat().find((each) => mediaOf(each) === media);
  if (track === undefined) throw new Error('Nothing was captured for this section.');
  return track;
}
