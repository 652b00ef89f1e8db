// The texts of muting and unmuting: three ways, what each tells the other side, and which of them is negotiated.
import { m } from '../../i18n/paraglide/messages.js';
import type { ActLesson, ActSetting } from '../act.ts';
import { exchangeTexts } from '../exchange/texts.ts';
import { mediaFacts, type MediaFacts } from '../looked/facts.ts';
import { pillsOf, plainOf, waitingLook } from '../looked/lesson.ts';
import { arrivedText, askedText, directionsText, toldText, unaskedText } from '../looked/say.ts';
import { toldSteps, when, type StepTexts } from '../step-texts.ts';
import { muteCode } from './code.ts';

/** A direction that was set, and what is still agreed on. */
function turnedText({ here, subject }: MediaFacts): string | null {
  if (here === null || subject === null) return null;
  return m.mute_turned({ direction: here.direction, current: here.currentDirection ?? 'null' });
}

/** What arrives, and what the app there learns of it. */
function seen(facts: MediaFacts): readonly (string | null)[] {
  return [arrivedText(facts), toldText(facts), facts.isNegotiated ? directionsText(facts) : null];
}

const TEXTS: Readonly<Record<string, StepTexts<MediaFacts>>> = {
  'disable-track': {
    title: ({ by }) => m.mute_title_disable({ who: by }),
    next: () => m.mute_next_disable(),
    body: (facts) => [m.mute_disable_why(), unaskedText(facts), m.mute_disable_goes_on()],
    notes: m.mute_notes_disable,
  },
  'drop-track': {
    title: ({ by }) => m.mute_title_drop({ who: by }),
    next: () => m.mute_next_drop(),
    body: (facts) => [
      m.mute_drop_why(),
      unaskedText(facts),
      facts.here === null ? null : m.mute_drop_kept({ direction: facts.here.direction }),
    ],
    notes: m.mute_notes_drop,
  },
  'stop-sending': {
    title: ({ by }) => m.mute_title_stop({ who: by }),
    next: () => m.mute_next_stop(),
    body: (facts) => [
      m.mute_direction_why(),
      turnedText(facts),
      when(facts.needed, m.looked_asked),
    ],
    notes: m.mute_notes_stop,
  },
  'see-muted': {
    title: ({ other }) => m.mute_title_see({ who: other }),
    next: ({ other }) => m.mute_next_see({ who: other }),
    body: (facts) => [
      ...seen(facts),
      when((facts.looked?.received?.packets ?? 0) > 0, m.mute_looks_like),
    ],
    notes: m.mute_notes_see,
  },
  'enable-track': {
    title: ({ by }) => m.mute_title_enable({ who: by }),
    next: () => m.mute_next_enable(),
    body: (facts) => [m.mute_enable_why(), unaskedText(facts)],
    notes: m.mute_notes_enable,
  },
  'put-track': {
    title: ({ by }) => m.mute_title_put({ who: by }),
    next: () => m.mute_next_put(),
    body: (facts) => [m.mute_put_why(), unaskedText(facts)],
    notes: m.mute_notes_put,
  },
  'send-again': {
    title: ({ by }) => m.mute_title_again({ who: by }),
    next: () => m.mute_next_again(),
    body: (facts) => [m.mute_again_why(), turnedText(facts), askedText(facts)],
    notes: m.mute_notes_again,
  },
  'see-unmuted': {
    title: ({ other }) => m.mute_title_see({ who: other }),
    next: ({ other }) => m.mute_next_see({ who: other }),
    body: seen,
    notes: m.mute_notes_see_again,
  },
  ...exchangeTexts<MediaFacts>(),
};

const settings = (): readonly ActSetting[] => [
  {
    id: 'how',
    label: m.mute_setting_how(),
    options: [
      { id: 'enabled', label: m.mute_how_enabled() },
      { id: 'no-track', label: m.mute_how_no_track() },
      { id: 'direction', label: m.mute_how_direction() },
    ],
  },
  {
    id: 'what',
    label: m.mute_setting_what(),
    options: [
      { id: 'audio', label: m.mute_what_audio() },
      { id: 'video', label: m.mute_what_video() },
    ],
  },
];

const shared = {
  group: 'switch',
  settings,
  ...toldSteps(TEXTS, mediaFacts),
  waiting: waitingLook,
  code: (_options, act) => muteCode(act),
  pill: pillsOf({
    'disable-track': 'track.enabled = false',
    'enable-track': 'track.enabled = true',
    'drop-track': 'replaceTrack(null)',
    'put-track': 'replaceTrack(track)',
    'stop-sending': 'direction = …',
    'send-again': 'direction = …',
  }),
  plain: plainOf({
    'disable-track': m.mute_plain_disable,
    'enable-track': m.mute_plain_enable,
    'drop-track': m.mute_plain_drop,
    'put-track': m.mute_plain_put,
    'stop-sending': m.mute_plain_stop,
    'send-again': m.mute_plain_again,
  }),
} satisfies Partial<ActLesson>;

export const muteLesson: ActLesson = {
  ...shared,
  act: 'mute',
  name: () => m.mute_name(),
  about: () => m.mute_about(),
  brief: () => m.mute_brief(),
};

export const unmuteLesson: ActLesson = {
  ...shared,
  act: 'unmute',
  name: () => m.mute_unmute_name(),
  about: () => m.mute_unmute_about(),
  brief: () => m.mute_unmute_brief(),
};
