// The lessons' texts: every one is there in both languages, whole and short.
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { overwriteGetLocale } from '../../../src/i18n/paraglide/runtime.js';
import { wordCount } from '../../../src/lessons/call/words.ts';
import { NET_LESSON_IDS } from '../../../src/lessons/net/lessons.ts';
import { dropText, filteringText, mappingText } from '../../../src/lessons/net/rules.ts';
import {
  lessonLook,
  lessonNews,
  lessonSummary,
  lessonTitle,
} from '../../../src/lessons/net/text.ts';
import { NAT_RULES } from '../../../src/rtc/nat.ts';
import type { DropRule } from '../../../src/net/event.ts';
import { expectWhole, inLocale, LOCALES } from './whole.ts';

afterAll(() => {
  overwriteGetLocale(() => 'en');
});

const DROP_RULES: readonly DropRule[] = [
  ...(['lost', 'no-mapping', 'filtered', 'no-hairpinning', 'firewall-udp'] as const),
  ...(['firewall-tcp', 'firewall-inbound', 'no-route', 'no-socket', 'hop-limit'] as const),
  'no-port',
];

describe.each(LOCALES)('in %s', (locale) => {
  test.each(NET_LESSON_IDS)('%s has a title, a line, what is new and what to look for', (id) => {
    inLocale(locale, () => {
      const texts = [lessonTitle(id), lessonSummary(id), lessonNews(id), lessonLook(id)];
      for (const [place, text] of texts.entries()) {
        expectWhole(text, locale);
        expect(text).not.toContain('net_');
        expect(wordCount(text), text).toBeLessThanOrEqual([8, 20, 60, 30][place] ?? 0);
      }
    });
  });

  test('each rule has its own sentence, with its section', () => {
    inLocale(locale, () => {
      const texts = [
        ...DROP_RULES.map(dropText),
        ...NAT_RULES.map(mappingText),
        ...NAT_RULES.map(filteringText),
      ];
      expect(new Set(texts).size).toBe(texts.length);
      for (const text of texts) {
        expectWhole(text, locale);
        expect(text).toMatch(/RFC \d+ §\d/);
        expect(wordCount(text), text).toBeLessThanOrEqual(60);
      }
    });
  });
});

type Messages = Readonly<Record<string, unknown>>;

function read(locale: 'en' | 'ko'): Messages {
  const file = new URL(`../../../src/lessons/net/${locale}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Messages;
}

const parameters = (message: unknown) =>
  new Set([...JSON.stringify(message).matchAll(/\{([a-z]+)\}/g)].map(([, name]) => name));

test('both languages have the same messages in the same order, with the same parameters', () => {
  const [en, ko] = [read('en'), read('ko')];
  expect(Object.keys(ko)).toEqual(Object.keys(en));
  for (const [key, message] of Object.entries(en)) {
    expect(key).toMatch(/^net_(lesson|note)_[a-z]+(_[a-z]+)*$/);
    // A plural may say “one” where the other language has the number.
    const own = new Set([
      ...parameters(message),
      ...(key === 'net_note_checking' ? ['count'] : []),
    ]);
    expect(parameters(ko[key]), key).toEqual(own);
    const code = (text: unknown) => (JSON.stringify(text).match(/`[^`]+`/g) ?? []).sort();
    expect(code(ko[key]), key).toEqual(code(message));
  }
});

test('Korean is in the formal style throughout, with no particle left open', () => {
  const text = JSON.stringify(read('ko'));
  // Instructions end in 세요.
  expect(text).not.toMatch(/((?<!세)요|죠)[.!?"]/);
  expect(text).not.toMatch(/[을를이가은는]\([을를이가은는]\)/);
});
