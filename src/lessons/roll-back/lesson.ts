// The texts of rolling back by hand: what an offer had claimed, and what is left when it is taken back.
import { m } from '../../i18n/paraglide/messages.js';
import { exchangePill, plainPill, type ActLesson, type ActMoment } from '../act.ts';
import { line, type CodeLine } from '../code-line.ts';
import { exchangeFacts, type ExchangeFacts } from '../exchange/facts.ts';
import { exchangeTexts } from '../exchange/texts.ts';
import { exchangePlain } from '../plain/exchange.ts';
import { toldSteps, when, whoOf, type StepTexts, type Who } from '../step-texts.ts';

/** What captions may speak of. */
interface RollFacts extends ExchangeFacts, Who {
  readonly needed: boolean;
  /** What signalingState went through in this step. */
  readonly path: readonly string[];
  /** What was in the pending local slot before this step and is not now. */
  readonly lost: string | null;
  /** The mids that transceivers had before this step and have no longer. */
  readonly mids: readonly string[];
  /** Something is to be sent that no section carries. */
  readonly unplaced: boolean;
  /** Messages since the act began. */
  readonly messages: number;
}

function factsOf(moment: ActMoment): RollFacts {
  const { trace, step, start, before, after, events } = moment;
  const who = whoOf(step);
  const { by } = who;
  const paths = trace.reading.paths(step.number, after.cursor);
  const now = after[by].transceivers.map(({ mid }) => mid);
  const { pendingLocal } = before[by].slots;
  return {
    ...who,
    ...exchangeFacts(moment),
    needed: events.some(({ kind, side }) => kind === 'negotiation-needed' && side === by),
    path: paths.find((each) => each.machine === 'signalingState' && each.side === by)?.path ?? [],
    lost: after[by].slots.pendingLocal === null ? (pendingLocal?.type ?? null) : null,
    mids: before[by].transceivers.flatMap(({ mid }) =>
      mid === null || now.includes(mid) ? [] : [mid],
    ),
    unplaced: after[by].transceivers.some(({ mid }) => mid === null),
    messages: [...after.messages].filter(({ posted }) => posted > start.cursor).length,
  };
}

const shared = exchangeTexts<RollFacts>();

const TEXTS: Readonly<Record<string, StepTexts<RollFacts>>> = {
  'capture-screen': {
    title: ({ by }) => m.share_screen_title_capture({ who: by }),
    next: () => m.share_screen_next_capture(),
    body: () => [m.roll_back_why(), m.share_screen_capture_still()],
    notes: m.share_screen_notes_capture,
  },
  'add-track': {
    title: ({ by }) => m.share_screen_title_add({ who: by }),
    next: () => m.share_screen_next_add(),
    body: ({ needed }) => [m.share_screen_add_what(), when(needed, m.share_screen_add_needed)],
    notes: m.share_screen_notes_add,
  },
  'create-offer': shared['create-offer'],
  'set-local-offer': shared['set-local-offer'],
  'roll-back': {
    title: ({ by }) => m.roll_back_title({ who: by }),
    next: () => m.roll_back_next(),
    body: ({ path, lost, mids, unplaced, needed, messages }) => [
      path.length > 1 ? m.roll_back_path({ path: path.join(' → ') }) : null,
      when(lost !== null, m.roll_back_lost),
      mids.length > 0 ? m.roll_back_mids({ mids: mids.join(', ') }) : null,
      when(unplaced, m.roll_back_unplaced),
      when(needed, m.roll_back_needed),
      when(messages === 0, m.roll_back_unheard),
    ],
    notes: m.roll_back_notes,
  },
};

const ROLLING: readonly CodeLine[] = [
  line('const screen = await navigator.mediaDevices.getDisplayMedia();', 'capture-screen'),
  line('for (const track of screen.getTracks()) pc.addTrack(track, screen);', 'add-track'),
  line('const offer = await pc.createOffer();', 'create-offer'),
  line('await pc.setLocalDescription(offer);', 'set-local-offer'),
  line("await pc.setLocalDescription({ type: 'rollback' });", 'roll-back'),
];

export const rollBackLesson: ActLesson = {
  act: 'roll-back',
  group: 'trouble',
  name: () => m.roll_back_name(),
  about: () => m.roll_back_about(),
  brief: () => m.roll_back_brief(),
  settings: () => [
    {
      id: 'what',
      label: m.roll_back_setting_what(),
      options: [
        { id: 'screen', label: m.roll_back_what_screen() },
        { id: 'offer', label: m.roll_back_what_offer() },
      ],
    },
  ],
  ...toldSteps(TEXTS, factsOf),
  waiting: () => null,
  code: (_options, { by, steps }) => {
    const kinds = new Set(steps.map(({ kind }) => kind));
    const mine = ROLLING.filter((each) => each.steps.every((kind) => kinds.has(kind)));
    return by === 'callee' ? { caller: [], callee: mine } : { caller: mine, callee: [] };
  },
  pill: ({ step }) => {
    switch (step.kind) {
      case 'capture-screen':
        return plainPill('captureStream()');
      case 'add-track':
        return plainPill('addTrack()');
      case 'roll-back':
        return plainPill('setLocalDescription(rollback)');
      default:
        return exchangePill(step.kind);
    }
  },
  plain: ({ step }) => {
    switch (step.kind) {
      case 'capture-screen':
        return m.roll_back_plain_capture();
      case 'add-track':
        return m.plain_screen_add();
      default:
        return exchangePlain(step.kind);
    }
  },
};
