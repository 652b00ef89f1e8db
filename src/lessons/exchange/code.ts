// What an app writes for a later exchange, on the side that offers and on the side that answers.
import { BLANK, line, lines, type CodeLine } from '../code-line.ts';

/** The side that offers. @param asked the kind of the step in which the browser asks for a negotiation */
export function offeringCode(asked: string): readonly CodeLine[] {
  return [
    line('pc.onnegotiationneeded = async () => {', asked),
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
}

/** The side that answers. */
export const ANSWERING_CODE: readonly CodeLine[] = [
  line('signaling.onmessage = async ({ data }) => {'),
  line('  if (data.offer) {'),
  line('    await pc.setRemoteDescription(data.offer);', 'set-remote-offer'),
  line('    const answer = await pc.createAnswer();', 'create-answer'),
  line('    await pc.setLocalDescription(answer);', 'set-local-answer'),
  line('    signaling.postMessage({ answer: pc.localDescription.toJSON() });', 'send-answer'),
  line('  }'),
  line('};'),
];
