// The ways on after a call: three, each somewhere else, and none back to where one is.
import { expect, test } from 'vitest';
import { LESSONS } from '../../../src/lessons/catalogue.ts';
import { waysOf } from '../../../src/views/next/ways.ts';

test.each(['call', 'lab', ...LESSONS.map(({ id }) => id)])('after %s', (lesson) => {
  const addresses = waysOf(lesson, '').map(({ address }) => address);
  expect(new Set(addresses).size).toBe(3);
  expect(addresses).not.toContain(`#/${lesson}`);
});
