// The catalogue of lessons: what can be learnt here, in which order, under which names, and how each ends.
import { m } from '../i18n/paraglide/messages.js';
import { CALL_STEPS } from '../rtc/steps.ts';
import type { NetLessonId } from './net/lessons.ts';
import { lessonLook, lessonNews, lessonSummary, lessonTitle } from './net/text.ts';

/** How a lesson ends: media goes directly, or by a relay, or not at all; or the call is closed on purpose. */
export type LessonEnd = 'direct' | 'relay' | 'failed' | 'closed';

/** The lessons that are acts of a call in this browser. */
type ActLessonId = 'call' | 'share-screen' | 'hang-up';

/** The id of a lesson: an act of a call in this browser, or a network. */
export type LessonId = ActLessonId | NetLessonId;

/** A lesson as the catalogue has it. Its texts are in the language of the page when they are asked for. */
export interface CatalogueLesson {
  readonly id: LessonId;
  /** Its place among all lessons, from 1. */
  readonly number: number;
  readonly group: CatalogueGroup['id'];
  /** A call in this browser, which needs WebRTC; else a simulated network. */
  readonly inBrowser: boolean;
  /** The link to it, `#` first: whoever has left it in the middle comes back to where that was. */
  readonly address: string;
  /** The link to its beginning, wherever it was left. */
  readonly beginning: string;
  /** How long it takes: see `MINUTES`. */
  readonly minutes: number;
  readonly end: LessonEnd;
  /** The one name that it has everywhere. */
  readonly title: () => string;
  /** What it shows, in a line; it does not tell the end. */
  readonly line: () => string;
  /** What it has that those before it had not; in the lessons' markup. */
  readonly news: () => string;
  /** What to look for; in the lessons' markup. */
  readonly look: () => string;
}

/** A group of lessons, by what they are about. */
export interface CatalogueGroup {
  readonly id: 'call' | 'networks' | 'breaks';
  readonly title: () => string;
  readonly about: () => string;
  readonly lessons: readonly CatalogueLesson[];
}

/** The groups and what is in each, in order. */
const GROUPS = [
  {
    id: 'call',
    title: m.course_group_call,
    about: m.course_group_call_about,
    lessons: ['call', 'share-screen', 'hang-up'],
  },
  {
    id: 'networks',
    title: m.course_group_networks,
    about: m.course_group_networks_about,
    lessons: ['same-router', 'two-routers', 'symmetric-one', 'symmetric-both', 'nat-behind-nat'],
  },
  {
    id: 'breaks',
    title: m.course_group_breaks,
    about: m.course_group_breaks_about,
    lessons: ['no-way', 'udp-blocked', 'no-hairpin', 'network-change', 'mapping-expires'],
  },
] as const satisfies readonly (Omit<CatalogueGroup, 'lessons'> & {
  readonly lessons: readonly LessonId[];
})[];

/**
 * How long each takes, in minutes. A step's explanation has up to sixty words, which is a quarter of a minute, and what
 * it shows is looked at as long: half a minute a step where it is new. A network's steps are known from the call, so
 * that its time goes to what its packets meet; most where something happens after the call is up.
 */
const MINUTES: Readonly<Record<LessonId, number>> = {
  call: 8,
  'share-screen': 6,
  'hang-up': 2,
  'same-router': 5,
  'two-routers': 7,
  'symmetric-one': 7,
  'symmetric-both': 7,
  'nat-behind-nat': 6,
  'no-way': 6,
  'udp-blocked': 6,
  'no-hairpin': 6,
  'network-change': 7,
  'mapping-expires': 7,
};

const ENDS: Readonly<Record<LessonId, LessonEnd>> = {
  call: 'direct',
  'share-screen': 'direct',
  'hang-up': 'closed',
  'same-router': 'direct',
  'two-routers': 'direct',
  'symmetric-one': 'direct',
  'symmetric-both': 'relay',
  'nat-behind-nat': 'direct',
  'no-way': 'failed',
  'udp-blocked': 'relay',
  'no-hairpin': 'failed',
  'network-change': 'direct',
  'mapping-expires': 'direct',
};

type LessonTexts = Pick<CatalogueLesson, 'title' | 'line' | 'news' | 'look'>;

/** The texts of the lessons that are acts of a call in this browser. */
const ACT_TEXTS: Readonly<Record<ActLessonId, LessonTexts>> = {
  call: {
    title: () => m.act_in_steps({ act: m.act_call(), count: CALL_STEPS.length }),
    line: m.course_call_line,
    news: m.course_call_new,
    look: m.course_call_look,
  },
  'share-screen': {
    title: m.share_screen_name,
    line: m.course_share_screen_line,
    news: m.course_share_screen_new,
    look: m.course_share_screen_look,
  },
  'hang-up': {
    title: m.hang_up_name,
    line: m.course_hang_up_line,
    news: m.course_hang_up_new,
    look: m.course_hang_up_look,
  },
};

function isAct(id: LessonId): id is ActLessonId {
  return Object.hasOwn(ACT_TEXTS, id);
}

function textsOf(id: LessonId): LessonTexts {
  if (isAct(id)) return ACT_TEXTS[id];
  return {
    title: () => lessonTitle(id),
    line: () => lessonSummary(id),
    news: () => lessonNews(id),
    look: () => lessonLook(id),
  };
}

/** A later act is a place in the call. */
const isLater = (id: LessonId) => isAct(id) && id !== 'call';

function addressOf(id: LessonId): string {
  return isLater(id) ? `#/call/${id}` : `#/${id}`;
}

/** A call begins before its first event. */
function beginningOf(id: LessonId): string {
  return isLater(id) ? addressOf(id) : `${addressOf(id)}?event=0`;
}

const ORDER: readonly LessonId[] = GROUPS.flatMap(({ lessons }) => lessons);

/** All lessons, group by group. */
export const CATALOGUE: readonly CatalogueGroup[] = GROUPS.map((group) => ({
  ...group,
  lessons: group.lessons.map((id) => ({
    id,
    number: ORDER.indexOf(id) + 1,
    group: group.id,
    inBrowser: isAct(id),
    address: addressOf(id),
    beginning: beginningOf(id),
    minutes: MINUTES[id],
    end: ENDS[id],
    ...textsOf(id),
  })),
}));

/** All lessons in their order. */
export const LESSONS: readonly CatalogueLesson[] = CATALOGUE.flatMap(({ lessons }) => lessons);

/** The lesson of that id; null when there is none. Takes any text, as a link gives it. */
export function catalogueLesson(id: string): CatalogueLesson | null {
  return LESSONS.find((each) => each.id === id) ?? null;
}

/** The first lesson that is not done; null when all are. */
export function nextLesson(done: ReadonlySet<string>): CatalogueLesson | null {
  return LESSONS.find(({ id }) => !done.has(id)) ?? null;
}
