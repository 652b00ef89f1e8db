// The arrow keys among links that stand in columns.
import { expect, test } from 'vitest';
import { linkByKey } from '../../../src/views/menu/columns.ts';

const COLUMNS = [['a', 'b', 'c'], ['d', 'e'], ['f']];

test.each([
  ['ArrowDown', 'a', 'b'],
  ['ArrowDown', 'c', 'd'],
  ['ArrowDown', 'f', 'a'],
  ['ArrowUp', 'd', 'c'],
  ['ArrowUp', 'a', 'f'],
  ['ArrowRight', 'a', 'd'],
  ['ArrowRight', 'c', 'e'],
  ['ArrowRight', 'f', null],
  ['ArrowLeft', 'f', 'd'],
  ['ArrowLeft', 'a', null],
  ['Home', 'e', 'a'],
  ['End', 'b', 'f'],
  ['x', 'b', null],
])('%s leads from %s to %s', (key, from, to) => {
  expect(linkByKey(COLUMNS, from, key)).toBe(to);
});
