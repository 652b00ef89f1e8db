// What each lesson is called, what it is about in a line, what is new in it, and what to look for.
import { m } from '../../i18n/paraglide/messages.js';
import { CALL_STEP } from '../../rtc/steps.ts';
import type { NetLessonId } from './lessons.ts';

interface LessonText {
  readonly title: () => string;
  readonly summary: () => string;
  readonly news: () => string;
  readonly look: () => string;
}

const TEXTS: Readonly<Record<NetLessonId, LessonText>> = {
  'same-router': {
    title: m.net_lesson_same_router_title,
    summary: m.net_lesson_same_router_summary,
    news: m.net_lesson_same_router_new,
    look: () => m.net_lesson_same_router_look({ connect: CALL_STEP.connect.number }),
  },
  'two-routers': {
    title: m.net_lesson_two_routers_title,
    summary: m.net_lesson_two_routers_summary,
    news: m.net_lesson_two_routers_new,
    look: () => m.net_lesson_two_routers_look({ connect: CALL_STEP.connect.number }),
  },
  'symmetric-one': {
    title: m.net_lesson_symmetric_one_title,
    summary: m.net_lesson_symmetric_one_summary,
    news: m.net_lesson_symmetric_one_new,
    look: () => m.net_lesson_symmetric_one_look({ connect: CALL_STEP.connect.number }),
  },
  'symmetric-both': {
    title: m.net_lesson_symmetric_both_title,
    summary: m.net_lesson_symmetric_both_summary,
    news: m.net_lesson_symmetric_both_new,
    look: () => m.net_lesson_symmetric_both_look({ connect: CALL_STEP.connect.number }),
  },
  'no-way': {
    title: m.net_lesson_no_way_title,
    summary: m.net_lesson_no_way_summary,
    news: m.net_lesson_no_way_new,
    look: () => m.net_lesson_no_way_look({ connect: CALL_STEP.connect.number }),
  },
  'udp-blocked': {
    title: m.net_lesson_udp_blocked_title,
    summary: m.net_lesson_udp_blocked_summary,
    news: m.net_lesson_udp_blocked_new,
    look: () => m.net_lesson_udp_blocked_look({ gather: CALL_STEP['gather-candidates'].number }),
  },
  'nat-behind-nat': {
    title: m.net_lesson_nat_behind_nat_title,
    summary: m.net_lesson_nat_behind_nat_summary,
    news: m.net_lesson_nat_behind_nat_new,
    look: () => m.net_lesson_nat_behind_nat_look({ connect: CALL_STEP.connect.number }),
  },
  'no-hairpin': {
    title: m.net_lesson_no_hairpin_title,
    summary: m.net_lesson_no_hairpin_summary,
    news: m.net_lesson_no_hairpin_new,
    look: () => m.net_lesson_no_hairpin_look({ connect: CALL_STEP.connect.number }),
  },
  'network-change': {
    title: m.net_lesson_network_change_title,
    summary: m.net_lesson_network_change_summary,
    news: m.net_lesson_network_change_new,
    look: () => m.net_lesson_network_change_look({ connect: CALL_STEP.connect.number }),
  },
  'mapping-expires': {
    title: m.net_lesson_mapping_expires_title,
    summary: m.net_lesson_mapping_expires_summary,
    news: m.net_lesson_mapping_expires_new,
    look: () => m.net_lesson_mapping_expires_look({ connect: CALL_STEP.connect.number }),
  },
};

/** A lesson's title, as plain text. */
export function lessonTitle(id: NetLessonId): string {
  return TEXTS[id].title();
}

/** A lesson in one line, for the list of lessons; plain text. */
export function lessonSummary(id: NetLessonId): string {
  return TEXTS[id].summary();
}

/** What a lesson has that those before it had not; for its start. */
export function lessonNews(id: NetLessonId): string {
  return TEXTS[id].news();
}

/** What to look for in a lesson. */
export function lessonLook(id: NetLessonId): string {
  return TEXTS[id].look();
}
