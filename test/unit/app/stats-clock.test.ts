// When statistics are read: never in the way of a fast call, seldom while a slow one connects, and not after its end.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  CHECKING_EVERY,
  FIRST_LOOK,
  STATS_EVERY,
  STATS_EVERY_LATER,
  STATS_OFTEN,
  StatsClock,
} from '../../../src/app/walk/stats-clock.ts';
import type { StatsSource } from '../../../src/peers/stats.ts';
import type { EventBody } from '../../../src/trace/event.ts';
import type { Side } from '../../../src/rtc/steps.ts';

/** A clock on peers whose reports are empty, and what it did. */
function setup() {
  const states: Record<Side, string | null> = { caller: 'connecting', callee: 'connecting' };
  const reads: Side[] = [];
  const written: EventBody[] = [];
  const peers = (['caller', 'callee'] as const).map((side) => {
    const peer: StatsSource = {
      get connectionState() {
        return states[side] ?? '';
      },
      getStats: () => {
        reads.push(side);
        return Promise.resolve(new Map());
      },
    };
    return [side, peer] as const;
  });
  const all = new Map<Side, StatsSource>(peers);
  const clock = new StatsClock((side) => (states[side] === null ? null : (all.get(side) ?? null)), {
    write: (body) => written.push(body),
  });
  return { clock, states, reads, written };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test('a call that connects at once is not looked at before it is up', async () => {
  const { clock, reads } = setup();
  clock.checking();
  clock.checking();
  await vi.advanceTimersByTimeAsync(FIRST_LOOK - 1);
  expect(reads).toEqual([]);
  clock.up();
  await vi.advanceTimersByTimeAsync(0);
  expect(reads).toEqual(['caller', 'callee']);
  // The timer of the checks is gone: the next look is a second on.
  await vi.advanceTimersByTimeAsync(STATS_EVERY - 1);
  expect(reads).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(reads).toHaveLength(4);
});

test('while ICE checks, pairs are read until both sides are connected or have failed', async () => {
  const { clock, states, reads } = setup();
  clock.checking();
  await vi.advanceTimersByTimeAsync(FIRST_LOOK);
  expect(reads).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(CHECKING_EVERY);
  expect(reads).toHaveLength(4);
  states.callee = 'connected';
  await vi.advanceTimersByTimeAsync(CHECKING_EVERY);
  expect(reads).toHaveLength(6);
  states.caller = 'failed';
  await vi.advanceTimersByTimeAsync(CHECKING_EVERY);
  expect(reads).toHaveLength(8);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(reads).toHaveLength(8);
  // An ICE restart checks again.
  clock.checking();
  await vi.advanceTimersByTimeAsync(FIRST_LOOK);
  expect(reads).toHaveLength(10);
});

test('a side without a peer is left out', async () => {
  const { clock, states, reads } = setup();
  states.caller = null;
  clock.checking();
  await vi.advanceTimersByTimeAsync(FIRST_LOOK);
  expect(reads).toEqual(['callee']);
});

test('often at first, then seldom, and never after the end', async () => {
  const { clock, reads, written } = setup();
  clock.up();
  await vi.advanceTimersByTimeAsync(STATS_EVERY * (STATS_OFTEN - 1));
  expect(reads).toHaveLength(STATS_OFTEN * 2);
  clock.up();
  await vi.advanceTimersByTimeAsync(STATS_EVERY_LATER - 1);
  expect(reads).toHaveLength(STATS_OFTEN * 2);
  await vi.advanceTimersByTimeAsync(1);
  expect(reads).toHaveLength((STATS_OFTEN + 1) * 2);
  clock.stop();
  clock.up();
  clock.checking();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(reads).toHaveLength((STATS_OFTEN + 1) * 2);
  // Empty reports have counters, once, and nothing else.
  expect(written.map(({ kind }) => kind)).toEqual(['stats', 'stats']);
});

test('a reading that takes long is not overtaken, and what was told meanwhile holds', async () => {
  let finish: () => void = () => undefined;
  const slow: StatsSource = {
    connectionState: 'connecting',
    getStats: () =>
      new Promise((resolve) => {
        finish = () => {
          resolve(new Map());
        };
      }),
  };
  const read = vi.spyOn(slow, 'getStats');
  const clock = new StatsClock((side) => (side === 'caller' ? slow : null), {
    write: () => 1,
  });
  clock.checking();
  await vi.advanceTimersByTimeAsync(FIRST_LOOK + CHECKING_EVERY * 4);
  expect(read).toHaveBeenCalledTimes(1);
  clock.stop();
  finish();
  await vi.advanceTimersByTimeAsync(CHECKING_EVERY * 4);
  expect(read).toHaveBeenCalledTimes(1);
});
