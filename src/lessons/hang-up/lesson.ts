// The texts of hanging up: with a goodbye, and without one.
import { m } from '../../i18n/paraglide/messages.js';
import { otherSide, SIDES, type Side } from '../../rtc/steps.ts';
import { plainPill, type ActLesson, type Pill } from '../act.ts';
import { toldSteps, when, type StepTexts } from '../step-texts.ts';
import { hangUpCode } from './code.ts';
import { hangUpFacts, type HangUpFacts } from './facts.ts';

/** How long after the other side closed something was seen, in seconds with one decimal. */
const seconds = (ms: number) => (ms / 1000).toFixed(1);

const TEXTS: Readonly<Record<string, StepTexts<HangUpFacts>>> = {
  'say-hang-up': {
    title: ({ by }) => m.hang_up_title_say({ who: by }),
    next: ({ by }) => m.hang_up_next_say({ who: by }),
    body: ({ isLost }) => [m.hang_up_say_what(), when(isLost, m.hang_up_say_lost)],
    notes: m.hang_up_notes_say,
  },
  close: {
    title: m.hang_up_title_close,
    next: m.hang_up_next_close,
    body: ({ ended }) => [
      m.hang_up_close_what(),
      when(
        SIDES.some((side) => ended[side].local > 0),
        m.hang_up_close_tracks,
      ),
      m.hang_up_close_kept(),
    ],
    notes: m.hang_up_notes_close,
  },
  'close-own': {
    title: ({ by }) => m.hang_up_title_own({ who: by }),
    next: ({ by }) => m.hang_up_next_own({ who: by }),
    body: ({ by, ended }) => [
      m.hang_up_own_what(),
      m.hang_up_own_tracks({ local: ended[by].local, remote: ended[by].remote }),
      m.hang_up_own_unsaid(),
    ],
    notes: m.hang_up_notes_own,
  },
  'hear-close': {
    title: ({ other }) => m.hang_up_title_hear({ who: other }),
    next: ({ other }) => m.hang_up_next_hear({ who: other }),
    body: ({ other, channelClosed, dtlsClosed, now, ended }) => [
      m.hang_up_hear_what(),
      channelClosed === null
        ? m.hang_up_hear_no_channel()
        : m.hang_up_hear_channel({ ms: Math.round(channelClosed) }),
      dtlsClosed === null ? m.hang_up_hear_no_dtls() : m.hang_up_hear_dtls(),
      m.hang_up_hear_state({ state: now[other] ?? '' }),
      when(ended[other].remote === 0, m.hang_up_hear_tracks),
    ],
    notes: m.hang_up_notes_hear,
  },
  'hear-silence': {
    title: ({ other }) => m.hang_up_title_silence({ who: other }),
    next: m.hang_up_next_silence,
    body: ({ disconnected }) => [
      m.hang_up_silence_what(),
      disconnected === null
        ? m.hang_up_silence_none()
        : m.hang_up_silence_after({ seconds: seconds(disconnected) }),
      when(disconnected !== null, m.hang_up_silence_passing),
    ],
    notes: m.hang_up_notes_silence,
  },
  'hear-failure': {
    title: ({ other }) => m.hang_up_title_failure({ who: other }),
    next: m.hang_up_next_failure,
    body: ({ failed, other, ended }) => [
      failed === null
        ? m.hang_up_failure_none()
        : m.hang_up_failure_after({ seconds: seconds(failed) }),
      m.hang_up_failure_what(),
      when(ended[other].remote === 0, m.hang_up_failure_tracks),
    ],
    notes: m.hang_up_notes_failure,
  },
  'close-other': {
    title: ({ other }) => m.hang_up_title_other({ who: other }),
    next: ({ other }) => m.hang_up_next_other({ who: other }),
    body: ({ ended, other }) => [
      m.hang_up_other_what(),
      m.hang_up_own_tracks({ local: ended[other].local, remote: ended[other].remote }),
      m.hang_up_close_kept(),
    ],
    notes: m.hang_up_notes_other,
  },
};

const CLOSING = new Set(['close', 'close-own', 'close-other']);
const EVENTS: Readonly<Record<string, string>> = {
  'hear-close': 'onclose',
  'hear-silence': 'connectionState',
  'hear-failure': 'connectionState',
};

function pillOf(kind: string): Pill {
  if (CLOSING.has(kind)) return plainPill('close()');
  return plainPill(Object.hasOwn(EVENTS, kind) ? (EVENTS[kind] ?? null) : null);
}

export const hangUpLesson: ActLesson = {
  act: 'hang-up',
  group: 'end',
  name: () => m.hang_up_name(),
  about: () => m.hang_up_about(),
  brief: () => m.hang_up_brief(),
  settings: () => [
    {
      id: 'how',
      label: m.hang_up_setting_how(),
      options: [
        { id: 'message', label: m.hang_up_how_message() },
        { id: 'silent', label: m.hang_up_how_silent() },
      ],
    },
  ],
  ...toldSteps(TEXTS, hangUpFacts),
  waiting: ({ step, after }) => {
    if (after.progress !== 'running') return null;
    const isWaiting = step.kind === 'hear-silence' || step.kind === 'hear-failure';
    return isWaiting
      ? m.hang_up_waiting({ who: otherSide(step.act.by ?? 'caller') satisfies Side })
      : null;
  },
  code: (_options, act) => hangUpCode(act),
  pill: ({ step }) => pillOf(step.kind),
  plain: ({ step }) => {
    switch (step.kind) {
      case 'close':
        return m.plain_close();
      case 'close-own':
        return m.hang_up_plain_own();
      case 'hear-close':
        return m.hang_up_plain_hear();
      default:
        return null;
    }
  },
};
