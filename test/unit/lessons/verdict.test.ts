// The verdict in words: whole and short in both languages, for every finding that the measured descriptions have.
import { afterEach, describe, expect, it } from 'vitest';
import { ANSWERED, PROBES } from '../../fixtures/browsers/probes.js';
import { overwriteGetLocale } from '../../../src/i18n/paraglide/runtime.js';
import { findingText, summaryText, weightText } from '../../../src/lessons/verdict/text.ts';
import { parseSdp } from '../../../src/sdp/parse.ts';
import { verdictOf } from '../../../src/sdp/verdict.ts';

afterEach(() => {
  overwriteGetLocale(() => 'en');
});

const verdicts = PROBES.map(({ type, shape, sdp }) => {
  const text = { document: parseSdp(sdp) };
  if (type === 'offer') return verdictOf({ offer: text });
  return verdictOf({ offer: { document: parseSdp(ANSWERED[shape]) }, answer: text });
});
const words = (text: string) => text.split(/\s+/).length;

describe.each(['en', 'ko'] as const)('in %s', (locale) => {
  it('has whole and short words for each finding', () => {
    overwriteGetLocale(() => locale);
    for (const { findings } of verdicts) {
      for (const finding of findings) {
        const { title, why, browsers, remedy } = findingText(finding);
        for (const text of [title, why, ...(browsers === null ? [] : [browsers])]) {
          expect(text, finding.id).not.toMatch(
            /[{}]|undefined|\[object|(?:find|verdict|sdp)_[a-z]/,
          );
          expect(text).not.toBe('');
          if (locale === 'ko') expect(text).toMatch(/[가-힣]/);
        }
        if (locale === 'en') {
          expect(words(title), title).toBeLessThanOrEqual(9);
          expect(words(why), why).toBeLessThanOrEqual(36);
        }
        if (remedy !== null) expect(remedy.text).not.toBe('');
        expect(weightText(finding.weight)).not.toBe('');
      }
    }
  });

  it('has one sentence for each verdict', () => {
    overwriteGetLocale(() => locale);
    for (const verdict of verdicts) {
      const { title } = summaryText(verdict);
      expect(title).not.toMatch(/[{}]|undefined|verdict_[a-z]|: $/);
      if (locale === 'en') expect(words(title), title).toBeLessThanOrEqual(20);
    }
  });
});

it('says who refuses what, and goes on as a sentence', () => {
  const said = PROBES.flatMap(({ name }, at) => {
    const verdict = verdicts[at];
    return name === 'offer: no setup' && verdict !== undefined ? [summaryText(verdict).title] : [];
  });
  expect(said).toEqual(['Firefox refuses the offer: nobody says who begins DTLS']);
});
