// Exported ladders: well-formed, complete and safe, whatever the texts are.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { LadderRow, RowArrow } from '../../../src/views/ladder/rows.ts';
import { ladderRows } from '../../../src/views/ladder/rows.ts';
import { escapeMermaid, ladderMermaid } from '../../../src/views/export/mermaid.ts';
import { ladderSvg } from '../../../src/views/export/svg.ts';
import { escapeXml, textWidth, wrapText } from '../../../src/views/export/text.ts';
import { DARK_THEME, LIGHT_THEME } from '../../../src/views/export/theme.ts';
import type { LadderWords } from '../../../src/views/export/words.ts';
import { CALL_STEPS } from '../../../src/rtc/steps.ts';
import { longTrace } from '../../fixtures/long-trace.ts';
import { callStepFrame } from '../../fixtures/steps.ts';

const words: LadderWords = {
  ...{ lang: 'ko', title: '한 통화 & <기록>', caller: 'Caller', signaling: 'Signaling; #1' },
  ...{ callee: 'Callee: "B"', nothing: 'Nothing', flows: 'Media flows', failed: 'Not connected' },
  step: ({ kind }) => `Title of ${kind}`,
  act: ({ id, steps }) => `Act ${id} of ${String(steps.length)}`,
  arrow: ({ kind, messages }) => `${kind} ${String(messages.length)}`,
  life: (at) => `is ${at}`,
  machine: (machine) => machine,
  insteadOf: (call) => `instead of ${call}`,
};

const trace = longTrace(1, 400);
const LONG = 'new checking connected disconnected checking connected completed closed'.split(' ');
const rows = ladderRows(trace, trace.frameAt(trace.length)).map((each) => ({
  ...each,
  changes: [
    ...each.changes,
    { n: 1, side: 'callee' as const, machine: 'iceConnectionState' as const, path: LONG },
  ],
}));

const row = (more: Partial<LadderRow>): LadderRow => ({
  ...{ step: callStepFrame('send-offer'), side: 'caller', when: 'now', failed: false },
  ...{ call: null, insteadOf: null, times: 1, changes: [], arrows: [] },
  ...{ plain: null, ahead: [] },
  ...more,
});
const arrow = (more: Partial<RowArrow>): RowArrow => ({
  ...{
    key: 'a',
    kind: 'offer',
    from: 'caller',
    at: 'delivered',
    messages: [],
    candidates: 0,
    waiting: 0,
  },
  ghost: false,
  ...more,
});

/** The text content of XML, its elements having been checked to nest and its characters to be escaped. */
function textsOf(xml: string): readonly string[] {
  const open: string[] = [];
  const texts: string[] = [];
  const pattern = /<(\/?)([a-z]+)((?:\s+[a-zA-Z][\w:-]*="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  let at = 0;
  for (const match of xml.matchAll(pattern)) {
    expect(match.index).toBe(at);
    at += match[0].length;
    const [, closing, name = '', attributes = '', empty, text] = match;
    expect(attributes + (text ?? '')).not.toMatch(/&(?!amp;|lt;|gt;|quot;|#39;)/);
    if (text !== undefined) texts.push(text);
    else if (closing === '/') expect(open.pop()).toBe(name);
    else if (empty !== '/') open.push(name);
  }
  expect(at).toBe(xml.length);
  expect(open).toEqual([]);
  return texts;
}

const isThere = (texts: readonly string[], text: string) =>
  texts.join(' ').replaceAll(/\s+/g, ' ').includes(escapeXml(text));

describe('ladderSvg', () => {
  it('has every row’s texts, well-formed', () => {
    const texts = textsOf(ladderSvg(rows, words));
    expect(rows).toHaveLength(14);
    for (const each of rows) {
      expect(isThere(texts, words.step(each.step))).toBe(true);
      if (each.call !== null && each.call !== '—') expect(isThere(texts, each.call)).toBe(true);
      for (const change of each.changes) {
        expect(isThere(texts, `${change.machine}: ${change.path.join(' → ')}`)).toBe(true);
      }
      for (const one of each.arrows) expect(isThere(texts, words.arrow(one))).toBe(true);
    }
    expect(isThere(texts, words.title)).toBe(true);
    expect(isThere(texts, words.flows)).toBe(true);
  });

  it('stays inside its frame, needs nothing from outside, and has a ground if it is given one', () => {
    for (const theme of [LIGHT_THEME, DARK_THEME, { ...LIGHT_THEME, background: null }]) {
      const svg = ladderSvg(rows, words, theme);
      expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(
        /http|url\(|<style|<image|href/,
      );
      const height = Number(/height="(\d+)"/.exec(svg)?.[1]);
      for (const [, x, y, width, tall] of svg.matchAll(
        /<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.]+)" height="([\d.]+)"/g,
      )) {
        expect(Number(x)).toBeGreaterThanOrEqual(0);
        expect(Number(x) + Number(width)).toBeLessThanOrEqual(1600);
        expect(Number(y) + Number(tall)).toBeLessThanOrEqual(height);
      }
      expect(
        svg.includes(
          `width="1600" height="${String(height)}" rx="0" fill="${theme.background ?? ''}"`,
        ),
      ).toBe(theme.background !== null);
    }
  });

  it('shows what was lost, what waits, what failed and what is to come', () => {
    const lost = ladderSvg([row({ arrows: [arrow({ at: 'lost' })] })], words);
    expect(lost).toContain('is lost');
    expect(lost).toContain(LIGHT_THEME.bad);
    expect(ladderSvg([row({ arrows: [arrow({ at: 'in-flight' })] })], words)).toContain(
      'is in-flight',
    );
    const ghost = ladderSvg(
      [row({ when: 'future', arrows: [arrow({ at: 'posted', ghost: true })] })],
      words,
    );
    expect(ghost).toContain('opacity="0.4"');
    expect(ghost).not.toContain('is posted');
    // The lifelines stop behind its boxes: they are there once more, opaque.
    const boxes = (svg: string) => svg.match(/<rect /g)?.length ?? 0;
    expect(boxes(ghost)).toBeGreaterThan(
      boxes(ladderSvg([row({ arrows: [arrow({ at: 'posted', ghost: true })] })], words)),
    );
    const failed = ladderSvg(
      [row({ step: callStepFrame('connect'), side: 'both', failed: true })],
      words,
    );
    expect(failed).toContain('Not connected');
    expect(failed).not.toContain('Media flows');
    const none = ladderSvg([row({ step: callStepFrame('capture-caller'), call: '—' })], words);
    expect(none).toContain('>Nothing<');
  });

  it('is well-formed with any words', () => {
    const any = fc.string({ unit: 'binary', maxLength: 60 });
    fc.assert(
      fc.property(any, any, any, (title, step, told) => {
        const texts = textsOf(
          ladderSvg(rows, { ...words, title, caller: told, step: () => step, arrow: () => told }),
        );
        expect(texts.join('').replaceAll(/[\t\n\r\u007f-\u009f]/g, '')).not.toMatch(
          /[\p{Cc}\ufffe\uffff]/u,
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('ladderMermaid', () => {
  it('has the participants, and every row’s texts', () => {
    const text = ladderMermaid(rows, words);
    const lines = text.split('\n');
    expect(lines.slice(0, 4)).toEqual([
      'sequenceDiagram',
      '  participant A as Caller',
      '  participant S as Signaling#59; #35;1',
      '  participant B as Callee#58; #34;B#34;',
    ]);
    for (const { kind, number } of CALL_STEPS) {
      expect(text).toContain(`: ${String(number)}. Title of ${kind}`);
    }
    expect(text).toContain('setLocalDescription(offer)');
    expect(text).toMatch(/A->>S: offer 1\n {2}S->>B: offer 1\n/);
    expect(text).toContain('Media flows');
  });

  it('leaves out what has not happened, and tells what was lost', () => {
    const future = ladderMermaid([row({ when: 'future' })], words);
    expect(future.trim().split('\n')).toHaveLength(4);
    const lost = ladderMermaid([row({ arrows: [arrow({ at: 'lost' })] })], words);
    expect(lost).toContain('  A-xS: offer 0 (is lost)\n');
    const waits = ladderMermaid(
      [row({ arrows: [arrow({ at: 'posted', from: 'callee' })] })],
      words,
    );
    expect(waits).toContain('  B--)S: offer 0 (is posted)\n');
    expect(ladderMermaid([row({ arrows: [arrow({ ghost: true })] })], words)).not.toContain('->>');
  });

  it('has only lines of its own making with any words', () => {
    const line =
      /^ {2}(participant [ASB] as |Note over [ASB](,[ASB])?: |([ASB])(->>|-x|--\))[ASB]: )(\S.*)$/u;
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (step, told) => {
        const text = ladderMermaid(rows, {
          ...words,
          step: () => step,
          arrow: () => told,
          caller: told,
        });
        const [head, ...rest] = text.trimEnd().split('\n');
        expect(head).toBe('sequenceDiagram');
        for (const each of rest) {
          expect(each).toMatch(line);
          const said = each.replace(line, '$5').replaceAll(/#\d+;|<br\/>/g, '');
          expect(said).not.toMatch(/[#;:<>%"`{}\\]/);
        }
      }),
      { numRuns: 200 },
    );
  });
});

test('escapes say what they stand for', () => {
  expect(escapeXml(`<a b="c" d='e'>&\u0000\ud800`)).toBe(
    '&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;\ufffd\ufffd',
  );
  expect(escapeMermaid(' a;b#c:d\n%%e ')).toBe('a#59;b#35;c#58;d #37;#37;e');
  expect(escapeMermaid(' ')).toBe('–');
});

test('wrapped text loses nothing and fits', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), fc.integer({ min: 40, max: 400 }), (text, width) => {
      const lines = wrapText(text, 20, width);
      expect(lines.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
      for (const line of lines)
        expect(textWidth(line, 20)).toBeLessThanOrEqual(Math.max(width, 20));
    }),
  );
  expect(wrapText('', 20, 100)).toEqual(['']);
  expect(wrapText('가나다라 마바사', 20, 80)).toEqual(['가나다라', '마바사']);
});
