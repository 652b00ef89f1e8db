// The texts of a hold and of its end: directions that are offered and answered, and what each side ends up with.
import { m } from '../../i18n/paraglide/messages.js';
import type { ActLesson } from '../act.ts';
import { BLANK, line, lines } from '../code-line.ts';
import { ANSWERING_CODE, offeringCode } from '../exchange/code.ts';
import { exchangeTexts } from '../exchange/texts.ts';
import { codeOf } from '../looked/code.ts';
import { mediaFacts, type MediaFacts } from '../looked/facts.ts';
import { pillsOf, plainOf, waitingLook } from '../looked/lesson.ts';
import { arrivedText, askedText, directionsText } from '../looked/say.ts';
import { toldSteps, when, type StepTexts } from '../step-texts.ts';

function turnedText({ here }: MediaFacts): string | null {
  if (here === null) return null;
  return m.hold_turned({ direction: here.direction, current: here.currentDirection ?? 'null' });
}

const TEXTS: Readonly<Record<string, StepTexts<MediaFacts>>> = {
  'turn-away': {
    title: ({ by }) => m.hold_title_away({ who: by }),
    next: () => m.hold_next_away(),
    body: (facts) => [m.hold_why(), turnedText(facts), askedText(facts)],
    notes: m.hold_notes_away,
  },
  'turn-back': {
    title: ({ by }) => m.hold_title_back({ who: by }),
    next: () => m.hold_next_back(),
    body: (facts) => [m.hold_back_why(), turnedText(facts), askedText(facts)],
    notes: m.hold_notes_back,
  },
  ...exchangeTexts<MediaFacts>({
    notes: { 'create-answer': m.hold_notes_answer },
  }),
  'see-held': {
    title: () => m.hold_title_see(),
    next: () => m.hold_next_see(),
    body: (facts) => [
      directionsText(facts),
      facts.isSilent ? m.hold_silent() : arrivedText(facts),
      when(facts.connection === 'connected', m.hold_still_up),
    ],
    notes: m.hold_notes_see,
  },
  'see-resumed': {
    title: () => m.hold_title_see_resumed(),
    next: () => m.hold_next_see_resumed(),
    body: (facts) => [directionsText(facts), arrivedText(facts), m.hold_no_new_path()],
    notes: m.hold_notes_see_resumed,
  },
};

const shared = {
  group: 'agree',
  ...toldSteps(TEXTS, mediaFacts),
  waiting: waitingLook,
  pill: pillsOf({ 'turn-away': 'direction = …', 'turn-back': 'direction = …' }),
  plain: plainOf({ 'turn-away': m.hold_plain_away, 'turn-back': m.hold_plain_back }),
} satisfies Partial<ActLesson>;

/** Both acts turn every section, and offer that. */
function turnCode(kind: string, direction: string, see: string): ActLesson['code'] {
  return (_options, { by }) =>
    codeOf(by, {
      acting: [
        line('holdButton.onclick = () => {'),
        ...lines(
          kind,
          '  for (const transceiver of pc.getTransceivers()) {',
          `    transceiver.direction = '${direction}';`,
          '  }',
        ),
        line('};'),
        BLANK,
        ...offeringCode(kind),
      ],
      seeing: [
        ...ANSWERING_CODE,
        BLANK,
        line('for (const transceiver of pc.getTransceivers()) {', see),
        line('  showHold(transceiver.currentDirection);', see),
        line('}', see),
      ],
    });
}

export const holdLesson: ActLesson = {
  ...shared,
  act: 'hold',
  name: () => m.hold_name(),
  about: () => m.hold_about(),
  brief: () => m.hold_brief(),
  settings: () => [
    {
      id: 'how',
      label: m.hold_setting_how(),
      options: [
        { id: 'inactive', label: m.hold_how_inactive() },
        { id: 'sendonly', label: m.hold_how_sendonly() },
      ],
    },
  ],
  code: (options, act) =>
    turnCode(
      'turn-away',
      act.settings?.['how'] === 'sendonly' ? 'sendonly' : 'inactive',
      'see-held',
    )(options, act),
};

export const resumeLesson: ActLesson = {
  ...shared,
  act: 'resume',
  name: () => m.hold_resume_name(),
  about: () => m.hold_resume_about(),
  brief: () => m.hold_resume_brief(),
  code: turnCode('turn-back', 'sendrecv', 'see-resumed'),
};
