// What an app writes to mute and unmute, in each way, and what it can see of it on the other side.
import type { Act, Side } from '../../rtc/steps.ts';
import { BLANK, line, lines, type CodeLine } from '../code-line.ts';
import { ANSWERING_CODE, offeringCode } from '../exchange/code.ts';
import { codeOf } from '../looked/code.ts';

const FIRST: Readonly<Record<string, readonly CodeLine[]>> = {
  'disable-track': lines('disable-track', '  track.enabled = false;'),
  'enable-track': lines('enable-track', '  track.enabled = true;'),
  'drop-track': lines('drop-track', '  await sender.replaceTrack(null);'),
  'put-track': lines('put-track', '  await sender.replaceTrack(track);'),
  'stop-sending': lines('stop-sending', "  transceiver.direction = 'recvonly';"),
  'send-again': lines('send-again', "  transceiver.direction = 'sendrecv';"),
};

/** The code of both sides. */
export function muteCode({ by, steps }: Act): Readonly<Record<Side, readonly CodeLine[]>> {
  const [first] = steps;
  const kind = first?.kind ?? '';
  const isNegotiated = steps.some((each) => each.kind === 'create-offer');
  const see = steps.at(-1)?.kind ?? '';
  return codeOf(by, {
    acting: [
      line('muteButton.onclick = async () => {'),
      ...(FIRST[kind] ?? []),
      line('};'),
      ...(isNegotiated ? [BLANK, ...offeringCode(kind)] : []),
    ],
    seeing: [
      ...(isNegotiated ? [...ANSWERING_CODE, BLANK] : []),
      line('remoteTrack.onmute = () => showMuted(true);', see),
      line('remoteTrack.onunmute = () => showMuted(false);', see),
      line('const stats = await receiver.getStats();', see),
    ],
  });
}
