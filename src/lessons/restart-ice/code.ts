// What an app would write to restart ICE: the side that asks, and the side that answers as it always does.
import type { Act, Side } from '../../rtc/steps.ts';
import { BLANK, line, lines, type CodeLine } from '../code-line.ts';
import { ANSWERING_CODE, offeringCode } from '../exchange/code.ts';

const NOTICING: readonly CodeLine[] = [
  ...lines(
    'ask-restart',
    'pc.onconnectionstatechange = () => {',
    "  if (pc.connectionState === 'failed') pc.restartIce();",
    '};',
  ),
  BLANK,
];

const ASKING: readonly CodeLine[] = [...NOTICING, ...offeringCode('ask-restart')];

/** An app that forgot something. */
const ALONE: readonly CodeLine[] = [
  ...NOTICING,
  line('// There is no onnegotiationneeded: nobody makes the offer.', 'wait-for-offer'),
];

/** The code of both sides of a restart. */
export function restartCode({
  by,
  settings = {},
}: Act): Readonly<Record<Side, readonly CodeLine[]>> {
  const mine = settings['how'] === 'alone' ? ALONE : ASKING;
  return by === 'callee'
    ? { caller: ANSWERING_CODE, callee: mine }
    : { caller: mine, callee: ANSWERING_CODE };
}
