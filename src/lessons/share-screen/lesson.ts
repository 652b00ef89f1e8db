// The texts of sharing a screen: the first act after the call.
import { m } from '../../i18n/paraglide/messages.js';
import { otherSide } from '../../rtc/steps.ts';
import type { StepFrame } from '../../trace/script.ts';
import {
  exchangePill,
  plainPill,
  type ActLesson,
  type ActMoment,
  type Pill,
  type PillSource,
} from '../act.ts';
import { exchangePlain } from '../plain/exchange.ts';
import { shareCode } from './code.ts';
import { screenFacts, type ScreenFacts } from './facts.ts';

/** Sentences in reading order; what does not hold in this run is `null`. */
type Pieces = readonly (string | null)[];

interface StepTexts {
  /** `by` shares; `other` watches. */
  readonly title: (who: Pick<ScreenFacts, 'by' | 'other'>) => string;
  readonly next: (who: Pick<ScreenFacts, 'by' | 'other'>) => string;
  readonly body: (facts: ScreenFacts) => Pieces;
  readonly notes: () => string;
}

const when = (holds: boolean, say: () => string) => (holds ? say() : null);

/** A section in which this side has only received can be sent in too (WebRTC 1.0 §5.1): then there is no new one. */
function sectionsText(
  sections: NonNullable<ScreenFacts['offer']>['sections'],
  before: number,
): string {
  const now = sections.length;
  if (now === before) return m.share_screen_offer_reused({ now });
  return m.share_screen_offer_sections({ before, now, mid: sections.at(-1)?.mid ?? 'none' });
}

const TEXTS: Readonly<Record<string, StepTexts>> = {
  'capture-screen': {
    title: ({ by }) => m.share_screen_title_capture({ who: by }),
    next: () => m.share_screen_next_capture(),
    body: ({ from }) => [
      m.share_screen_why(),
      from && m.share_screen_captured({ from }),
      m.share_screen_capture_still(),
    ],
    notes: m.share_screen_notes_capture,
  },
  'add-track': {
    title: ({ by }) => m.share_screen_title_add({ who: by }),
    next: () => m.share_screen_next_add(),
    body: ({ needed, mine }) => [
      m.share_screen_add_what(),
      when(needed, m.share_screen_add_needed),
      when(mine.connectionState === 'connected', m.share_screen_add_still),
    ],
    notes: m.share_screen_notes_add,
  },
  'create-offer': {
    title: ({ by }) => m.share_screen_title_create_offer({ who: by }),
    next: () => m.share_screen_next_create_offer(),
    body: ({ was, offer, kept }) => [
      offer && sectionsText(offer.sections, was?.sections.length ?? 0),
      when(kept, m.share_screen_offer_kept),
      offer !== null && was !== null && offer.version !== null && was.version !== null
        ? m.share_screen_offer_version({ before: was.version, now: offer.version })
        : null,
    ],
    notes: m.share_screen_notes_create_offer,
  },
  'set-local-offer': {
    title: ({ by }) => m.share_screen_title_set_local_offer({ who: by }),
    next: () => m.share_screen_next_set_local_offer(),
    body: ({ mine, added, found }) => [
      when(mine.signalingState === 'have-local-offer', m.share_screen_local_state),
      m.share_screen_local_pending(),
      when(added && found === 0, m.share_screen_local_no_gathering),
      when(added && found > 0, m.share_screen_local_gathering),
    ],
    notes: m.share_screen_notes_set_local_offer,
  },
  'send-offer': {
    title: () => m.share_screen_title_send_offer(),
    next: () => m.share_screen_next_send_offer(),
    body: ({ by, offer, along }) => [
      m.share_screen_sent_who({ who: by }),
      offer && m.share_screen_sent({ characters: offer.characters, lines: offer.lines }),
      along === 0
        ? m.share_screen_sent_no_candidates()
        : m.share_screen_sent_candidates({ count: along }),
    ],
    notes: m.share_screen_notes_send_offer,
  },
  'set-remote-offer': {
    title: ({ other }) => m.share_screen_title_set_remote_offer({ who: other }),
    next: ({ other }) => m.share_screen_next_set_remote_offer({ who: other }),
    body: ({ theirs, track }) => [
      when(theirs.signalingState === 'have-remote-offer', m.share_screen_remote_state),
      when(track !== null, m.share_screen_remote_track),
      when(track === 'added', m.share_screen_remote_muted),
    ],
    notes: m.share_screen_notes_set_remote_offer,
  },
  'create-answer': {
    title: ({ other }) => m.share_screen_title_create_answer({ who: other }),
    next: ({ other }) => m.share_screen_next_create_answer({ who: other }),
    body: ({ added, answer }) => [
      answer && m.share_screen_answer_mirror({ count: answer.sections.length }),
      answer && added
        ? m.share_screen_answer_direction({ direction: answer.sections.at(-1)?.direction ?? '' })
        : null,
    ],
    notes: m.share_screen_notes_create_answer,
  },
  'set-local-answer': {
    title: ({ other }) => m.share_screen_title_set_local_answer({ who: other }),
    next: ({ other }) => m.share_screen_next_set_local_answer({ who: other }),
    body: ({ mine, theirs }) => [
      when(theirs.signalingState === 'stable', m.share_screen_answered),
      when(mine.signalingState === 'have-local-offer', m.share_screen_answered_other),
    ],
    notes: m.share_screen_notes_set_local_answer,
  },
  'send-answer': {
    title: () => m.share_screen_title_send_answer(),
    next: () => m.share_screen_next_send_answer(),
    body: () => [m.share_screen_returned()],
    notes: m.share_screen_notes_send_answer,
  },
  'set-remote-answer': {
    title: ({ by }) => m.share_screen_title_set_remote_answer({ who: by }),
    next: ({ by }) => m.share_screen_next_set_remote_answer({ who: by }),
    body: ({ mine, found, along }) => [
      mine.signalingState === 'stable' && mine.connectionState !== null
        ? m.share_screen_stable({ state: mine.connectionState })
        : null,
      found === 0 && along === 0 ? m.share_screen_no_dtls() : m.share_screen_new_candidates(),
    ],
    notes: m.share_screen_notes_set_remote_answer,
  },
  'media-flows': {
    title: ({ by }) => m.share_screen_title_flow({ who: by }),
    next: ({ other }) => m.share_screen_next_flow({ who: other }),
    body: ({ by, track, controlling }) => [
      track === 'unmuted' ? m.share_screen_flows({ who: by }) : m.share_screen_flows_not(),
      m.share_screen_roles({ who: by, controlling: controlling ?? 'unknown' }),
    ],
    notes: m.share_screen_notes_flow,
  },
};

function textsOf({ kind }: StepFrame): StepTexts | null {
  return Object.hasOwn(TEXTS, kind) ? (TEXTS[kind] ?? null) : null;
}

function whoOf({ act }: StepFrame): Pick<ScreenFacts, 'by' | 'other'> {
  const by = act.by ?? 'caller';
  return { by, other: otherSide(by) };
}

function titleOf(step: StepFrame): string {
  return textsOf(step)?.title(whoOf(step)) ?? step.kind;
}

function nextOf(step: StepFrame): string {
  return textsOf(step)?.next(whoOf(step)) ?? step.kind;
}

const DISPLAY = 'getDisplayMedia()';

/** Nothing says otherwise: before the step, or where the browser was asked for the screen. */
function isAsked(events: PillSource['events']): boolean {
  return (
    events.length === 0 ||
    events.some((event) => event.kind === 'call' && event.method === 'getDisplayMedia')
  );
}

function pillOf({ step, events }: PillSource): Pill {
  switch (step.kind) {
    case 'capture-screen':
      return isAsked(events)
        ? plainPill(DISPLAY)
        : { call: 'captureStream()', insteadOf: DISPLAY, times: 1 };
    case 'add-track':
      return plainPill('addTrack()');
    default:
      return exchangePill(step.kind);
  }
}

/** What stands beside a step's call. A second screen may need no new offer. */
function plainOf({ step, events }: PillSource): string | null {
  switch (step.kind) {
    case 'capture-screen':
      return isAsked(events) ? m.plain_screen_own() : m.plain_screen_made_up({ call: DISPLAY });
    case 'add-track':
      return events.length === 0 || events.some(({ kind }) => kind === 'negotiation-needed')
        ? m.plain_screen_add()
        : m.plain_screen_add_again();
    case 'create-offer':
      return m.plain_screen_offer();
    case 'set-local-offer':
      return null;
    case 'media-flows':
      return m.plain_screen_flows();
    default:
      return exchangePlain(step.kind);
  }
}

export const shareScreenLesson: ActLesson = {
  act: 'share-screen',
  group: 'agree',
  name: () => m.share_screen_name(),
  about: () => m.share_screen_about(),
  brief: () => m.share_screen_brief(),
  settings: (isVirtual) => {
    if (isVirtual) return [];
    return [
      {
        id: 'screen',
        label: m.what_next_setting_screen(),
        options: [
          { id: 'made-up', label: m.what_next_screen_made_up() },
          { id: 'own', label: m.what_next_screen_own() },
        ],
      },
    ];
  },
  stepTitle: titleOf,
  next: nextOf,
  caption: (moment: ActMoment) => ({
    title: titleOf(moment.step),
    body: (textsOf(moment.step)?.body(screenFacts(moment)) ?? [])
      .filter((piece) => piece !== null)
      .join(' '),
  }),
  waiting: ({ step, after }) => {
    if (after.progress !== 'running') return null;
    if (step.kind === 'capture-screen') return m.share_screen_wait_capture();
    return step.kind === 'media-flows' ? m.share_screen_wait_flow() : null;
  },
  notes: (step) => textsOf(step)?.notes() ?? '',
  code: (_options, { by }) => shareCode(by ?? 'caller'),
  pill: pillOf,
  plain: plainOf,
};
