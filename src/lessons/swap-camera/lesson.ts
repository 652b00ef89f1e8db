// The texts of swapping the camera: another track, in the same sender, for the same track on the other side.
import { m } from '../../i18n/paraglide/messages.js';
import type { ActLesson } from '../act.ts';
import { BLANK, line } from '../code-line.ts';
import { codeOf } from '../looked/code.ts';
import { mediaFacts, type MediaFacts } from '../looked/facts.ts';
import { pillsOf, plainOf, waitingLook } from '../looked/lesson.ts';
import { arrivedText, unaskedText } from '../looked/say.ts';
import { toldSteps, when, type StepTexts } from '../step-texts.ts';

const TEXTS: Readonly<Record<string, StepTexts<MediaFacts>>> = {
  'capture-other': {
    title: ({ by }) => m.swap_title_capture({ who: by }),
    next: () => m.swap_next_capture(),
    body: ({ isVirtual }) => [
      m.swap_why(),
      isVirtual ? m.swap_captured_virtual() : m.swap_captured(),
      m.swap_capture_still(),
    ],
    notes: m.swap_notes_capture,
  },
  'replace-track': {
    title: ({ by }) => m.swap_title_replace({ who: by }),
    next: () => m.swap_next_replace(),
    body: (facts) => [
      m.swap_replaced(),
      facts.subject?.mid == null ? null : m.swap_section({ mid: facts.subject.mid }),
      unaskedText(facts),
    ],
    notes: m.swap_notes_replace,
  },
  'see-swapped': {
    title: ({ other }) => m.swap_title_see({ who: other }),
    next: ({ other }) => m.swap_next_see({ who: other }),
    body: (facts) => [
      facts.isSameTrack ? m.swap_same_track() : m.swap_other_track(),
      when(facts.told.length === 0, m.swap_no_event),
      arrivedText(facts),
    ],
    notes: m.swap_notes_see,
  },
};

const pill = pillsOf({ 'replace-track': 'replaceTrack(track)' });

export const swapCameraLesson: ActLesson = {
  act: 'swap-camera',
  group: 'switch',
  name: () => m.swap_name(),
  about: () => m.swap_about(),
  brief: () => m.swap_brief(),
  ...toldSteps(TEXTS, mediaFacts),
  waiting: waitingLook,
  code: (_options, { by }) =>
    codeOf(by, {
      acting: [
        line('swapButton.onclick = async () => {'),
        line('  const camera = await navigator.mediaDevices.getUserMedia({', 'capture-other'),
        line("    video: { facingMode: { exact: 'environment' } },", 'capture-other'),
        line('  });', 'capture-other'),
        line('  const [track] = camera.getVideoTracks();', 'replace-track'),
        line('  await sender.replaceTrack(track);', 'replace-track'),
        line('  oldTrack.stop();', 'replace-track'),
        line('};'),
      ],
      seeing: [
        line('// Nothing to do: it is the same track,'),
        line('// and the element goes on playing it.'),
        BLANK,
        line('const stats = await receiver.getStats();', 'see-swapped'),
      ],
    }),
  pill: (source) =>
    source.step.kind === 'capture-other'
      ? { call: 'captureStream()', insteadOf: 'getUserMedia()', times: 1 }
      : pill(source),
  plain: plainOf({
    'capture-other': m.swap_plain_capture,
    'replace-track': m.swap_plain_replace,
  }),
};
