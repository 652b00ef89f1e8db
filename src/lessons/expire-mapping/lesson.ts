// The texts of a mapping that expires: the NAT forgets, checks go unanswered, and consent ends.
import { m } from '../../i18n/paraglide/messages.js';
import { plainPill, type ActLesson } from '../act.ts';
import { listeningCode } from '../net/act-code.ts';
import { networkActFacts, type NetworkActFacts } from '../net/act-facts.ts';
import { toldSteps, when, type StepTexts } from '../step-texts.ts';

/** When the first and the last side came to a state, in seconds; null where not both did. */
function both({ mine, theirs }: NetworkActFacts, state: string): readonly string[] | null {
  const times = [mine, theirs].flatMap(
    ({ reached }) => reached.find(({ to }) => to === state)?.seconds ?? [],
  );
  return times.length === 2 ? times.toSorted((one, other) => Number(one) - Number(other)) : null;
}

const TEXTS: Readonly<Record<string, StepTexts<NetworkActFacts>>> = {
  'fall-silent': {
    title: () => m.expire_title_silent(),
    next: () => m.expire_next_silent(),
    body: ({ expired, seconds, mine, theirs }) => [
      m.expire_why(),
      expired === null ? m.expire_not_seen({ seconds }) : m.expire_gone(expired),
      when(
        expired !== null && mine.now === 'connected' && theirs.now === 'connected',
        m.expire_unnoticed,
      ),
    ],
    notes: m.expire_notes_silent,
  },
  'go-unanswered': {
    title: () => m.expire_title_unanswered(),
    next: () => m.expire_next_unanswered(),
    body: (facts) => {
      const { noMapping, filtered } = facts;
      const [first, last] = both(facts, 'disconnected') ?? [];
      return [
        noMapping > 0 ? m.expire_no_mapping({ count: noMapping }) : null,
        filtered > 0 ? m.expire_filtered({ count: filtered }) : null,
        first === undefined || last === undefined
          ? m.expire_still_connected()
          : m.expire_disconnected({ first, last }),
      ];
    },
    notes: m.expire_notes_unanswered,
  },
  'give-up': {
    title: () => m.expire_title_give_up(),
    next: () => m.expire_next_give_up(),
    body: (facts) => {
      const [first, last] = both(facts, 'failed') ?? [];
      return [
        first === undefined || last === undefined
          ? m.expire_not_failed()
          : m.expire_failed({ first, last }),
        when(first !== undefined && facts.isByConsent, m.expire_consent),
        when(facts.negotiated === 0, m.expire_nothing),
        when(facts.stays, m.leave_stays),
      ];
    },
    notes: m.expire_notes_give_up,
  },
};

export const expireMappingLesson: ActLesson = {
  act: 'expire-mapping',
  group: 'path',
  name: () => m.expire_name(),
  about: () => m.expire_about(),
  brief: () => m.expire_brief(),
  ...toldSteps(TEXTS, networkActFacts),
  waiting: ({ after }) => (after.progress === 'running' ? m.leave_waiting() : null),
  code: () => listeningCode('give-up'),
  pill: () => plainPill(null),
  plain: ({ step }) => {
    switch (step.kind) {
      case 'fall-silent':
        return m.expire_plain_silent();
      case 'go-unanswered':
        return m.expire_plain_unanswered();
      default:
        return m.expire_plain_give_up();
    }
  },
};
