// How long texts are said to take.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readingTime, wordCount } from '../../../src/lessons/call/words.ts';

test.each([
  ['', 0],
  ['one', 1],
  ['`signalingState` is **stable**, 43 ms after', 6],
  ['a `host` – `host` pair', 4],
])('%j has %i words', (text, words) => {
  expect(wordCount(text)).toBe(words);
});

test('sixty English words take eighteen seconds', () => {
  expect(readingTime('word '.repeat(60), 'en')).toBe(18_000);
});

test('a hundred Hangul syllables take twelve seconds, and API names count as words', () => {
  expect(readingTime('가'.repeat(100), 'ko')).toBe(12_000);
  expect(readingTime(`${'가'.repeat(100)} \`addTrack()\`은 `, 'ko')).toBe(12_420);
});

test('nothing is shown for less than two and a half seconds, and more text never for less', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.constantFrom('en', 'ko'), (text, more, locale) => {
      const time = readingTime(text, locale);
      expect(time).toBeGreaterThanOrEqual(2500);
      expect(readingTime(`${text} ${more}`, locale)).toBeGreaterThanOrEqual(time);
    }),
  );
});
