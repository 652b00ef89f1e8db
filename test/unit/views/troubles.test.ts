// Which troubles of a step are told.
import { expect, test } from 'vitest';
import type { Problem } from '../../../src/trace/event.ts';
import { FIRST_FRAME, type Frame } from '../../../src/trace/frame.ts';
import { troublesSince } from '../../../src/views/notice/troubles.ts';

const named = (name: string): Problem => ({
  code: 'ice-server-silent',
  error: { name, message: 'no answer' },
});
const FAILED: Problem = { code: 'ice-failed', error: null };

function frameOf(...troubles: readonly (readonly [n: number, problem: Problem])[]): Frame {
  return {
    ...FIRST_FRAME,
    troubles: troubles.reduce(
      (list, [n, problem]) => list.append({ n, problem }),
      FIRST_FRAME.troubles,
    ),
  };
}
const told = (frame: Frame, cursor: number) => troublesSince(frame, cursor).map(({ n }) => n);

test('those of the step, the newest two', () => {
  const frame = frameOf([3, FAILED], [5, named('one')], [6, named('two')], [7, named('three')]);
  expect(told(frame, 5)).toEqual([6, 7]);
  expect(told(frame, 3)).toEqual([6, 7]);
  expect(told(frame, 6)).toEqual([7]);
  expect(told(frame, 7)).toEqual([]);
});

test('what happened to both sides alike is told once, where it happened first', () => {
  expect(told(frameOf([5, FAILED], [9, FAILED]), 3)).toEqual([5]);
  expect(told(frameOf([5, named('one')], [9, named('two')]), 3)).toEqual([5, 9]);
  expect(told(frameOf([2, FAILED], [9, FAILED]), 3)).toEqual([9]);
});
