// Firefox's ICE gives up 5 s after the answer is set and nothing comes: a walk that pauses there connects all the same.
import { describe, expect, test } from 'vitest';
import { clickTo, path, untilBoth, useFirefox } from './firefox.ts';

const PAUSE = 20_000;
const STEPS = [9, 10, 11, 12, 13];

describe.skipIf(path === undefined)('in Firefox', () => {
  const open = useFirefox();

  test('a pause of 20 s at any of the steps 9 to 13 ends in a call', async () => {
    const opened = [];
    // One after the other: only what is waited for happens at the same time.
    for (const step of STEPS) {
      const each = await open();
      await clickTo(each.page, step);
      opened.push({ ...each, step });
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    for (const { page, step, complaints } of opened) {
      await clickTo(page, 14, step);
      await untilBoth(page, 'connected');
      expect(complaints, `paused at ${step}`).toEqual([]);
    }
  });
});
