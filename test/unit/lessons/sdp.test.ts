// The texts about SDP: whole in both languages, short, and saying what stands in the line.
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { overwriteGetLocale } from '../../../src/i18n/paraglide/runtime.js';
import { lineText } from '../../../src/lessons/sdp/explain.ts';
import { problemText } from '../../../src/lessons/sdp/problems.ts';
import { summaryHead } from '../../../src/lessons/sdp/summary.ts';
import { explainLine } from '../../../src/sdp/explain.ts';
import { EXTENSION_URIS } from '../../../src/sdp/extensions.ts';
import { RULE_IDS, ruleOf } from '../../../src/sdp/grammar.ts';
import { parseSdp } from '../../../src/sdp/parse.ts';
import { problemsOf } from '../../../src/sdp/problems.ts';
import { sectionSummary } from '../../../src/sdp/summary.ts';
import { fixture, fixtures } from '../sdp/fixtures.ts';
import { mutated } from '../sdp/mutated.ts';

const LOCALES = ['en', 'ko'] as const;

afterEach(() => {
  overwriteGetLocale(() => 'en');
});

/** A text must be there, hold no placeholder and no message's key, and end as a sentence where it is one. */
function expectWhole(text: string, isSentence: boolean) {
  expect(text.trim()).toBe(text);
  expect(text).not.toBe('');
  expect(text).not.toMatch(
    /[{}]|undefined|null|NaN|\[object|sdp_(?:line|part|problem|summary|reader)_/,
  );
  if (isSentence) expect(text).toMatch(/[.)]$/);
}

const words = (text: string) => text.split(/\s+/).length;

function textsOf(sdp: string, start: string): readonly string[] {
  const document = parseSdp(sdp);
  const index = document.lines.findIndex(({ text }) => text.startsWith(start));
  return lineText(explainLine(document, index)).parts.map(({ text }) => text);
}

describe('lineText', () => {
  for (const locale of LOCALES) {
    it(`explains every line of every fixture, in ${locale}`, { timeout: 60_000 }, () => {
      overwriteGetLocale(() => locale);
      for (const { sdp } of fixtures) {
        const document = parseSdp(sdp);
        for (const [index, line] of document.lines.entries()) {
          const { title, what, reader, without, spec, parts } = lineText(
            explainLine(document, index),
          );
          expectWhole(title, false);
          for (const text of [what, reader, without]) expectWhole(text, true);
          for (const { from, to, text } of parts) {
            expectWhole(text, true);
            expect(line.text.slice(from, to)).not.toBe('');
            if (locale === 'en') expect(words(text), text).toBeLessThanOrEqual(30);
            else expect(text).toMatch(/[가-힣]/);
          }
          if (spec !== null) {
            expect(spec.label).toMatch(/^(RFC \d{4} §[\dA-D][\d.]*|draft-[a-z\d-]+)$/);
            expect(new URL(spec.url).protocol).toBe('https:');
          }
        }
      }
    });

    it(`has words of its own for each kind of line, in ${locale}`, () => {
      overwriteGetLocale(() => locale);
      const seen = new Map<string, string>();
      for (const id of RULE_IDS) {
        const text =
          id === 'no-line'
            ? 'x'
            : id === 'unknown-type'
              ? 'x=1'
              : id.length === 1
                ? `${id}=1`
                : `a=${id}`;
        const document = parseSdp(text);
        const line = document.lines[0];
        expect(line === undefined ? null : ruleOf(line).id).toBe(id);
        const { title, what } = lineText(explainLine(document, 0));
        expect(seen.get(what), `${id} as ${String(seen.get(what))}`).toBeUndefined();
        seen.set(what, id);
        if (locale === 'en') {
          expect(words(title), title).toBeLessThanOrEqual(5);
          expect(words(what), what).toBeLessThanOrEqual(35);
        }
      }
    });
  }

  it('names codecs, what they repair, and what is not known', () => {
    const offer = fixture('chromium-both-and-data-offer');
    expect(textsOf(offer, 'a=rtpmap:111')[0]).toBe(
      'In this section, payload type 111 is Opus with a clock of 48000 Hz.',
    );
    expect(textsOf(offer, 'a=fmtp:97')[1]).toBe(
      'Repeats lost packets of payload type 96, which is VP8.',
    );
    expect(textsOf(offer, 'a=fmtp:108').at(-1)).toBe(
      'H.264 profile: Constrained Baseline. Highest level: 3.1.',
    );
    const unknown = lineText(explainLine(parseSdp('a=mystery:1'), 0));
    expect(unknown.what).toContain('RFC 8866 §5.13');
    overwriteGetLocale(() => 'ko');
    expect(textsOf(offer, 'a=fmtp:97')[1]).toBe(
      '페이로드 타입 96(VP8)의 잃은 패킷을 다시 보냅니다.',
    );
  });

  it('has another sentence for each header extension', () => {
    const texts = EXTENSION_URIS.map((uri) => textsOf(`m=a 9 b\na=extmap:1 ${uri}`, 'a=')[1]);
    const other = textsOf('m=a 9 b\na=extmap:1 urn:x', 'a=')[1];
    expect(texts).not.toContain(other);
    // Two addresses name the extension for marking frames.
    expect(new Set(texts).size).toBe(EXTENSION_URIS.length - 1);
  });
});

describe('summaryHead', () => {
  const summaries = (sdp: string) => {
    const document = parseSdp(sdp);
    return document.sections.flatMap((section) => {
      const summary = sectionSummary(document, section);
      if (summary === null) return [];
      const { name, about } = summaryHead(summary, section.mid);
      return [`${name}: ${about}`];
    });
  };

  it('sums up the sections of a browser', () => {
    expect(summaries(fixture('chromium-both-and-data-offer'))).toEqual([
      'audio: Opus and 3 more · both ways · mid 0',
      'video: VP8 and 3 more · both ways · mid 1',
      'data: mid 2',
    ]);
    expect(summaries(fixture('firefox-renegotiated-offer'))[0]).toBe('audio: rejected');
    expect(summaries('m=audio 9 RTP/AVP 0 8\n')).toEqual([
      'audio: PCMU and 1 more · both ways · not encrypted',
    ]);
    overwriteGetLocale(() => 'ko');
    expect(summaries(fixture('chromium-audio-answer'))).toEqual([
      '오디오: Opus 외 3개 · 받기만 · mid 0',
    ]);
  });

  it('is whole for every section of every fixture', () => {
    for (const locale of LOCALES) {
      overwriteGetLocale(() => locale);
      for (const { sdp } of fixtures) for (const text of summaries(sdp)) expectWhole(text, false);
    }
  });
});

describe('problemText', () => {
  it(
    'is whole and short for whatever a fuzzer brings about, in both languages',
    { timeout: 60_000 },
    () => {
      fc.assert(
        fc.property(mutated, fc.constantFrom('offer', 'answer', null), (sdp, type) => {
          for (const locale of LOCALES) {
            overwriteGetLocale(() => locale);
            for (const problem of problemsOf(parseSdp(sdp), { type })) {
              const { title, reason } = problemText(problem);
              for (const text of [title, reason]) {
                expect(text).not.toBe('');
                expect(text).not.toMatch(/undefined|\[object|sdp_problem_/);
              }
              if (locale === 'en') {
                expect(words(title), title).toBeLessThanOrEqual(9);
                expect(words(reason), reason).toBeLessThanOrEqual(36);
              }
            }
          }
        }),
        { numRuns: 40 },
      );
    },
  );

  it('says what is wrong where', () => {
    const [problem] = problemsOf(
      parseSdp('v=0\no=- 1 1 IN IP4 0.0.0.0\ns=-\nt=0 0\nm=audio 9 RTP/AVP 96\na=mid:0\n'),
    ).filter(({ id }) => id === 'no-rtpmap');
    expect(problem === undefined ? null : problemText(problem).title).toBe(
      'Nothing says what payload type 96 is',
    );
  });
});
