// The texts of sharing a screen: the first act after the call.
import { m } from '../../i18n/paraglide/messages.js';
import { exchangePill, plainPill, type ActLesson, type Pill, type PillSource } from '../act.ts';
import { exchangeTexts } from '../exchange/texts.ts';
import { exchangePlain } from '../plain/exchange.ts';
import { toldSteps, when, type StepTexts } from '../step-texts.ts';
import { shareCode } from './code.ts';
import { screenFacts, type ScreenFacts } from './facts.ts';

/** The section that the screen goes into, where that is one that only received so far. */
function sectionText({ mine }: ScreenFacts): string | null {
  const [change] = mine.changes;
  if (mine.made === null || change?.is === 'added' || change?.is === 'reused') return null;
  return m.share_screen_offer_reused();
}

const TEXTS: Readonly<Record<string, StepTexts<ScreenFacts>>> = {
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
      when(mine.states.connectionState === 'connected', m.share_screen_add_still),
    ],
    notes: m.share_screen_notes_add,
  },
  ...exchangeTexts<ScreenFacts>({
    say: {
      'create-offer': (facts) => [sectionText(facts)],
      'set-remote-offer': ({ track }) => [
        when(track !== null, m.share_screen_remote_track),
        when(track === 'added', m.share_screen_remote_muted),
      ],
    },
    notes: {
      'send-offer': m.share_screen_notes_send_offer,
      'set-remote-offer': m.share_screen_notes_set_remote_offer,
    },
  }),
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
  ...toldSteps(TEXTS, screenFacts),
  waiting: ({ step, after }) => {
    if (after.progress !== 'running') return null;
    if (step.kind === 'capture-screen') return m.share_screen_wait_capture();
    return step.kind === 'media-flows' ? m.share_screen_wait_flow() : null;
  },
  code: (_options, { by }) => shareCode(by ?? 'caller'),
  pill: pillOf,
  plain: plainOf,
};
