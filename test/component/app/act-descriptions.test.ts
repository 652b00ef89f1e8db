// What each act makes two connections of this browser agree on is what the same calls give when they are made bare.
import { beforeAll, expect, test } from 'vitest';
import { COMPARED, compareDescriptions, type Compared } from '../../support/negotiating-acts.ts';

let compared: Compared;
beforeAll(async () => {
  compared = await compareDescriptions();
}, 60_000);

test.each(COMPARED)('%s', (name) => {
  const { act = [], bare = [] } = compared[name] ?? {};
  expect(act).not.toEqual([]);
  expect(act).toEqual(bare);
});
