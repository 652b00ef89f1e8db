// Links to the page of lessons: #/lessons/two-routers?outcomes=shown&lang=ko
import { catalogueLesson, type LessonId } from '../../lessons/catalogue.ts';

/** What the page of lessons shows. */
export interface LessonsPlace {
  /** The lesson that is looked at; null for the list. */
  readonly chosen: LessonId | null;
  /** Every outcome is seen, also of lessons that are not done. */
  readonly showsEnds: boolean;
  /** The language that the link asks for; null leaves the reader's own. */
  readonly lang: string | null;
}

/** Reads a link's part from `#` on. Total: what it does not know is left out. */
export function parseLessonsLink(hash: string): LessonsPlace {
  const [, id = '', asked = ''] = /^#?\/lessons(?:\/([a-z-]*))?\/?(?:\?(.*))?$/s.exec(hash) ?? [];
  const query = new URLSearchParams(asked);
  return {
    chosen: catalogueLesson(id)?.id ?? null,
    showsEnds: query.get('outcomes') === 'shown',
    lang: query.get('lang'),
  };
}

/** Writes a place as a link's part, `#` first. What stands at its default is left out. */
export function formatLessonsLink({ chosen, showsEnds, lang }: LessonsPlace): string {
  const query = new URLSearchParams();
  if (showsEnds) query.set('outcomes', 'shown');
  if (lang !== null) query.set('lang', lang);
  const text = query.toString();
  return `#/lessons${chosen === null ? '' : `/${chosen}`}${text === '' ? '' : `?${text}`}`;
}
