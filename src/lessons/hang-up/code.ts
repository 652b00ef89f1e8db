// What an app writes to end a call: the side that hangs up, and the side that hears of it, or has to find out.
import type { Act, Side } from '../../rtc/steps.ts';
import { BLANK, line, lines, type CodeLine } from '../code-line.ts';

const SAYING: readonly CodeLine[] = [
  line('hangUpButton.onclick = () => {'),
  line("  signaling.postMessage({ type: 'hang-up' });", 'say-hang-up'),
  ...lines('close', '  pc.close();', '  for (const track of stream.getTracks()) track.stop();'),
  line('};'),
];

const HEARING: readonly CodeLine[] = [
  line('signaling.onmessage = ({ data }) => {'),
  ...lines(
    'close',
    "  if (data.type === 'hang-up') {",
    '    pc.close();',
    '    for (const track of stream.getTracks()) track.stop();',
    '  }',
  ),
  line('};'),
  BLANK,
];

const SILENT: readonly CodeLine[] = [
  line('hangUpButton.onclick = () => {'),
  ...lines('close-own', '  pc.close();', '  for (const track of stream.getTracks()) track.stop();'),
  line('};'),
];

const NOTICING: readonly CodeLine[] = [
  line("channel.onclose = () => show('The other side may be gone.');", 'hear-close'),
  BLANK,
  line('pc.onconnectionstatechange = () => {'),
  line("  if (pc.connectionState === 'disconnected') show('Reconnecting…');", 'hear-silence'),
  line("  if (pc.connectionState === 'failed') hangUp();", 'hear-failure'),
  line('};'),
  BLANK,
  line('function hangUp() {'),
  ...lines(
    'close-other',
    '  pc.close();',
    '  for (const track of stream.getTracks()) track.stop();',
  ),
  line('}'),
];

/** The code of both sides when one hangs up. */
export function hangUpCode({
  by,
  settings = {},
}: Act): Readonly<Record<Side, readonly CodeLine[]>> {
  const isSilent = settings['how'] === 'silent';
  const [mine, theirs] = isSilent ? [SILENT, NOTICING] : [SAYING, HEARING];
  return by === 'callee' ? { caller: theirs, callee: mine } : { caller: mine, callee: theirs };
}
