// Plots: round ticks, straight scales, whole paths, and no peak lost.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  extent,
  pathOf,
  rates,
  scale,
  thin,
  ticks,
  type Point,
} from '../../../src/views/plot/plot.ts';

const finite = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** Points in the order of time. */
const points = (maxLength: number): fc.Arbitrary<readonly Point[]> =>
  fc.array(fc.tuple(finite(0, 5000), finite(0, 1e9)), { maxLength }).map((list) => {
    let t = 0;
    return list.map(([wait, value]) => ({ t: (t += wait), value }));
  });

const line = (...values: readonly number[]): readonly Point[] =>
  values.map((value, at) => ({ t: at * 1000, value }));

describe('ticks', () => {
  it('are round, from 0 to the first that is not below', () => {
    expect(ticks(7, 2)).toEqual([0, 5, 10]);
    expect(ticks(10, 2)).toEqual([0, 5, 10]);
    expect(ticks(10.1, 2)).toEqual([0, 10, 20]);
    expect(ticks(4, 2)).toEqual([0, 2, 4]);
    expect(ticks(450_000, 2)).toEqual([0, 500_000]);
    expect(ticks(0.03, 3)).toEqual([0, 0.01, 0.02, 0.03]);
    expect(ticks(1, 1)).toEqual([0, 1]);
  });

  it('of nothing are 0 and 1', () => {
    for (const none of [0, -4, NaN, Infinity]) expect(ticks(none, 2)).toEqual([0, 1]);
  });

  it('of the largest numbers are none that SVG can’t draw', () => {
    expect(ticks(1.7e308, 2).every(Number.isFinite)).toBe(true);
  });

  it('hold any value, are few, even and not far above', () => {
    fc.assert(
      fc.property(finite(1e-6, 1e15), fc.integer({ min: 1, max: 6 }), (highest, most) => {
        const marks = ticks(highest, most);
        const top = marks.at(-1) ?? 0;
        expect(top).toBeGreaterThanOrEqual(highest);
        expect(marks.length - 1).toBeLessThanOrEqual(most);
        expect(marks[0]).toBe(0);
        const [, step = 0] = marks;
        marks.forEach((mark, at) => {
          expect(mark).toBeCloseTo(step * at, -Math.floor(Math.log10(step)) + 6);
        });
        expect(top).toBeLessThan(highest * 10.000001);
      }),
    );
  });
});

describe('scale', () => {
  it('is straight, and turns over where it should', () => {
    const y = scale([0, 10], [100, 0]);
    expect([y(0), y(5), y(10)]).toEqual([100, 50, 0]);
  });

  it('of a range without a length is its middle', () => {
    expect(scale([3, 3], [0, 100])(3)).toBe(50);
  });
});

describe('pathOf', () => {
  const same = (value: number) => value;

  it('goes through every point', () => {
    const path = pathOf(line(1, 2.126, 3), (t) => t / 1000, same);
    expect(path).toBe('M0 1L1 2.13 2 3');
  });

  it('of one point is a dot, and of none nothing', () => {
    expect(pathOf(line(4), same, same)).toBe('M0 4h0');
    expect(pathOf([], same, same)).toBe('');
  });

  it('never has a number that SVG does not read', () => {
    fc.assert(
      fc.property(points(20), (list) => {
        const x = scale([list[0]?.t ?? 0, list.at(-1)?.t ?? 0], [0, 100]);
        const y = scale([0, ticks(extent(list)?.highest ?? 0, 2).at(-1) ?? 1], [100, 0]);
        const path = pathOf(list, x, y);
        for (const number of path.match(/[^MLh ]+/g) ?? []) {
          expect(number).toMatch(/^\d+(\.\d{1,2})?$/);
          expect(Number(number)).toBeLessThanOrEqual(100);
        }
      }),
    );
  });
});

describe('thin', () => {
  it('leaves few points as they are', () => {
    const list = line(1, 2, 3);
    expect(thin(list, 4)).toBe(list);
  });

  it('keeps the ends and the extremes, in order, and no more than asked', () => {
    fc.assert(
      fc.property(points(300), fc.integer({ min: 4, max: 60 }), (list, most) => {
        const kept = thin(list, most);
        expect(kept.length).toBeLessThanOrEqual(Math.max(most, 0));
        expect(extent(kept)).toEqual(extent(list));
        const lowest = (each: readonly Point[]) => Math.min(...each.map(({ value }) => value));
        expect(lowest(kept)).toBe(lowest(list));
        const places = kept.map((point) => list.indexOf(point));
        expect(places).toEqual([...new Set(places)].sort((one, other) => one - other));
        expect(places).not.toContain(-1);
      }),
    );
  });
});

describe('rates', () => {
  it('are growth in a second, at the end of each stretch', () => {
    expect(rates(line(0, 100, 100, 350), 250)).toEqual([
      { t: 1000, value: 100 },
      { t: 2000, value: 0 },
      { t: 3000, value: 250 },
    ]);
  });

  it('take readings together that follow too soon', () => {
    const list = [
      { t: 0, value: 0 },
      { t: 10, value: 1000 },
      { t: 500, value: 1500 },
    ];
    expect(rates(list, 250)).toEqual([{ t: 500, value: 3000 }]);
  });

  it('leave out a counter that begins anew, and go on from there', () => {
    expect(rates(line(500, 20, 120), 250)).toEqual([{ t: 2000, value: 100 }]);
  });

  it('of fewer than two readings are none', () => {
    expect(rates([], 250)).toEqual([]);
    expect(rates(line(5), 250)).toEqual([]);
  });

  it('add up to what was counted, whatever the readings', () => {
    fc.assert(
      fc.property(points(40), (list) => {
        let total = 0;
        const growing = list.map(({ t, value }) => ({ t, value: (total += Math.round(value)) }));
        const found = rates(growing, 250);
        const from = growing[0];
        const last = growing.findLast(({ t }) => t === found.at(-1)?.t);
        if (from === undefined || last === undefined) return;
        let before = from.t;
        let sum = 0;
        for (const { t, value } of found) {
          sum += (value * (t - before)) / 1000;
          before = t;
        }
        const counted = growing.filter(({ t }) => t <= before);
        const highest = (counted.at(-1)?.value ?? 0) - from.value;
        expect(sum).toBeLessThanOrEqual(highest * (1 + 1e-9) + 1e-6);
      }),
    );
  });
});
