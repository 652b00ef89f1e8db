// The test that all e2e specs use: every page of its context is watched, and a walk is at hand.
import { test as base } from '@playwright/test';
import { Walk } from './walk.ts';
import { Watch } from './watch.ts';

export { expect } from '@playwright/test';

export const test = base.extend<{ watch: Watch; walk: Walk }>({
  watch: [
    async ({ context, baseURL }, use) => {
      const watch = new Watch(baseURL ?? '');
      await watch.over(context);
      await use(watch);
      watch.check();
    },
    { auto: true },
  ],
  // After the watch, so that the page is watched from its first line on.
  walk: async ({ page, watch: _watch }, use) => {
    await use(new Walk(page));
  },
});
