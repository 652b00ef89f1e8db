// The catalogue: every lesson and every act is in it once, in order, with whole texts that do not tell the end.
import { afterAll, describe, expect, test } from 'vitest';
import { overwriteGetLocale } from '../../../src/i18n/paraglide/runtime.js';
import { wordCount } from '../../../src/lessons/call/words.ts';
import { CATALOGUE, catalogueLesson, LESSONS, nextLesson } from '../../../src/lessons/catalogue.ts';
import { hangUpLesson } from '../../../src/lessons/hang-up/lesson.ts';
import { NET_LESSON_IDS, netLessonById } from '../../../src/lessons/net/lessons.ts';
import { shareScreenLesson } from '../../../src/lessons/share-screen/lesson.ts';
import { expectWhole, inLocale, LOCALES } from './whole.ts';

afterAll(() => {
  overwriteGetLocale(() => 'en');
});

test('it has every network in its order, and numbers from 1', () => {
  const ids = LESSONS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => netLessonById(id) !== null)).toEqual(NET_LESSON_IDS);
  expect(LESSONS.map(({ number }) => number)).toEqual(ids.map((_, at) => at + 1));
  expect(CATALOGUE.flatMap(({ lessons }) => lessons)).toEqual(LESSONS);
});

test('a lesson ends as its network says', () => {
  for (const { id, end } of LESSONS) {
    const network = netLessonById(id);
    if (network !== null) expect(end === 'failed', id).toBe(network.end === 'failed');
    if (end === 'relay') {
      expect(network?.iceServers.some(({ urls }) => urls.startsWith('turn:'))).toBe(true);
    }
  }
});

test('a lesson leads to its beginning: an act to its place in the call', () => {
  const address = (id: string) => catalogueLesson(id)?.address;
  expect(address('call')).toBe('#/call');
  expect(address('share-screen')).toBe('#/call/share-screen');
  expect(address('two-routers')).toBe('#/two-routers');
  expect(catalogueLesson('no-such-lesson')).toBeNull();
});

test('the next lesson is the first that is not done, and none when all are', () => {
  expect(nextLesson(new Set())?.id).toBe('call');
  expect(nextLesson(new Set(['call', 'hang-up']))?.id).toBe('share-screen');
  expect(nextLesson(new Set(LESSONS.map(({ id }) => id)))).toBeNull();
});

describe.each(LOCALES)('in %s', (locale) => {
  test('an act has the name that it has in the call', () => {
    inLocale(locale, () => {
      expect(catalogueLesson('share-screen')?.title()).toBe(shareScreenLesson.name());
      expect(catalogueLesson('hang-up')?.title()).toBe(hangUpLesson.name());
    });
  });

  test.each(LESSONS)('$id has a title, a line, what is new and what to look for', (lesson) => {
    inLocale(locale, () => {
      const [title, line] = [lesson.title(), lesson.line()];
      const texts = [title, line, `${lesson.news()} ${lesson.look()}`];
      for (const [place, text] of texts.entries()) {
        if (place > 0) expectWhole(text, locale);
        expect(wordCount(text), text).toBeLessThanOrEqual([8, 10, 60][place] ?? 0);
      }
      // How it ends is the learner's to find out.
      expect(line).not.toMatch(/relays|fails|mends|실패|되살/);
    });
  });
});
