// The texts of no longer sharing a screen: a section that stays and turns, or one that is closed with port 0.
import { m } from '../../i18n/paraglide/messages.js';
import type { ActLesson } from '../act.ts';
import { BLANK, line } from '../code-line.ts';
import { ANSWERING_CODE, offeringCode } from '../exchange/code.ts';
import { exchangeTexts } from '../exchange/texts.ts';
import { codeOf } from '../looked/code.ts';
import { mediaFacts, type MediaFacts } from '../looked/facts.ts';
import { pillsOf, plainOf, waitingLook } from '../looked/lesson.ts';
import { askedText, directionsText, toldText } from '../looked/say.ts';
import { toldSteps, when, type StepTexts } from '../step-texts.ts';

/** What of the section can be used again, as this run leaves it. */
function leftText(facts: MediaFacts): string | null {
  const closed = facts.mine.changes.some(({ is }) => is === 'closed');
  if (closed) return m.stop_sharing_left_closed();
  return facts.here === null ? null : m.stop_sharing_left_open({ mid: facts.here.mid ?? '?' });
}

const TEXTS: Readonly<Record<string, StepTexts<MediaFacts>>> = {
  'remove-track': {
    title: ({ by }) => m.stop_sharing_title_remove({ who: by }),
    next: () => m.stop_sharing_next_remove(),
    body: ({ here, needed }) => [
      m.stop_sharing_why(),
      here === null
        ? null
        : m.stop_sharing_removed({
            direction: here.direction,
            current: here.currentDirection ?? 'null',
          }),
      askedText({ needed }),
    ],
    notes: m.stop_sharing_notes_remove,
  },
  'stop-transceiver': {
    title: ({ by }) => m.stop_sharing_title_stop({ who: by }),
    next: () => m.stop_sharing_next_stop(),
    body: ({ needed }) => [m.stop_sharing_why(), m.stop_sharing_stopped(), askedText({ needed })],
    notes: m.stop_sharing_notes_stop,
  },
  ...exchangeTexts<MediaFacts>(),
  'see-stopped': {
    title: ({ other }) => m.stop_sharing_title_see({ who: other }),
    next: ({ other }) => m.stop_sharing_next_see({ who: other }),
    body: (facts) => [
      toldText(facts),
      directionsText(facts),
      leftText(facts),
      when(facts.connection === 'connected', m.stop_sharing_rest),
    ],
    notes: m.stop_sharing_notes_see,
  },
};

export const stopSharingLesson: ActLesson = {
  act: 'stop-sharing',
  group: 'agree',
  name: () => m.stop_sharing_name(),
  about: () => m.stop_sharing_about(),
  brief: () => m.stop_sharing_brief(),
  settings: () => [
    {
      id: 'how',
      label: m.stop_sharing_setting_how(),
      options: [
        { id: 'remove', label: m.stop_sharing_how_remove() },
        { id: 'stop', label: m.stop_sharing_how_stop() },
      ],
    },
  ],
  ...toldSteps(TEXTS, mediaFacts),
  waiting: waitingLook,
  code: (_options, { by, steps }) => {
    const first = steps[0]?.kind ?? '';
    return codeOf(by, {
      acting: [
        line('stopButton.onclick = () => {'),
        first === 'stop-transceiver'
          ? line('  transceiver.stop();', first)
          : line('  pc.removeTrack(sender);', first),
        line('  screenTrack.stop();', first),
        line('};'),
        BLANK,
        ...offeringCode(first),
      ],
      seeing: [
        ...ANSWERING_CODE,
        BLANK,
        line('screenTrack.onmute = () => { screenVideo.hidden = true; };', 'see-stopped'),
        line('screenTrack.onended = () => { screenVideo.hidden = true; };', 'see-stopped'),
      ],
    });
  },
  pill: pillsOf({ 'remove-track': 'removeTrack()', 'stop-transceiver': 'transceiver.stop()' }),
  plain: plainOf({
    'remove-track': m.stop_sharing_plain_remove,
    'stop-transceiver': m.stop_sharing_plain_stop,
  }),
};
