// Switching a local track off and on, recorded: nothing is told to the connection (Media Capture and Streams §4.3.1).
import type { Side } from '../rtc/steps.ts';
import { recordCall, runNow } from './call.ts';
import { mediaOf } from './plain.ts';
import type { Tape } from './tape.ts';

/** Sets `enabled` of a track that this side has captured. */
export function setEnabled(
  tape: Tape,
  side: Side,
  track: MediaStreamTrack,
  enabled: boolean,
): void {
  const { id } = track;
  const media = mediaOf(track);
  const call = recordCall(tape, side, 'MediaStreamTrack', 'enabled', [enabled]);
  runNow(call, () => {
    track.enabled = enabled;
  });
  const at = enabled ? 'enabled' : 'disabled';
  tape.write({ kind: 'track', side, at, origin: 'local', id, media, streams: [] }, call.n);
}
