// What an app would write to share a screen: the side that shares, and the side that answers.
import type { Side } from '../../rtc/steps.ts';
import { BLANK, line, lines, type CodeLine } from '../code-line.ts';
import { ANSWERING_CODE, offeringCode } from '../exchange/code.ts';

const SHARING: readonly CodeLine[] = [
  line('shareButton.onclick = async () => {'),
  line('  const screen = await navigator.mediaDevices.getDisplayMedia();', 'capture-screen'),
  line('  const [track] = screen.getVideoTracks();', 'capture-screen'),
  line('  pc.addTrack(track, screen);', 'add-track'),
  line('};'),
  BLANK,
  ...offeringCode('add-track'),
];

const WATCHING: readonly CodeLine[] = [
  ...lines(
    'set-remote-offer',
    'pc.ontrack = ({ streams: [screen] }) => {',
    '  screenVideo.srcObject = screen;',
    '};',
  ),
  BLANK,
  ...ANSWERING_CODE,
  BLANK,
  ...lines('media-flows', 'screenVideo.onplaying = () => {', '  screenVideo.hidden = false;', '};'),
];

/** The code of both sides when one of them shares its screen. */
export function shareCode(by: Side): Readonly<Record<Side, readonly CodeLine[]>> {
  return by === 'caller'
    ? { caller: SHARING, callee: WATCHING }
    : { caller: WATCHING, callee: SHARING };
}
