// What an app would write to share a screen: the side that shares, and the side that answers.
import type { Side } from '../../rtc/steps.ts';
import { BLANK, line, lines, type CodeLine } from '../code-line.ts';

const SHARING: readonly CodeLine[] = [
  line('shareButton.onclick = async () => {'),
  line('  const screen = await navigator.mediaDevices.getDisplayMedia();', 'capture-screen'),
  line('  const [track] = screen.getVideoTracks();', 'capture-screen'),
  line('  pc.addTrack(track, screen);', 'add-track'),
  line('};'),
  BLANK,
  line('pc.onnegotiationneeded = async () => {', 'add-track'),
  line('  const offer = await pc.createOffer();', 'create-offer'),
  line('  await pc.setLocalDescription(offer);', 'set-local-offer'),
  line('  signaling.postMessage({ offer: pc.localDescription.toJSON() });', 'send-offer'),
  line('};'),
  BLANK,
  line('signaling.onmessage = async ({ data }) => {'),
  ...lines(
    'set-remote-answer',
    '  if (data.answer) {',
    '    await pc.setRemoteDescription(data.answer);',
    '  }',
  ),
  line('};'),
];

const WATCHING: readonly CodeLine[] = [
  ...lines(
    'set-remote-offer',
    'pc.ontrack = ({ streams: [screen] }) => {',
    '  screenVideo.srcObject = screen;',
    '};',
  ),
  BLANK,
  line('signaling.onmessage = async ({ data }) => {'),
  line('  if (data.offer) {'),
  line('    await pc.setRemoteDescription(data.offer);', 'set-remote-offer'),
  line('    const answer = await pc.createAnswer();', 'create-answer'),
  line('    await pc.setLocalDescription(answer);', 'set-local-answer'),
  line('    signaling.postMessage({ answer: pc.localDescription.toJSON() });', 'send-answer'),
  line('  }'),
  line('};'),
  BLANK,
  ...lines('media-flows', 'screenVideo.onplaying = () => {', '  screenVideo.hidden = false;', '};'),
];

/** The code of both sides when one of them shares its screen. */
export function shareCode(by: Side): Readonly<Record<Side, readonly CodeLine[]>> {
  return by === 'caller'
    ? { caller: SHARING, callee: WATCHING }
    : { caller: WATCHING, callee: SHARING };
}
