// A walk stands by itself: two of them, of one recording or of two, know nothing of each other.
import { flushSync } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import { tellMoments } from '../../../src/lessons/moments/registry.ts';
import type { Moment } from '../../../src/lessons/moments/moment.ts';
import { Walk } from '../../../src/app/walk/walk.svelte.ts';
import { changesBetween } from '../../../src/trace/changes.ts';
import type { Trace } from '../../../src/trace/trace.ts';
import { longTrace } from '../../fixtures/long-trace.ts';

/** A walk through a recording, and what its hooks were told. */
function walkOf(trace = longTrace(1, 300)) {
  const told: string[] = [];
  const walk = new Walk(trace, true, null, {
    more: () => told.push('more'),
    moved: (jumped) => told.push(jumped ? 'jumped' : 'stepped'),
    opening: () => null,
    jumps: () => told.push('jumps'),
  });
  return { walk, told };
}

test('two walks through one recording move apart', () => {
  const trace = longTrace(1, 300);
  const [one, other] = [walkOf(trace), walkOf(trace)];
  one.walk.move({ type: 'SEEK_STEP', step: 4 });
  other.walk.move({ type: 'NEXT' });
  flushSync();
  expect([one.walk.number, other.walk.number]).toEqual([4, 1]);
  expect(one.walk.step?.kind).toBe('set-local-offer');
  expect(other.walk.caption.title).not.toBe(one.walk.caption.title);
  expect([one.told, other.told]).toEqual([['jumps', 'jumped'], ['stepped']]);
  one.walk.stop();
  other.walk.move({ type: 'NEXT' });
  flushSync();
  expect([one.walk.number, other.walk.number]).toEqual([4, 2]);
  other.walk.stop();
});

test('a recording asks nobody for more, and says when it is at its end', () => {
  const { walk, told } = walkOf();
  walk.move({ type: 'LAST' });
  flushSync();
  expect([walk.atEnd, walk.canNext, walk.number]).toEqual([true, false, walk.steps.length]);
  walk.move({ type: 'NEXT' });
  expect(told).not.toContain('more');
  walk.stop();
});

test('how somebody likes to play goes along to the next walk', () => {
  const { walk } = walkOf();
  walk.move({ type: 'SPEED', speed: 2 });
  const next = new Walk(walk.trace, true, walk.pace, {
    more: () => undefined,
    moved: () => undefined,
    opening: () => null,
    jumps: () => undefined,
  });
  expect(next.pace).toEqual({ mode: 'steps', speed: 2, rate: 1 });
  walk.stop();
  next.stop();
});

/** Tells the last step in three moments. */
function tellThree(trace: Trace): readonly Moment[] {
  const last = trace.steps.length;
  const [begin, end] = [trace.stepBegin(last), trace.stepEnd(last)];
  const cursors = [begin + 2, begin + 5, end];
  const moments = cursors.map((cursor, k) => ({
    ...{
      name: `m${String(k + 1)}`,
      ordinal: k + 1,
      total: 3,
      from: cursors[k - 1] ?? begin,
      cursor,
    },
    ...{ side: null, packets: [], outcome: 'plain' as const },
    ...{ row: 'text' as const, line: null, stands: null },
    ...{ title: `Title ${String(k + 1)}`, body: 'Body', short: `short ${String(k + 1)}` },
  }));
  tellMoments({
    momentsOf: (of, step) => (of === trace && step === last ? moments : []),
    momentStops: (of, step) =>
      of === trace && step === last ? moments.map(({ cursor }) => cursor) : [],
  });
  return moments;
}

afterEach(() => {
  tellMoments({ momentsOf: () => [], momentStops: () => [] });
});

test('a step with moments is walked moment by moment, each with its title', () => {
  const trace = longTrace(1, 300);
  const moments = tellThree(trace);
  const { walk } = walkOf(trace);
  const last = trace.steps.length;
  walk.move({ type: 'SEEK_STEP', step: last - 1 });
  const seen = moments.map(() => {
    walk.move({ type: 'NEXT' });
    flushSync();
    return [walk.moment?.name, walk.caption.title, walk.frame.cursor];
  });
  expect(seen).toEqual(moments.map(({ name, title, cursor }) => [name, title, cursor]));
  expect(walk.atEnd).toBe(true);
  walk.move({ type: 'BACK' });
  flushSync();
  expect([walk.number, walk.moment?.name]).toEqual([last, 'm2']);
  walk.move({ type: 'BACK_OVER' });
  flushSync();
  expect([walk.number, walk.moment]).toEqual([last - 1, null]);
  walk.stop();
});

test('what is new in a moment is what has changed since the one before', () => {
  const trace = longTrace(1, 300);
  const [first, second] = tellThree(trace);
  if (first === undefined || second === undefined) throw new Error('There are no moments.');
  const { walk } = walkOf(trace);
  const begunAt = (cursor: number) => {
    walk.move({ type: 'SEEK', cursor });
    flushSync();
    return walk.before.cursor;
  };
  expect(begunAt(first.cursor)).toBe(first.from);
  expect(begunAt(second.cursor)).toBe(first.cursor);
  // Event by event it is the same.
  expect(begunAt(second.cursor - 1)).toBe(first.cursor);
  expect(begunAt(trace.length)).toBe(second.cursor);
  expect(walk.changes).toEqual(changesBetween(trace.frameAt(second.cursor), walk.frame));
  walk.stop();
});

test('a step that still grows is told in no moments', () => {
  const trace = longTrace(1, 300);
  const moments = tellThree(trace);
  const last = trace.steps.length;
  const walk = new Walk(trace, false, null, {
    more: () => undefined,
    moved: () => undefined,
    opening: () => null,
    jumps: () => undefined,
  });
  const grow = (settled: number) => {
    const extent = { ends: [...trace.ends], length: trace.length, failed: false };
    walk.grew({ ...extent, settled, final: settled === last });
    flushSync();
  };
  grow(last - 1);
  walk.move({ type: 'SEEK', cursor: moments[0]?.cursor ?? 0 });
  flushSync();
  expect([walk.number, walk.moments, walk.moment]).toEqual([last, [], null]);
  grow(last);
  expect([walk.moments, walk.moment?.name]).toEqual([moments, 'm1']);
  walk.stop();
});

test('a moment is found by its name, and one that is not there is the end of its step', () => {
  const trace = longTrace(1, 300);
  const moments = tellThree(trace);
  const { walk } = walkOf(trace);
  const last = trace.steps.length;
  const at = (name: string) => {
    walk.move({ type: 'FIRST' });
    walk.lookAt(last, name, 'link');
    flushSync();
    return [walk.frame.cursor, walk.pinned];
  };
  expect(at('m1')).toEqual([moments[0]?.cursor, false]);
  expect(at('m2')).toEqual([moments[1]?.cursor, false]);
  expect(at('m3')).toEqual([trace.length, true]);
  expect(at('no-such')).toEqual([trace.length, true]);
  walk.stop();
});
