// Pairs in their order, and the reasons for the one that was selected.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  isPairState,
  PAIR_STATES,
  rankPairs,
  whyThisPair,
  type CandidatePair,
  type PairCandidate,
} from '../../../src/ice/pair.ts';

const end = (type: string, priority: number | null): PairCandidate => ({
  ...{ type, protocol: 'udp', address: '192.0.2.1', port: 9, priority },
});

const pair = (id: string, priority: number | null, more: Partial<CandidatePair> = {}) => ({
  ...{ id, local: end('host', priority), remote: end('host', priority) },
  ...{ state: 'succeeded', nominated: false, rtt: null },
  ...more,
});

describe('rankPairs', () => {
  it('has the highest first, and those without a priority last', () => {
    const ranked = rankPairs([pair('a', 5), pair('b', null), pair('c', 9)], 'controlling');
    expect(ranked.map((each) => each.pair.id)).toEqual(['c', 'a', 'b']);
    expect(ranked[2]?.priority).toBeNull();
  });

  it('takes the controlling side’s candidate as G', () => {
    const uneven = { ...pair('a', 1), remote: end('host', 2) };
    expect(rankPairs([uneven], 'controlling')[0]?.priority).toBe(4294967300n);
    expect(rankPairs([uneven], 'controlled')[0]?.priority).toBe(4294967301n);
    expect(rankPairs([uneven], null)[0]?.priority).toBeNull();
  });

  it('orders any pairs, and loses none', () => {
    const any = fc.array(fc.option(fc.nat({ max: 0x7fffffff })));
    fc.assert(
      fc.property(any, (priorities) => {
        const ranked = rankPairs(
          priorities.map((priority, at) => pair(String(at), priority)),
          'controlled',
        ).map(({ priority }) => priority);
        expect(ranked).toHaveLength(priorities.length);
        for (const [at, priority] of ranked.entries()) {
          const next = ranked[at + 1];
          if (next == null) continue;
          expect(priority !== null && priority >= next).toBe(true);
        }
      }),
    );
  });
});

describe('whyThisPair', () => {
  const why = (pairs: readonly CandidatePair[], selected: string | null) =>
    whyThisPair(pairs, selected, 'controlling').reason;

  it('is none while none is selected', () => {
    expect(why([pair('a', 5)], null)).toEqual({ id: 'none' });
    expect(why([pair('a', 5)], 'b')).toEqual({ id: 'none' });
  });

  it('is the only pair there was', () => {
    expect(why([pair('a', 5)], 'a')).toEqual({ id: 'only-pair' });
  });

  it('is the only one that worked', () => {
    const pairs = [
      pair('a', 5),
      pair('b', 6, { state: 'failed' }),
      pair('c', 7, { state: 'in-progress' }),
      pair('d', 8, { state: 'frozen' }),
    ];
    const reason = { id: 'only-one-that-worked', failed: 1, unfinished: 2 };
    expect(why(pairs, 'a')).toEqual(reason);
  });

  it('is the highest of those that worked', () => {
    const pairs = [pair('a', 5), pair('b', 4), pair('c', 7, { state: 'failed' })];
    expect(why(pairs, 'a')).toEqual({ id: 'highest-that-worked', worked: 2, above: 1 });
    expect(why([pair('a', 5), pair('b', 5)], 'b').id).toBe('highest-that-worked');
  });

  it('was nominated, or is used, though others that worked are higher', () => {
    const pairs = [pair('a', 5, { nominated: true }), pair('b', 6), pair('c', 4)];
    expect(why(pairs, 'a')).toEqual({ id: 'nominated-over-higher', higher: 1 });
    expect(why(pairs, 'c')).toEqual({ id: 'used-over-higher', higher: 2 });
  });

  it('says so where priorities are not known', () => {
    expect(why([pair('a', null), pair('b', 6)], 'a')).toEqual({ id: 'unranked', worked: 2 });
    expect(whyThisPair([pair('a', 5), pair('b', 6)], 'a', null).reason.id).toBe('unranked');
  });

  it('notes how the ends became known', () => {
    const odd = {
      ...pair('a', 5),
      local: { ...end('prflx', 5), protocol: 'tcp' },
      remote: end('prflx', 5),
    };
    expect(whyThisPair([odd], 'a', null).notes).toEqual([
      'remote-peer-reflexive',
      'local-peer-reflexive',
      'tcp',
    ]);
    const relayed = { ...pair('a', 5), remote: end('relay', 5) };
    expect(whyThisPair([relayed], 'a', null).notes).toEqual(['relayed']);
    expect(whyThisPair([pair('a', 5)], 'a', null).notes).toEqual(['direct']);
  });
});

test('the states are those of webrtc-stats', () => {
  for (const state of PAIR_STATES) expect(isPairState(state)).toBe(true);
  expect(isPairState('cancelled')).toBe(false);
});
