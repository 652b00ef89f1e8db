// The texts of the steps that every later exchange has. An act adds what is its own.
import { m } from '../../i18n/paraglide/messages.js';
import type { ExchangeStepKind } from '../../rtc/steps.ts';
import { when, type StepTexts } from '../step-texts.ts';
import type { ExchangeFacts, ExchangeSide } from './facts.ts';
import type { SectionChange } from './outline.ts';

/** Sentences in reading order; what does not hold in this run is `null`. */
export type Pieces = readonly (string | null)[];

/** What an act says in place of an exchange's own words. */
export interface ExchangeWords<Facts> {
  /** Comes before the shared sentences of a step. */
  readonly say?: Partial<Record<ExchangeStepKind, (facts: Facts) => Pieces>>;
  readonly notes?: Partial<Record<ExchangeStepKind, () => string>>;
  readonly next?: Partial<Record<ExchangeStepKind, () => string>>;
}

/** More changes than these are not told one by one. */
const MOST_TOLD = 2;

function changeText({ is, mid, was, now }: SectionChange): string {
  const where = mid ?? '?';
  switch (is) {
    case 'added':
      return m.exchange_section_added({ mid: where });
    case 'reused':
      return m.exchange_section_reused({ mid: where });
    case 'closed':
      return m.exchange_section_closed({ mid: where });
    case 'turned':
      return m.exchange_section_turned({ mid: where, was: was ?? '', now });
  }
}

/** What became of the sections, told one by one where these are few. */
export function changesText(changes: readonly SectionChange[]): string | null {
  if (changes.length === 0) return null;
  if (changes.length > MOST_TOLD) return manyText(changes);
  return changes.map(changeText).join(' ');
}

function manyText(changes: readonly SectionChange[]): string {
  const [first] = changes;
  const isOne = changes.every(({ is, now }) => is === 'turned' && now === first?.now);
  const count = changes.length;
  return isOne && first !== undefined
    ? m.exchange_sections_turned({ count, now: first.now })
    : m.exchange_sections_changed({ count });
}

function countText({ was, made }: ExchangeSide): string | null {
  if (was === null || made === null) return null;
  const [before, now] = [was.sections.length, made.sections.length];
  return before === now
    ? m.exchange_offer_same_count({ now })
    : m.exchange_offer_count({ before, now });
}

function versionText({ was, made }: ExchangeSide): string | null {
  if (was?.version == null || made?.version == null) return null;
  if (was.version === made.version) return m.exchange_offer_version_same({ now: made.version });
  return m.exchange_offer_version({ before: was.version, now: made.version });
}

/** What became of tracks when a description was set. */
function tracksText({ tracks }: ExchangeSide): string | null {
  const all = (at: string) => tracks.filter((track) => track.at === at).length;
  const [muted, ended] = [all('muted'), all('ended')];
  if (ended > 0) return m.exchange_tracks_ended({ count: ended });
  return muted > 0 ? m.exchange_tracks_muted({ count: muted }) : null;
}

/** The texts of the steps of an exchange. */
export function exchangeTexts<Facts extends ExchangeFacts>({
  say = {},
  notes = {},
  next = {},
}: ExchangeWords<Facts> = {}): Readonly<Record<ExchangeStepKind, StepTexts<Facts>>> {
  const texts = (kind: ExchangeStepKind, shared: StepTexts<ExchangeFacts>): StepTexts<Facts> => ({
    title: shared.title,
    next: next[kind] ?? shared.next,
    body: (facts) => [...(say[kind]?.(facts) ?? []), ...shared.body(facts)],
    notes: notes[kind] ?? shared.notes,
  });
  return {
    'create-offer': texts('create-offer', SHARED['create-offer']),
    'set-local-offer': texts('set-local-offer', SHARED['set-local-offer']),
    'send-offer': texts('send-offer', SHARED['send-offer']),
    'set-remote-offer': texts('set-remote-offer', SHARED['set-remote-offer']),
    'create-answer': texts('create-answer', SHARED['create-answer']),
    'set-local-answer': texts('set-local-answer', SHARED['set-local-answer']),
    'send-answer': texts('send-answer', SHARED['send-answer']),
    'set-remote-answer': texts('set-remote-answer', SHARED['set-remote-answer']),
  };
}

/** `by` offers and `other` answers. */
const SHARED: Readonly<Record<ExchangeStepKind, StepTexts<ExchangeFacts>>> = {
  'create-offer': {
    title: ({ by }) => m.exchange_title_create_offer({ who: by }),
    next: () => m.exchange_next_create_offer(),
    body: ({ mine, isKept }) => [
      countText(mine),
      changesText(mine.changes),
      when(isKept && mine.changes.length === 0, m.exchange_offer_kept),
      when(mine.isRenewed, m.exchange_offer_renewed),
      // Two changes are enough to read.
      mine.changes.length < MOST_TOLD ? versionText(mine) : null,
    ],
    notes: m.exchange_notes_create_offer,
  },
  'set-local-offer': {
    title: ({ by }) => m.exchange_title_set_local_offer({ who: by }),
    next: () => m.exchange_next_set_local_offer(),
    body: ({ mine }) => [
      when(mine.states.signalingState === 'have-local-offer', m.exchange_local_state),
      m.exchange_local_pending(),
      mine.found === 0 ? m.exchange_local_no_gathering() : m.exchange_local_gathering(),
    ],
    notes: m.exchange_notes_set_local_offer,
  },
  'send-offer': {
    title: () => m.exchange_title_send_offer(),
    next: () => m.exchange_next_send_offer(),
    body: ({ offerer, mine: { made, along } }) => [
      m.exchange_sent_who({ who: offerer }),
      made && m.exchange_sent({ characters: made.characters, lines: made.lines }),
      along === 0 ? m.exchange_sent_no_candidates() : m.exchange_sent_candidates({ count: along }),
    ],
    notes: m.exchange_notes_send_offer,
  },
  'set-remote-offer': {
    title: ({ other }) => m.exchange_title_set_remote_offer({ who: other }),
    next: ({ other }) => m.exchange_next_set_remote_offer({ who: other }),
    body: ({ theirs }) => [
      when(theirs.states.signalingState === 'have-remote-offer', m.exchange_remote_state),
      tracksText(theirs),
    ],
    notes: m.exchange_notes_set_remote_offer,
  },
  'create-answer': {
    title: ({ other }) => m.exchange_title_create_answer({ who: other }),
    next: ({ other }) => m.exchange_next_create_answer({ who: other }),
    body: ({ theirs: { made, changes } }) => [
      made && m.exchange_answer_mirror({ count: made.sections.length }),
      answerText(changes),
    ],
    notes: m.exchange_notes_create_answer,
  },
  'set-local-answer': {
    title: ({ other }) => m.exchange_title_set_local_answer({ who: other }),
    next: ({ other }) => m.exchange_next_set_local_answer({ who: other }),
    body: ({ mine, theirs }) => [
      when(theirs.states.signalingState === 'stable', m.exchange_answered),
      when(mine.states.signalingState === 'have-local-offer', m.exchange_answered_other),
    ],
    notes: m.exchange_notes_set_local_answer,
  },
  'send-answer': {
    title: () => m.exchange_title_send_answer(),
    next: () => m.exchange_next_send_answer(),
    body: () => [m.exchange_returned()],
    notes: m.exchange_notes_send_answer,
  },
  'set-remote-answer': {
    title: ({ by }) => m.exchange_title_set_remote_answer({ who: by }),
    next: ({ by }) => m.exchange_next_set_remote_answer({ who: by }),
    body: ({ mine }) => [
      mine.states.signalingState === 'stable' && mine.states.connectionState !== null
        ? m.exchange_stable({ state: mine.states.connectionState })
        : null,
      mine.found === 0 && mine.along === 0 ? m.exchange_no_dtls() : m.exchange_new_candidates(),
    ],
    notes: m.exchange_notes_set_remote_answer,
  },
};

/** What the answer says of the sections that are not as they were. */
function answerText(changes: readonly SectionChange[]): string | null {
  const open = changes.filter(({ is }) => is === 'added' || is === 'reused');
  const [only] = open;
  if (only !== undefined && open.length === 1 && changes.length === 1) {
    return only.media === 'application'
      ? m.exchange_answer_takes({ mid: only.mid ?? '?' })
      : m.exchange_answer_direction({ mid: only.mid ?? '?', direction: only.now });
  }
  return changesText(changes);
}
