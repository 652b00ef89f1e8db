// Holds the lesson's two message files to each other.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Messages = Readonly<Record<string, unknown>>;

function read(locale: 'en' | 'ko'): Messages {
  const file = new URL(`../../../src/lessons/call/${locale}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Messages;
}

const en = read('en');
const ko = read('ko');

/** All names in braces that a message's texts use. */
function parameters(message: unknown): ReadonlySet<string> {
  const texts = JSON.stringify(message).matchAll(/\{([a-z]+)\}/gi);
  return new Set([...texts].map(([, name]) => name ?? ''));
}

test('both languages have the same messages, in the same order', () => {
  expect(Object.keys(ko)).toEqual(Object.keys(en));
});

test('every key is flat, in snake case, and says where it belongs', () => {
  for (const key of Object.keys(en)) expect(key).toMatch(/^call_[a-z]+(_[a-z]+)*$/);
});

test('Korean uses no parameter that English does not know, and marks as much code', () => {
  for (const [key, message] of Object.entries(en)) {
    const korean = ko[key];
    const known = new Set([...parameters(message), 'count']);
    for (const name of parameters(korean)) expect(known, key).toContain(name);
    if (typeof message === 'string' && typeof korean === 'string') {
      const code = (text: string) => (text.match(/`[^`]+`/g) ?? []).sort();
      expect(code(korean), key).toEqual(code(message));
    }
  }
});

test('Korean is in the formal style throughout, with no particle left open', () => {
  const text = JSON.stringify(ko);
  // Instructions end in -세요; nothing else is less formal than -ㅂ니다, and nothing more than that.
  expect(text).not.toMatch(/((?<!세)요|죠)[.!?"]/);
  expect(text).not.toContain('십시오');
  expect(text).not.toMatch(/[을를이가은는]\([을를이가은는]\)/);
});
