// What an app would write to restart ICE: the side that asks, and the side that answers as it always does.
import type { Act, Side } from '../../rtc/steps.ts';
import { BLANK, line, lines, type CodeLine } from '../code-line.ts';

const NOTICING: readonly CodeLine[] = [
  ...lines(
    'ask-restart',
    'pc.onconnectionstatechange = () => {',
    "  if (pc.connectionState === 'failed') pc.restartIce();",
    '};',
  ),
  BLANK,
];

const ASKING: readonly CodeLine[] = [
  ...NOTICING,
  line('pc.onnegotiationneeded = async () => {', 'ask-restart'),
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

/** An app that forgot something. */
const ALONE: readonly CodeLine[] = [
  ...NOTICING,
  line('// There is no onnegotiationneeded: nobody makes the offer.', 'wait-for-offer'),
];

const ANSWERING: readonly CodeLine[] = [
  line('signaling.onmessage = async ({ data }) => {'),
  line('  if (data.offer) {'),
  line('    await pc.setRemoteDescription(data.offer);', 'set-remote-offer'),
  line('    const answer = await pc.createAnswer();', 'create-answer'),
  line('    await pc.setLocalDescription(answer);', 'set-local-answer'),
  line('    signaling.postMessage({ answer: pc.localDescription.toJSON() });', 'send-answer'),
  line('  }'),
  line('};'),
];

/** The code of both sides of a restart. */
export function restartCode({
  by,
  settings = {},
}: Act): Readonly<Record<Side, readonly CodeLine[]>> {
  const mine = settings['how'] === 'alone' ? ALONE : ASKING;
  return by === 'callee'
    ? { caller: ANSWERING, callee: mine }
    : { caller: mine, callee: ANSWERING };
}
