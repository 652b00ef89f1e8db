// The texts of an ICE restart: what is new in it, what is kept, and what the call of the API alone does not do.
import { m } from '../../i18n/paraglide/messages.js';
import { exchangePill, plainPill, type ActLesson } from '../act.ts';
import { exchangePlain } from '../plain/exchange.ts';
import { toldSteps, when, type StepTexts } from '../step-texts.ts';
import { restartCode } from './code.ts';
import { restartFacts, type RestartFacts, type RestartSide } from './facts.ts';

/** Two generations of one side, where both are known and differ. */
function renewed({ was, now }: RestartSide, say: typeof m.restart_offer_new): string | null {
  return was !== null && now !== null && was !== now ? say({ was, now }) : null;
}

function pathText({ mine, theirs }: RestartFacts): string {
  const [one = ''] = mine.path;
  const isSteady = mine.path.length === 1 && theirs.path.length === 1;
  if (isSteady) return m.restart_path_steady({ state: one });
  return m.restart_path_moved({ states: (mine.path.length > 1 ? mine : theirs).path.join(' → ') });
}

/** The selected pair has another local end than before the act. */
function pairText({ mine, theirs }: RestartFacts): string {
  const isKept = [mine, theirs].some(({ ports: [was, is] }) => was !== null && was === is);
  if (isKept) return m.restart_pair_kept();
  const [before, now] = mine.ports;
  return before !== null && now !== null && before !== now
    ? m.restart_pair_ports({ before, now })
    : m.restart_pair();
}

const TEXTS: Readonly<Record<string, StepTexts<RestartFacts>>> = {
  'ask-restart': {
    title: ({ by }) => m.restart_title_ask({ who: by }),
    next: ({ by }) => m.restart_next_ask({ who: by }),
    body: ({ needed, mine }) => [
      m.restart_why(),
      needed ? m.restart_ask_needed() : m.restart_ask_not_needed(),
      when(mine.states.connectionState === 'connected', m.restart_ask_still),
    ],
    notes: m.restart_notes_ask,
  },
  'wait-for-offer': {
    title: () => m.restart_title_wait(),
    next: () => m.restart_next_wait(),
    body: ({ needed, mine, theirs, messages, seconds }) => [
      m.restart_wait_seen({ seconds }),
      when(
        messages === 0 && mine.found + theirs.found === 0 && mine.now === null,
        m.restart_wait_nothing,
      ),
      mine.was === null ? null : m.restart_wait_same({ was: mine.was }),
      when(needed, m.restart_wait_why),
    ],
    notes: m.restart_notes_wait,
  },
  'create-offer': {
    title: ({ by }) => m.restart_title_create_offer({ who: by }),
    next: () => m.restart_next_create_offer(),
    body: ({ mine, isSameSession }) => [
      renewed(mine, m.restart_offer_new),
      when(isSameSession, m.restart_offer_same),
    ],
    notes: m.restart_notes_create_offer,
  },
  'set-local-offer': {
    title: ({ by }) => m.exchange_title_set_local_offer({ who: by }),
    next: () => m.restart_next_set_local_offer(),
    body: ({ mine }) => [
      m.restart_gathers(),
      mine.found > 0 ? m.restart_found({ count: mine.found }) : m.restart_found_none(),
      when(mine.states.connectionState === 'connected', m.restart_old_path),
      mine.states.connectionState === 'connecting' ? m.restart_checking() : null,
    ],
    notes: m.restart_notes_set_local_offer,
  },
  'send-offer': {
    title: () => m.exchange_title_send_offer(),
    next: () => m.restart_next_send_offer(),
    body: ({ along }) => [m.restart_sent(), m.restart_sent_candidates({ count: along })],
    notes: m.restart_notes_send_offer,
  },
  'set-remote-offer': {
    title: ({ other }) => m.exchange_title_set_remote_offer({ who: other }),
    next: ({ other }) => m.exchange_next_set_remote_offer({ who: other }),
    body: ({ mine, theirs }) => [
      mine.now === null ? null : m.restart_remote_new({ now: mine.now }),
      when(theirs.states.connectionState === 'connected', m.restart_remote_still),
    ],
    notes: m.restart_notes_set_remote_offer,
  },
  'create-answer': {
    title: ({ other }) => m.exchange_title_create_answer({ who: other }),
    next: ({ other }) => m.exchange_next_create_answer({ who: other }),
    body: ({ theirs }) => [renewed(theirs, m.restart_answer_new), m.restart_answer_both()],
    notes: m.restart_notes_create_answer,
  },
  'set-local-answer': {
    title: ({ other }) => m.exchange_title_set_local_answer({ who: other }),
    next: ({ other }) => m.exchange_next_set_local_answer({ who: other }),
    body: ({ theirs }) => [
      theirs.found > 0 ? m.restart_found({ count: theirs.found }) : m.restart_found_none(),
      m.restart_answer_checks(),
    ],
    notes: m.restart_notes_set_local_answer,
  },
  'send-answer': {
    title: () => m.exchange_title_send_answer(),
    next: () => m.exchange_next_send_answer(),
    body: () => [m.exchange_returned()],
    notes: m.restart_notes_send_answer,
  },
  'set-remote-answer': {
    title: ({ by }) => m.exchange_title_set_remote_answer({ who: by }),
    next: ({ by }) => m.exchange_next_set_remote_answer({ who: by }),
    body: () => [m.restart_both_know()],
    notes: m.restart_notes_set_remote_answer,
  },
  'new-path': {
    title: () => m.restart_title_path(),
    next: () => m.restart_next_path(),
    body: (facts) => [
      pairText(facts),
      pathText(facts),
      when(!facts.dtls, m.restart_dtls_kept),
      facts.theirs.received > 0
        ? m.restart_received({ kilobytes: Math.ceil(facts.theirs.received / 1000) })
        : null,
    ],
    notes: m.restart_notes_path,
  },
};

export const restartIceLesson: ActLesson = {
  act: 'restart-ice',
  group: 'path',
  name: () => m.restart_name(),
  about: () => m.restart_about(),
  brief: () => m.restart_brief(),
  settings: () => [
    {
      id: 'how',
      label: m.restart_setting_how(),
      options: [
        { id: 'offer', label: m.restart_how_offer() },
        { id: 'alone', label: m.restart_how_alone() },
      ],
    },
  ],
  ...toldSteps(TEXTS, restartFacts),
  waiting: ({ step, after }) => {
    if (after.progress !== 'running') return null;
    if (step.kind === 'new-path') return m.restart_wait_path();
    return step.kind === 'wait-for-offer' ? m.restart_wait_offer() : null;
  },
  code: (_options, act) => restartCode(act),
  pill: ({ step }) =>
    step.kind === 'ask-restart' ? plainPill('restartIce()') : exchangePill(step.kind),
  plain: ({ step }) => {
    switch (step.kind) {
      case 'ask-restart':
        return m.restart_plain_ask();
      case 'wait-for-offer':
        return m.restart_plain_wait();
      case 'create-offer':
        return m.restart_plain_offer();
      case 'new-path':
        return m.restart_plain_path();
      default:
        return exchangePlain(step.kind);
    }
  },
};
