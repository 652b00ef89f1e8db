// Runs of lines that are alike, between those that are not.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runsOf } from '../../../src/views/sdp/alike.ts';

/** A picture of the runs of a text in which `!` is new: each run between bars, one that folds in lower case. */
function cut(text: string): string {
  return runsOf(Array.from(text), (letter) => letter === '!')
    .map(({ items, isAlike }) => (isAlike ? items.join('') : items.join('').toUpperCase()))
    .join('|');
}

describe('runsOf', () => {
  test.each([
    ['', ''],
    ['abc', 'abc'],
    ['ab', 'AB'],
    ['!', '!'],
    ['abc!def', 'ABC!DEF'],
    ['abcd!efgh', 'abc|D!E|fgh'],
    ['!abcd!', '!ABCD!'],
    ['!abcde!', '!A|bcd|E!'],
    ['ab!cdefgh', 'AB!C|defgh'],
  ])('of %j are %j', (text, runs) => {
    expect(cut(text)).toBe(runs);
  });

  test('together are the list, fold nothing that is new, and never stand side by side alike', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean()), (list) => {
        const runs = runsOf(list, (isNew) => isNew);
        expect(runs.flatMap(({ items }) => items)).toEqual(list);
        let at = 0;
        for (const [index, run] of runs.entries()) {
          expect(run.at).toBe(at);
          at += run.items.length;
          if (run.isAlike) {
            expect(run.items).not.toContain(true);
            expect(run.items.length).toBeGreaterThanOrEqual(3);
          }
          expect(runs[index + 1]?.isAlike).not.toBe(run.isAlike);
        }
      }),
    );
  });
});
