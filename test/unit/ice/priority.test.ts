// Priorities: the numbers that browsers write, and the formulas' own laws.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { candidatePriority, pairPriority, preferenceMeaning } from '../../../src/ice/priority.ts';

describe('candidatePriority', () => {
  it.each([
    [2113937151, 126, 30, 1],
    [2130706431, 126, 65535, 1],
    [1694498815, 100, 65535, 1],
    [50339839, 3, 31, 1],
    [16785407, 1, 31, 1],
    [0, 0, 0, 256],
  ])('takes %d apart', (priority, typePreference, localPreference, component) => {
    const parts = { typePreference, localPreference, component };
    expect(candidatePriority(priority)).toMatchObject(parts);
  });

  it('says what the rule forbids', () => {
    expect(candidatePriority(0)?.isLegal).toBe(false);
    expect(candidatePriority(1)?.isLegal).toBe(true);
    expect(candidatePriority(127 * 2 ** 24)?.isLegal).toBe(false);
    expect(candidatePriority(0xffffffff)?.typePreference).toBe(255);
  });

  it.each([-1, 1.5, NaN, Infinity, 2 ** 32, 1e30])('knows nothing of %d', (priority) => {
    expect(candidatePriority(priority)).toBeNull();
  });
});

test('the formula puts the parts together again', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffffff }), (priority) => {
      const parts = candidatePriority(priority);
      if (parts === null) throw new Error('no parts');
      const { typePreference, localPreference, component } = parts;
      expect(2 ** 24 * typePreference + 2 ** 8 * localPreference + (256 - component)).toBe(
        priority,
      );
      expect(localPreference).toBeLessThan(65536);
      expect(component).toBeGreaterThanOrEqual(1);
    }),
  );
});

describe('preferenceMeaning', () => {
  it.each([
    ['host', 126, 'rfc8445', null, 126],
    ['prflx', 110, 'rfc8445', null, 110],
    ['srflx', 100, 'rfc8445', null, 100],
    ['relay', 0, 'rfc8445', null, 0],
    ['relay', 3, 'chromium', 'udp', 0],
    ['relay', 1, 'chromium', 'tcp', 0],
    ['relay', 5, 'firefox', 'udp', 0],
    ['host', 90, 'chromium', 'tcp', 126],
    ['host', 100, 'unknown', null, 126],
    ['smoke', 126, 'unknown', null, null],
  ])('%s with %d is of %s', (type, preference, source, over, recommended) => {
    expect(preferenceMeaning(type, preference)).toEqual({ source, over, recommended });
  });
});

describe('pairPriority', () => {
  it('is the formula of RFC 8445 §6.1.2.3', () => {
    expect(pairPriority(1, 2)).toBe(4294967300n);
    expect(pairPriority(2, 1)).toBe(4294967301n);
    expect(pairPriority(2113937151, 2113937151)).toBe(2n ** 32n * 2113937151n + 2n * 2113937151n);
    expect(pairPriority(0xffffffff, 0xffffffff)).toBe(2n ** 32n * 0xffffffffn + 2n * 0xffffffffn);
  });

  it.each([NaN, Infinity, -Infinity, -5, 1e300, 0.5])('takes %d without an exception', (odd) => {
    const priority = pairPriority(odd, 7);
    expect(priority >= 0n && priority < 2n ** 64n + 2n ** 34n).toBe(true);
  });

  it('is the same on both sides, but for the last bit, and grows with both', () => {
    const any = fc.integer({ min: 0, max: 0x7fffffff });
    fc.assert(
      fc.property(any, any, any, (g, d, more) => {
        expect(pairPriority(g, d) >> 1n).toBe(pairPriority(d, g) >> 1n);
        if (more > g) expect(pairPriority(more, d) > pairPriority(g, d)).toBe(true);
      }),
    );
  });
});
