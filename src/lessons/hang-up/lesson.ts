// The texts of hanging up: one side says goodbye, and both close.
import { m } from '../../i18n/paraglide/messages.js';
import { SIDES, type Side } from '../../rtc/steps.ts';
import type { StepFrame } from '../../trace/script.ts';
import { plainPill, type ActLesson, type ActMoment } from '../act.ts';
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

function titleOf({ kind, act }: StepFrame): string {
  return kind === 'close'
    ? m.hang_up_title_close()
    : m.hang_up_title_say({ who: act.by ?? 'caller' });
}

function bodyOf({ step, start, after }: ActMoment): string {
  if (step.kind !== 'close') {
    const lost = [...after.messages].some(
      ({ type, at, posted }) => type === 'hang-up' && at === 'lost' && posted > start.cursor,
    );
    return lost ? `${m.hang_up_say_what()} ${m.hang_up_say_lost()}` : m.hang_up_say_what();
  }
  const ended = SIDES.some((side) =>
    [...after[side].tracks].some(({ origin, at }) => origin === 'local' && at === 'ended'),
  );
  return [
    m.hang_up_close_what(),
    ...(ended ? [m.hang_up_close_tracks()] : []),
    m.hang_up_close_kept(),
  ].join(' ');
}

export const hangUpLesson: ActLesson = {
  act: 'hang-up',
  group: 'end',
  name: () => m.hang_up_name(),
  about: () => m.hang_up_about(),
  brief: () => m.hang_up_brief(),
  stepTitle: titleOf,
  next: ({ kind, act }) =>
    kind === 'close' ? m.hang_up_next_close() : m.hang_up_next_say({ who: act.by ?? 'caller' }),
  caption: (moment) => ({ title: titleOf(moment.step), body: bodyOf(moment) }),
  waiting: () => null,
  notes: ({ kind }) => (kind === 'close' ? m.hang_up_notes_close() : m.hang_up_notes_say()),
  code: (_options, { by }): Readonly<Record<Side, readonly CodeLine[]>> =>
    by === 'callee' ? { caller: HEARING, callee: SAYING } : { caller: SAYING, callee: HEARING },
  pill: ({ step }) => plainPill(step.kind === 'close' ? 'close()' : null),
  plain: ({ step }) => (step.kind === 'close' ? m.plain_close() : null),
};
