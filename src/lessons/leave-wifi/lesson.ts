// The texts of the phone that leaves the Wi-Fi: what goes, what comes, and that nobody repairs the call by itself.
import { m } from '../../i18n/paraglide/messages.js';
import { plainPill, type ActLesson } from '../act.ts';
import { people } from '../moments/words.ts';
import { listeningCode } from '../net/act-code.ts';
import { networkActFacts, type NetworkActFacts, type StateFacts } from '../net/act-facts.ts';
import { toldSteps, when, type StepTexts } from '../step-texts.ts';

/** The states that a side came to, one after the other. */
function cameTo(who: string, { reached }: StateFacts): string | null {
  if (reached.length === 0) return null;
  const states = reached.map(({ to, seconds }) => m.leave_state({ to, seconds })).join(' → ');
  return m.leave_states({ who, states });
}

const TEXTS: Readonly<Record<string, StepTexts<NetworkActFacts>>> = {
  'leave-network': {
    title: ({ by }) => m.leave_title_leave(people(by)),
    next: ({ by }) => m.leave_next_leave(people(by)),
    body: ({ gone, people: of, mine, theirs }) => [
      m.leave_why(),
      gone === null ? m.leave_not_gone() : m.leave_gone({ ...of, ...gone }),
      when(mine.now === 'disconnected', () => m.leave_mine(of)),
      when(theirs.now === 'connected', () => m.leave_theirs(of)),
    ],
    notes: m.leave_notes_leave,
  },
  'join-network': {
    title: ({ by }) => m.leave_title_join(people(by)),
    next: ({ by }) => m.leave_next_join(people(by)),
    body: ({ come, people: of, found }) => [
      come === null ? m.leave_not_come() : m.leave_come({ ...of, ...come }),
      when(found === 0, m.leave_unused),
    ],
    notes: m.leave_notes_join,
  },
  'wait-for-failure': {
    title: () => m.leave_title_wait(),
    next: () => m.leave_next_wait(),
    body: ({ people: of, mine, theirs, negotiated, stays }) => [
      cameTo(of.Who, mine),
      cameTo(of.Other, theirs),
      mine.now === 'failed' && theirs.now === 'failed' ? m.leave_failed() : m.leave_not_failed(),
      when(negotiated === 0, m.leave_nothing),
      when(stays, m.leave_stays),
    ],
    notes: m.leave_notes_wait,
  },
};

export const leaveWifiLesson: ActLesson = {
  act: 'leave-wifi',
  group: 'path',
  name: () => m.leave_name(),
  about: () => m.leave_about(),
  brief: () => m.leave_brief(),
  ...toldSteps(TEXTS, networkActFacts),
  waiting: ({ after }) => (after.progress === 'running' ? m.leave_waiting() : null),
  code: () => listeningCode('wait-for-failure'),
  pill: () => plainPill(null),
  plain: ({ step }) => {
    switch (step.kind) {
      case 'leave-network':
        return m.leave_plain_leave();
      case 'join-network':
        return m.leave_plain_join();
      default:
        return m.leave_plain_wait();
    }
  },
};
