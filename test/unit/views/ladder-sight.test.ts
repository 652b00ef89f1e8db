// How the ladder comes to rest: whole rows under its heads, and the one to look at near the middle.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { restOf, type Span } from '../../../src/views/ladder/sight.ts';

const HEAD = 28;

/** Rows of these heights, under the heads. */
function stacked(heights: readonly number[], from = HEAD): readonly Span[] {
  let top = from;
  return heights.map((height) => {
    const span = { top, bottom: top + height };
    top += height;
    return span;
  });
}

describe('restOf', () => {
  it('leaves alone what fits', () => {
    const rows = stacked([26, 26, 26]);
    const now = rows[1] ?? null;
    expect(restOf({ height: 106, head: HEAD, rows, now })).toEqual({
      ...{ scroll: 0, spare: 0, veil: 0 },
    });
  });

  it('holds the row in the middle, and covers what would be cut', () => {
    const rows = stacked(Array.from({ length: 14 }, () => 26));
    // Room for five rows and a bit: two before, two after.
    const rest = restOf({ height: HEAD + 5 * 26 + 10, head: HEAD, rows, now: rows[6] ?? null });
    expect(rest).toEqual({ scroll: 4 * 26, spare: 0, veil: 10 });
  });

  it('goes on to a whole first row at the end, with free space below', () => {
    const rows = stacked(Array.from({ length: 14 }, () => 26));
    const rest = restOf({ height: HEAD + 5 * 26 + 10, head: HEAD, rows, now: rows.at(-1) ?? null });
    expect(rest).toEqual({ scroll: 9 * 26, spare: 10, veil: 0 });
  });

  test('whatever the rows are, the one to look at is whole, and none is cut', () => {
    const height = fc.constantFrom(26, 48, 76, 98);
    fc.assert(
      fc.property(
        fc.array(height, { minLength: 1, maxLength: 40 }),
        fc.nat(),
        fc.integer({ min: 150, max: 700 }),
        fc.nat(4),
        (heights, at, room, folds) => {
          const folded = stacked(
            Array.from({ length: folds }, () => 32),
            0,
          );
          const rows = stacked(heights, folds * 32 + HEAD);
          const now = rows[at % rows.length] ?? null;
          const all = [...folded, ...rows];
          const { scroll, spare, veil } = restOf({ height: room, head: HEAD, rows: all, now });
          const end = all.at(-1)?.bottom ?? 0;
          // So far it can scroll.
          expect(scroll).toBeLessThanOrEqual(Math.max(0, end + spare - room));
          const [top, bottom] = [scroll + (scroll > folds * 32 ? HEAD : 0), scroll + room - veil];
          if (now !== null) {
            expect(now.top).toBeGreaterThanOrEqual(top);
            expect(now.bottom).toBeLessThanOrEqual(bottom + 1);
          }
          for (const row of all) {
            expect(row.top >= bottom - 1 || row.bottom <= bottom + 1).toBe(true);
          }
        },
      ),
    );
  });
});
