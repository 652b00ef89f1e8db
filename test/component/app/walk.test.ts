// A walk stands by itself: two of them, of one recording or of two, know nothing of each other.
import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import { Walk } from '../../../src/app/walk/walk.svelte.ts';
import { longTrace } from '../../fixtures/long-trace.ts';

/** A walk through a recording, and what its hooks were told. */
function walkOf(trace = longTrace(1, 300)) {
  const told: string[] = [];
  const walk = new Walk(trace, true, null, {
    more: () => told.push('more'),
    moved: (jumped) => told.push(jumped ? 'jumped' : 'stepped'),
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
    jumps: () => undefined,
  });
  expect(next.pace).toEqual({ mode: 'steps', speed: 2, rate: 1 });
  walk.stop();
  next.stop();
});
