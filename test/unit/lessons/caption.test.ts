// Holds every caption to its measure: there in both languages, whole, and in English at most sixty words.
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { overwriteGetLocale } from '../../../src/i18n/paraglide/runtime.js';
import { caption, waitingFor, type CaptionFacts } from '../../../src/lessons/call/caption.ts';
import { explainProblem } from '../../../src/lessons/call/problem.ts';
import { stepNotes } from '../../../src/lessons/call/notes.ts';
import { stepTitle } from '../../../src/lessons/call/title.ts';
import { wordCount } from '../../../src/lessons/call/words.ts';
import { PROBLEMS } from '../../../src/trace/event.ts';
import { CALL_STEPS } from '../../../src/rtc/steps.ts';
import { anyFacts } from './arbitrary.ts';

const LOCALES = ['en', 'ko'] as const;
type Locale = (typeof LOCALES)[number];

function inLocale<T>(locale: Locale, say: () => T): T {
  overwriteGetLocale(() => locale);
  return say();
}

afterAll(() => {
  overwriteGetLocale(() => 'en');
});

function expectWhole(text: string, locale: Locale) {
  expect(text).not.toBe('');
  expect(text).not.toMatch(/[{}]|undefined|null|NaN|\bcall_| {2}/);
  expect(text.split('**').length % 2).toBe(1);
  expect(text.split('`').length % 2).toBe(1);
  if (locale === 'ko') expect(text).toMatch(/\p{Script=Hangul}/u);
  else expect(text).not.toMatch(/\p{Script=Hangul}/u);
}

test.each(LOCALES)(
  'captions are whole and short in %s, whatever happened',
  { timeout: 20_000 },
  (locale) => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        inLocale(locale, () => {
          const { title, body } = caption(facts);
          expectWhole(title, locale);
          expectWhole(body, locale);
          const waits = waitingFor(facts);
          if (waits !== null) {
            expectWhole(waits, locale);
            expect(waits).not.toMatch(/\*\*|`/);
          }
          if (locale === 'en') {
            expect(wordCount(title)).toBeLessThanOrEqual(9);
            expect(wordCount(body)).toBeLessThanOrEqual(60);
          } else {
            expect(body.length).toBeLessThanOrEqual(260);
          }
        });
      }),
      { numRuns: 2000 },
    );
  },
);

test.each(LOCALES)('every step has a title and a note for the teacher in %s', (locale) => {
  inLocale(locale, () => {
    expect(stepNotes('')).toBe('');
    for (const { kind } of CALL_STEPS) {
      expectWhole(stepTitle(kind), locale);
      expectWhole(stepNotes(kind), locale);
      expect(wordCount(stepNotes(kind))).toBeLessThanOrEqual(40);
    }
  });
});

test.each(LOCALES)('every problem is explained in %s', (locale) => {
  inLocale(locale, () => {
    for (const code of PROBLEMS) {
      const { title, means, next } = explainProblem({ code, error: null });
      for (const text of [title, means, next]) expectWhole(text, locale);
    }
  });
});

test('no step of the callee is told as the end of a call', () => {
  fc.assert(
    fc.property(anyFacts, (facts) => {
      if (facts.ended || facts.step === null) return;
      const english = inLocale('en', () => caption(facts));
      expect(`${english.title} ${english.body}`).not.toMatch(/\bends (the|a|its|their) call/i);
      const korean = inLocale('ko', () => caption(facts));
      expect(`${korean.title} ${korean.body}`).not.toMatch(/통화를? ?종료|통화를 끝/);
    }),
  );
});

const sampled = (facts: Partial<CaptionFacts>) =>
  fc.sample(anyFacts, 300).map((any) => ({ ...any, ended: false, ...facts }));

test('what did not happen is not told', () => {
  overwriteGetLocale(() => 'en');
  for (const facts of sampled({ step: 'gather-candidates', found: 0, hidden: false })) {
    expect(caption(facts).body).not.toMatch(/\d+ (are|were) found|\.local/);
  }
  for (const facts of sampled({ step: 'gather-candidates', errorCode: null })) {
    expect(caption(facts).body).not.toMatch(/error/i);
  }
  for (const facts of sampled({ step: 'send-answer', early: null })) {
    expect(caption(facts).body).not.toMatch(/peer-reflexive/);
  }
  for (const facts of sampled({ step: 'connect', problem: null })) {
    const up = facts.caller.connection === 'connected' && facts.callee.connection === 'connected';
    if (!up) expect(caption(facts).body).not.toMatch(/flow|were `connected`|DTLS 1/);
  }
});
