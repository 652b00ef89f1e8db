// Exported ladders: complete and safe, whatever the texts are.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { LadderRow, RowArrow } from '../../../src/views/ladder/rows.ts';
import { ladderRows } from '../../../src/views/ladder/rows.ts';
import { escapeMermaid, ladderMermaid } from '../../../src/views/export/mermaid.ts';
import { escapeXml, textWidth, wrapText } from '../../../src/views/export/text.ts';
import type { LadderWords } from '../../../src/views/export/words.ts';
import { CALL_STEPS } from '../../../src/rtc/steps.ts';
import { longTrace } from '../../fixtures/long-trace.ts';
import { callStepFrame } from '../../fixtures/steps.ts';

const words: LadderWords = {
  ...{ caller: 'Caller', signaling: 'Signaling; #1' },
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
  ...{ step: callStepFrame('send-offer'), side: 'caller', when: 'now' },
  ...{ failed: false, threw: false },
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
